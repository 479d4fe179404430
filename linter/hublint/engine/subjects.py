"""What a rule judges in a repository, if it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hublint.documents.card import Card
    from hublint.repository.repository import Repository
    from hublint.rule import Rule

_LONGEST = 1_000_000  # characters of a README whose text is judged


def subject_of(rule: Rule, repository: Repository) -> tuple[Any, ...] | None:
    """The arguments of a rule's `check`; None where there is nothing that it judges."""
    if repository.synced and not rule.when_synced:
        return None
    if rule.sdks and repository.sdk not in rule.sdks:
        return None
    if rule.subject == "dockerfile":
        dockerfile = repository.dockerfile
        if dockerfile is None or dockerfile.errors or not _mentions(rule, dockerfile.source.text.lower()):
            return None
        return (dockerfile, repository)
    if rule.subject in ("code", "repository", "secrets"):
        return (repository,) if _has(rule, repository) else None
    card = repository.card
    return (card, repository) if card is not None and _is_judged(rule, card, repository) else None


def _has(rule: Rule, repository: Repository) -> bool:
    """Whether a rule about files has any to look at."""
    if rule.subject == "secrets":
        return repository.once(_may_leak)
    if not rule.only_if:
        return True
    return _mentions(rule, repository.code if rule.subject == "code" else repository.listing)


def _may_leak(repository: Repository) -> bool:
    from hublint.repository.texts import suspects
    from hublint.secrets.hints import is_key_file

    return bool(suspects(repository)) or any(map(is_key_file, repository.files))


def _is_judged(rule: Rule, card: Card, repository: Repository) -> bool:
    """Whether a README has what a rule about it judges."""
    if rule.subject == "readme":
        return True
    if rule.subject == "unreadable":
        return card.metadata is None or card.error is not None
    if rule.subject == "text":
        judged = not card.is_binary and len(card.text) <= _LONGEST and not card.is_pointer
        return judged and (not rule.only_if or _mentions(rule, repository.once(_lower_text)))
    if card.metadata is None or (rule.only_if and not any(key in rule.only_if for key in card.data)):
        return False
    return rule.subject == "metadata" or bool(card.violations(repository.kind, rule.code))


def _lower_text(repository: Repository) -> str:
    card = repository.card
    return card.text[slice(*card.body)].lower() if card is not None else ""


def _mentions(rule: Rule, text: str) -> bool:
    """Whether a text in lower case holds one of the words that a rule asks for."""
    return not rule.only_if or any(word in text for word in rule.only_if)
