"""One repository with what holds for it: the object behind every face."""

from __future__ import annotations

import os

from hublint.engine.check import Settings, check
from hublint.records import NamedTuple
from hublint.repository.sources import README
from hublint.repository.tree import NOT_FOLLOWED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from hublint.engine.findings import Result
    from hublint.engine.fixing import Fixed
    from hublint.repository.repository import Repository


class Unread(NamedTuple):
    """A file that was to be judged and could not be read; `decisive`: without it the repository is not judged."""

    path: str
    reason: str
    decisive: bool


class Project(NamedTuple):
    """A repository, the absolute path of the folder it is in, and its settings; nothing in it ever changes."""

    folder: str
    repository: Repository
    settings: Settings

    def check(self) -> Result:
        """Everything that the selected rules find."""
        return check(self.repository, self.settings)

    def fix(self, unsafe: bool | None = None, only: Collection[str] | None = None) -> Fixed:
        """What fixes make of the repository's files; nothing is written to disk.

        Args:
            unsafe: apply unsafe fixes too; None for what the configuration says.
            only: the paths, within the repository, that may be edited; a fix that edits another one too is left out.
        """
        from hublint.engine.fixing import fix

        wanted = self.settings.config.unsafe_fixes if unsafe is None else unsafe
        return fix(self.repository, self.settings, wanted, only)

    def unread(self) -> list[Unread]:
        """The files that the checks so far asked for and that are there, but cannot be read.

        README.md, and a Space's Dockerfile and app file, are asked for in any case, and decide; so does any other file
        unless it is a link. Of links to what is in the repository itself, or to a folder, nothing is said: what they
        lead to is judged where it is.
        """
        repository = self.repository
        decisive = {README}
        if repository.kind == "space":
            decisive |= {repository.app_file} if repository.app_file else {"Dockerfile"}
        found = []
        for path in sorted(decisive | (repository.sources.missed & repository.files.keys())):
            reason = repository.tree.refusal(path) if repository.source(path) is None else ""
            linked = reason.endswith(NOT_FOLLOWED)
            if reason and (path in decisive or not (linked and self._leads_inside(path))):
                found.append(Unread(path, reason, path in decisive or not linked))
        return found

    def _leads_inside(self, path: str) -> bool:
        """Whether a link leads to a folder, nowhere, or to what is in the repository."""
        target, root = os.path.realpath(os.path.join(self.folder, path)), os.path.realpath(self.folder)
        return not os.path.isfile(target) or target.startswith(root.rstrip(os.sep) + os.sep)

    def changed(self, files: Mapping[str, bytes | None]) -> Project:
        """The same with other bytes for some files, by path within the repository; None for one that is gone."""
        return self._replace(repository=self.repository.changed(files))

    def inside(self, path: str) -> str:
        """An absolute path as one within the repository, with forward slashes."""
        return os.path.relpath(path, self.folder).replace(os.sep, "/")

    @property
    def prefix(self) -> str:
        """What leads from the working folder to the repository, empty or ending in `/`."""
        relative = os.path.relpath(self.folder)
        if relative == ".":
            return ""
        shown = self.folder if relative.startswith(os.path.join("..", "..")) else relative
        return shown.replace(os.sep, "/").rstrip("/") + "/"
