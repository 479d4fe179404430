"""Repositories in folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.audit.judging import record_of
from hublint.audit.records import Record
from hublint.engine.discovery import find
from hublint.engine.project import Project
from hublint.records import NamedTuple
from hublint.repository.repository import Repository
from hublint.repository.tree import FolderTree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hublint.audit.records import Where
    from hublint.engine.check import Settings
    from hublint.engine.discovery import Found, Options
    from hublint_schemas import Kind


class FolderUnit(NamedTuple):
    """A repository in a folder, read once more when it is judged, so that not all are in memory.

    Attributes:
        id: the folder's path from the working folder.
        folder: its absolute path.
        applies: whether the safe fixes are written into it.
    """

    id: str
    folder: str
    kind: Kind
    reason: str
    name: str
    repo_id: str
    synced: bool
    settings: Settings
    source: Where = "folder"
    applies: bool = False
    revision: str = ""

    @classmethod
    def of(cls, project: Project, applies: bool = False) -> FolderUnit:
        """What is needed to judge a project."""
        each = project.repository
        id = project.prefix.rstrip("/") or "."
        known = (each.kind, each.reason, each.name, each.repo_id, each.synced)
        return cls(id, project.folder, *known, project.settings, applies=applies)

    def judged(self) -> Record:
        """The repository's line."""
        tree = FolderTree(self.folder)
        repository = Repository(tree, self.kind, self.reason, self.name, self.repo_id, self.synced)
        project = Project(self.folder, repository, self.settings)
        return self._fixed(project) if self.applies else record_of(project, self.source, self.id)

    def _fixed(self, project: Project) -> Record:
        """The line of what is left once the safe fixes are written."""
        from hublint.engine.applying import keep

        kept = keep(project, project.fix(unsafe=False), [])
        applied = tuple({"code": fix.code, "name": fix.name, "paths": list(fix.paths)} for fix in kept.fixes)
        return record_of(project, self.source, self.id, kept.result, applied=applied, undone=kept.problem)


class Folders(NamedTuple):
    """The repositories in folders, a line for each named folder that cannot be judged, and what else is to be said."""

    units: list[FolderUnit]
    failed: list[Record]
    sentences: list[str]


def folders(paths: Sequence[str], options: Options, applies: bool = False) -> Folders:
    """The repositories at, below or around folders.

    Args:
        applies: whether the safe fixes are to be written into them.

    Raises:
        UsageError: what the options say cannot be used.
    """
    if not paths:
        return Folders([], [], [])
    found = find(paths, options)
    return Folders(
        [FolderUnit.of(each, applies) for each in found.projects], list(_failed(found)), list(_sentences(found))
    )


def _failed(found: Found) -> Iterator[Record]:
    for place, problem in zip(found.places, found.problems, strict=True):
        yield Record(_shown(place), "", "folder", status="failed", reason=problem)
    for each in found.ordinary:
        if each.fails:
            yield Record(each.path, "", "folder", status="failed", reason=each.sentence)


def _sentences(found: Found) -> Iterator[str]:
    yield from found.notes
    yield from (each.sentence for each in found.ordinary if not each.fails)
    if found.left:
        from hublint.engine.unchecked import left_out

        yield left_out(found.left)


def _shown(place: str) -> str:
    from hublint.engine.config import shown_file

    return shown_file(place)
