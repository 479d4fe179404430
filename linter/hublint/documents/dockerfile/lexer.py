"""The lines of a Dockerfile: continuations, comments, parser directives, heredoc bodies, words."""

from __future__ import annotations

from hublint.documents.dockerfile.words import BLANKS, Logical, heredoc_words
from hublint.documents.source import Span
from hublint.records import NamedTuple
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_LINE = 65536
"""Bytes of a line, its break included, that BuildKit's line scanner holds (frontend/dockerfile/parser)."""

_DIRECTIVE = lazy(r"([a-zA-Z][a-zA-Z0-9]*)[\t\f\r ]*=")


class SyntaxProblem(NamedTuple):
    """Something that makes BuildKit refuse the Dockerfile."""

    span: Span
    message: str


class Directive(NamedTuple):
    """A parser directive at the top (`# syntax=...`); `name` is lower case."""

    name: str
    value: str
    span: Span
    value_span: Span


class Heredoc(NamedTuple):
    """The body of a heredoc, without its terminator and with the leading tabs that `<<-` removes."""

    name: str
    body_span: Span
    body: str


class Line(NamedTuple):
    """A logical line, its heredocs still unread."""

    logical: Logical
    span: Span


class Lexer:
    """Reads logical lines one after the other, and heredoc bodies when asked.

    `directives`, `comments` and `problems` fill up while `lines` is consumed.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 1 if text.startswith("\ufeff") else 0
        self._top = True
        self.escape = "\\"
        self.directives: list[Directive] = []
        self.comments: list[Span] = []
        self.problems: list[SyntaxProblem] = []

    def _line(self) -> tuple[int, int]:
        start = self._position
        found = self._text.find("\n", start)
        self._position = len(self._text) if found < 0 else found + 1
        if self._position - start > LONGEST_LINE // 4:
            self._measure(start)
        end = len(self._text) if found < 0 else found
        while end > start and self._text[end - 1] == "\r":
            end -= 1
        return start, end

    def _measure(self, start: int) -> None:
        if len(self._text[start : self._position].encode("utf-8", "surrogatepass")) > LONGEST_LINE:
            span = Span(start, min(start + 80, self._position))
            self.problems.append(SyntaxProblem(span, f"line is longer than BuildKit's {LONGEST_LINE - 1} bytes"))

    def lines(self) -> Iterator[Line]:
        """The logical lines that hold an instruction, in order."""
        text = self._text
        while self._position < len(text):
            start, end = self._line()
            content = text[start:end].lstrip(BLANKS)
            start = end - len(content)
            if self._top:
                self._top = self._directive(content, start)
                if self._top:
                    continue
            if content.startswith("#"):
                self.comments.append(Span(start, end))
                continue
            kept = self._continued(content)
            if kept is None:
                if content:
                    yield Line(Logical([(content, start)], start), Span(start, start + len(content.rstrip(BLANKS))))
                continue
            pieces = [(kept, start)]
            stop = self._continuation(pieces, start + len(content.rstrip(BLANKS)))
            yield Line(Logical(pieces, start), Span(start, stop))

    def _continuation(self, pieces: list[tuple[str, int]], stop: int) -> int:
        while self._position < len(self._text):
            start, end = self._line()
            content = self._text[start:end]
            bare = content.lstrip(BLANKS)
            if bare.startswith("#"):
                self.comments.append(Span(end - len(bare), end))
                continue
            if not bare:
                continue
            stop = start + len(content.rstrip(BLANKS))
            kept = self._continued(content)
            pieces.append((content if kept is None else kept, start))
            if kept is None:
                break
        return stop

    def _continued(self, content: str) -> str | None:
        bare = content.rstrip(" \t")
        if bare.endswith(self.escape) and bare[-2:-1] != self.escape:
            return bare[:-1]
        return None

    def _directive(self, content: str, start: int) -> bool:
        if not content.startswith("#"):
            return False
        inner = content[1:].lstrip(BLANKS)
        found = _DIRECTIVE.match(inner)
        if not found:
            return False
        name = found[1].lower()
        rest = inner[found.end() :]
        value = rest.strip("\t\n\f\r ")
        if name not in ("syntax", "escape", "check") or not value:
            return False
        end = start + len(content)
        value_start = end - len(rest) + len(rest) - len(rest.lstrip("\t\n\f\r "))
        directive = Directive(name, value, Span(start, end), Span(value_start, value_start + len(value)))
        if any(name == other.name for other in self.directives):
            self.problems.append(SyntaxProblem(directive.span, f"parser directive `{name}` is given twice"))
        elif name == "escape" and value not in ("\\", "`"):
            self.problems.append(
                SyntaxProblem(directive.value_span, f"escape character `{value}` is neither `\\` nor a backtick")
            )
        elif name == "escape":
            self.escape = value
        self.directives.append(directive)
        return True

    def heredocs(self, line: Line) -> tuple[list[Heredoc], int]:
        """The heredocs that a logical line opens, read from the lines after it, and where the last one ends."""
        heredocs: list[Heredoc] = []
        stop = line.span.end
        for name, strips in heredoc_words(line.logical.text):
            start = finish = self._position
            closed = False
            while self._position < len(self._text):
                begin, end = self._line()
                finish = begin
                content = self._text[begin:end]
                if (content.lstrip("\t") if strips else content) == name:
                    closed = True
                    stop = end
                    break
                finish = stop = self._position
            if not closed and not any(problem.span == line.span for problem in self.problems[-1:]):
                self.problems.append(SyntaxProblem(line.span, f"heredoc `{name}` has no line that ends it"))
            heredocs.append(Heredoc(name, Span(start, finish), self._text[start:finish]))
        return heredocs, stop
