"""Repositories in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.repository.repository import Repository
from hublint.repository.tree import ListedTree, MemoryTree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hublint.repository.online import Online
    from hublint_schemas import Kind


def made(
    kind: Kind,
    files: Mapping[str, str | bytes],
    listing: Mapping[str, int] | None = None,
    repo_id: str = "",
    online: Online | None = None,
) -> Repository:
    """A repository in memory; files of `listing` are known by size only, and `online` answers what is asked."""
    memory = MemoryTree({path: text if isinstance(text, bytes) else text.encode() for path, text in files.items()})
    tree = ListedTree(listing, memory) if listing else memory
    return Repository(tree, kind, "test", "demo", repo_id, online=online)
