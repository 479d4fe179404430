"""What can be said of a card's text without a Markdown parser: lines that readers surely see, and the headings.

One pass over the lines that follows code fences and comments which begin at a line's first column. What could be read
in more than one way, as a fence within a list or an element of HTML, makes the rest of the text unsure; whoever needs
it then asks `markdown`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from hublint.regexes import lazy

_LINE = lazy(r"([^\r\n]*)(\r\n|[\r\n]|\Z)")
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
        self._unsure: int | None = None
        self.headings: int | None = 0
        self._read()

    def is_visible(self, start: int, end: int) -> bool:
        """Whether a range of one line is surely neither code nor a comment; False says nothing."""
        line = bisect_right(self._starts, start) - 1
        if line < 0 or bisect_right(self._starts, max(start, end - 1)) - 1 != line:
            return False
        as_written = self._text[self._starts[line] : end]
        return self._seen[line] and self._blocks[line] not in self._ticks and not _FAR.search(as_written)

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
        return begin, self._starts[after] if after < len(self._starts) else len(self._text)

    def _read(self) -> None:
        state = _State()
        for match in _LINE.finditer(self._text):
            if match.start() == len(self._text):
                break
            self._starts.append(match.start())
            self._blocks.append(state.block)
            if not self._is_followed(match[1], state):
                self.headings = None
                self._unsure = state.block
                self._ticks.add(state.block)
                break

    def _is_followed(self, line: str, state: _State) -> bool:
        """Take in a line; False where it and what comes after it are unsure."""
        self._seen.append(False)
        if state.fence:
            state.fence = "" if _closes(line, state.fence) else state.fence
        elif state.comment or line.startswith("<!--"):
            _, end, rest = line.partition("-->")
            state.comment, state.after_text = not end, False
            return not state.markup and "<" not in rest
        elif not line.strip(" \t"):
            state.block, state.markup, state.after_text = state.block + 1, False, False
        elif not state.markup and (opening := _FENCE.match(line)):
            state.fence, state.after_text = opening[1] or opening[2], False
        elif _NESTED_FENCE.match(line) or ("<" in line and _MARKUP.search(_INLINE_COMMENT.sub("", line))):
            return False
        else:
            self._seen[-1] = "<!--" not in line
            state.markup = state.markup or line.lstrip(" \t").startswith("<")
            self._take(line, state)
        return True

    def _take(self, line: str, state: _State) -> None:
        if "`" in line:
            self._ticks.add(state.block)
        if self.headings is not None and _HEADING.match(line) and not state.markup:
            self.headings += 1
        elif _OTHER_HEADING.match(line) and (state.after_text or "#" in line):
            self.headings = None
        state.after_text = True


class _State:
    """Where the pass stands: the fence that is open, whether a comment is, the number of blocks between blank lines,
    whether this one holds markup, and whether text stands just above."""

    def __init__(self) -> None:
        self.fence = ""
        self.comment = False
        self.block = 0
        self.markup = False
        self.after_text = False


def _closes(line: str, fence: str) -> bool:
    marks = line.lstrip(" ")
    is_near = len(line) - len(marks) < 4
    marks = marks.rstrip(" \t")
    return is_near and len(marks) >= len(fence) and not marks.strip(fence[0])
