"""Every rule: its metadata, its documentation, the examples in it, and its cases in fixtures/rules."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from hublint.engine import registry
from hublint.engine.config import Config
from hublint.rule import SEVERITIES
from hublint.testing import check_case, check_fixes
from hublint.testing.cases import case_of, check_best_fix, found
from hublint.testing.pages import check_examples, check_headings
from repositories import fixed, settings_of
from tokens import with_tokens

if TYPE_CHECKING:
    from hublint.engine.check import Settings
    from hublint.repository.repository import Repository
    from hublint.testing import Case

CASES = Path(__file__).resolve().parent.parent / "fixtures" / "rules"
RULES = {code: registry.load(listed) for code, listed in registry.listed().items()}


def cases(code: str) -> dict[str, dict[str, Any]]:
    path = CASES / f"{code}.yml"
    return with_tokens(yaml.safe_load(path.read_text("utf-8"))) if path.exists() else {}


ALL_CASES = [pytest.param(code, case, id=f"{code}-{name}") for code in RULES for name, case in cases(code).items()]


@pytest.mark.parametrize("code", RULES)
def test_documentation_has_its_headings_in_order(code: str) -> None:
    rule, docs = RULES[code].rule, RULES[code].docs
    check_headings(docs, has_fix=rule.fix is not None)
    evidence = docs.partition("## Evidence")[2]
    assert re.search(r"https?://|Advice|facts|PyPI|npm|RFC|Docker|PEP|POSIX|tests?\b", evidence), (
        "evidence names a source"
    )


@pytest.mark.parametrize("code", RULES)
def test_module_declares_nothing_else(code: str) -> None:
    listed = registry.listed()[code]
    module = __import__(listed.module, fromlist=["RULE"])
    own = {
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", None) == listed.module
    }
    assert own <= {"check"}
    assert RULES[code].rule.severity in SEVERITIES


@pytest.mark.parametrize("code", RULES)
def test_has_a_firing_and_a_silent_case(code: str) -> None:
    every = cases(code).values()
    assert any(case["findings"] for case in every), f"fixtures/rules/{code}.yml has no firing case"
    assert any(not case["findings"] for case in every), f"fixtures/rules/{code}.yml has no silent case"
    fixes = {finding.fix.safety for case in every for finding in found(code, *judged(code, case)) if finding.fix}
    check_best_fix(code, fixes)
    if fixes:
        assert any("fixed" in case or "unsafe-fixed" in case for case in every)


def test_no_cases_without_a_rule() -> None:
    assert {path.stem for path in CASES.glob("*.yml")} <= set(RULES)


def judged(code: str, data: dict[str, Any]) -> tuple[Case, Settings]:
    """A case, and what holds in it: where it has a baseline, its rules run too."""
    case = case_of(data)
    return case, settings_of(case.repository(), Config(select=(code, *case.also)))


def repository_of(data: dict[str, Any], files: dict[str, Any]) -> Repository:
    return case_of({**data, "files": files}).repository()


def selected(code: str, case: dict[str, Any]) -> list[str]:
    return [code, *case.get("also", ())]


@pytest.mark.parametrize(("code", "case"), ALL_CASES)
def test_case(code: str, case: dict[str, Any]) -> None:
    one, settings = judged(code, case)
    check_case(code, one, settings=settings)


@pytest.mark.parametrize(("code", "case"), ALL_CASES)
def test_fixes(code: str, case: dict[str, Any]) -> None:
    one, settings = judged(code, case)
    if code != "HL004":  # its fix edits the baseline, which the whole run writes
        check_fixes(code, one, settings=settings)
        return
    for unsafe in (False, True):
        files = {path: data.decode() for path, data in fixed(one.repository(), "HL004", unsafe=unsafe).files.items()}
        assert files == one.fixed
        assert not fixed(one.repository(files), "HL004", unsafe=unsafe).files


@pytest.mark.parametrize("code", RULES)
def test_documentation_examples_behave_as_they_say(code: str) -> None:
    docs, kind = with_tokens(RULES[code].docs), RULES[code].rule.kinds[0]
    check_examples(code, docs, kind, settings=lambda repository: settings_of(repository, Config(select=(code,))))
