"""Whether a repository has what a rule judges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.engine import registry

if TYPE_CHECKING:
    from hublint.repository.repository import Repository
    from hublint.rule import Rule


def concerns(rule: Rule, package: str, repository: Repository) -> bool:
    """Whether what a rule judges is there at all.

    Args:
        package: the rule's family, whose own `applies` is asked too.
    """
    if not registry.applies(package, repository):
        return False
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
