"""Keeping the credentials of a repository out of everything that is printed about it."""

from __future__ import annotations

from hublint.repository.texts import credentials, is_suspect
from hublint.secrets.candidates import long_runs
from hublint.secrets.redaction import cover
from hublint.secrets.shapes import covered, shapes_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.source import Source
    from hublint.repository.repository import Repository
    from hublint.secrets.scan import Secrets

_SHORTEST_LINE = 16  # of a private key's material
_STEM = 12  # so much of a credential is covered too, as where a message quotes its beginning

_LONG = 2_000
_KEPT = 8  # so many long texts, and a thousand times as many short ones


class Mask:
    """Covers what has the shape of a credential, and what stands as one in the texts that were looked at so far, be it
    only its beginning.

    The covered text is as long as it was, so that places in it stay true.
    """

    def __init__(self, repository: Repository) -> None:
        self._by_stem: dict[str, list[str]] = {}
        for value in _known(repository):
            if value:
                self._by_stem.setdefault(value[:_STEM], []).append(value)
        self._long: dict[str, str] = {}
        self._short: dict[str, str] = {}
        self._sizes = sorted({len(stem) for stem in self._by_stem})

    def __call__(self, text: str) -> str:
        if not self._by_stem and len(text) < _LONG:
            return covered(text)
        kept, most = (self._short, 1_000 * _KEPT) if len(text) < _LONG else (self._long, _KEPT)
        if text not in kept:  # many findings are about one line, or say the same
            if len(kept) > most:
                kept.clear()
            kept[text] = self._covered(text)
        return kept[text]

    def _covered(self, text: str) -> str:
        done = 0
        pieces = []
        for start, end in self._spans(text):
            pieces += [text[done:start], cover(text[start:end])]
            done = end
        return covered("".join([*pieces, text[done:]]))

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where credentials and their beginnings stand, from left to right; those that overlap are one."""
        if not any(stem in text for stem in self._by_stem):
            return
        start = end = -1
        for at in range(len(text)):
            values = [value for size in self._sizes for value in self._by_stem.get(text[at : at + size], ())]
            if not values:
                continue
            reach = at + max(_common(value, text[at : at + len(value)]) for value in values)
            if at > end:
                if end > start:
                    yield start, end
                start = at
            end = max(end, reach)
        if end > start:
            yield start, end

    def hides(self, text: str) -> bool:
        """Whether a text holds a credential."""
        return self(text) != text


def _known(repository: Repository) -> set[str]:
    found: set[str] = set()
    for source in repository.sources.kept():
        found.update(_shaped(source))
        if is_suspect(repository, source):
            found.update(_values(source, credentials(repository, source)))
    return found


def _common(value: str, text: str) -> int:
    """How many characters two texts share at their beginning."""
    return next((index for index, pair in enumerate(zip(value, text, strict=False)) if pair[0] != pair[1]), len(text))


def _values(source: Source, secrets: Secrets) -> list[str]:
    values = [token.value for token in secrets.tokens]
    values += [literal.value for literal in secrets.literals]
    values += [line.value for line in secrets.env]
    values += [url.password for url in secrets.urls]
    for key in secrets.keys:
        values += _lines(source.text[key.span.start : key.span.end])
    return values


def _shaped(source: Source) -> list[str]:
    spans = shapes_in(source)
    has_run = bool(spans) and next(long_runs(source.text), None) is not None
    return [source.text[start:end] for start, end in spans] if has_run else []


def _lines(key: str) -> Iterator[str]:
    """The material of a private key line by line; in JSON and in code its line breaks are written as `\\n`."""
    for line in key.replace("\\n", "\n").replace("\\r", "\n").split("\n"):
        material = line.strip(" \t\r\"'`,+\\>#*")
        if len(material) >= _SHORTEST_LINE and not material.startswith("-----"):
            yield material
