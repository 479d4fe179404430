"""The files that a sparse git checkout leaves out of the work tree, read from git's index without running git.

Source: https://git-scm.com/docs/index-format, https://git-scm.com/docs/git-sparse-checkout.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LARGEST = 200_000_000
_FIXED = 40
_EXTENDED = 0x4000
_SKIPPED = 0x4000
_LONG_NAME = 0xFFF
_FILES = (0o100000, 0o120000)
_KIND = 0o170000


def left_out(root: str) -> list[str]:
    """The paths of tracked files that are not checked out; none where the checkout is whole or the index unreadable."""
    folder = os.path.join(root, ".git")
    try:
        if os.path.isfile(folder):  # a worktree or submodule names its git folder
            with open(folder, encoding="utf-8") as file:
                folder = os.path.join(root, file.read(4096).removeprefix("gitdir:").strip())
        if not os.path.isfile(os.path.join(folder, "info", "sparse-checkout")):
            return []
        path = os.path.join(folder, "index")
        if os.path.getsize(path) > _LARGEST:
            return []
        with open(path, "rb") as index:
            data = index.read()
    except (OSError, ValueError):
        return []
    for hash_size in (20, 32):  # SHA-1, else SHA-256
        try:
            return [os.fsdecode(name) for name in _entries(data, hash_size)]
        except (IndexError, ValueError):
            continue
    return []


def _entries(data: bytes, hash_size: int) -> Iterator[bytes]:
    """The names of files with the skip-worktree bit.

    Raises:
        ValueError: this is no index of that kind.
        IndexError: it ends too early.
    """
    version, count = int.from_bytes(data[4:8], "big"), int.from_bytes(data[8:12], "big")
    if data[:4] != b"DIRC" or version not in (2, 3, 4):
        raise ValueError
    at, name = 12, b""
    for _ in range(count):
        start = at
        mode = int.from_bytes(data[at + 24 : at + 28], "big")
        at += _FIXED + hash_size
        flags = int.from_bytes(data[at : at + 2], "big")
        at += 2
        more = 0
        if flags & _EXTENDED:
            more = int.from_bytes(data[at : at + 2], "big")
            at += 2
        kept = 0
        if version == 4:
            kept, at = _varint(data, at)
            kept = len(name) - kept
        end = data.index(b"\0", at)
        name = name[:kept] + data[at:end]
        if not name or kept < 0 or flags & _LONG_NAME != min(len(name), _LONG_NAME):
            raise ValueError
        at = end + 1
        if version < 4:
            at = start + (end - start + 8) // 8 * 8
        if more & _SKIPPED and mode & _KIND in _FILES:
            yield name


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number in git's offset encoding, and where it ends."""
    byte = data[at]
    value = byte & 0x7F
    while byte & 0x80:
        at += 1
        byte = data[at]
        value = ((value + 1) << 7) | (byte & 0x7F)
    return value, at + 1
