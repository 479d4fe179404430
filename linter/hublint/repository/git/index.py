"""Git's index, which names the files that git tracks, read without running git.

Source: https://git-scm.com/docs/index-format.
"""

from __future__ import annotations

import os

from hublint.records import NamedTuple
from hublint.repository.git.folder import git_folder, is_checkout

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.git.folder import Read

_LONGEST_NUMBER = 10
_LONGEST_PATH = 4096
_FIXED = 40
_EXTENDED = 0x4000
_SKIPPED = 0x4000
_LONG_NAME = 0xFFF
_FILES = (0o100000, 0o120000)
_KIND = 0o170000


class Entry(NamedTuple):
    """A file or link that git tracks.

    Attributes:
        path: below the top of the checkout.
        skipped: whether a sparse checkout leaves it out of the work tree.
        executable: whether git gives it the mode of a program.
        blob: the name of the object that has its content.
    """

    path: str
    skipped: bool
    executable: bool
    blob: bytes


def tracked(root: str, read: Read) -> frozenset[str]:
    """The paths below a folder that git tracks; none outside of a checkout, or where the index cannot be read.

    Args:
        read: gives the bytes of a regular file, None where it cannot be had.
    """
    return frozenset(entry.path for entry in _below(root, read))


def not_executable(root: str, read: Read) -> frozenset[str]:
    """Those of the tracked paths that are not programs, see `tracked`."""
    return frozenset(entry.path for entry in _below(root, read) if not entry.executable)


def blobs(root: str, read: Read) -> dict[str, bytes]:
    """The objects that have the content of the tracked paths, see `tracked`."""
    return {entry.path: entry.blob for entry in _below(root, read)}


def _below(root: str, read: Read) -> list[Entry]:
    """What git tracks below a folder, with paths from there."""
    top = os.path.abspath(root)
    while not is_checkout(top):
        parent = os.path.dirname(top)
        if parent == top:
            return []
        top = parent
    inside = os.path.relpath(root, top).replace(os.sep, "/")
    prefix = "" if inside == "." else f"{inside}/"
    found = (entry for entry in entries(git_folder(top, read), read) if entry.path.startswith(prefix))
    return [entry._replace(path=entry.path[len(prefix) :]) for entry in found]


def entries(folder: str, read: Read) -> list[Entry]:
    """What the index in a checkout's own git folder names; nothing where it cannot be read.

    Of a split index, only what stands in this file is known.
    """
    data = read(os.path.join(folder, "index")) or b""
    for hash_size in (20, 32):  # SHA-1, else SHA-256
        try:
            found = _entries(data, hash_size)
            return [
                Entry(os.fsdecode(name), skipped, executable, blob)
                for name, skipped, executable, blob in found
                if _is_path(name)
            ]
        except (IndexError, ValueError):
            continue
    return []


def _is_path(name: bytes) -> bool:
    """Whether git would check such a name out: one below the root, and nothing of its own folder."""
    return not any(part in (b"", b".", b"..") or part.lower() == b".git" for part in name.split(b"/"))


def _entries(data: bytes, hash_size: int) -> Iterator[tuple[bytes, bool, bool, bytes]]:
    """The names of files, whether they have the skip-worktree bit, whether they are programs, and their objects.

    Raises:
        ValueError: this is not an index of that kind.
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
        blob = data[at - hash_size : at]
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
        if not 0 < len(name) <= _LONGEST_PATH or kept < 0 or flags & _LONG_NAME != min(len(name), _LONG_NAME):
            raise ValueError
        at = end + 1
        if version < 4:
            at = start + (end - start + 8) // 8 * 8
        if mode & _KIND in _FILES:
            yield name, bool(more & _SKIPPED), bool(mode & 0o111), blob


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number in git's offset encoding, and where it ends.

    Raises:
        ValueError: it has more digits than git writes.
    """
    start = at
    byte = data[at]
    value = byte & 0x7F
    while byte & 0x80:
        at += 1
        if at - start >= _LONGEST_NUMBER:
            raise ValueError
        byte = data[at]
        value = ((value + 1) << 7) | (byte & 0x7F)
    return value, at + 1
