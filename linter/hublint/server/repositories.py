"""The repositories that open files are in, found once and brought up to date with each edit.

All of it runs in the one worker thread.
"""

from __future__ import annotations

import os
from time import monotonic
from typing import TYPE_CHECKING, Any

from hublint.documents.card import Card
from hublint.engine.config import FILES
from hublint.engine.discovery import Options, find
from hublint.errors import UsageError
from hublint.records import NamedTuple
from hublint.repository.kinds import kind_of_metadata, metadata_keys
from hublint.repository.repository import README, Repository
from hublint.repository.sources import Sources
from hublint.repository.tree import FolderTree, overlaid

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from hublint.engine.project import Project
    from hublint.repository.kinds import Evidence

# So many seconds a folder is held to be as it was, if the client tells of no change; one that takes long to look at
# is held so for as many times longer.
_FRESH = 10.0
_TIMES = 50
# Files that decide whether a folder is a repository, and how it is checked.
_DECISIVE = (README, ".gitattributes", *FILES)


class Choices(NamedTuple):
    """What the client's settings choose; empty for what the configuration files say.

    Attributes:
        config: the one configuration file to use.
        debounce: so many seconds after the last edit a check begins.
    """

    config: str | None = None
    overrides: Mapping[str, Any] = {}
    debounce: float = 0.2


class Problem(NamedTuple):
    """What is wrong with a file that says how to check: its path, empty where it is the client's settings."""

    path: str
    sentence: str


class _Known:
    """What is known of one folder.

    Attributes:
        laid: the texts that lie over its files, by their absolute paths.
        problems: what was wrong when it was looked for.
    """

    def __init__(self, project: Project, laid: Mapping[str, bytes], problems: tuple[Problem, ...], took: float) -> None:
        self.project = project
        self.laid = dict(laid)
        self.problems = problems
        self.until = monotonic() + max(_FRESH, _TIMES * took)
        self.stale = False

    @property
    def is_fresh(self) -> bool:
        return not self.stale and monotonic() < self.until


def is_decisive(path: str) -> bool:
    """Whether a path decides which folders are repositories, or how they are checked; a folder may hold such files."""
    return os.path.basename(path) in _DECISIVE or not os.path.isfile(path)


def is_around(folder: str, path: str) -> bool:
    """Whether a path lies in a folder, or is itself or around it."""
    return f"{path}{os.sep}".startswith(f"{folder}{os.sep}") or folder.startswith(f"{path}{os.sep}")


