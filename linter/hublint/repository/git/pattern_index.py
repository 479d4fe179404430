"""Finds, among many patterns, the few that may fit a name: those whose literal part the name holds.

Thousands of lines against thousands of files would else be asked pair by pair.
"""

from __future__ import annotations

from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FEW = 12  # patterns that are sooner asked one by one


class Key(NamedTuple):
    """What every name that fits a pattern has.

    Attributes:
        place: "whole" where the name is the text, else whether it stands in "front", at the "end" or "inside"; empty
            where nothing is known, and "never" where no name fits.
        text: the literal text.
        by_name: whether the pattern is for the last part of a path.
    """

    place: str
    text: bytes
    by_name: bool


class PatternIndex:
    """The patterns of one file, in its order.

    Args:
        keys: of each pattern.
    """

    def __init__(self, keys: Iterable[Key]) -> None:
        self._keys = list(keys)
        self._all = range(len(self._keys) - 1, -1, -1)
        self._any: list[int] = []
        self._tables: dict[bool, _Table] = {True: _Table(), False: _Table()}
        if len(self._keys) > _FEW:
            for position, key in enumerate(self._keys):
                if not key.place:
                    self._any.append(position)
                elif key.place != "never":
                    self._tables[key.by_name].add(key, position)

    def candidates(self, path: bytes) -> Sequence[int]:
        """The positions of the patterns that may fit a path, the last first."""
        if len(self._keys) <= _FEW:
            return self._all
        found = set(self._any)
        self._tables[False].find(path, found)
        self._tables[True].find(path.rpartition(b"/")[2], found)
        return sorted(found, reverse=True)


class _Table:
    """Positions by literal text, and the lengths that such texts have."""

    def __init__(self) -> None:
        self._positions: dict[str, dict[bytes, list[int]]] = {"whole": {}, "front": {}, "end": {}, "inside": {}}
        self._lengths: dict[str, set[int]] = {"front": set(), "end": set(), "inside": set()}

    def add(self, key: Key, position: int) -> None:
        """Take a pattern over."""
        self._positions[key.place].setdefault(key.text, []).append(position)
        if key.place != "whole":
            self._lengths[key.place].add(len(key.text))

    def find(self, name: bytes, found: set[int]) -> None:
        """Add the positions of all texts that stand where they should in a name."""
        whole, front, end, inside = (self._positions[place] for place in ("whole", "front", "end", "inside"))
        found.update(whole.get(name, ()))
        for length in self._lengths["front"]:
            found.update(front.get(name[:length], ()))
        for length in self._lengths["end"]:
            if length <= len(name):
                found.update(end.get(name[len(name) - length :], ()))
        for length in self._lengths["inside"]:
            for start in range(len(name) - length + 1):
                positions = inside.get(name[start : start + length])
                if positions is not None:
                    found.update(positions)
