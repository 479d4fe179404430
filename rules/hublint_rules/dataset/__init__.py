"""A dataset card's metadata, and what it says about the columns and splits."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hublint.repository.repository import Repository


def applies(repository: Repository) -> bool:
    """Whether there is a dataset's metadata to look at."""
    return repository.kind == "dataset"
