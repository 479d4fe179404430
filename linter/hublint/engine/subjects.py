"""What a rule judges in a repository, if it is there."""

from __future__ import annotations

from functools import cached_property

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from hublint.repository.repository import Repository
    from hublint.rule import Rule, Subject

_LONGEST = 1_000_000  # characters of a README whose text is judged


class Subjects:
    """What the rules judge in one repository; what several ask for is looked at once."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._card = repository.card
        self._arguments: dict[Subject, tuple[Any, ...] | None] = {}
        self._words: dict[Subject, frozenset[str] | str] = {}

    def of(self, rule: Rule) -> tuple[Any, ...] | None:
        """The arguments of a rule's `check`; None where there is nothing that it judges."""
        repository = self._repository
        if (repository.synced and not rule.when_synced) or (rule.online and repository.online is None):
            return None
        if rule.sdks and repository.sdk not in rule.sdks:
            return None
        subject = rule.subject
        if subject not in self._arguments:
            self._arguments[subject] = self._looked_at(subject)
        arguments = self._arguments[subject]
        if arguments is None or (rule.only_if and not self._mentions(rule)):
            return None
        return arguments if subject != "violations" or rule.code in self._violated else None

    def _looked_at(self, subject: Subject) -> tuple[Any, ...] | None:
        """The arguments of the rules about a subject; None where it is not there."""
        repository, card = self._repository, self._card
        if subject in ("code", "repository"):
            return (repository,)
        if subject == "secrets":
            return (repository,) if self._may_leak else None
        if subject == "dockerfile":
            dockerfile = repository.dockerfile
            return (dockerfile, repository) if dockerfile is not None and not dockerfile.errors else None
        if card is None:
            return None
        if subject == "text":
            is_there = not (card.is_binary or len(card.text) > _LONGEST or card.is_pointer)
        elif subject == "unreadable":
            is_there = card.metadata is None or card.error is not None
        else:
            is_there = subject in ("readme", "verdict") or card.metadata is not None
        return (card, repository) if is_there else None

    def _mentions(self, rule: Rule) -> bool:
        """Whether one of the words that a rule asks for is in what it judges, which is there."""
        if rule.subject not in self._words:
            self._words[rule.subject] = self._words_of(rule.subject)
        words = self._words[rule.subject]
        if isinstance(words, frozenset):
            return not words.isdisjoint(rule.only_if)
        return any(word in words for word in rule.only_if)

    def _words_of(self, subject: Subject) -> frozenset[str] | str:
        """The keys of the metadata, or a text in lower case."""
        repository, card = self._repository, self._card
        if subject in ("code", "repository"):
            return repository.code if subject == "code" else repository.listing
        if subject == "dockerfile" and repository.dockerfile is not None:
            return repository.dockerfile.source.text.lower()
        if card is None:
            return frozenset()
        return card.lowered if subject == "text" else frozenset(card.data)

    @cached_property
    def _violated(self) -> frozenset[str]:
        card = self._card
        return card.violated(self._repository.kind) if card is not None else frozenset()

    @cached_property
    def _may_leak(self) -> bool:
        from hublint.repository.texts import suspects
        from hublint.secrets.hints import is_key_file

        return bool(suspects(self._repository)) or any(map(is_key_file, self._repository.files))
