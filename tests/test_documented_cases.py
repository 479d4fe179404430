"""Rows of the tables in docs/ that name a rule's case: it is there, and its rule's fixtures have it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
ROWS = [
    (page.name, *row)
    for page in sorted((ROOT / "docs").glob("*.md"))
    for row in re.findall(r"`([\w.-]+)` \(([A-Z]{2}\d{3})\) \|$", page.read_text("utf-8"), re.MULTILINE)
]


def test_there_are_such_rows() -> None:
    assert {code for _, _, code in ROWS} >= {"DK030"}


@pytest.mark.parametrize(("page", "case", "code"), ROWS)
def test_the_rule_has_the_case(page: str, case: str, code: str) -> None:
    assert case in yaml.safe_load((ROOT / "fixtures" / "rules" / f"{code}.yml").read_text("utf-8")), page
