"""Between the engine's places and those of the protocol.

The engine counts lines and columns from 1 and columns in code points; the protocol counts from 0 and in UTF-16 units.
Both end lines at `\\r\\n`, `\\n` and `\\r`. A byte order mark is a character of the engine's text, and of the client's
only where its editor does not hide it.
"""

from __future__ import annotations

from bisect import bisect_right

from hublint.documents.source import Source, Span
from hublint.records import NamedTuple

MARK = "\ufeff"


class At(NamedTuple):
    """A position as the protocol has it."""

    line: int
    character: int


class Lines:
    """The lines of one text, for conversions.

    Args:
        source: the text as the engine has it.
        hidden: whether the client does not see the byte order mark that it begins with.
    """

    def __init__(self, source: Source, hidden: bool = False) -> None:
        self.source = source
        self._hidden = int(hidden and source.text.startswith(MARK))
        self._ascii = source.text.isascii()

    def at(self, offset: int) -> At:
        """The client's position of an offset in the engine's text."""
        starts, text = self.source.line_starts, self.source.text
        offset = max(min(offset, len(text)), self._hidden)
        line = bisect_right(starts, offset)
        start = max(starts[line - 1], self._hidden)
        return At(line - 1, offset - start if self._ascii else units(text[start:offset]))

    def at_place(self, line: int, column: int) -> At:
        """The client's position of the engine's line and column."""
        return self.at(self.source.offset(line, column))

    def offset(self, line: int, character: int) -> int:
        """The offset in the engine's text of a client's position, held inside its line."""
        if line < 0:
            return self._hidden
        if line >= len(self.source.line_starts):
            return len(self.source.text)
        start, end = self.source.line_span(line + 1)
        start = max(start, self._hidden)
        if self._ascii:
            return min(start + max(character, 0), end)
        return start + _code_points(self.source.text[start:end], character)

    def span(self, start: At, end: At) -> Span:
        """The span in the engine's text of a client's range."""
        return Span(self.offset(*start), self.offset(*end))


def units(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text) if text.isascii() else len(text) + sum(char > "\uffff" for char in text)


def _code_points(text: str, count: int) -> int:
    """How many characters of a text make up so many UTF-16 units; a position within one is before it."""
    if len(text) <= count // 2:
        return len(text)
    done = 0
    for number, char in enumerate(text):
        done += 1 + (char > "\uffff")
        if done > count:
            return number
    return len(text)
