"""Repositories made for a test, and what the rules say about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.engine import registry
from hublint.engine.baseline import FILE, Baseline, Known
from hublint.engine.check import Settings, check
from hublint.engine.config import Config
from hublint.engine.fixing import Fixed, fix
from hublint.repository.repository import Repository
from hublint.repository.tree import ListedTree, MemoryTree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hublint.engine.reported import Reported


TODAY = "2026-11-29"


def make(
    kind: str, files: Mapping[str, str | bytes], listing: Mapping[str, int] | None = None, repo_id: str = ""
) -> Repository:
    """A repository in memory; files of `listing` are known by size only."""
    memory = MemoryTree({path: text if isinstance(text, bytes) else text.encode() for path, text in files.items()})
    tree = ListedTree(listing, memory) if listing else memory
    return Repository(tree, kind, "test", "demo", repo_id)  # type: ignore[arg-type]


def findings(repository: Repository, *rules: str, config: Config | None = None) -> list[Reported]:
    """What the rules (all by default) find; a rule that fails raises."""
    result = check(repository, settings_of(repository, config or Config(select=rules)))
    assert not result.crashes, result.crashes
    return list(result.findings)


def fixed(repository: Repository, *rules: str, unsafe: bool = False) -> Fixed:
    """The repository after the rules' fixes."""
    after = fix(repository, settings_of(repository, Config(select=rules)), unsafe)
    lines = {each.place.line for each in after.result.findings if each.code == "HL004"}
    if lines:  # a baseline is shared by repositories, so the run as a whole writes it
        after.files[FILE] = baseline_of(repository).without(lines)
    return after


def settings_of(repository: Repository, config: Config) -> Settings:
    """What a configuration makes of a repository; what lies in it as a baseline is used as one, with its rules."""
    if repository.source(FILE) is None:
        return Settings.of(config)._replace(today=TODAY)
    known = Known(baseline_of(repository), "/repository")
    rules = sorted({entry.key.rule for entry in known.baseline.entries if entry.key.rule in registry.listed()})
    return Settings.of(config._replace(select=(*config.select, *rules)))._replace(known=known, today=TODAY)


def baseline_of(repository: Repository) -> Baseline:
    """The baseline that lies in a repository."""
    source = repository.source(FILE)
    assert source is not None
    return Baseline(f"/repository/{FILE}", source.raw)


def shown(finding: Reported) -> str:
    """A finding as fixtures write it."""
    place = finding.place
    return f"{place.path}:{place.line}:{place.column} {finding.severity} {finding.message}"
