"""Credentials planted where one may stand."""

from __future__ import annotations

import re
from random import Random

from fuzzing.changing import Input, Token, done, rewritten
from fuzzing.seeds import Seeds
from fuzzing.texts import KEYS, added
from tokens import MAKERS, NAMED, WORD, Maker


def _planted(random: Random) -> tuple[Token, str]:
    """A token of any kind, and the text that holds it."""
    maker = Maker(random.random())
    form = random.randrange(20)
    if form == 0:
        key = "".join(maker.of(WORD, 64) + "\n" for _ in range(6))
        lines = "MC4CAQAwBQYDK2VwBCIEI" + key
        text = f"-----BEGIN PRIVATE KEY-----\n{lines}-----END PRIVATE KEY-----"
        return Token("private key", key.split()[2], text), text
    if form == 1:
        token = maker.of(WORD, 24)
        text = f"https://someone:{token}@db.cloudlab.io/x"
        return Token("url", token, text), text
    if form == 2:
        token = maker.of(WORD + "+/", 40)
        text = f"aws_secret_access_key={token}"
        return Token("aws", token, text), text
    if form <= 5:
        name = random.choice(sorted(NAMED))
        variable, make_one = NAMED[name]
        token = make_one(maker)
        text = random.choice(("{}={}", "{} = '{}'", '"{}": "{}"', "{}: {}")).format(variable, token)
        return Token(name, token, text), text
    name = random.choice(sorted(MAKERS))
    token = MAKERS[name](maker)
    before = "AccountKey=" if name == "azure-storage" else "https://team." if name == "teams-webhook" else ""
    around = ("{}",) * 4 + (
        "_{}_",
        "-{}",
        "\x1b[1m{}\x1b[0m",
        "/{}/",
        '"{}"',
        "x={}",
        "\\n{}",
        "a {} b",
        "{}:{}",
        "({})",
        "{},",
        "\\x1b[1m{}",
        "abc{}",
        "---{}---",
        "{0}{0}",
        "%3D{}",
        "<{}>",
    )
    form_of = random.choice(around)
    text = form_of.replace("{}:{}", "{0}:{0}").format(before + token)
    return Token(name, token, before and before + token), text


def plant(random: Random, made: Input, seeds: Seeds) -> Input:
    """A token in any place where one may stand."""
    token, text = _planted(random)
    kind = token.kind
    path = random.choice(sorted(made.files) or ["README.md"])
    form = random.choice(
        (
            "line",
            "value",
            "key",
            "python",
            "env",
            "docker",
            "inside",
            "item",
            "name",
            "config",
            "markdown",
            "json",
            "long",
        )
    )
    made = made._replace(tokens=(*made.tokens, token))
    flat = text.replace("\n", "\\n")
    if form == "name" and kind in ("aws", "url"):  # a path takes their slashes for its own
        form = "line"
    step = f"plant {form}"
    if form == "name":
        name = flat.replace("/", "_") if "/" in token.text else flat
        name = name.replace("\0", "")[:240]
        return done(
            made,
            step,
            files={**made.files, random.choice(("{}", "{}/.DS_Store", "data/{}.csv", "{}.py")).format(name): b"x"},
        )
    if form == "config":
        line = random.choice(
            (
                'select = ["{}"]',
                'profile = "{}"',
                '"{}" = 1',
                'exclude = ["{}"]',
                '[severity]\nSP008 = "{}"',
                '[per-file-ignores]\n"{}" = ["{}"]',
            )
        )
        return done(
            made,
            step,
            config=line.replace(
                "{}",
                re.sub(r"[\x00-\x09\x0b-\x1f]", "_", text)
                .replace("\\", "\\\\")
                .replace('"', '\\"')
                .replace("\n", "\\n"),
            ),
        )
    if form == "inside":

        def inside(old: str) -> str:
            at = random.randint(0, len(old))
            apart = kind not in MAKERS  # a name or a form around it tells what it is, so it is not glued
            return f"{old[:at]} {text} {old[at:]}" if apart else f"{old[:at]}{text}{old[at:]}"

        return rewritten(made, step, path, inside)
    if form in ("value", "key", "item"):
        name = random.choice(KEYS)
        line = {"value": f"{name}: {flat}", "key": f"{flat}: {name}", "item": f"{name}:\n- {flat}\n- x"}[form]

        def into(old: str) -> str:
            head = re.match(r"\ufeff?---[^\n]*\n", old)
            at = head.end() if head else 0
            return f"{old[:at]}{line}\n{old[at:]}"

        return rewritten(made, step, "README.md", into)
    places = {"python": "app.py", "env": ".env", "docker": "Dockerfile", "markdown": "README.md", "json": "config.json"}
    lines = {
        "python": random.choice(
            (
                'os.environ.get("HF_TOKEN", "{}")',
                'token = "{}"',
                "login('{}')",
                "# {}",
                'KEY = """{}"""',
                "x = {{'api_key': '{}'}}",
                'print(f"{}")',
            )
        ),
        "env": random.choice(("HF_TOKEN={}", "export A='{}'", "# {}")),
        "docker": random.choice(
            (
                "ENV HF_TOKEN={}",
                "ARG A={}",
                "RUN curl -H 'Authorization: Bearer {}' x",
                "CMD python a.py --token {}",
                "LABEL a={}",
                "FROM {}",
                "USER {}",
            )
        ),
        "markdown": random.choice(
            ("`{}`", "[x](https://x/?token={})", "# {}", "|a|{}|", "    {}", "![]({})", "<a href='{}'>")
        ),
        "json": '{{"a": "{}"}}',
        "line": "{}",
        "long": "x" * 500 + " {} " + "y" * 500,
    }
    line = lines[form].replace("{{", "{").replace("}}", "}").replace("{}", text if form == "line" else flat)
    return rewritten(made, step, places.get(form, path), lambda old: added(random, old, line))
