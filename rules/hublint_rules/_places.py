"""Where to report what stands in no line of a file."""

from __future__ import annotations

from hublint.documents.source import Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.repository.repository import Repository


def at_card(repository: Repository) -> tuple[Source, Span]:
    """The place of what concerns the whole repository: the card's opening fence."""
    card = repository.card
    return (card, card.fence) if card is not None else (Source("README.md", b""), Span(0, 0))


def at_file(path: str) -> tuple[Source, Span]:
    """The place of what concerns a whole file, whose text need not be at hand, or a folder."""
    return Source(path, b""), Span(0, 0)
