"""A Space's metadata and the files it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hublint.repository.repository import Repository


def applies(repository: Repository) -> bool:
    """Whether there is a Space's metadata to look at."""
    return repository.kind == "space"
