"""What hublint holds its own rules to, for rules of your own.

    from hublint.testing import check_rule

    def test_ax001() -> None:
        check_rule("AX001", "fixtures/AX001.yml", plugins=("acme_rules",))

Each function raises AssertionError with what differs. docs/plugins.md describes the files.
"""

from hublint.testing.cases import Case as Case
from hublint.testing.cases import check_case as check_case
from hublint.testing.cases import check_fixes as check_fixes
from hublint.testing.cases import check_rule as check_rule
from hublint.testing.cases import load_cases as load_cases
from hublint.testing.pages import check_page as check_page
