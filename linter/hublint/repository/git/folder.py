"""Where git keeps what it knows of a checkout."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Read = Callable[[str], bytes | None]


def is_checkout(root: str) -> bool:
    """Whether a folder is the root of a git checkout."""
    return os.path.exists(os.path.join(root, ".git"))


def around(root: str) -> list[str]:
    """The folders around one that lie in the same git checkout, the nearest first; none outside of a checkout.

    Args:
        root: the folder, empty where there is none on disk.
    """
    found: list[str] = []
    folder = os.path.abspath(root)
    while root and not is_checkout(folder):
        parent = os.path.dirname(folder)
        if parent == folder:
            return []
        folder = parent
        found.append(folder)
    return found


def git_folder(root: str, read: Read) -> str:
    """The folder of the checkout at `root` itself, with its index; a worktree or submodule names it in a file.

    Args:
        read: gives the bytes of a regular file, None where it cannot be had.
    """
    folder = os.path.join(root, ".git")
    named = _text(read(folder)) if os.path.isfile(folder) else ""
    return os.path.normpath(os.path.join(root, named[7:].strip())) if named.startswith("gitdir:") else folder


def common_folder(root: str, read: Read) -> str:
    """The folder that a checkout shares with its other worktrees, with its configuration."""
    folder = git_folder(root, read)
    shared = _text(read(os.path.join(folder, "commondir")))
    return os.path.normpath(os.path.join(folder, shared)) if shared else folder


def _text(data: bytes | None) -> str:
    return os.fsdecode(data or b"").strip().replace("\0", "")
