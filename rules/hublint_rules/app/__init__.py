"""The application code of a Space."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hublint.repository.repository import Repository


def applies(repository: Repository) -> bool:
    """Whether there is an application that the Hub runs or serves."""
    return repository.kind == "space"
