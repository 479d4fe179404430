"""YAML text seen as lines, for text that no YAML parser accepts."""

from __future__ import annotations

import re
from bisect import bisect_right

_BREAK = re.compile(r"(\r\n|\n|\r)")
_LEAD = re.compile(r"[ \t]*(?:-[ \t]+)*")
_COLON = re.compile(r":(?=[ \t]|$)")
_COMMENT = re.compile(r"(?:^|[ \t]+)#.*|[ \t]+$")


class Line:
    """One line taken apart: blanks and dashes, key, value.

    `key` is None where there is none; `value` is what stands behind key or dashes, without comment.
    """

    __slots__ = ("has_dash", "indent", "key", "start", "text", "value")

    def __init__(self, text: str) -> None:
        self.text = text
        self.indent = len(text) - len(text.lstrip(" \t"))
        lead = _LEAD.match(text)
        self.start = lead.end() if lead else 0
        self.has_dash = "-" in text[: self.start]
        self.key: str | None = None
        colon = (
            None if text[self.start : self.start + 1] in ("'", '"', "[", "{", "#") else _COLON.search(text, self.start)
        )
        if colon is not None and colon.start() > self.start and " #" not in text[self.start : colon.start()]:
            self.key = text[self.start : colon.start()].rstrip()
            rest = text[colon.end() :]
            self.start = colon.end() + len(rest) - len(rest.lstrip(" \t"))
        value = text[self.start :]
        found = _COMMENT.search(value) if value[:1] not in ("'", '"') else None
        self.value = value[: found.start()] if found else value.rstrip()

    @property
    def is_blank(self) -> bool:
        """Whether it holds nothing but blanks or a comment."""
        return not self.text.strip() or self.text.lstrip(" \t").startswith("#")

    @property
    def end(self) -> int:
        """Column behind the value."""
        return self.start + len(self.value)

    def with_value(self, value: str) -> str:
        """The line's text with another value."""
        return self.text[: self.start] + value + self.text[self.end :]


class Lines:
    """A text's lines; equal line numbers stand for equal lines after `replaced`."""

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
