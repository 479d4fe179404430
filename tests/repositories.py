"""Repositories made for a test, and what the rules say about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.engine.check import lint
from hublint.engine.config import Config
from hublint.engine.fixing import Fixed, fix
from hublint.engine.selection import select
from hublint.repository.repository import Repository
from hublint.repository.tree import ListedTree, MemoryTree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hublint.rule import Finding


def make(
    kind: str, files: Mapping[str, str | bytes], listing: Mapping[str, int] | None = None, repo_id: str = ""
) -> Repository:
    """A repository in memory; files of `listing` are known by size only."""
    memory = MemoryTree({path: text if isinstance(text, bytes) else text.encode() for path, text in files.items()})
    tree = ListedTree(listing, memory) if listing else memory
    return Repository(tree, kind, "test", "demo", repo_id)  # type: ignore[arg-type]


def findings(repository: Repository, *rules: str, config: Config | None = None) -> list[Finding]:
    """What the rules (all by default) find; a rule that fails raises."""
    config = config or Config(select=rules)
    result = lint(repository, select(config), config)
    assert not result.crashes, result.crashes
    return result.findings


def fixed(repository: Repository, *rules: str, unsafe: bool = False) -> Fixed:
    """The repository after the rules' fixes."""
    config = Config(select=rules)
    selection = select(config)
    return fix(repository, lambda current: lint(current, selection, config), unsafe)


def shown(finding: Finding) -> str:
    """A finding as fixtures write it."""
    line, column = finding.source.position(finding.span.start)
    return f"{finding.path}:{line}:{column} {finding.severity} {finding.message}"
