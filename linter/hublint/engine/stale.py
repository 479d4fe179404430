"""What is said of the entries of a baseline that nothing was found for."""

from __future__ import annotations

from collections import Counter

from hublint.documents.source import Source
from hublint.engine import registry
from hublint.engine.covering import Judged, covered
from hublint.repository.comments import Stale

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from hublint.engine.baseline import Key, Known
    from hublint.engine.config import Config
    from hublint.engine.reported import Reported
    from hublint.engine.selection import Selection
    from hublint.repository.repository import Repository


def asked(config: Config, selection: Selection, code: str, online: bool) -> bool:
    """Whether a check finds again what a baseline knows of a rule; also of a rule that is gone, since nothing does.

    Args:
        online: whether the network may be asked.
    """
    rules = registry.listed(config.plugins)
    if code not in rules:
        return True
    if registry.metadata(rules[code]).online and not online:
        return False
    return selection.wants(registry.metadata(rules[code])) and (selection.profile != "push" or code in selection.named)


def stale(
    repository: Repository,
    config: Config,
    selection: Selection,
    known: Known,
    gone: Iterable[Key],
    located: bool = False,
) -> tuple[Reported, ...]:
    """The findings about entries for which nothing was found, in the order of the baseline's lines."""
    entries = [entry for key, number in Counter(gone).items() for entry in known.baseline.by_key[key][-number:]]
    source = Source(known.path, known.baseline.data)
    lines = [Stale(source, line, key.rule, path) for key, line, _, path in sorted(entries, key=lambda each: each.line)]
    found: list[Judged] = []
    for listed in registry.listed(config.plugins).values():
        known_rule = registry.metadata(listed) if listed.code in selection.codes else None
        if known_rule is not None and known_rule.subject == "baseline" and selection.wants(known_rule):
            rule, check, _ = registry.load(listed)
            judged = check(lines)
            found += [Judged(rule, selection.severity(rule, finding), finding) for finding in judged]
    return covered(repository, found, (), located).findings
