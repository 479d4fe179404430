"""Paths as other programs want them: from the working folder, never absolute."""

from __future__ import annotations

import os

from hublint.reporters.style import printable
from hublint.secrets.shapes import covered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.engine.report import Checked


def relative(checked: Checked, path: str) -> str:
    """A path within a repository as one from the working folder, with a credential in it covered."""
    whole = covered(checked.at(path))
    if not os.path.isabs(whole):
        return whole
    try:
        return os.path.relpath(whole).replace(os.sep, "/")
    except ValueError:  # on another drive
        return os.path.splitdrive(whole)[1].replace(os.sep, "/").lstrip("/")


def shown(checked: Checked, path: str) -> str:
    """The same, with escapes for what cannot be printed."""
    return printable(relative(checked, path))
