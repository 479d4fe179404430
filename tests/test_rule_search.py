"""`hublint rule WORD ...`: from words and from printed messages to the rules that speak of them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from hublint.cli.main import run
from hublint.engine import registry
from hublint.engine.rule_search import search

CASES = Path(__file__).resolve().parent.parent / "fixtures" / "rules"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("root user", "DK004"),
        ("zerogpu", "AC014"),
        ("localhost uvicorn", "DK003"),
        ("arxiv", "CT009"),
        ("vlm", "MC005"),
        ("permission denied", "DK007"),
        ("why is my space stuck", "DK002"),
        ("image too big", "DK021"),
        ("unreachable", "DK003"),
        ("typo", "FM008"),
        ("password", "SE005"),
        ("the app won't start", "AC018"),
        ("app crash", "AC008"),
        ("huge file", "RP009"),
        ("preview", "DC010"),
        ("blank page", "CT001"),
    ],
)
def test_words(words: str, code: str) -> None:
    assert code in [match.code for match in search(words, registry.listed().values())][:5]


def test_a_word_that_goes_on_is_found_and_one_that_begins_earlier_is_not() -> None:
    found = {match.code for match in search("adapt", registry.listed().values())}
    assert "MC014" in found
    assert not search("dapter", registry.listed().values())


def test_printed_messages_lead_to_their_rules() -> None:
    """The first message of each rule's cases, as a run prints it: nine of ten lead to the rule among the first five."""
    rules = registry.listed()
    lost = []
    for code in rules:
        cases = yaml.safe_load((CASES / f"{code}.yml").read_text("utf-8")).values()
        printed = next((case["findings"][0] for case in cases if case.get("findings")), None)
        if printed is not None:
            message = str(printed).split(" ", 2)[2]
            if code not in [match.code for match in search(message, rules.values())][:5]:
                lost.append(code)
    assert len(lost) * 10 <= len(rules), lost


def test_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rule", "docker", "root"]) == 0
    assert "DK004 warning" in capsys.readouterr().out
    assert run(["rule", "the Hub cannot reach it from outside"]) == 0
    assert "localhost" in capsys.readouterr().out
    assert run(["rule", "xyzzy"]) == 2
    assert "no rule is called `xyzzy`, and none speaks of it" in capsys.readouterr().err
    assert run(["rule", "the moon is green and falls often"]) == 2


def test_many_are_cut_to_the_best(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rule", "hub"]) == 0
    printed = capsys.readouterr()
    assert "the best 20 of" in printed.err
    assert len([line for line in printed.out.splitlines() if not line.startswith(" ")]) == 20
