"""Which files a remote already holds, as far as the remote-tracking branches of a clone tell."""

from __future__ import annotations

import os
import re

from hublint.repository.git.folder import common_folder
from hublint.repository.git.objects import Objects
from hublint.repository.tree import read_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

_PACKED = rb"(?m)^([0-9a-f]{40}) refs/remotes/"
_NAME = rb"[0-9a-f]{40}\s*"
_COMMIT = rb"tree ([0-9a-f]{40})\n"
_MOST = 200


class Pushed:
    """The files in the last known commits of a clone's remotes."""

    def __init__(self, root: str) -> None:
        folder = common_folder(root, read_file)
        self._objects = Objects(folder)
        self._trees: dict[bytes, dict[bytes, bytes] | None] = {}
        lost = not os.path.isdir(os.path.join(folder, "objects"))
        lost = lost or os.path.exists(os.path.join(folder, "objects", "info", "alternates"))
        names = None if lost else {*_refs(folder)}
        self._roots = None if names is None or len(names) > _MOST else [self._root(name) for name in names]

    def holds(self, path: str) -> bool | None:
        """Whether a remote's branch has a file of that path; None where that cannot be told."""
        if self._roots is None:
            return None
        answers = [self._has(root, os.fsencode(path).split(b"/")) if root else None for root in self._roots]
        return True if True in answers else None if None in answers else False

    def _root(self, commit: bytes) -> bytes | None:
        found = self._objects.read(commit)
        tree = re.match(_COMMIT, found.data) if found is not None and found.kind == "commit" else None
        return bytes.fromhex(tree[1].decode("ascii")) if tree else None

    def _has(self, tree: bytes, parts: list[bytes]) -> bool | None:
        for part in parts:
            entries = self._entries(tree)
            if entries is None:
                return None
            if part not in entries:
                return False
            tree = entries[part]
        return True

    def _entries(self, tree: bytes) -> dict[bytes, bytes] | None:
        """The names in a tree, with what they name."""
        if tree not in self._trees:
            found = self._objects.read(tree)
            self._trees[tree] = _parsed(found.data) if found is not None and found.kind == "tree" else None
        return self._trees[tree]


def pushed(repository: Repository) -> Pushed:
    """What the remotes of a repository hold."""
    return repository.once(_pushed)


def _pushed(repository: Repository) -> Pushed:
    return Pushed(repository.tree.root or os.devnull)


def _parsed(data: bytes) -> dict[bytes, bytes]:
    entries: dict[bytes, bytes] = {}
    at = 0
    while (end := data.find(b"\0", at)) >= 0:
        entries[data[at:end].partition(b" ")[2]] = data[end + 1 : end + 21]
        at = end + 21
    return entries


def _refs(folder: str) -> Iterator[bytes]:
    """The commits that remote-tracking branches name."""
    packed = read_file(os.path.join(folder, "packed-refs")) or b""
    for name in re.findall(_PACKED, packed):
        yield bytes.fromhex(name.decode("ascii"))
    for place, folders, names in os.walk(os.path.join(folder, "refs", "remotes")):
        del folders[_MOST:]
        for name in names[:_MOST]:
            text = read_file(os.path.join(place, name)) or b""
            if re.fullmatch(_NAME, text):
                yield bytes.fromhex(text.decode("ascii").strip())
