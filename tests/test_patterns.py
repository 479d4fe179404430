"""No regular expression of hublint takes exponential time: none can read one text in ever more ways."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

from patterns import patterns

from ambiguity import exponential
from hublint.documents.placeholders import is_placeholder
from hublint.documents.requirements import Requirements
from hublint.documents.source import Source
from hublint.space.serving.javascript import _SKIPPED, _blanked

# What is behind the loop is nothing, and `findall` is all that uses it: it never has to try another way.
_NEVER_TRIED_AGAIN = {"hublint.repository.assembling _WORD"}


@pytest.mark.parametrize(
    "pattern",
    [
        "(a*)*b",
        "(?:a|aa)+b",
        "(?:x+x+)+y",
        "(?:foo|bar|foobar)+",
        r"(?:\w+\s?)*!",
        "(?:a?b?)*c",
        "(?:a|b|ab)*c",
        "(?i)(?:ab|A|b)*c",
        r"(?:,\s*(?:===|==)[^,]*)*$",
    ],
)
def test_an_exponential_pattern_is_told(pattern: str) -> None:
    assert exponential(re.compile(pattern))


@pytest.mark.parametrize(
    "pattern",
    [
        "a*a*b",
        r"(?:[^\\\"]|\\.)*\"",
        r"(?:\w+\s)*!",
        "(?:ab|cd)+",
        r"\d{1,3}(?:,\d{3})*",
        "(?:a?){20}",
        "(?:a{0,2}b)*",
        "(?:foo|bar|fob)+!",
        r"(?s:.*\.)?x",
    ],
)
def test_another_is_not(pattern: str) -> None:
    assert not exponential(re.compile(pattern))


def test_no_pattern_of_hublint_is_exponential() -> None:
    every = patterns()
    assert len(every) > 500
    told = {name.rpartition(" ")[0]: text for name, pattern in every.items() if (text := exponential(pattern))}
    assert set(told) == _NEVER_TRIED_AGAIN, told


@pytest.mark.parametrize("line", ["x " + "===1," * 60 + "!", "x " + "== ," * 60 + "!", "x[" + "a ," * 60 + "!"])
def test_a_hostile_requirement_is_read_at_once(line: str) -> None:
    read = Requirements(Source("requirements.txt", line.encode()))
    assert len(read.lines) + len(read.invalid) == 1


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a('x\\'\nlisten(3)", "a('x\\'\nlisten(3)"),
        ("'", "'"),
        ("a('x', \"y\")", "a(   ,    )"),
        ("a(/'/); `x` // b", "a(   );         "),
        ("x = `\\`", "x = `\\`"),
        ('"\\' * 3, '"\\' * 3),
    ],
)
def test_texts_of_javascript_are_blanked_and_those_without_end_are_not(text: str, left: str) -> None:
    assert _SKIPPED.sub(_blanked, text) == left


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("{{ x }}", True),
        ("a {{ x }} b", True),
        ("}} {{ x", False),
        ("." + "{" * 50_000, False),
        ("}}" + "{{" * 50_000, False),
        ("a [This needs more] b", True),
        ("[This needs " * 5_000, False),
    ],
)
def test_placeholders(value: str, expected: bool) -> None:
    assert is_placeholder(value) is expected
