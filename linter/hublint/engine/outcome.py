"""What is kept of a repository once it is judged."""

from __future__ import annotations

from hublint.engine.report import Checked
from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from hublint.engine.cache import Cache
    from hublint.engine.findings import Result
    from hublint.engine.project import Project, Unread


class Outcome(NamedTuple):
    """What was found in a repository, and what holds for it.

    Attributes:
        folder: its absolute path.
        fail_on: the severity from which its findings fail the run.
        unread: its files that could not be read.
        plugins: where rules came from beside hublint's own.
    """

    folder: str
    checked: Checked
    fail_on: str
    unread: tuple[Unread, ...]
    plugins: tuple[str, ...]

    @classmethod
    def of(cls, project: Project, checked: Checked, unread: Sequence[Unread]) -> Outcome:
        """What is kept of a project that was checked."""
        config = project.settings.config
        return cls(project.folder, checked, config.fail_on, tuple(unread), tuple(config.plugins))


def judged(project: Project, cache: Cache | None) -> Outcome:
    """Check a project, or find out that its result is known."""
    unread: list[Unread] = []

    def judge(project: Project) -> tuple[Result, bool]:
        result = project.check()
        unread.extend(project.unread())
        return result, not (unread or result.crashes)

    result = cache.check(project, judge) if cache is not None else judge(project)[0]
    return Outcome.of(project, Checked.of(project, result), unread)
