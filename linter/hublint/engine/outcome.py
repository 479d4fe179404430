"""What is kept of a repository once it is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hublint.engine.project import Project, Unread
    from hublint.engine.report import Checked


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
    def of(cls, project: Project, checked: Checked, unread: Sequence[Unread] | None = None) -> Outcome:
        """What is kept of a project that was checked; `unread` is asked of it where it is not given."""
        config = project.settings.config
        told = project.unread() if unread is None else unread
        return cls(project.folder, checked, config.fail_on, tuple(told), tuple(config.plugins))