class Repositories:
    """The repositories around open files."""

    def __init__(self) -> None:
        self.choices = Choices()
        self._known: dict[str, _Known] = {}
        self._folders: dict[str, str | None] = {}
        self._problems: dict[str, tuple[Problem, ...]] = {}
        self._ordinary: dict[str, bytes] = {}

    def choose(self, choices: Choices) -> None:
        """Other settings of the client hold from now on."""
        self.choices = choices
        self._forget()

    def outdate(self, paths: Collection[str]) -> None:
        """Some files on disk may be others now: what they matter for is looked at again when it is asked for."""
        if any(map(is_decisive, paths)):
            self._forget()
        for folder, known in self._known.items():
            known.stale = known.stale or any(is_around(folder, path) for path in paths)

    def _forget(self) -> None:
        self._folders.clear()
        self._ordinary.clear()
        for known in self._known.values():
            known.stale = True

    def problems(self, path: str) -> tuple[Problem, ...]:
        """What is wrong with the configuration that a file's repository has, as it was last looked for."""
        folder = self._folders.get(path)
        return self._known[folder].problems if folder else self._problems.get(path, ())

    def project(self, path: str, texts: Mapping[str, bytes]) -> Project | None:
        """The repository that a file is in, as the open texts make it; None where it is in none.

        Args:
            path: the file, absolute.
            texts: the open texts by their absolute paths.
        """
        folder = self._folders.get(path, "")
        if folder is None and not self._may_have_become(path, texts):
            return None
        known = self._known.get(folder) if folder else None
        if known is None or not known.is_fresh:
            return self._found(path, texts)
        return self._updated(known, texts) or self._found(path, texts, anew=True)

    def _may_have_become(self, path: str, texts: Mapping[str, bytes]) -> bool:
        """Whether a file that was in no repository is a README.md whose metadata say something else now."""
        if os.path.basename(path) != README:
            return False
        before, now = self._ordinary.get(path), texts.get(path)
        return before is not now and (before is None or now is None or _of_card(before) != _of_card(now))

    def _updated(self, known: _Known, texts: Mapping[str, bytes]) -> Project | None:
        """What is known with the texts as they are now; None where it has to be looked for again."""
        inside = _below(known.project.folder, texts)
        if known.laid.keys() - inside.keys():
            return None
        changed = {each: data for each, data in inside.items() if known.laid.get(each) is not data}
        if changed:
            project = known.project.changed({known.project.inside(each): data for each, data in changed.items()})
            if os.path.join(project.folder, README) in changed and _told(project) != _told(known.project):
                return None
            known.project, known.laid = project, inside
        return known.project

    def _found(self, path: str, texts: Mapping[str, bytes], anew: bool = False) -> Project | None:
        """Look for the repository around a file; where the configuration is broken, the last good one holds."""
        old, begun = self._old(path), monotonic()
        project, problems = self._looked(path, texts)
        if project is None and problems:
            project = _again(old.project, texts) if old is not None else self._by_defaults(path, texts)
        folder = project.folder if project is not None else None
        if self._folders.get(path, folder) != folder:
            self._folders.clear()
        self._folders[path] = folder
        if project is None:
            self._problems[path] = problems
            if path in texts:
                self._ordinary[path] = texts[path]
            return None
        self._problems.pop(path, None)
        known = self._known.get(project.folder)
        if known is not None and known.is_fresh and not anew:
            updated = self._updated(known, texts)
            if updated is not None:
                return updated
        self._known[project.folder] = _Known(project, _below(project.folder, texts), problems, monotonic() - begun)
        return project

    def _old(self, path: str) -> _Known | None:
        """What was known of the innermost folder around a file."""
        around = [folder for folder in self._known if path.startswith(folder.rstrip(os.sep) + os.sep)]
        return self._known[max(around, key=len)] if around else None

    def _looked(self, path: str, texts: Mapping[str, bytes]) -> tuple[Project | None, tuple[Problem, ...]]:
        if os.path.isdir(path):  # all that lies below it would be looked at
            return None, ()
        options = Options(config=self.choices.config, overrides=self.choices.overrides, overlay=texts, explain=False)
        try:
            found = find([path], options)
        except (UsageError, OSError) as error:
            return None, (Problem(self.choices.config or "", str(error)),)
        problems = tuple(map(Problem, found.places, found.problems))
        return (found.projects[0] if found.projects else None), problems

    def _by_defaults(self, path: str, texts: Mapping[str, bytes]) -> Project | None:
        try:
            found = find([path], Options(isolated=True, overlay=texts, explain=False))
        except (UsageError, OSError):
            return None
        return found.projects[0] if found.projects else None


def _below(folder: str, texts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The texts of files below a folder."""
    prefix = folder.rstrip(os.sep) + os.sep
    return {path: data for path, data in texts.items() if path.startswith(prefix)}


def _again(old: Project, texts: Mapping[str, bytes]) -> Project:
    """A repository read anew, with the settings that it had."""
    repository = old.repository
    inside = {old.inside(path): data for path, data in _below(old.folder, texts).items()}
    tree = overlaid(FolderTree(old.folder), inside)
    made = Repository(
        Sources(tree), repository.kind, repository.reason, repository.name, repository.repo_id, repository.synced
    )
    return old._replace(repository=made)


def _of_card(data: bytes) -> tuple[list[str], object]:
    """What of a README.md decides whether it is one of a Hub repository."""
    card = Card(README, data)
    return metadata_keys(card), card.data.get("sdk")


def _told(project: Project) -> Evidence | None:
    """What the README's metadata say of the kind."""
    card = project.repository.card
    return kind_of_metadata(metadata_keys(card), card.data, project.repository.files) if card is not None else None
