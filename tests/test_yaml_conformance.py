"""What we read in a metadata block is what js-yaml, the Hub's parser, reads."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus import samples
from hublint.documents.frontmatter import find_block
from hublint.documents.yaml.nodes import YamlError
from hublint.documents.yaml.parsing import parse
from hublint.documents.yaml.walk import duplicates

HERE = Path(__file__).resolve().parent
MODULES = HERE.parent / ".cache" / "js-yaml"
# Which version the Hub runs is not known; the wording of its recorded messages is that of js-yaml 4.
PACKAGES = ("js-yaml@5.5.0", "js-yaml4@npm:js-yaml@4.3.2")

SCALARS = [
    *"~ null Null NULL nULL true True TRUE tRUE false yes no No on off y n 0 1 -1 +1 00 012 -012 0o17 -0o17".split(),
    *"0O17 0x1F 0X1f -0x1 0b11 1_000 1__0 _1 .5 5. -.5 +.5 . .. 5.e3 .e3 1e3 1E-3 1e+3 1e 1.5_0 .inf -.inf".split(),
    *"1e400 +.Inf .INF .iNF .nan .NaN .NAN -.nan 12:30 190:20:30 12:30:45.5 2020-01-01 2020-01-01T00:00:00Z =".split(),
    *"9007199254740993 123456789012345678901234567890 1111111111111111111111111111111111111111 1.10 3.10 -0".split(),
    *"<< -0.0 0o 0x 0b --- ... -- -a ?a :a a:b a#b 1a 1.2.3 1,000 $1 %x @x `x &a *a !a |x >x ,a ]a }a é".split(),
    *[
        "日本",
        "😀",
        "a\u00a0b",
        "a\u0085b",
        "a\u2028b",
        "a\u200bb",
        "a b",
        "1 2",
        "a: b",
        "a #b",
        "a:",
        "-",
        "- a",
        "? a",
        "",
        " # c",
    ],
    *[
        "'a''b'",
        "'a",
        '"a',
        '"a\\nb"',
        '"\\x41\\u00e9\\U0001F600\\/\\N\\_\\L\\P\\e\\0"',
        '"\\d"',
        '"\\ud83d\\ude80"',
        '"\\ud83d"',
    ],
    *[
        '"a\\\n  b"',
        "'b\n  c'",
        "'b\nc'",
        '"b\nc"',
        "b\n  c",
        "b\nc",
        "b\n  c: d",
        "'b' c",
        "'b'c",
        '"b"# c',
        "b\n\n  c",
    ],
    *[
        "[a, b]",
        "[a, b",
        "[a b]]",
        "{a: b}",
        "{a}",
        "{a,b: c}",
        "[a: b, c]",
        "{{x}}",
        "{{ x.y }}",
        "{[a]: b}",
        "[,]",
        "[a,]",
    ],
    *[
        "[a,,b]",
        "{a:1}",
        '{"a":1}',
        "{a: 1, a: 2}",
        "[a:]",
        "{a:, b:}",
        "[::x]",
        "[-]",
        "[: b]",
        "{b\n  c: d}",
        "[http://x]",
    ],
    *[
        "|\n  x\n  y",
        "|-\n  x",
        "|+\n  x\n\n",
        "|+\n  x",
        ">\n  x\n  y\n\n  z",
        ">-\n  x\n   y\n",
        "|2\n   x",
        "|\nx",
        "|9\n x",
    ],
    *[
        "|0\n x",
        "|1-\n  x",
        "|a\n x",
        "| # c\n x",
        "|# c\n x",
        ">\n\tx",
        ">\n\n\n  x",
        "|\n     \n  x\n",
        "|\r\n  x\r\n  y\r\n",
    ],
    *[
        "\n  b: c",
        "\n  - b",
        "\n- b\n- c",
        "\n - b\n- c",
        "\n- b\n - c",
        "\n\t- b",
        "\n  b: 1\n c: 2",
        "\n-b",
        "\n- -b",
    ],
    *[
        "!!str 1",
        '!!int "3"',
        "!!int x",
        "!!int",
        "!!int 0b11",
        "!!float 1",
        "!!float x",
        "!!bool yes",
        '!!bool "true"',
    ],
    *["!!null x", "!!null ''", "!!map {a: b}", "!!map [a]", "!!seq [a]", "!!seq {a: b}", "!!str [a]", "!!str", "!!seq"],
    *[
        "!!set {a, b}",
        "!!omap [a: b]",
        "!!pairs [a: b]",
        "!!binary aGk=",
        "!!timestamp 2020-01-01",
        "!!timestamp x",
        "!!merge x",
    ],
    *[
        "!!python/tuple [1]",
        "!!python/object/apply:os.system [ls]",
        "!foo 1",
        "! 1",
        "! [a]",
        "! {a: b}",
        "!<tag:yaml.org,2002:str> 1",
    ],
    *[
        "&x",
        "&x 1",
        "&x [*x]",
        "*x",
        "&x a\nb: *x",
        "&x [a]\nb: *x\nc: *x",
        "&x {b: 1}\nc:\n  <<: *x\n  d: 2",
        "&é 1\nb: *é",
    ],
    *["1\n<<: {b: 1}", "1\n<<: 1", "1\n<<: {b: 1}\n<<: {c: 1}", "1\n'<<': {b: 1}\n'<<': 2"],
]

DOCUMENTS = [
    *(
        '1: a\n"1": b',
        "1.0: a\n1: b",
        "1e3: a\n1000: b",
        "null: a\n~: b",
        "true: a\nTrue: b",
        "'true': a\ntrue: b",
        "a: 1\n'a': 2",
    ),
    *(
        "0x1: a\n1: b",
        ".inf: 1\nInfinity: 2",
        "? a\n: b",
        "? a\n? b",
        "? a\n: b\na: c",
        "? [a]\n: b",
        "? {a: b}\n: c",
        "? |\n  x\n: c",
    ),
    *(
        "[a]: b",
        "{a: b}: c",
        "[a, b]: c",
        "[[a]]: c",
        "__proto__: 1",
        "constructor: 1\ntoString: 2",
        "a : b",
        '"a" : b',
        '"a":b',
    ),
    *(
        "a:b",
        "a:b\nc: d",
        "a: b\n c: d",
        "a:\n  b\n  c: d",
        "a:\n  - b\n c: d",
        "- a\nb: c",
        "a: b\n- c",
        "a\nb: c",
        "---\na: 1",
    ),
    *(
        "a: 1\n---\nb: 2",
        "a: 1\n...\n",
        "a: 1\n...\nb: 2",
        "%YAML 1.2\n---\na: 1",
        "%YAML 1.1\n---\na: 1",
        "%YAML 2.0\n---\na: 1",
    ),
    *(
        "%TAG ! tag:x,2000:\n---\na: !b 1",
        "%TAG !e! tag:yaml.org,2002:\n---\na: !e!str 1",
        "%FOO x\n---\na: 1",
        "# c",
        "\n\n",
        "   ",
    ),
    *(
        "\t",
        "\ta: 1",
        "a: 1\n\tb: 2",
        "a:\t1",
        "a: 1\t",
        "a: 1 \t# c",
        "a:\n\t1",
        "a:\n  b:\n\t  c",
        "-\ta",
        "- \ta",
        "a: [\n\tb]",
    ),
    *(
        "a: |\n x\n# c\nb: 1",
        "a: |\n x\n # c\nb: 1",
        "a: x\ufeffy",
        "\ufeffa: 1",
        "a: \x07",
        "a: \x7f",
        "a: \ufffe",
        "a: 1\rb: 2\r",
    ),
    *(
        "a: 1\r\nb: |\r\n  x\r\n  y\r\n",
        "? ",
        "-",
        ":",
        "a: ?",
        "a: :",
        "a: b:",
        "a: b:c",
        "a:: b",
        "- - a\n  - b",
        "- a: 1\n  b: 2",
    ),
    *(
        "- a: 1\n b: 2",
        "--- a",
        "--- a: 1",
        "--- |\n x",
        "a: |\n  ---\nb: 1",
        "a: 'x\n---\ny'",
        "&a: x",
        "*x : 1",
        "a: &x b\n*x : c",
    ),
    *(
        "a: &x &y b",
        "a: !!str &x b",
        "a: !!str !!int b",
        "a: *x b",
        "a: !",
        "x" * 1025 + ": b",
        "? " + "x" * 1025 + "\n: b",
    ),
    *(
        "x: " + "1" * 308,
        "x: " + "1" * 309,
        "x: " + "1" * 5000,
        "a: {? b : c}",
        "a: {? b}",
        "a: [? b : c]",
        "'a\n b': c",
    ),
]

REASONS = {
    "python": "js-yaml reads it, but PyYAML does not, and with it huggingface_hub and datasets",
    "one of two": "js-yaml 4 and 5 disagree, and PyYAML refuses it too",
    "circular": "js-yaml builds a circular object, which no JSON, so no card data, can hold",
    "old tag": "js-yaml 5 knows no such tag, js-yaml 4 refuses the content",
    "binary": "`!!int` makes js-yaml read 0b11 as a number",
    "surrogate": "half a character: JavaScript strings may hold it, our output may not",
    "anchor": "js-yaml takes the colon as part of the anchor's name; documents/yaml/leniency.py reads it so",
}
EXPECTED = {
    "circular": {"&x [*x]"},
    "old tag": {"!!timestamp x", "!!merge x"},
    "binary": {"!!int 0b11"},
    "surrogate": {'"\\ud83d"'},
    "anchor": {"&a: x"},
    "python": {
        *("a\u0085b", "a\u2028b", "&é 1\nb: *é", "[: b]", "[::x]", "-\ta", "- \ta", "x" * 1025 + ": b", "!!seq"),
        *("a: 1\t", "a: 1 \t# c", "a:\t1", "a: [\n\tb]"),
    },
    "one of two": {"\t", ":", "--- a: 1", "{b\n  c: d}"},
}


@cache
def js_yaml(texts: tuple[str, ...]) -> list[list[dict[str, Any]]]:
    """What js-yaml 5 and js-yaml 4 answer to each text; one run of node."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        if os.environ.get("CI"):
            pytest.fail("node and npm are needed")
        pytest.skip("node or npm is not there")
    wanted = " ".join(PACKAGES)
    stamp = MODULES / "installed"
    if not stamp.is_file() or stamp.read_text("utf-8") != wanted:
        MODULES.mkdir(parents=True, exist_ok=True)
        install = [
            npm,
            "install",
            "--no-save",
            "--no-package-lock",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            *PACKAGES,
        ]
        done = subprocess.run(
            [*install, "--prefix", str(MODULES)], cwd=MODULES, capture_output=True, text=True, timeout=300
        )
        if done.returncode:
            if os.environ.get("CI"):
                pytest.fail(done.stderr)
            pytest.skip("npm cannot install js-yaml")
        stamp.write_text(wanted, "utf-8")
    given, answers = MODULES / f"texts-{os.getpid()}.json", MODULES / f"answers-{os.getpid()}.json"
    try:
        given.write_text(json.dumps({"texts": texts}), "utf-8")
        subprocess.run(
            [node, str(HERE / "js_yaml.cjs"), str(given), str(answers), str(MODULES)], check=True, timeout=120
        )
        return json.loads(answers.read_text("utf-8"))
    finally:
        given.unlink(missing_ok=True)
        answers.unlink(missing_ok=True)


