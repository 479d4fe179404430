"""docs/guides.md: what a guide says wrongly is found by the rule that the page names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hublint.engine import registry
from hublint.testing.pages import example_of
from repositories import findings, make
from tokens import with_tokens

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "guides.md").read_text("utf-8")
STATEMENT = re.compile(r"^### (.+)\n([\s\S]*?)(?=^##|\Z)", re.MULTILINE)
RULE = re.compile(r"^Rule: \[(\w+)\]\(rules/(\w+)\.md\)\n([\s\S]*?)(?=^Rule: |\Z)", re.MULTILINE)
SNIPPETS = [
    pytest.param(code, page, text, id=f"{code}-{statement[1]}")
    for statement in STATEMENT.finditer(PAGE)
    for code, page, text in RULE.findall(statement[2])
]


def test_every_statement_names_a_rule() -> None:
    headings = re.findall(r"^### (.+)$", PAGE, re.MULTILINE)
    statements = {statement[1]: RULE.findall(statement[2]) for statement in STATEMENT.finditer(PAGE)}
    assert headings == list(statements)
    assert [title for title, rules in statements.items() if not rules] == []


@pytest.mark.parametrize(("code", "page", "text"), SNIPPETS)
def test_rule_finds_the_snippet(code: str, page: str, text: str) -> None:
    assert page == code
    rule = registry.load(registry.listed()[code]).rule
    files, listing, _ = example_of(with_tokens(text))
    repository = make(rule.kinds[0], files, listing, "example/demo")
    assert code in [finding.code for finding in findings(repository, code)]
