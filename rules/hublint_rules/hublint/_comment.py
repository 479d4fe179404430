"""Where a suppression comment stands, for fixes that take it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.documents.source import Span

if TYPE_CHECKING:
    from hublint.repository.comments import Suppression


def whole(comment: Suppression) -> Span:
    """The comment and the blanks before it; the whole line where nothing else is on it."""
    source = comment.source
    position = source.position(comment.span.start)
    start, end = source.line_span(position.line)
    before = source.text[start : comment.span.start]
    if before.strip() or source.text[comment.span.end : end].strip():
        return Span(start + len(before.rstrip()), comment.span.end)
    following = source.line_starts[position.line] if position.line < len(source.line_starts) else end
    return Span(start, following)