@cache
def blocks() -> tuple[tuple[str, str], ...]:
    """Name and YAML of every metadata block of the corpus."""
    found = []
    for sample in samples():
        readme = sample.folder / "README.md"
        if readme.is_file():
            text = readme.read_bytes().decode("utf-8", "surrogateescape")
            block = find_block(text)
            if block is not None:
                found.append((f"{sample.group}/{sample.id}", text[slice(*block.content)]))
    if not found:
        pytest.skip("the corpus is not there: set HUBLINT_CORPUS")
    return tuple(found)


def ours(text: str) -> dict[str, Any]:
    """Our reading of a YAML text, shaped like an answer of js-yaml."""
    try:
        root = parse(text)
    except YamlError as error:
        return {"error": error.problem}
    for _, _, entry in duplicates(root):
        return {"error": "duplicated mapping key", "offset": entry.key.span.start}
    return {"value": comparable(root.value if root is not None else None)}


def comparable(value: Any) -> Any:
    """Plain data with JavaScript's numbers, so that it can be compared; NaN as a word."""
    if isinstance(value, list):
        return [comparable(item) for item in value]
    if isinstance(value, dict):
        if "$number" in value:
            return str(float(value["$number"].replace("Infinity", "inf")))
        entries = value["$entries"] if "$entries" in value else value.items()
        return {name: comparable(item) for name, item in entries}
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value) if abs(value) < float("inf") else str(float(value))
    return value


