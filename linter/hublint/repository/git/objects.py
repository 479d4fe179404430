"""Git's object store, read without running git: commits and trees, loose or packed.

Source: https://git-scm.com/docs/gitformat-pack (index version 2, SHA-1) and https://git-scm.com/docs/gitrepository-layout.
"""

from __future__ import annotations

import os
import zlib

from hublint.records import NamedTuple
from hublint.repository.tree import FolderTree

_MOST_PACKS = 200
_LARGEST = 16 * 1024 * 1024
_CHUNK = 65536
_DEEPEST = 64
_KINDS = {1: "commit", 2: "tree", 3: "blob", 4: "tag"}
_OFFSET_DELTA, _NAMED_DELTA = 6, 7
_NAMES = 8 + 256 * 4
_SHA = 20


class Object(NamedTuple):
    """An object's kind and content."""

    kind: str
    data: bytes


class _Unreadable(Exception):
    """Not what git writes, or more than is read."""


class Objects:
    """The objects of one repository.

    Args:
        folder: git's own folder, with `objects`.
    """

    def __init__(self, folder: str) -> None:
        self._files = FolderTree(folder)
        self._packs: dict[str, bytes] | None = None
        self._folder = folder

    def read(self, name: bytes) -> Object | None:
        """The object of a name (20 bytes); None where it is not there or cannot be read."""
        try:
            return self._read(name, 0)
        except (_Unreadable, zlib.error, IndexError, OSError, ValueError):
            return None

    def _read(self, name: bytes, depth: int) -> Object:
        text = name.hex()
        loose = self._files.read(f"objects/{text[:2]}/{text[2:]}")
        if loose is not None:
            head, _, data = _inflated(loose).partition(b"\0")
            return Object(head.partition(b" ")[0].decode("ascii"), data)
        for pack, index in self._indexes().items():
            offset = _offset(index, name)
            if offset is not None:
                return self._packed(pack, offset, depth)
        raise _Unreadable

    def _indexes(self) -> dict[str, bytes]:
        """The indexes by the paths of their packs."""
        if self._packs is None:
            self._packs = {}
            for name in sorted(os.listdir(os.path.join(self._folder, "objects", "pack")))[: 2 * _MOST_PACKS]:
                index = self._files.read(f"objects/pack/{name}") if name.endswith(".idx") else None
                if index is not None and index[:8] == b"\xfftOc\0\0\0\2":
                    self._packs[f"objects/pack/{name[:-4]}.pack"] = index
        return self._packs

    def _packed(self, pack: str, offset: int, depth: int) -> Object:
        if depth > _DEEPEST:
            raise _Unreadable
        head = self._files.part(pack, offset, 64) or b""
        kind, at = head[0] >> 4 & 7, 1
        while head[at - 1] & 0x80:
            at += 1
        if kind in _KINDS:
            return Object(_KINDS[kind], self._content(pack, offset + at))
        if kind == _NAMED_DELTA:
            base = self._read(head[at : at + _SHA], depth + 1)
            return Object(base.kind, _applied(base.data, self._content(pack, offset + at + _SHA)))
        if kind != _OFFSET_DELTA:
            raise _Unreadable
        back = head[at] & 0x7F
        while head[at] & 0x80:
            at += 1
            back = ((back + 1) << 7) | (head[at] & 0x7F)
        if not 0 < back <= offset:
            raise _Unreadable
        base = self._packed(pack, offset - back, depth + 1)
        return Object(base.kind, _applied(base.data, self._content(pack, offset + at + 1)))

    def _content(self, pack: str, start: int) -> bytes:
        """What is compressed at an offset."""
        reader = zlib.decompressobj()
        parts: list[bytes] = []
        size = 0
        while not reader.eof:
            data = self._files.part(pack, start, _CHUNK)
            if not data:
                raise _Unreadable
            start += len(data)
            parts.append(reader.decompress(data, _LARGEST + 1 - size))
            size += len(parts[-1])
            if size > _LARGEST or reader.unconsumed_tail:
                raise _Unreadable
        return b"".join(parts)


def _inflated(data: bytes) -> bytes:
    reader = zlib.decompressobj()
    found = reader.decompress(data, _LARGEST + 1)
    if len(found) > _LARGEST or not reader.eof:
        raise _Unreadable
    return found


def _offset(index: bytes, name: bytes) -> int | None:
    """Where an object begins in the pack of an index; None where it is not in it."""

    def number(at: int, size: int = 4) -> int:
        return int.from_bytes(index[at : at + size], "big")

    low = number(8 + 4 * (name[0] - 1)) if name[0] else 0
    high, count = number(8 + 4 * name[0]), number(8 + 4 * 255)
    while low < high:
        middle = (low + high) // 2
        found = index[_NAMES + _SHA * middle : _NAMES + _SHA * (middle + 1)]
        if found == name:
            offset = number(_NAMES + (_SHA + 4) * count + 4 * middle)
            if offset < 1 << 31:
                return offset
            return number(_NAMES + (_SHA + 8) * count + 8 * (offset - (1 << 31)), 8)
        low, high = (middle + 1, high) if found < name else (low, middle)
    return None


def _applied(base: bytes, delta: bytes) -> bytes:
    """What a delta makes of its base."""
    at = 0
    for _ in range(2):  # the sizes of both
        while delta[at] & 0x80:
            at += 1
        at += 1
    parts: list[bytes] = []
    size = 0
    while at < len(delta):
        code = delta[at]
        at += 1
        if code & 0x80:
            start = length = 0
            for bit in range(7):
                if code & 1 << bit:
                    value = delta[at]
                    at += 1
                    start, length = (
                        (start | value << 8 * bit, length) if bit < 4 else (start, length | value << 8 * (bit - 4))
                    )
            length = length or 0x10000
            parts.append(base[start : start + length])
        elif code:
            parts.append(delta[at : at + code])
            at += code
        else:
            raise _Unreadable
        size += len(parts[-1])
        if size > _LARGEST:
            raise _Unreadable
    return b"".join(parts)
