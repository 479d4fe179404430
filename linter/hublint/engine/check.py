"""Run the selected rules over one repository; suppress, sort."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hublint.engine import registry
from hublint.engine.path_patterns import matches
from hublint.repository.suppressions import find_suppressions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hublint.engine.config import Config
    from hublint.engine.registry import Listed, Loaded
    from hublint.engine.selection import Selection
    from hublint.repository.repository import Repository
    from hublint.repository.suppressions import Suppression
    from hublint.rule import Finding, Rule


class Crash(NamedTuple):
    """A rule that failed on a repository: a defect of hublint, which hides no other finding."""

    code: str
    error: str


class Result(NamedTuple):
    """Findings sorted by path and place, and the rules that failed."""

    findings: list[Finding]
    crashes: list[Crash]


def lint(repository: Repository, selection: Selection, config: Config, within: str = "") -> Result:
    """Every finding that the selection wants in a repository and no comment silences.

    Args:
        within: path of the repository relative to the configuration's folder, for its path patterns.
    """
    crashes: list[Crash] = []
    ordinary: list[Loaded] = []
    closing: list[Listed] = []
    wanted: list[Rule] = []
    rules = registry.listed((registry.RULES, *config.plugins))
    for listed in rules.values():
        if listed.code in selection.codes:
            rule = registry.metadata(listed)
            if not selection.wants(rule) or repository.kind not in rule.kinds:
                continue
            if not registry.applies(listed.package, repository):
                continue
            wanted.append(rule)
            if _concerns(rule, repository):
                if rule.subject == "suppressions":
                    closing.append(listed)
                else:
                    ordinary.append(registry.load(listed))
    findings = [
        finding for finding in _run(ordinary, repository, selection, crashes) if not _ignored(finding, config, within)
    ]
    texts = dict.fromkeys([*filter(None, [repository.card]), *repository.sources.kept()])
    comments = tuple(comment for source in texts for comment in find_suppressions(source, repository))
    kept = [finding for finding in findings if not _suppressed(finding, comments)]
    if comments:
        from hublint.rule import Review

        checked = frozenset(name for rule in wanted for name in rule[:2])
        known = frozenset(name for rule in rules.values() for name in rule[:2])
        kept += _run(map(registry.load, closing), Review(comments, checked, known), selection, crashes)
    kept.sort(
        key=lambda finding: (finding.path, finding.span, finding.rule.code if finding.rule else "", finding.message)
    )
    if kept or crashes:
        from hublint.engine.masking import Mask

        mask = Mask(repository)
        for finding in kept:
            mask.finding(finding)
        crashes = [crash._replace(error=mask(crash.error)) for crash in crashes]
    return Result(kept, crashes)


def _concerns(rule: Rule, repository: Repository) -> bool:
    """Whether what a rule judges is there at all."""
    if repository.synced and rule.subject != "workflow":
        return False
    if rule.sdks and repository.sdk not in rule.sdks:
        return False
    card = repository.card
    if rule.keys and not any(key in rule.keys for key in (card.data if card is not None else ())):
        return False
    if rule.subject == "frontmatter":
        return card is not None and card.metadata is not None
    if rule.subject == "unreadable":
        return card is not None and card.metadata is None
    if rule.subject == "readme":
        return card is not None
    if rule.subject == "dockerfile":
        dockerfile = repository.dockerfile
        return dockerfile is not None and _mentions(rule, dockerfile.source.text.lower())
    if rule.words and rule.subject == "code":
        return _mentions(rule, repository.code)
    return rule.subject not in ("repository", "workflow") or _mentions(rule, repository.listing)


def _mentions(rule: Rule, text: str) -> bool:
    """Whether a text in lower case holds one of a rule's words, if it has any."""
    return not rule.words or any(word in text for word in rule.words)


def _run(rules: Iterable[Loaded], subject: Any, selection: Selection, crashes: list[Crash]) -> Iterator[Finding]:
    for loaded in rules:
        try:
            for finding in loaded.check(subject):
                finding.rule = loaded.rule
                finding.severity = selection.severity(loaded.rule, finding)
                if selection.keeps(finding):
                    yield finding
        except (Exception, RecursionError) as error:
            crashes.append(Crash(loaded.rule.code, f"{type(error).__name__}: {error}"))


def _ignored(finding: Finding, config: Config, within: str) -> bool:
    if not config.exclude and not config.per_file_ignores:
        return False
    path = f"{within}/{finding.path}" if within not in ("", ".") else finding.path
    if any(matches(pattern, path) for pattern in config.exclude):
        return True
    rule = finding.rule
    return rule is not None and any(
        matches(pattern, path)
        and any(code in ("ALL", rule.name) or rule.code.startswith(code.upper()) for code in codes)
        for pattern, codes in config.per_file_ignores.items()
    )


def _suppressed(finding: Finding, comments: Iterable[Suppression]) -> bool:
    rule = finding.rule
    line = finding.source.position(finding.span.start).line
    names = (rule.code, rule.name) if rule is not None else ("", "")
    covering = [comment for comment in comments if comment.covers(finding.path, line, names)]
    return bool(covering)
