"""The Dockerfile of a Docker Space."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hublint.repository.repository import Repository


def applies(repository: Repository) -> bool:
    """Whether the Hub builds the Dockerfile at all."""
    return repository.kind == "space" and repository.sdk == "docker"
