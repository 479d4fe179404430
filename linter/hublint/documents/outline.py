"""What can be said of a card's text without a Markdown parser: lines that readers surely see, and the headings.

One pass over the lines that follows code fences and comments which begin at a line's first column. What could be read
in more than one way, as a fence within a list or an element of HTML, makes the rest of the text unsure; whoever needs
it then asks `markdown`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from hublint.regexes import lazy

# What a line begins with that may be more than text.
_TELLING = "0123456789 \t>*+.)-#=~"
_FENCE = lazy(r"(`{3,})[^`]*\Z|(~{3,})")
# A fence after indentation, quote marks or list marks.
_NESTED_FENCE = lazy(r"[\d \t>*+.)-]*(?:`{3}|~{3})")
# What may begin a block of HTML, whose end decides what the lines after it are; or an element shown as code.
_MARKUP = lazy(r"(?i)<(?:[!?]|/?(?:script|style|textarea|pre|code|kbd|samp|tt|svg)\b)")
_INLINE_COMMENT = lazy(r"<!--(?!-?>)(?:(?!--).)*-->")
_HEADING = lazy(r"#{1,6}(?:[ \t]|\Z)")
_OTHER_HEADING = lazy(r"[\d \t>*+.)-]*#{1,6}(?:[ \t]|\Z)|[ \t>]*(?:=+|-+)[ \t]*\Z")
_FAR = lazy(r"\t| {4}")
_INDENTED = lazy(r" {0,3}\t| {4}")


class Outline:
    """The lines of a text.

    Attributes:
        headings: how many headings the text has; None where only a parser can tell.
    """

    def __init__(self, text: str) -> None:
        """text: Markdown without its metadata, of any length and with any line ends."""
        self._text = text
        self._starts: list[int] = []
        self._blocks: list[int] = []
        self._ticks: set[int] = set()
        self._seen: list[bool] = []
        self._fenced: list[tuple[int, int]] = []
        self._fars: dict[int, int] = {}
        self._unsure: int | None = None
        self.headings: int | None = 0
        self._read()

    def is_visible(self, start: int, end: int) -> bool:
        """Whether a range of one line is surely neither code nor a comment; False says nothing."""
        line = bisect_right(self._starts, start) - 1
        if line < 0 or bisect_right(self._starts, max(start, end - 1)) - 1 != line:
            return False
        return self._seen[line] and self._blocks[line] not in self._ticks and end < self._far(line)

    def _far(self, line: int) -> int:
        """Where the first tab or four blanks of a line end, behind which code may begin; behind the text if nowhere."""
        if line not in self._fars:
            found = _FAR.search(self._text, self._starts[line], self._begin(line + 1))
            self._fars[line] = found.end() if found else len(self._text) + 1
        return self._fars[line]

    def passage(self, start: int, end: int) -> tuple[int, int] | None:
        """The range of the lines around a range that a parser reads by themselves as it does within the whole; None
        where that is unsure."""
        line = bisect_right(self._starts, start) - 1
        block = self._blocks[line] if line >= 0 else self._unsure
        last = bisect_right(self._starts, max(start, end - 1)) - 1
        if block == self._unsure or self._blocks[last] != block:
            return None
        first, after = bisect_left(self._blocks, block), bisect_right(self._blocks, block)
        begin = self._starts[first]
        if _INDENTED.match(self._text, begin):
            return None
        return begin, self._begin(after)

    def fenced(self, start: int, end: int) -> tuple[int, int] | None:
        """The range of the closed block of code, with its fences, that surely holds a whole range; None where that is
        unsure."""
        line = bisect_right(self._starts, start) - 1
        index = bisect_right(self._fenced, (line, len(self._starts))) - 1
        if index < 0:
            return None
        first, last = self._fenced[index]
        stop = self._begin(last + 1)
        return (self._begin(first), stop) if end <= stop else None

    def _begin(self, line: int) -> int:
        """Where a line begins, or the text ends."""
        return self._starts[line] if line < len(self._starts) else len(self._text)

    def _read(self) -> None:
        state = _State()
        start = 0
        for line in self._lines():
            self._starts.append(start)
            self._blocks.append(state.block)
            start += len(line) + 1
            if state.fence or state.comment:
                is_followed = self._is_hidden(line, state)
            elif not line:
                is_followed = self._is_blank(state)
            elif line[0] not in _TELLING and "`" not in line and "<" not in line:
                self._seen.append(True)
                state.after_text = is_followed = True
            else:
                is_followed = self._is_followed(line, state)
            if not is_followed:
                self.headings = None
                self._unsure = state.block
                self._ticks.add(state.block)
                break

    def _lines(self) -> list[str]:
        """The lines, each shorter by one character than it is with its line break."""
        lines = self._text.replace("\r\n", " \n").replace("\r", "\n").split("\n")
        return lines if lines[-1] else lines[:-1]

    def _is_hidden(self, line: str, state: _State) -> bool:
        """Take in a line of code or of a comment; False where what comes after it is unsure."""
        self._seen.append(False)
        if state.fence:
            if state.fence in line and _closes(line, state.fence):
                state.fence = ""
                self._fenced.append((state.opening, len(self._starts) - 1))
            return True
        _, end, rest = line.partition("-->")
        state.comment, state.after_text = not end, False
        return not state.markup and "<" not in rest

    def _is_blank(self, state: _State) -> bool:
        """Take in a blank line."""
        self._seen.append(False)
        state.block, state.markup, state.after_text = state.block + 1, False, False
        return True

    def _is_followed(self, line: str, state: _State) -> bool:
        """Take in another line; False where it and what comes after it are unsure."""
        if line.startswith("<!--"):
            return self._is_hidden(line, state)
        if not line.strip(" \t"):
            return self._is_blank(state)
        has_marks = "```" in line or "~~~" in line
        self._seen.append(False)
        if has_marks and not state.markup and (opening := _FENCE.match(line)):
            if "|" in line:  # the head of a table, if a row of dashes follows
                return False
            state.fence, state.after_text = opening[1] or opening[2], False
            state.opening = len(self._starts) - 1
            return True
        if has_marks and _NESTED_FENCE.match(line):
            return False
        if "<" in line:
            if _MARKUP.search(_INLINE_COMMENT.sub("", line)):
                return False
            state.markup = state.markup or line.lstrip(" \t").startswith("<")
        self._seen[-1] = "<!--" not in line
        self._take(line, state)
        return True

    def _take(self, line: str, state: _State) -> None:
        if "`" in line:
            self._ticks.add(state.block)
        if "#" in line or (state.after_text and line.rstrip(" \t")[-1] in "=-"):
            if self.headings is not None and _HEADING.match(line) and not state.markup:
                self.headings += 1
            elif _OTHER_HEADING.match(line):
                self.headings = None
        state.after_text = True


class _State:
    """Where the pass stands: the fence that is open and its line, whether a comment is, the number of blocks between
    blank lines, whether this one holds markup, and whether text stands just above."""

    def __init__(self) -> None:
        self.fence = ""
        self.opening = 0
        self.comment = False
        self.block = 0
        self.markup = False
        self.after_text = False


def _closes(line: str, fence: str) -> bool:
    marks = line.lstrip(" ")
    is_near = len(line) - len(marks) < 4
    marks = marks.rstrip(" \t")
    return is_near and len(marks) >= len(fence) and not marks.strip(fence[0])
