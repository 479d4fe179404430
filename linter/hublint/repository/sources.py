"""The texts of a repository's files, each read and parsed once."""

from __future__ import annotations

from hublint.documents.card import Card
from hublint.documents.source import Source
from hublint.repository.tree import overlaid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeVar

    from hublint.repository.tree import Tree

    _Parsed = TypeVar("_Parsed")


README = "README.md"
_KEPT = 1024 * 1024
_KEPT_IN_ALL = 64 * 1024 * 1024


class Sources:
    """The texts of one tree, kept while they are small.

    Attributes:
        tree: the files.
        read: the paths of the files whose bytes were asked for and had.
        missed: the paths that were asked for and had no bytes: nothing is there, or it cannot be read.
    """

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.read: set[str] = set()
        self.missed: set[str] = set()
        self._sources: dict[str, Source | None] = {}
        self._kept = 0

    def source(self, path: str) -> Source | None:
        """The text of a file; None where it is absent or its bytes cannot be had."""
        if path not in self._sources:
            self._sources[path] = self._load(path)
        return self._sources[path]

    def glance(self, path: str) -> Source | None:
        """The same as `source`, but a large file that was not looked at before is not kept in memory."""
        if path in self._sources:
            return self._sources[path]
        source = self._load(path)
        size = len(source.raw) if source is not None else 0
        if size <= _KEPT and self._kept + size <= _KEPT_IN_ALL:
            self._kept += size
            self._sources[path] = source
        return source

    def _load(self, path: str) -> Source | None:
        data = self.tree.read(path)
        if data is None:
            self.missed.add(path)
            return None
        self.read.add(path)
        return Card(path, data) if path == README else Source(path, data)

    def part(self, path: str, start: int, length: int) -> bytes | None:
        """Up to `length` bytes of a file of any size from `start` on, which counts from the end where it is negative.

        None where they cannot be had. Nothing is kept.
        """
        data = self.tree.part(path, start, length)
        (self.missed if data is None else self.read).add(path)
        return data

    def parsed(self, path: str, parse: Callable[[Source], _Parsed]) -> _Parsed | None:
        """`parse(source)` of a text file, done once for each file and parser; None where it is not readable text."""
        source = self.source(path)
        return source.parsed(parse) if source is not None and not source.is_binary else None

    def kept(self) -> list[Source]:
        """The texts that are in memory, sorted by path."""
        return [source for _, source in sorted(self._sources.items()) if source is not None]

    @property
    def card(self) -> Card | None:
        """The README.md."""
        source = self.source(README)
        return source if isinstance(source, Card) else None

    def over(self, tree: Tree) -> Sources:
        """The same, with all that is not known yet asked of another tree that has the same files."""
        other = Sources(tree)
        other.read, other.missed = set(self.read), set(self.missed)
        other._sources, other._kept = dict(self._sources), self._kept
        return other

    def changed(self, files: Mapping[str, bytes | None]) -> Sources:
        """The same with other bytes for some files, None for one that is gone; what did not change is shared."""
        other = Sources(overlaid(self.tree, files))
        other.read = self.read - set(files)
        other._sources = {path: source for path, source in self._sources.items() if path not in files}
        return other