def disagreement(text: str, five: dict[str, Any], four: dict[str, Any]) -> str:
    """In what we differ from js-yaml; empty where we do not. Refused is what both versions refuse."""
    mine = ours(text)
    refused = "error" in five and "error" in four
    if ("error" in mine) != refused:
        return f"we say {str(mine)[:80]}, js-yaml 5 {str(five)[:80]}, js-yaml 4 {str(four)[:80]}"
    if not refused and "value" in five and mine["value"] != comparable(five["value"]):
        return f"we read {str(mine['value'])[:80]}, js-yaml {str(five['value'])[:80]}"
    return ""


def python_refuses(text: str) -> bool:
    try:
        yaml.safe_load(text)
    except (yaml.YAMLError, OverflowError, ValueError):
        return True
    return False


def test_every_card_of_the_corpus_reads_alike() -> None:
    cards = blocks()
    answers = js_yaml(tuple(text for _, text in cards))
    wrong = {
        name: found
        for (name, text), answer in zip(cards, answers, strict=True)
        if (found := disagreement(text, *answer))
    }
    assert not wrong
    assert len(cards) > 1000
    assert sum("error" in five and "error" in four for five, four in answers) > 20, "broken cards are among them"


def test_versions_of_js_yaml_disagree_on_cards_only_in_complex_keys() -> None:
    """What the Hub runs matters for templates with `{{ x }}` alone."""
    cards = blocks()
    reasons = set()
    for (_, _), (five, four) in zip(cards, js_yaml(tuple(text for _, text in cards)), strict=True):
        if ("error" in five) != ("error" in four):
            reasons.add(five.get("error") or four.get("error"))
        elif "value" in five:
            assert five["value"] == four["value"]
    assert reasons <= {"object-based map does not support complex keys"}


