"""Repositories made for a test, and what the rules say about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.engine import registry
from hublint.engine.baseline import FILE, Baseline, Known
from hublint.engine.check import Settings, check
from hublint.engine.config import Config
from hublint.engine.fixing import Fixed, fix
from hublint.testing.cases import shown as shown
from hublint.testing.made import made

if TYPE_CHECKING:
    from hublint.engine.reported import Reported
    from hublint.repository.repository import Repository


make = made
TODAY = "2026-11-29"


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
