"""The line that a finding stands in, as much of it as fits, with carets under what is guilty."""

from __future__ import annotations

from itertools import islice

from hublint.records import NamedTuple
from hublint.reporters.wrapping import columns, widths

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from hublint.engine.reported import Frame

_WIDEST = 160  # columns of a line, where the terminal tells no width
_NARROWEST = 20
_DOTS = "..."
_TAB = 4


class Shown(NamedTuple):
    """A line as it is shown, and the columns from `start` to `end` that carets stand under."""

    text: str
    start: int
    end: int


def shown(frame: Frame, room: int, printed: Callable[[str], str]) -> Shown:
    """The part of a line that fits, what is guilty in it first, then as much on both sides of it.

    Args:
        room: how many columns it may take; 0 where that is open.
        printed: what is printed of a text.
    """
    cells = _cells(frame.text, printed)
    room = max(room or _WIDEST, _NARROWEST)
    sizes = _sizes(cells)
    first, last = 0, len(cells)
    start, end = min(frame.start, last), min(frame.end, last)
    if sum(sizes) + len(_DOTS) * sum(frame.cut) > room:
        first, last = _window(sizes, start, end, room - 2 * len(_DOTS))
    before = _DOTS if first or frame.cut[0] else ""
    after = _DOTS if last < len(cells) or frame.cut[1] else ""
    left = len(before) + sum(sizes[first:start])
    carets = max(sum(sizes[start : min(end, last)]), 1)
    return Shown(f"{before}{''.join(cells[first:last])}{after}", left, left + carets)


def _cells(text: str, printed: Callable[[str], str]) -> list[str]:
    """What is shown for each character; a tab leads to the next stop."""
    if "\t" not in text and printed(text) == text:
        return list(text)
    cells = []
    line = ""
    for char in text:
        cell = " " * (_TAB - columns(line) % _TAB) if char == "\t" else printed(char)
        cells.append(cell)
        line += cell
    return cells


def _sizes(cells: list[str]) -> list[int]:
    """How many columns each cell takes beside the others."""
    line = "".join(cells)
    if line.isascii():
        return list(map(len, cells))
    every = widths(line)
    return [sum(islice(every, len(cell))) for cell in cells]


def _window(sizes: list[int], start: int, end: int, room: int) -> tuple[int, int]:
    """From which cell to which is shown."""
    first = last = start
    while last < end and sizes[last] <= room:
        room -= sizes[last]
        last += 1
    if last < end:
        return first, last
    half = room // 2
    while first and sizes[first - 1] <= half:
        first -= 1
        half -= sizes[first]
        room -= sizes[first]
    while last < len(sizes) and sizes[last] <= room:
        room -= sizes[last]
        last += 1
    while first and sizes[first - 1] <= room:
        first -= 1
        room -= sizes[first]
    return first, last
