"""Repositories made for a test, and what the rules say about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.engine.check import Settings, check
from hublint.engine.config import Config
from hublint.engine.fixing import Fixed, fix
from hublint.repository.repository import Repository
from hublint.repository.tree import ListedTree, MemoryTree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hublint.engine.reported import Reported


def make(
    kind: str, files: Mapping[str, str | bytes], listing: Mapping[str, int] | None = None, repo_id: str = ""
) -> Repository:
    """A repository in memory; files of `listing` are known by size only."""
    memory = MemoryTree({path: text if isinstance(text, bytes) else text.encode() for path, text in files.items()})
    tree = ListedTree(listing, memory) if listing else memory
    return Repository(tree, kind, "test", "demo", repo_id)  # type: ignore[arg-type]


def findings(repository: Repository, *rules: str, config: Config | None = None) -> list[Reported]:
    """What the rules (all by default) find; a rule that fails raises."""
    result = check(repository, Settings.of(config or Config(select=rules)))
    assert not result.crashes, result.crashes
    return list(result.findings)


def fixed(repository: Repository, *rules: str, unsafe: bool = False) -> Fixed:
    """The repository after the rules' fixes."""
    return fix(repository, Settings.of(Config(select=rules)), unsafe)


def shown(finding: Reported) -> str:
    """A finding as fixtures write it."""
    place = finding.place
    return f"{place.path}:{place.line}:{place.column} {finding.severity} {finding.message}"
