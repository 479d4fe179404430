"""Where a cursor stands in YAML, told line by line: what is being typed seldom parses."""

from __future__ import annotations

import re
from typing import Literal

from hublint.records import NamedTuple

ITEM = "[]"
_DASHES = re.compile(r"[ \t]*(?:-(?:[ \t]+|$))*")
_KEY = re.compile(r"""(?P<name>"[^"\r\n]*"|'[^'\r\n]*'|[^\s#:,\[\]{}"'][^:#]*?)[ \t]*:(?P<gap>[ \t]+|$)""")
_WORD_ENDS = re.compile(r"[,\]\}]|[ \t]+#|[ \t]*$")

Part = Literal["key", "value"]


class Cursor(NamedTuple):
    """Where a cursor stands.

    Attributes:
        route: the keys from the root to what is typed, `[]` for an item of a list; that of a value ends in its key.
        part: whether a key is typed there (or an item of a list, which may become one), or a value.
        start: the column where that begins.
        end: the column where it ends.
        text: what stands between them.
        siblings: the other keys of the same mapping.
        indent: the column where the entry begins.
        item: whether it stands behind a dash.
        flow: whether it stands within `[]` or `{}`.
        glued: whether nothing parts it from the colon or dash before it.
    """

    route: tuple[str, ...]
    part: Part
    start: int
    end: int
    text: str
    siblings: frozenset[str]
    indent: int
    item: bool = False
    flow: bool = False
    glued: bool = False


class _Line(NamedTuple):
    dashes: tuple[int, ...]
    column: int
    name: str
    value: int


def cursor_at(lines: list[str], number: int, column: int) -> Cursor | None:
    """Where a cursor stands; None in a comment.

    Args:
        lines: the YAML, a line each, without line breaks.
        number: the line of the cursor, from 0.
        column: its column there, from 0, in code points.
    """
    text = lines[number]
    line = _read(text)
    comment = re.search(r"(?:^|[ \t])#", text)
    if comment and column > comment.start() and not re.search(r"[\"'].*#.*[\"']", text):
        return None
    if line is None or column < line.column:
        dashes = tuple(at for at, char in enumerate(text[:column]) if char == "-")
        start = _DASHES.match(text[:column]).end()  # type: ignore[union-attr]
        glued = bool(dashes) and text[start - 1 : start] == "-"
        return _made(lines, number, _Line(dashes, start, "", -1), "key", start, max(column, start), glued=glued)
    if line.name and column >= line.value:
        return _value(lines, number, line, column)
    if not line.name:
        start, end = line.column, _end(text, column)
        glued = bool(line.dashes) and text[start - 1 : start] == "-"
        return _made(lines, number, line, "key", start, end, glued=glued)
    return _made(lines, number, line, "key", line.column, line.column + len(line.name))


def _value(lines: list[str], number: int, line: _Line, column: int) -> Cursor:
    text = lines[number]
    glued = column == line.value and text[column - 1 : column] == ":"
    start = min(line.value + len(text[line.value :]) - len(text[line.value :].lstrip(" \t")), max(column, line.value))
    opened = _opened(text[start:column])
    begin = start + opened if opened is not None else start
    found = _made(lines, number, line, "value", begin, _end(text, column), flow=opened is not None, glued=glued)
    return found._replace(route=(*found.route, line.name, *((ITEM,) if opened is not None else ())))


def _opened(text: str) -> int | None:
    """Where the item of a flow list that is not closed begins; None outside of one."""
    if text.count("[") <= text.count("]"):
        return None
    start = max(text.rfind("["), text.rfind(",")) + 1
    return start + len(text[start:]) - len(text[start:].lstrip(" \t"))


def _end(text: str, column: int) -> int:
    found = _WORD_ENDS.search(text, column)
    return found.start() if found else len(text)


def _made(
    lines: list[str],
    number: int,
    line: _Line,
    part: Part,
    start: int,
    end: int,
    *,
    flow: bool = False,
    glued: bool = False,
) -> Cursor:
    route = _route(lines, number, line)
    end = max(start, end)
    text = lines[number][start:end]
    siblings = _siblings(lines, number, line)
    return Cursor(route, part, start, end, text, siblings, line.column, bool(line.dashes), flow, glued)


def _route(lines: list[str], number: int, line: _Line) -> tuple[str, ...]:
    """The route of the mapping or list that a line's entry is in."""
    route: list[str] = []
    dashes, column, at = list(line.dashes), line.column, number
    while True:
        item = bool(dashes)
        while dashes:
            column = dashes.pop()
            route.append(ITEM)
        above = _parent(lines, at, column, item)
        if above is None:
            return tuple(reversed(route))
        at, found, shared = above
        dashes, column = list(found.dashes), found.column
        if not shared:
            route.append(found.name)


def _parent(lines: list[str], number: int, column: int, item: bool) -> tuple[int, _Line, bool] | None:
    """The line above that an entry at a column belongs to, and whether it is the first of its own mapping."""
    for at in range(number - 1, -1, -1):
        line = _read(lines[at])
        if line is None:
            continue
        if item and column in line.dashes:
            if line.dashes[0] < column:
                return at, line._replace(dashes=line.dashes[: line.dashes.index(column)], column=column), True
            continue
        if not item and line.column == column and line.dashes:
            return at, line, True
        inner = line.column < column or (item and line.column == column and not line.dashes)
        if line.name and inner:
            return at, line, False
    return None


def _siblings(lines: list[str], number: int, line: _Line) -> frozenset[str]:
    """The names of the other keys in the mapping of a line."""
    found: set[str] = set()
    if not line.dashes:
        for at in range(number - 1, -1, -1):
            above = _read(lines[at])
            if above is None or above.column > line.column:
                continue
            if above.column < line.column:
                break
            found.add(above.name)
            if above.dashes:
                break
    for at in range(number + 1, len(lines)):
        below = _read(lines[at])
        if below is None or (below.column > line.column and not _begins_before(below, line.column)):
            continue
        if below.column < line.column or below.dashes:
            break
        found.add(below.name)
    return frozenset(found - {""})


def _begins_before(line: _Line, column: int) -> bool:
    return bool(line.dashes) and line.dashes[0] < column


def _read(text: str) -> _Line | None:
    """A line's dashes, where what stands behind them begins, its key and where its value may begin."""
    lead = _DASHES.match(text)
    start = lead.end() if lead else 0
    dashes = tuple(at for at in range(start) if text[at] == "-")
    if start >= len(text.rstrip(" \t")) and not dashes:
        return None
    if text[start : start + 1] == "#":
        return None
    found = _KEY.match(text, start)
    name = found["name"].strip("\"'") if found else ""
    return _Line(dashes, start, name, found.start("gap") if found else -1)
