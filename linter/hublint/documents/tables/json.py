"""The rows of JSON and JSON Lines files, and the first place at which the `datasets` library cannot read them.

Source: what PyPI datasets 5.2.0 does with such files; tests compare the two.
"""

from __future__ import annotations

import json
from bisect import bisect_right

from hublint.records import NamedTuple
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


_BLANKS = lazy(r"[ \t\r\n]*")
_BREAK = lazy("\n")
# So close to the end of a text that goes on, an error may be one of the cut.
_EDGE = 16


class Broken(NamedTuple):
    """A place that is not JSON, as an offset, and why."""

    offset: int
    why: str


class Records(NamedTuple):
    """What a file holds.

    Attributes:
        rows: the line that each row begins on, and the row.
        shape: `lines` for an object a line, `array`, `stream` for objects over several lines.
        complete: whether these are all.
        broken: where it cannot be read, None where it can as far as it is known.
    """

    rows: list[tuple[int, Any]]
    shape: str
    complete: bool
    broken: Broken | None = None


def records(text: str, complete: bool, most: int) -> Records:
    """The rows of a text.

    Args:
        text: the head of a file.
        complete: whether it is the whole file.
        most: how many rows are read.
    """
    if text.startswith("\ufeff"):
        text = f" {text[1:]}"
        if text.startswith(" ["):
            return _stream(text, complete)
    if text.startswith("["):
        return _array(text, complete)
    return _lines(text, complete, most)


def is_object(rows: list[tuple[int, Any]]) -> bool:
    """Whether rows are one object alone."""
    return len(rows) == 1 and isinstance(rows[0][1], dict)


class _Lines:
    """Line numbers of rising offsets."""

    def __init__(self, text: str) -> None:
        self._breaks = [found.start() for found in _BREAK.finditer(text)]

    def __call__(self, offset: int) -> int:
        return bisect_right(self._breaks, offset - 1) + 1 if offset else 1


def _array(text: str, complete: bool) -> Records:
    """The items of a list; where the text is cut those before the cut."""
    decoder = json.JSONDecoder(strict=False)
    line = _Lines(text)
    rows: list[tuple[int, Any]] = []
    at = _blank(text, 1)
    if complete and text[at : at + 1] == "]":
        return Records([], "array", True, _trailing(text, at + 1))
    while True:
        try:
            item, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            broken = _why(text, error) if complete else None
            return Records(rows, "array", False, broken)
        rows.append((line(at), {} if item is None else item))
        at = _blank(text, end)
        following = text[at : at + 1]
        if following == "]":
            return Records(rows, "array", complete, _trailing(text, at + 1) if complete else None)
        if following != ",":
            broken = None
            if complete and not (following.isdigit() and text[end - 1] == "0"):
                broken = Broken(min(at, len(text)), _unlisted(following))
            return Records(rows, "array", False, broken)
        at = _blank(text, at + 1)
        if complete and text[at : at + 1] == "]":
            return Records(rows, "array", False, Broken(at - 1, "a comma stands behind the last item"))


def _unlisted(following: str) -> str:
    return "a comma or `]` is missing" if following else "the list is not closed"


def _trailing(text: str, at: int) -> Broken | None:
    at = _blank(text, at)
    return Broken(at, "more follows behind the list") if at < len(text) else None


def _lines(text: str, complete: bool, most: int) -> Records:
    """One object a line, as long as it is so."""
    rows: list[tuple[int, Any]] = []
    twice: list[str] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            seen: set[str] = set()
            twice.extend(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        return found

    decoder = json.JSONDecoder(object_pairs_hook=unique)
    start = 0
    number = 0
    while start < len(text):
        end = text.find("\n", start)
        if end < 0:
            if not complete:
                break
            end = len(text)
        number += 1
        if len(rows) >= most:
            return Records(rows, "lines", False)
        line = text[start:end]
        if line.strip(" \t\r"):
            try:
                row = decoder.decode(line.strip(" \t\r"))
            except (ValueError, RecursionError):
                return _not_lines(text, complete, rows, start, number)
            if twice and not rows and not text[end:].strip():  # pandas reads a single object
                return Records([(number, row)], "stream", False)
            problem = f"the key `{twice[0][:60]}` is there twice in one object" if twice else _not_an_object(row, rows)
            if problem:
                lead = len(line) - len(line.lstrip(" \t\r"))
                return Records(rows, "lines", False, Broken(start + lead, problem))
            rows.append((number, {} if row is None else row))
        start = end + 1
    return Records(rows, "lines", complete)


def _not_an_object(row: Any, rows: list[tuple[int, Any]]) -> str:
    if isinstance(row, dict) or row is None or not rows:
        return ""
    return "this line is not an object, as the lines above are"


def _not_lines(text: str, complete: bool, rows: list[tuple[int, Any]], start: int, number: int) -> Records:
    """What is left of a text one of whose lines is not JSON: objects over several lines, several in one, or broken."""
    rest = _stream(text, complete, start, strict=True)
    if rest.broken is None or is_lenient(text):
        every = [*rows, *((line + number - 1, row) for line, row in rest.rows)]
        return Records(every, "stream", rest.complete and rest.broken is None)
    return Records(rows, "lines", False, rest.broken)


def is_lenient(text: str) -> bool:
    """Whether a text is one JSON document for pandas' reader, which takes more than is JSON."""
    try:
        json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        return isinstance(error, RecursionError) or _is_taken(text, error)
    return True


def _is_taken(text: str, error: Exception) -> bool:
    """Whether pandas' reader goes on where Python's stops: at a comma before `}`, and behind a leading zero."""
    at = getattr(error, "pos", 0)
    here, before = text[at : at + 1], text[:at].rstrip()[-1:]
    return (here == "}" and before == ",") or (here == "," and text[at + 1 :].lstrip()[:1] == "}") or before == "0"


def _stream(text: str, complete: bool, start: int = 0, strict: bool = False) -> Records:
    """Documents one after the other."""
    decoder = json.JSONDecoder(strict=strict)
    line = _Lines(text[start:])
    rows: list[tuple[int, Any]] = []
    at = _blank(text, start)
    while at < len(text):
        try:
            row, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            broken = _why(text, error)
            if not complete and (broken is None or broken.offset >= len(text) - _EDGE or "not closed" in broken.why):
                broken = None
            return Records(rows, "stream", False, broken)
        rows.append((line(at - start), row))
        at = _blank(text, end)
    return Records(rows, "stream", complete)


def _why(text: str, error: Exception) -> Broken | None:
    """An error of Python's reader as a place and in words; None where pandas' reader may well go on."""
    if not isinstance(error, json.JSONDecodeError) or _is_taken(text, error):
        return None
    at, message = error.pos, error.msg
    here = text[at : at + 1]
    if not here:
        return Broken(len(text), "the file is not closed: it breaks off here")
    if message.startswith("Unterminated string"):
        return Broken(at, "a text that begins here is not closed")
    if message.startswith("Invalid control character"):
        return Broken(at, "a line break or tab inside a text has to be written as `\\n` or `\\t`")
    if message.startswith("Invalid \\"):
        return Broken(at, "a backslash inside a text has to be written twice")
    if here == "'":
        return Broken(at, "texts stand in double quotes, not in single ones")
    if here == ",":
        return Broken(at, "a comma stands where none belongs")
    if message.startswith("Expecting ',' delimiter"):
        return Broken(at, "a comma is missing")
    if message.startswith("Expecting property name"):
        return Broken(at, "a key in double quotes is expected")
    if message.startswith("Expecting ':'"):
        return Broken(at, "a colon is missing")
    return Broken(at, "this is not JSON")


def _blank(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at
