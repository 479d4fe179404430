"""The Markdown around places of a text, parsed without the rest of the text where that is certain to be the same."""

from __future__ import annotations

from hublint.documents.markdown import LARGEST, parse_fenced, parse_part
from hublint.documents.outline import Outline
from hublint.documents.source import Span
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from hublint.documents.markdown import Markdown
    from hublint.documents.source import Source

_DEFINITION = lazy(r"(?m)^[ \t\d>*+.)-]*\[[^\]\r\n]+\]:")


class Passages:
    """The passages of a text that were asked for.

    Attributes:
        outline: the outline of the text.

    Args:
        source: what holds the text.
        span: where it stands in it.
        whole: parses all of it, None where it is too long to be judged.
    """

    def __init__(self, source: Source, span: Span, whole: Callable[[], Markdown | None]) -> None:
        text = source.text[slice(*span)]
        self.outline = Outline(text)
        self._source = source
        self._start = span.start
        self._whole = whole
        self._is_judged = len(text) <= LARGEST
        # What a link means may be said elsewhere.
        self._apart = self._is_judged and ("]:" not in text or _DEFINITION.search(text) is None)
        self._parsed: dict[tuple[int, int], Markdown] = {}

    def at(self, start: int, end: int) -> Markdown | None:
        """What a parser says of a range of the text, counted from its beginning, and at least of the block of code or
        of the lines around it; None where the text is too long to be judged."""
        fenced = self.outline.fenced(start, end) if self._is_judged else None
        passage = fenced or (self.outline.passage(start, end) if self._apart else None)
        if passage is None:
            return self._whole()
        if passage not in self._parsed:
            begin, stop = passage
            read = parse_fenced if fenced else parse_part
            self._parsed[passage] = read(self._source, Span(self._start + begin, self._start + stop))
        return self._parsed[passage]
