"""The files of a dataset, and what the `datasets` library makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hublint.documents.source import Source, Span
    from hublint.repository.repository import Repository


# What the Hub takes in one folder.
MOST_IN_FOLDER = 10_000


def applies(repository: Repository) -> bool:
    """Whether this is a dataset, or a repository of so many files that it cannot be pushed."""
    return repository.kind == "dataset" or len(repository.files) > MOST_IN_FOLDER


def head(repository: Repository) -> tuple[Source, Span]:
    """Where to report what concerns the whole repository: the card's opening fence."""
    from hublint.documents.source import Source, Span

    card = repository.card
    return (card, card.fence) if card is not None else (Source("README.md", b""), Span(0, 0))


def at_file(path: str) -> tuple[Source, Span]:
    """Where to report what concerns a whole file, whose text need not be at hand."""
    from hublint.documents.source import Source, Span

    return Source(path, b""), Span(0, 0)
