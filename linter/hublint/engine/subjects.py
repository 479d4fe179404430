"""What a rule judges in a repository, if it is there."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hublint.repository.repository import Repository
    from hublint.rule import Rule

_LONGEST = 1_000_000  # characters of a README whose text is judged


class Subjects:
    """What the rules judge in one repository; what several ask for is looked at once."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._card = repository.card

    def of(self, rule: Rule) -> tuple[Any, ...] | None:
        """The arguments of a rule's `check`; None where there is nothing that it judges."""
        repository = self._repository
        if (repository.synced and not rule.when_synced) or (rule.online and repository.online is None):
            return None
        if rule.sdks and repository.sdk not in rule.sdks:
            return None
        subject = rule.subject
        if subject in ("code", "repository", "secrets"):
            return (repository,) if self._has(rule) else None
        if subject == "dockerfile":
            text = self._dockerfile
            return (repository.dockerfile, repository) if text is not None and _mentions(rule, text) else None
        return (self._card, repository) if self._card is not None and self._is_judged(rule) else None

    def _has(self, rule: Rule) -> bool:
        """Whether a rule about files has any to look at."""
        if rule.subject == "secrets":
            return self._may_leak
        if not rule.only_if:
            return True
        return _mentions(rule, self._repository.code if rule.subject == "code" else self._repository.listing)

    def _is_judged(self, rule: Rule) -> bool:
        """Whether the README has what a rule about it judges."""
        subject = rule.subject
        if subject == "text":
            text = self._text
            return text is not None and _mentions(rule, text)
        if subject in ("readme", "verdict"):
            return True
        if subject == "unreadable":
            return self._is_unreadable
        if self._keys is None or (rule.only_if and self._keys.isdisjoint(rule.only_if)):
            return False
        return subject == "metadata" or rule.code in self._violated

    @cached_property
    def _is_unreadable(self) -> bool:
        card = self._card
        return card is not None and (card.metadata is None or card.error is not None)

    @cached_property
    def _keys(self) -> frozenset[str] | None:
        card = self._card
        return frozenset(card.data) if card is not None and card.metadata is not None else None

    @cached_property
    def _violated(self) -> frozenset[str]:
        card = self._card
        return card.violated(self._repository.kind) if card is not None else frozenset()

    @cached_property
    def _text(self) -> str | None:
        """The README's text in lower case; None where nobody wrote it, or it is too long."""
        card = self._card
        if card is None or card.is_binary or len(card.text) > _LONGEST or card.is_pointer:
            return None
        return card.lowered

    @cached_property
    def _dockerfile(self) -> str | None:
        """The Dockerfile's text in lower case; None where BuildKit does not read it."""
        dockerfile = self._repository.dockerfile
        return dockerfile.source.text.lower() if dockerfile is not None and not dockerfile.errors else None

    @cached_property
    def _may_leak(self) -> bool:
        from hublint.repository.texts import suspects
        from hublint.secrets.hints import is_key_file

        return bool(suspects(self._repository)) or any(map(is_key_file, self._repository.files))


def _mentions(rule: Rule, text: str) -> bool:
    """Whether a text in lower case holds one of the words that a rule asks for."""
    for word in rule.only_if:  # a loop, since this is asked of each rule in each repository
        if word in text:
            return True
    return not rule.only_if