def texts_of(scalar: str) -> list[str]:
    """A scalar as a value and as an item."""
    return [
        f"a: {scalar}",
        *([f"- {scalar}"] if "\nb" not in scalar and "\nc" not in scalar and "\n<<" not in scalar else []),
    ]


def test_made_up_texts_read_alike_but_for_what_is_explained() -> None:
    cases = [(scalar, text) for scalar in SCALARS for text in texts_of(scalar)] + [(text, text) for text in DOCUMENTS]
    reason_of = {case: reason for reason, group in EXPECTED.items() for case in group}
    unused = set(reason_of)
    unexplained = {}
    for (case, text), answer in zip(cases, js_yaml(tuple(text for _, text in cases)), strict=True):
        found = disagreement(text, *answer)
        if not found:
            continue
        reason = reason_of.get(case)
        unused.discard(case)
        if reason is None or (reason in ("python", "one of two") and not python_refuses(text)):
            unexplained[text[:60]] = found
        if reason == "one of two" and ("error" in answer[0]) == ("error" in answer[1]):
            unexplained[text[:60]] = "both versions agree"
    assert not unexplained
    assert not unused
    assert set(EXPECTED) == set(REASONS)


def test_duplicate_keys_stand_where_js_yaml_says() -> None:
    texts = (
        "a: 1\nb: 2\na: 3\nc: 4",
        "x:\n  a: 1\n  a: [1]\n",
        "{a: 1, a: 2}",
        "a:\n- b: 1\n  c: 2\n  b: 3\n",
        "a: 1\n'a':\n- x",
    )
    for text, (_, four) in zip(texts, js_yaml(texts), strict=True):
        offset = ours(text)["offset"]
        line = text.count("\n", 0, offset) + 1
        assert (line, offset - text.rfind("\n", 0, offset)) == (four["line"], four["column"])
