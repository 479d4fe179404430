"""Repositories in folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.audit.judging import record_of
from hublint.audit.records import Record
from hublint.engine.discovery import find
from hublint.engine.many import Many, WholeNeeded, many
from hublint.engine.project import Project
from hublint.records import NamedTuple
from hublint.repository.repository import Repository
from hublint.repository.tree import FolderTree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hublint.audit.records import Where
    from hublint.engine.cache import Cache
    from hublint.engine.check import Settings
    from hublint.engine.discovery import Found, Options
    from hublint.engine.many import Made
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


def folders(paths: Sequence[str], options: Options, jobs: int, applies: bool = False) -> Folders:
    """The repositories at, below or around folders.

    Args:
        jobs: the number of processes that look for them where there are many.
        applies: whether the safe fixes are to be written into them.

    Raises:
        UsageError: what the options say cannot be used.
    """
    if not paths:
        return Folders([], [], [])
    made = _applied if applies else _made
    units, found = _of_many(many(paths, options, jobs, made=made)) or _of_few(find(paths, options), made)
    return Folders(units, list(_failed(found)), list(_sentences(found)))


def _of_many(found: Many | None) -> tuple[list[FolderUnit], Found] | None:
    """What is needed to judge many repositories, none of which stays in memory; what holds for all of them stays once,
    though each process has its own."""
    units: list[FolderUnit] = []
    shared: dict[str, Settings] = {}
    try:
        for unit in found.judged() if found is not None else ():
            own: Settings = unit.settings
            first = shared.setdefault(own.config.file, own)
            if first.config == own.config:
                unit = unit._replace(settings=own._replace(config=first.config, selection=first.selection))
            units.append(unit)
    except WholeNeeded:
        return None
    return (units, found.found()) if found is not None else None


def _of_few(found: Found, made: Made) -> tuple[list[FolderUnit], Found]:
    return [made(each, None) for each in found.projects], found


def _made(project: Project, _: Cache | None) -> FolderUnit:
    return FolderUnit.of(project)


def _applied(project: Project, _: Cache | None) -> FolderUnit:
    return FolderUnit.of(project, applies=True)


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
