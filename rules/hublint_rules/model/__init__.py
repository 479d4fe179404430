"""A model card's metadata, and what the model's files say about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hublint.repository.repository import Repository


def applies(repository: Repository) -> bool:
    """Whether there is a card to look at; of a Space's card only the license is these rules' matter."""
    if repository.kind != "space":
        return True
    card = repository.card
    return card is not None and bool(card.violations("space", "MC008"))
