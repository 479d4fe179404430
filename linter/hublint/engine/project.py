"""One repository with what holds for it: the object behind every face."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from hublint.engine.check import Settings, check

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from hublint.engine.findings import Result
    from hublint.engine.fixing import Fixed
    from hublint.repository.repository import Repository


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
