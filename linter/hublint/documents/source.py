"""The text of one file: decoded without loss, with lines and positions."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from hublint.records import NamedTuple
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    _Parsed = TypeVar("_Parsed")


_BREAK = lazy(r"\r\n|\n|\r")
_UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
POINTER = b"version https://git-lfs.github.com/spec/"


class Span(NamedTuple):
    """Half-open range of code-point offsets into a `Source.text`."""

    start: int
    end: int


class Position(NamedTuple):
    """1-based line and column; columns count code points."""

    line: int
    column: int


class Source:
    """One file's bytes and the text in them.

    `text` is decoded as UTF-8 (invalid bytes kept as surrogates) or, where the bytes begin with its mark,
    as UTF-16; `encode(text)` gives the same bytes back. A byte order mark stays in `text` as its first
    character, so offsets always refer to the whole file. `is_utf8` tells whether every byte is part of valid UTF-8.
    """

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.raw = data
        self.encoding = _UTF_16.get(data[:2], "utf-8")
        self.text, self.is_utf8 = "", False
        if self.encoding != "utf-8":
            try:
                self.text = data.decode(self.encoding, _ERRORS[self.encoding])
                is_whole = self.encode(self.text) == data
            except UnicodeDecodeError:  # an odd trailing byte
                is_whole = False
            if not is_whole:
                self.encoding = "utf-8"
        if self.encoding == "utf-8":
            try:
                self.text, self.is_utf8 = data.decode(), True
            except UnicodeDecodeError:
                self.text = data.decode("utf-8", "surrogateescape")
        self._starts: list[int] | None = None
        self._parsed: dict[object, object] = {}

    def parsed(self, parse: Callable[[Any], _Parsed]) -> _Parsed:
        """`parse(self)`, done once for each parser, which looks at nothing but this text."""
        if parse not in self._parsed:
            self._parsed[parse] = parse(self)
        return self._parsed[parse]  # type: ignore[return-value]

    def encode(self, text: str) -> bytes:
        """`text` in this file's own encoding."""
        return text.encode(self.encoding, _ERRORS[self.encoding])

    @property
    def is_binary(self) -> bool:
        """Whether this is not text: a NUL among the first 8,000 bytes of what is not UTF-16, as git decides."""
        return self.encoding == "utf-8" and self.raw.find(b"\0", 0, 8000) >= 0

    @property
    def is_pointer(self) -> bool:
        """Whether this is a Git LFS pointer in the place of a file's content."""
        return self.raw.startswith(POINTER)

    @property
    def newline(self) -> str:
        """The line break of the first line, `\\n` where there is none."""
        found = _BREAK.search(self.text)
        return found[0] if found else "\n"

    @property
    def line_starts(self) -> list[int]:
        """Offset of the first character of every line."""
        if self._starts is None:
            if "\r" in self.text:
                self._starts = [0, *(found.end() for found in _BREAK.finditer(self.text))]
            else:
                self._starts = [0, *accumulate(len(line) + 1 for line in self.text.split("\n")[:-1])]
        return self._starts

    def position(self, offset: int) -> Position:
        """Line and column of an offset."""
        starts = self.line_starts
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def offset(self, line: int, column: int = 1) -> int:
        """Offset of a 1-based line and column, held inside the text."""
        if line > len(self.line_starts):
            return len(self.text)
        return min(self.line_starts[line - 1] + column - 1, len(self.text))

    def line_span(self, line: int) -> Span:
        """Span of a 1-based line without its line break."""
        starts = self.line_starts
        if line >= len(starts):
            return Span(self.offset(line), len(self.text))
        start, end = starts[line - 1], starts[line] - 1
        return Span(start, end - 1 if end > start and self.text[end - 1 : end + 1] == "\r\n" else end)

    def line(self, line: int) -> str:
        """Text of a 1-based line without its line break."""
        start, end = self.line_span(line)
        return self.text[start:end]


_ERRORS = {"utf-8": "surrogateescape", "utf-16-le": "surrogatepass", "utf-16-be": "surrogatepass"}


def locate(source: Source, where: Any) -> Span:
    """The span of whatever a rule points at.

    Raises:
        TypeError: `where` is nothing that stands in a file.
    """
    if isinstance(where, Span):
        return where
    span = getattr(where, "span", None)
    if isinstance(span, Span):
        return span
    if hasattr(where, "end_col_offset"):
        start = _offset_of_utf8_column(source, where.lineno, where.col_offset)
        return Span(start, _offset_of_utf8_column(source, where.end_lineno, where.end_col_offset))
    raise TypeError(f"{type(where).__name__} has no place in {source.path}")


def _offset_of_utf8_column(source: Source, line: int, column: int) -> int:
    """`ast` counts columns in UTF-8 bytes, which are characters as long as all are ASCII; held inside the line."""
    text = source.text
    start, end = source.offset(line), source.offset(line + 1)
    while end > start and text[end - 1] in "\r\n":
        end -= 1
    end = min(end, start + max(column, 0))
    if text.isascii() or text[start:end].isascii():
        return end
    prefix = text[start:end].encode("utf-8", "surrogateescape")[:column]
    return start + len(prefix.decode("utf-8", "surrogateescape"))
