"""What one run found, ready for any output format."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hublint.rule import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.engine.check import Crash
    from hublint.repository.repository import Repository
    from hublint.rule import Finding


class Checked(NamedTuple):
    """One repository of the run. `prefix` leads from the working folder to it, empty or ending in `/`."""

    repository: Repository
    prefix: str
    findings: list[Finding]
    crashes: list[Crash]
    applied: int = 0

    def path(self, finding: Finding) -> str:
        """The finding's path as shown to people."""
        return self.prefix + finding.path


class Report(NamedTuple):
    """The whole run. `ordinary` are given folders that hold no Hub repository."""

    checked: list[Checked]
    ordinary: list[str]

    def __iter__(self) -> Iterator[tuple[Checked, Finding]]:  # type: ignore[override]
        for checked in self.checked:
            for finding in checked.findings:
                yield checked, finding

    def count(self, severity: str) -> int:
        """How many findings have that severity."""
        return sum(finding.severity == severity for _, finding in self)

    @property
    def applied(self) -> int:
        """How many fixes were applied."""
        return sum(checked.applied for checked in self.checked)

    def fixable(self, safety: str) -> int:
        """How many findings have a fix of that safety."""
        return sum(finding.fix is not None and finding.fix.safety == safety for _, finding in self)

    def fails(self, fail_on: str) -> bool:
        """Whether any finding is at or above a severity; never for `never`."""
        if fail_on == "never":
            return False
        worst = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
        return any(finding.severity in worst for _, finding in self)
