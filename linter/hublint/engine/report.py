"""What one run found, ready for any output format."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hublint.rule import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hublint.engine.findings import Result
    from hublint.engine.project import Project
    from hublint.engine.reported import Reported
    from hublint_schemas import Kind


class Checked(NamedTuple):
    """One repository of the run.

    Attributes:
        prefix: what leads from the working folder to it, empty or ending in `/`.
        name: how it is shown to people.
        reason: why it is held to be of its kind.
        repo_id: `owner/name` on the Hub, empty where that is not known.
        applied: how many fixes were applied.
    """

    prefix: str
    kind: Kind
    name: str
    reason: str
    repo_id: str
    result: Result
    applied: int = 0

    @classmethod
    def of(cls, project: Project, result: Result, applied: int = 0) -> Checked:
        """What a check of a project gave."""
        repository = project.repository
        return cls(
            project.prefix, repository.kind, repository.name, repository.reason, repository.repo_id, result, applied
        )

    def path(self, finding: Reported) -> str:
        """The path of a finding's file as shown to people: a credential in it is covered before it is escaped."""
        from hublint.secrets.shapes import covered

        return covered(self.prefix + finding.place.path)


class Report:
    """The whole run. `ordinary` are given folders that hold no Hub repository."""

    def __init__(self, checked: Iterable[Checked], ordinary: Iterable[str] = ()) -> None:
        self.checked = tuple(checked)
        self.ordinary = tuple(ordinary)

    def findings(self) -> Iterator[tuple[Checked, Reported]]:
        """Every finding that is shown, with the repository it is in."""
        for checked in self.checked:
            for finding in checked.result.findings:
                yield checked, finding

    def count(self, severity: str) -> int:
        """How many findings have that severity."""
        return sum(finding.severity == severity for _, finding in self.findings())

    @property
    def applied(self) -> int:
        """How many fixes were applied."""
        return sum(checked.applied for checked in self.checked)

    def fixable(self, safety: str) -> int:
        """How many findings have a fix of that safety."""
        return sum(finding.fix is not None and finding.fix.safety == safety for _, finding in self.findings())


def fails(result: Result, fail_on: str) -> bool:
    """Whether any finding is at or above a severity; never for `never`."""
    if fail_on == "never":
        return False
    worst = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return any(finding.severity in worst for finding in result.findings)
