"""From markdown-it's lines, and from offsets in a paragraph's content, to places in the file."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from hublint.documents.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from hublint.documents.source import Source


class Places:
    """Places of a text that begins at an offset of the source, which is the start of a line.

    `text` is the source's text as markdown-it read it, of the same length.
    """

    def __init__(self, source: Source, text: str, start: int) -> None:
        self.source = source
        self.text = text
        self.first = source.position(start).line
        self._reached: dict[int, int] = {}

    def lines(self, first: int, end: int) -> Span:
        """The lines from `first` up to but not including `end`, without the last line break."""
        start = self.source.offset(self.first + first)
        last = self.source.line_span(self.first + max(end - 1, first)).end
        return Span(start, max(start, last))

    def inline(self, content: str, first: int, end: int) -> Callable[[int, int], Span]:
        """A function from a range of a block's inline content to the file.

        Markers and indentation are no part of the content, so each of its lines is looked up in the file's line.
        Where it is not found, as in a table's cell with an escaped bar, the whole line stands for it.
        """
        begins: list[int] = []
        found: list[int | None] = []
        offset = 0
        for number, piece in enumerate(content.split("\n")):
            begins.append(offset)
            found.append(self._find(piece, self.first + min(first + number, max(end - 1, first))))
            offset += len(piece) + 1

        def at(offset: int) -> Span:
            number = bisect_right(begins, offset) - 1
            start = found[number]
            if start is None:
                return self.lines(first + number, first + number + 1)
            return Span(start + offset - begins[number], start + offset - begins[number] + 1)

        return lambda start, stop: Span(at(start).start, at(stop - 1).end)

    def _find(self, piece: str, line: int) -> int | None:
        """Where a piece of a line stands; what was found before, as a table's cells are, stands to its left."""
        start, end = self.source.line_span(line)
        found = self.text.find(piece.rstrip(), max(start, self._reached.get(line, start)), end)
        if found < 0:
            return None
        self._reached[line] = found + len(piece.rstrip())
        return found
