"""Mutators of one text: bytes, YAML, Dockerfile, shell, Python, requirements, ignore files, JSON."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

Text = Callable[[Random, str], str]

CONTROL = "\0\1\x07\x08\x0b\x0c\x1b\x1f\x7f\x85\xa0\u2028\u2029\u202e\ufeff\ud800"
KEYS = (
    "title emoji sdk sdk_version app_file app_port python_version license tags models datasets language base_model "
    "pipeline_tag library_name configs dataset_info model-index size_categories task_categories colorFrom colorTo "
    "pinned suggested_hardware suggested_storage hf_oauth custom_headers preload_from_hub widget thumbnail "
    "extra_gated_fields inference co2_eq_emissions "
    "arxiv short_description header fullWidth disable_embedding startup_duration_timeout"
).split()
NUMBERS = (
    "0x" + "f" * 300,
    "9" * 400,
    "1e999",
    "-.inf",
    ".nan",
    "0o17",
    "0b101",
    "1_000",
    "1:30:00",
    "2024-01-01",
    "1.10",
    "~",
    "'1'",
    "00",
    "-0",
    "0x" + "f" * 4000,
    "1." + "0" * 50,
)
VALUES = (
    "",
    "null",
    "[]",
    "{}",
    "''",
    '""',
    "[1, [2, [3]]]",
    "{a: {b: c}}",
    "true",
    "yes",
    "docker",
    "gradio",
    "static",
    "mit",
    "en",
    "|\n  a\n  b",
    ">-\n  a",
    "!!str 1",
    "!!binary aGk=",
    "&a x",
    "*a",
    "- x",
    "x: y",
    "<<: *a",
    "@x",
    "`x`",
    "%x",
    "? x",
    "en # c",
    "'a''b'",
    '"a\\nb"',
    '"\\x68\\u0066"',
    "\t",
    "a: b: c",
    "[a, b",
    "{a: b",
    "é",
    "🚀",
    "\U0001f1e6",
    "a" * 3000,
)


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True) or [""]


def _at(random: Random, text: str) -> int:
    return random.randint(0, len(text))


def flip(random: Random, text: str) -> str:
    at = _at(random, text)
    return text[:at] + chr(random.choice((random.randrange(32, 127), random.randrange(128, 0x3000)))) + text[at + 1 :]


def control(random: Random, text: str) -> str:
    at = _at(random, text)
    return text[:at] + random.choice(CONTROL) * random.choice((1, 1, 3)) + text[at:]


def cut(random: Random, text: str) -> str:
    first, last = sorted((_at(random, text), _at(random, text)))
    return text[:first] if random.random() < 0.3 else text[:first] + text[max(first, last) :]


def double(random: Random, text: str) -> str:
    lines = _lines(text)
    first = random.randrange(len(lines))
    last = min(len(lines), first + random.choice((1, 1, 2, 5)))
    return "".join(lines[:last] + lines[first:last] * random.choice((1, 1, 2, 30)) + lines[last:])


def swap(random: Random, text: str) -> str:
    lines = _lines(text)
    first, second = random.randrange(len(lines)), random.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return "".join(lines)


def drop(random: Random, text: str) -> str:
    lines = _lines(text)
    del lines[random.randrange(len(lines))]
    return "".join(lines)


def breaks(random: Random, text: str) -> str:
    kind = random.choice(("\r", "\r\n", "mixed", "\n\r", "\x85", "\u2028"))
    if kind == "mixed":
        return "".join(line.replace("\n", random.choice(("\n", "\r\n", "\r"))) for line in _lines(text))
    return text.replace("\r\n", "\n").replace("\n", kind)


def typo(random: Random, text: str) -> str:
    words = list(re.finditer(r"\w{3,}", text))
    if not words:
        return text
    word = random.choice(words)
    at = random.randrange(word.start(), word.end())
    return text[:at] + random.choice(("", text[at] * 2, text[at].swapcase())) + text[at + 1 :]


def _line(random: Random, text: str, put: Callable[[str], str]) -> str:
    lines = _lines(text)
    at = random.randrange(len(lines))
    lines[at] = put(lines[at])
    return "".join(lines)


def added(random: Random, text: str, line: str) -> str:
    lines = _lines(text)
    at = random.randint(0, len(lines))
    before = "" if not at or lines[at - 1].endswith("\n") else "\n"
    return "".join([*lines[:at], f"{before}{line}\n", *lines[at:]])


def yaml_value(random: Random, text: str) -> str:
    """Another value for a key."""
    keys = list(re.finditer(r"^([ -]*[\w-]+:)([^\n]*)$", text, re.MULTILINE))
    if not keys:
        return added(random, text, f"{random.choice(KEYS)}: {random.choice(VALUES)}")
    key = random.choice(keys)
    value = random.choice(random.choice((VALUES, NUMBERS)))
    return f"{text[: key.start()]}{key[1]} {value}{text[key.end() :]}"


def yaml_wrap(random: Random, text: str) -> str:
    """Anchors, tags, quotes, flow collections and comments around a value."""
    keys = list(re.finditer(r"^([ -]*[\w-]+:) ([^\n]+)$", text, re.MULTILINE))
    if not keys:
        return text
    key = random.choice(keys)
    forms = (
        "&a {}",
        "!!str {}",
        "!x {}",
        "[{0}, {0}]",
        "[{}]",
        "{{x: {}}}",
        "'{}'",
        '"{}"',
        "{} # why",
        "{} ",
        " {}",
        "*a",
        "|\n    {}",
    )
    value = random.choice((*forms, "{},", "- {}", "`{}`", "<{}>", "{0}: {0}", "\t{}")).format(key[2])
    return f"{text[: key.start()]}{key[1]} {value}{text[key.end() :]}"


def yaml_key(random: Random, text: str) -> str:
    """A key twice, misspelt, quoted, moved in, or a new one; they stand in the block."""
    keys = list(re.finditer(r"^([ -]*)([\w-]+)(:[^\n]*\n)", text, re.MULTILINE))
    if not keys or random.random() < 0.2:
        head = re.match(r"\ufeff?---[^\n]*\n", text)
        at = head.end() if head else 0
        return f"{text[:at]}{random.choice(KEYS)}: {random.choice(VALUES)}\n{text[at:]}"
    key = random.choice(keys)
    indent, name, rest = key.groups()
    slips = (
        typo(random, name),
        name.upper(),
        name.replace("_", "-"),
        f'"{name}"',
        f"? {name}\n",
        f"{name} ",
        name.title(),
    )
    changed = random.choice(
        (
            f"{key[0]}{key[0]}",
            f"{indent}{random.choice(slips)}{rest}",
            f"  {key[0]}",
            f"{key[0]}{indent}{name}:\n",
            f"{indent}{name}:\n{indent}  {name}{rest}",
            f"{indent}&a {name}{rest}",
            f"{indent}<<: {{{name}{rest.strip()}}}\n",
            f"metadata:\n  {name}{rest}",
            f"\t{name}{rest}",
            f"{indent}- {name}{rest}",
            f"{indent}{name}{rest.rstrip()} |\n{indent}  x\n",
        )
    )
    return text[: key.start()] + changed + text[key.end() :]


def yaml_nest(random: Random, text: str) -> str:
    """A deep, wide or chained value under a key."""
    depth = random.choice((5, 60, 400, 1500))
    chain = "".join(f"k{n}: &c{n} [{f'*c{n - 1}' if n else 'x'}]\n" for n in range(min(depth, 400)))
    value = random.choice(
        (
            f"{random.choice(KEYS)}: {'[' * depth}{']' * depth}\n",
            f"{random.choice(KEYS)}: {'{a: ' * depth}\n",
            chain,
            f"{random.choice(KEYS)}: [{', '.join(['x'] * depth)}]\n",
            f"{random.choice(KEYS)}: {'- ' * depth}x\n",
            f"{random.choice(KEYS)}:\n" + "".join(f"{' ' * n}a{n}:\n" for n in range(1, min(depth, 200))),
        )
    )
    head = re.match(r"\ufeff?---[^\n]*\n", text)
    at = head.end() if head else 0
    return text[:at] + value + text[at:]


def yaml_fence(random: Random, text: str) -> str:
    """Fences that nearly are some."""
    fences = (
        "--",
        "----",
        " ---",
        "--- ",
        "---yaml",
        "...",
        "```yaml",
        "+++",
        "***",
        "---\n---",
        "",
        "\ufeff---",
        "--- # x",
        "\n---",
    )
    places = list(re.finditer(r"^---[ \t]*$", text, re.MULTILINE))[:2]
    if not places:
        return f"---\n{text}"
    place = random.choice(places)
    return text[: place.start()] + random.choice(fences) + text[place.end() :]


def markdown(random: Random, text: str) -> str:
    """Markup at the end of a card."""
    size = random.choice((3, 40, 600))
    return (
        text
        + "\n"
        + random.choice(
            (
                "|" + "a|" * size + "\n|" + "-|" * size + "\n",
                "> " * size + "x\n",
                "[a](" * size,
                "*" * size,
                "`" * size + "\n",
                "<div " * size,
                "![](x y.png)\n" * 3,
                "[x]: <" * size,
                "# " + "a" * size + "\n",
                "- " * size,
                "$$x$$ \\(y\\) \\[z\\]\n",
                "<script>" * 3,
                "```python\nfrom transformers import pipeline\n```\n",
                "<!-- " * size,
                "&amp;" * size,
                "[x][x]\n\n[x]: y\n",
                "~~~\n" * 3,
            )
        )
    )


def dockerfile(random: Random, text: str) -> str:
    """An instruction added, or the form of one changed."""
    name = random.choice(("A", "PORT", "HOME", "é", "1", "A-B"))
    lines = (
        f"ENV {name}=${name}${name}",
        f"ARG {name}=${{{name}:-x$A}}",
        "USER root",
        "USER $A",
        "USER 1000:1000",
        "FROM x AS y",
        "FROM scratch",
        "RUN <<EOF",
        "EOF",
        'CMD ["a", "b"',
        "CMD",
        "ENTRYPOINT []",
        'CMD ["gunicorn", "a:b"]',
        "CMD gunicorn a:b `",
        "CMD uvicorn a:b --port 80 &",
        "EXPOSE 80 $A 99999999",
        "COPY --from=9 a b",
        "COPY --chown=$A . .",
        "COPY a",
        "WORKDIR $HOME/../..",
        "# syntax=x",
        "# escape=`",
        "\\",
        "RUN --mount=type=secret,id=HF_TOKEN cat /run/secrets/HF_TOKEN",
        "RUN pip install a \\",
        "RUN apt-get update && apt-get install -y a",
        "VOLUME [",
        "HEALTHCHECK CMD x",
        "ONBUILD RUN x",
        "SHELL []",
        "STOPSIGNAL",
        "LABEL a",
        "MAINTAINER x",
        "ADD http://x/y /z",
        "env PORT 7860",
        'RUN chmod 777 "$A',
        "RUN huggingface-cli login --token $HF_TOKEN",
        "CMD python app.py --port ${PORT:-8000}",
        "RUN useradd -u 1000 user",
        "RUN mkdir -p /data && touch /data/x",
    )
    if random.random() < 0.6:
        return added(random, text, random.choice(lines))
    forms = (
        "{} \\",
        "# {}",
        " {}",
        "{} `",
        "{} '",
        '{} "',
        "{} $(",
        "{} ${{A",
        "{} # x",
        "{} && {}",
        "{} <<A",
        "{}\t",
        "ONBUILD {}",
        "{} | cat",
        "{} \\\n# c\n x",
    )
    form = random.choice(forms)
    return _line(random, text, lambda line: form.replace("{} && {}", "{0} && {0}").format(line.rstrip("\n")) + "\n")


def shell(random: Random, text: str) -> str:
    """Quotes, expansions, heredocs and functions."""
    lines = (
        "A=$A$A",
        'export A="$(',
        "cat <<EOF",
        "EOF",
        "f() { f; f; }",
        "f",
        "if true; then",
        "fi",
        "for i in $(seq 1 9); do",
        "done",
        "case $A in",
        "esac",
        "exec uvicorn a:b --port $PORT",
        "gunicorn a:b `",
        "source .env",
        "set -e",
        "eval $A",
        "A=${A:-${A:-${A}}}",
        "echo 'x",
        'echo "x',
        "((A++))",
        "[[ -f a ]]",
        'exec "$@"',
        "$(cat a)",
        "&",
        "| tee",
        "chown -R user /data",
        "nginx -g 'daemon off;' &",
        "streamlit run app.py",
        "trap x EXIT",
        "\\",
        "{ a; b; }",
        "a &&",
    )
    return added(random, text, random.choice(lines))


def python(random: Random, text: str) -> str:
    """Statements that rules look at, and what no longer parses."""
    lines = (
        "import os",
        "from gradio import *",
        "demo.launch(share=True)",
        "demo.launch(",
        "app.run(debug=True)",
        "    x = 1",
        "\tx = 1",
        "x = (" * 50,
        "x = [" * 300 + "]" * 300,
        "def f(:",
        "class A: pass",
        "print 'x'",
        'x = f"{y!r:{z}}"',
        "x = '''",
        "from __future__ import annotations",
        "os.environ['A']",
        "os.environ.get('PASSWORD', 'x')",
        "if __name__ == '__main__':",
        "@f",
        "async def f(): await x",
        "x = 1; y = 2",
        "# coding: latin-1",
        "match x:\n    case 1: pass",
        "\\",
        "exec('x')",
        "open('/data/x', 'w')",
        "uvicorn.run(app, host='127.0.0.1', port=80)",
        "streamlit.set_page_config()",
        "x = " + "-" * 500 + "1",
        "x = " + "a." * 500 + "b",
        "lambda: (yield)",
        "\x0c",
        "x = 1 if y else",
        "from huggingface_hub import Repository",
        "gr.Interface(f, 'text', 'text').launch(server_name='127.0.0.1')",
        "import os, sys",
        "hf_hub_download('a', use_auth_token=True)",
    )
    return added(random, text, random.choice(lines))


def requirements(random: Random, text: str) -> str:
    lines = (
        "gradio==4.0.0",
        "-r requirements.txt",
        "-r ../x",
        "-c x",
        "torch==2.0.0+cu118",
        "a>=1,<2,!=1.5",
        "a[b,c]; python_version < '3.8'",
        "git+https://x/y@z#egg=a",
        "--hash=sha256:x",
        "a \\",
        "a @ file:///x",
        "-e .",
        "a==",
        "==1",
        "a===x",
        "# c",
        "a==1.0  # c",
        "é==1",
        "a" * 500,
        "a==" + "1." * 300 + "1",
        "https://x/y.whl",
        "--extra-index-url https://x",
        "numpy",
        "a; extra == 'x'",
        "A_b==1",
        "a.b==1",
        "a==1\r",
        "a\tb",
        "a==1.0.*",
        "gradio",
        "gradio[oauth]==5.0",
        "$A",
        "${A}==1",
        "a == 1",
        "import os",
        "pip install x",
        "spaces",
        "a" + "[x]" * 100,
    )
    return added(random, text, random.choice(lines))


def git(random: Random, text: str) -> str:
    lines = (
        "*",
        "!*",
        "**",
        "**/",
        "/",
        "!",
        "#",
        "\\#",
        "\\",
        "[",
        "[a-",
        "[]]",
        "[!a]",
        "a/**/b",
        "*.py",
        "!app.py",
        "README.md",
        ".env",
        ".env ",
        ".env\\ ",
        ".env\r",
        "*.bin filter=lfs diff=lfs merge=lfs -text",
        "*.bin -filter",
        "[attr]x filter=lfs",
        "*.bin x",
        "*.bin !filter",
        '"a b" filter=lfs',
        "*" * 60,
        "*a" * 40,
        "**/a" * 20,
        "a" * 3000,
        "é",
        "\x00",
        "?" * 30,
        "{a,b}",
        "* text=auto",
        "*.safetensors filter=lfs",
    )
    return added(random, text, random.choice(lines))


def json(random: Random, text: str) -> str:
    forms: tuple[Callable[[str], str], ...] = (
        lambda t: t.replace("{", '{"a": 1, "a": 2, ', 1),
        lambda t: t.replace(":", ": [" + "[" * 300, 1),
        lambda t: re.sub(r"\d+", lambda found: found[0] * 50, t, count=2),
        lambda t: t.replace('"', '"\\ud800', 1),
        lambda t: re.sub(r'"[^"]*"', "NaN", t, count=1),
        lambda t: re.sub(r": ?\[", ": [null, {}, ", t, count=1),
        lambda t: re.sub(r': ?"[^"]*"', ": {}", t, count=1),
        lambda t: re.sub(r": ?[\d.]+", ': "x"', t, count=1),
        lambda t: re.sub(r"\}\s*$", ",}", t),
        lambda t: f"[{t}]",
        lambda t: f"// x\n{t}",
        lambda t: t + t,
        lambda _: "[" * 5000,
        lambda _: "null",
        lambda _: '{"a": ' * 2000,
    )
    return random.choice(forms)(text)


def env(random: Random, text: str) -> str:
    lines = (
        "A=1",
        "export A=1",
        "A='x",
        'A="x',
        "A",
        "=x",
        "A=$A$A",
        "# A=1",
        "A=1 # c",
        "A = 1",
        "PASSWORD=changeme",
        "API_KEY=${API_KEY}",
        "é=1",
    )
    return added(random, text, random.choice(lines))


EVERY: dict[str, Text] = {
    "flip": flip,
    "control": control,
    "cut": cut,
    "double": double,
    "swap": swap,
    "drop": drop,
    "breaks": breaks,
    "typo": typo,
}
BY_SORT: dict[str, dict[str, Text]] = {
    "card": {
        "yaml value": yaml_value,
        "yaml wrap": yaml_wrap,
        "yaml key": yaml_key,
        "yaml nest": yaml_nest,
        "yaml fence": yaml_fence,
        "markdown": markdown,
    },
    "yaml": {"yaml value": yaml_value, "yaml wrap": yaml_wrap, "yaml key": yaml_key, "yaml nest": yaml_nest},
    "dockerfile": {"dockerfile": dockerfile},
    "shell": {"shell": shell},
    "python": {"python": python},
    "requirements": {"requirements": requirements},
    "git": {"git": git, "breaks": breaks},
    "json": {"json": json},
    "env": {"env": env},
}
