"""Where a suppression comment stands, for fixes that take it out."""

from __future__ import annotations

from hublint.documents.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.repository.comments import Suppression


def whole(comment: Suppression) -> Span:
    """The comment and the blanks before it; the whole line where nothing else is on it.

    Of a metadata block that holds only comments an empty line is left: without one the block would end elsewhere.
    """
    source = comment.source
    position = source.position(comment.span.start)
    start, end = source.line_span(position.line)
    before = source.text[start : comment.span.start]
    if before.strip() or source.text[comment.span.end : end].strip():
        return Span(start + len(before.rstrip(" \t")), comment.span.end)
    if _is_in_empty_block(comment):
        return Span(start, end)
    following = source.line_starts[position.line] if position.line < len(source.line_starts) else end
    return Span(start, following)


def goes_on(comment: Suppression) -> bool:
    """Whether more than a comment would go with it: it stands behind code and the line goes on in the next, or it holds
    what an editor may show as the end of a line."""
    if len(comment.source.text[slice(*comment.span)].splitlines()) > 1:
        return True
    source, line = comment.source, comment.source.position(comment.span.start).line
    start, end = source.line_span(line)
    if source.path.endswith((".py", ".md", ".yml", ".yaml")) or not source.text[start : comment.span.start].strip():
        return False
    return source.text[start:end].rstrip().endswith(("\\", "`"))


def _is_in_empty_block(comment: Suppression) -> bool:
    from hublint.documents.card import Card

    source = comment.source
    if not isinstance(source, Card) or comment.span.start >= source.body.start:
        return False
    return source.root is None and source.error is None
