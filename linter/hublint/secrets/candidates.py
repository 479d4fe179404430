"""What in a text may be a token by its characters alone."""

from __future__ import annotations

from bisect import bisect_right

from hublint.documents.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_RUN = 20
_SHORTEST = 23  # characters of a token; a test holds it to the kinds' patterns, as it does the signs


def _marks(signs: bytes) -> bytes:
    """A table that makes an `a` of each letter, digit and sign, and a blank of anything else."""
    table = bytearray(b" " * 256)
    for byte in (*range(48, 58), *range(65, 91), *range(97, 123), *signs):
        table[byte] = 97
    return bytes(table)


_IN_RUN, _IN_BASE_64, _IN_TOKEN = _marks(b"-_"), _marks(b"+/"), _marks(b"%+-./:=@_~")
_FORTY = b" " + b"a" * 40 + b" "


def long_runs(text: str) -> Iterator[tuple[int, int]]:
    """Where 20 letters, digits, `-` and `_` or more stand in a row, as in nearly every token."""
    return _rows(text, _IN_RUN, _RUN)


def may_have_shape(text: str) -> bool:
    """Whether anything in a text may have the shape of a credential: a cheap answer whose no is certain."""
    return (
        next(_rows(text, _IN_TOKEN, _SHORTEST), None) is not None
        or "PRIVATE KEY" in text
        or may_have_login(text)
        or speaks_of_mail(_plain(text).lower())
    )


def may_have_login(text: str) -> bool:
    """Whether a URL in a text may tell who logs in: as cheap and as certain."""
    return "@" in text and "://" in text


def speaks_of_mail(lower: bytes) -> bool:
    """Whether a text, in lower case, has a word for mail anywhere."""
    return b"mail" in lower or b"smtp" in lower or b"imap" in lower


class Candidates:
    """All of a text that a token may be or be part of.

    Attributes:
        lines: every row of characters that tokens are made of and that is as long as one, in a line of its own.
    """

    def __init__(self, text: str) -> None:
        self._rows = list(_rows(text, _IN_TOKEN, _SHORTEST))
        self._starts: list[int] = []
        self.lines = "\n".join([text[start:end] for start, end in self._rows])

    def span(self, start: int, end: int) -> Span:
        """Where in the text stands what is at `start` to `end` in a line."""
        if not self._starts:
            at = 0
            for row in self._rows:
                self._starts.append(at)
                at += row[1] - row[0] + 1
        number = bisect_right(self._starts, start) - 1
        shift = self._rows[number][0] - self._starts[number]
        return Span(start + shift, end + shift)

    def hold_forty(self) -> bool:
        """Whether 40 letters, digits, `+` and `/`, no more, stand in a row."""
        return _FORTY in f"\n{self.lines}\n".encode("ascii").translate(_IN_BASE_64)


def _rows(text: str, marks: bytes, length: int) -> Iterator[tuple[int, int]]:
    marked = _plain(text).translate(marks)
    needle = b"a" * length
    start = marked.find(needle)
    while start >= 0:
        end = marked.find(b" ", start + length)
        if end < 0:
            end = len(marked)
        yield start, end
        start = marked.find(needle, end)


def _plain(text: str) -> bytes:
    return text.encode("ascii", "replace")  # one byte for each character keeps the offsets
