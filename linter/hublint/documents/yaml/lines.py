"""YAML text seen as lines, for text that no YAML parser accepts."""

from __future__ import annotations

from bisect import bisect_right

from hublint.regexes import lazy

_BREAK = lazy(r"(\r\n|\n|\r)")
_LEAD = lazy(r"[ \t]*(?:-[ \t]+)*")
_COLON = lazy(r":(?=[ \t]|$)")
_QUOTED_KEY = lazy(r"""("[^"\\]*"|'[^']*')[ \t]*:(?:[ \t]+|$)""")
_COMMENT = lazy(r"(?:^|[ \t])#")
_BLANKS = " \t"


class Line:
    """One line taken apart: blanks and dashes, key, value.

    `key` is None where there is none; `value` is what stands behind key or dashes, without comment, `start` its column.
    """

    __slots__ = ("has_dash", "indent", "key", "start", "text", "value")

    def __init__(self, text: str) -> None:
        self.text = text
        self.indent = len(text) - len(text.lstrip(_BLANKS))
        lead = _LEAD.match(text)
        self.start = lead.end() if lead else 0
        self.has_dash = "-" in text[: self.start]
        self.key: str | None = None
        self._take_key()
        value = text[self.start :]
        found = None if value.startswith(("'", '"')) else _COMMENT.search(value)
        self.value = (value[: found.start()] if found else value).rstrip()

    def _take_key(self) -> None:
        rest = self.text[self.start :]
        found = _QUOTED_KEY.match(rest)
        if found is not None:
            self.key = found[1][1:-1]
            self.start += found.end()
        elif not rest.startswith(("'", '"', "[", "{", "#", "<!--")):
            found = _COLON.search(rest)
            if found is not None and found.start() and " #" not in rest[: found.start()]:
                self.key = rest[: found.start()].rstrip()
                behind = rest[found.end() :]
                self.start += found.end() + len(behind) - len(behind.lstrip(_BLANKS))

    @property
    def is_blank(self) -> bool:
        """Whether it holds nothing but blanks or a comment."""
        return not self.text.strip() or self.text.lstrip(_BLANKS).startswith("#")

    @property
    def end(self) -> int:
        """Column behind the value."""
        return self.start + len(self.value)

    @property
    def subject(self) -> str:
        """How a message names what the value belongs to."""
        return f"the value of `{self.key}`" if self.key else "the list item" if self.has_dash else "the line"

    def with_value(self, value: str) -> str:
        """The line's text with another value."""
        return self.text[: self.start] + value + self.text[self.end :]


class Lines:
    """A text's lines, counted from 0; equal numbers stand for equal lines after `replaced`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._parts = _BREAK.split(text)
        self.starts = [0]
        for index in range(0, len(self._parts) - 1, 2):
            self.starts.append(self.starts[-1] + len(self._parts[index]) + len(self._parts[index + 1]))

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, number: int) -> Line:
        return Line(self._parts[2 * number])

    def place(self, offset: int) -> tuple[int, int]:
        """Line number and column of an offset, both from 0."""
        number = bisect_right(self.starts, offset) - 1
        return number, offset - self.starts[number]

    def before(self, number: int) -> int | None:
        """The nearest line above that is neither blank nor a comment."""
        for above in range(number - 1, -1, -1):
            if not self[above].is_blank:
                return above
        return None

    def replaced(self, repairs: dict[int, str]) -> Lines:
        """The same lines, some with another text."""
        parts = list(self._parts)
        for number, text in repairs.items():
            parts[2 * number] = text
        return Lines("".join(parts))
