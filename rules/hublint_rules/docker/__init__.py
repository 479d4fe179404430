"""The Dockerfile of a Docker Space."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hublint.documents.dockerfile import Dockerfile
    from hublint.repository.repository import Repository


def applies(repository: Repository) -> bool:
    """Whether the Hub builds the Dockerfile at all."""
    return repository.kind == "space" and repository.sdk == "docker"


def readable(repository: Repository) -> Dockerfile | None:
    """The Dockerfile; None where BuildKit refuses it, since then DK001 alone speaks."""
    dockerfile = repository.dockerfile
    return dockerfile if dockerfile is not None and not dockerfile.errors else None
