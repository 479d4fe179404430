"""Which part of a text is taken already."""

from __future__ import annotations

from bisect import bisect_right

from hublint.documents.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


class Places:
    """Several spans of one text, asked whether they meet others: each question takes the logarithm of their number."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._joined: list[Span] = []
        for span in sorted(spans):
            if self._joined and span.start < self._joined[-1].end:
                self._joined[-1] = Span(self._joined[-1].start, max(self._joined[-1].end, span.end))
            elif span.start < span.end:
                self._joined.append(span)

    def meet(self, span: Span) -> bool:
        """Whether a span shares a character with one of them."""
        at = bisect_right(self._joined, span.end - 1, key=lambda each: each.start) - 1
        return at >= 0 and self._joined[at].end > span.start
