"""What one run found, ready for any output format."""

from __future__ import annotations

import posixpath

from hublint.records import NamedTuple
from hublint.rule import SEVERITIES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hublint.engine.findings import Result
    from hublint.engine.project import Project
    from hublint.engine.reported import Applied, Reported
    from hublint_schemas import Kind


class Checked(NamedTuple):
    """One repository of the run.

    Attributes:
        prefix: what leads from the working folder to it, empty or ending in `/`.
        reason: why it is held to be of its kind.
        repo_id: `owner/name` on the Hub, empty where that is not known.
        fixes: those whose files were written.
    """

    prefix: str
    kind: Kind
    reason: str
    repo_id: str
    result: Result
    fixes: tuple[Applied, ...] = ()

    @classmethod
    def of(cls, project: Project, result: Result, fixes: tuple[Applied, ...] = ()) -> Checked:
        """What a check of a project gave."""
        repository = project.repository
        return cls(project.prefix, repository.kind, repository.reason, repository.repo_id, result, fixes)

    def path(self, finding: Reported) -> str:
        """The path of a finding's file as shown to people: a credential in it is covered before it is escaped."""
        from hublint.secrets.shapes import covered

        return covered(self.at(finding.place.path))

    def at(self, path: str) -> str:
        """A path within the repository, or one beside it as a baseline may have, as one from the working folder."""
        whole = self.prefix + path
        return posixpath.normpath(whole) if path.startswith("../") else whole

    def count(self, severity: str) -> int:
        """How many findings have that severity."""
        return sum(finding.severity == severity for finding in self.result.findings)


class Report:
    """The whole run.

    Attributes:
        ordinary: of each given path without a Hub repository a sentence that says why.
        unread: how many files could not be read.
        plugins: where rules came from beside hublint's own.
        suppressed: whether formats that can mark what is silenced show it.
    """

    def __init__(
        self,
        checked: Iterable[Checked],
        ordinary: Iterable[str] = (),
        unread: int = 0,
        plugins: Iterable[str] = (),
        suppressed: bool = False,
    ) -> None:
        self.checked = tuple(checked)
        self.ordinary = tuple(ordinary)
        self.unread = unread
        self.plugins = tuple(plugins)
        self.suppressed = suppressed

    def findings(self) -> Iterator[tuple[Checked, Reported]]:
        """Every finding that is shown, with the repository it is in."""
        for checked in self.checked:
            for finding in checked.result.findings:
                yield checked, finding

    def count(self, severity: str) -> int:
        """How many findings have that severity."""
        return sum(checked.count(severity) for checked in self.checked)

    def fixes(self) -> list[Applied]:
        """The fixes that were applied."""
        return [fix for checked in self.checked for fix in checked.fixes]

    def fixable(self, safety: str) -> int:
        """How many findings have a fix of that safety."""
        return sum(finding.fix is not None and finding.fix.safety == safety for _, finding in self.findings())


def fails(result: Result, fail_on: str) -> bool:
    """Whether any finding is at or above a severity; never for `never`."""
    if fail_on == "never":
        return False
    worst = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return any(finding.severity in worst for finding in result.findings)
