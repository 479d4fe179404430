"""Every rule of Acme's has a page and cases, and does what they say."""

from pathlib import Path

import pytest

from hublint.testing import check_rule

CASES = sorted(Path(__file__).parent.glob("*.yml"))


@pytest.mark.parametrize("cases", CASES, ids=lambda path: path.stem)
def test_rule(cases: Path) -> None:
    check_rule(cases.stem, cases, plugins=("acme_rules",))
