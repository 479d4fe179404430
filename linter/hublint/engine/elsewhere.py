"""What holds for repositories that are in no folder."""

from __future__ import annotations

import os

from hublint.engine.discovery import Finder, Options
from hublint.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.engine.check import Settings

_DEFAULTS = Options()


class Elsewhere:
    """What holds for repositories that are in no folder, as if each were the folder of its id beside the configuration.

    That is the named one, else the one of the working folder.

    Raises:
        UsageError: it, or what the options say, cannot be used.
    """

    def __init__(self, options: Options = _DEFAULTS) -> None:
        self._finder = Finder(options)
        self.config = self._finder.config(os.getcwd())
        self.settings("")

    def settings(self, id: str) -> Settings:
        """What holds for a repository."""
        settings = self._finder.settings_in(os.path.join(self.config.root, *id.split("/")), self.config)
        if settings is None or self._finder.problems:
            raise UsageError("; ".join(self._finder.problems.values()))
        return settings

    def excluded(self, id: str) -> bool:
        """Whether `exclude` leaves a repository out."""
        return bool(self._finder.excluded(os.path.join(self.config.root, *id.split("/")), self.config))
