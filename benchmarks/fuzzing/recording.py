"""What a fix does, pass by pass."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from hublint.documents.edits import Edit
from hublint.engine import fixing
from hublint.repository.repository import Repository


class Pass(NamedTuple):
    """The fixes that were applied together to one state of a repository, and the new bytes."""

    repository: Repository
    edits: dict[str, list[Edit]]
    encoded: frozenset[str]
    files: dict[str, bytes]


class Recorder:
    """Notes each pass of a fix while it is entered."""

    def __init__(self) -> None:
        self.passes: list[Pass] = []

    def __enter__(self) -> Recorder:
        self._original = fixing._edited

        def recorded(repository: Repository, batch: Iterable[Any]) -> dict[str, bytes] | None:
            batch = list(batch)
            files = self._original(repository, batch)
            if files:
                self._note(repository, batch, files)
            return files

        fixing._edited = recorded
        return self

    def __exit__(self, *_: object) -> None:
        fixing._edited = self._original

    def _note(self, repository: Repository, batch: list[Any], files: dict[str, bytes]) -> None:
        edits: dict[str, list[Edit]] = {}
        encoded = set()
        for judged in batch:
            for edit in judged.finding.fix.edits:
                edits.setdefault(edit.path, []).append(edit)
                if judged.finding.fix.encoding:
                    encoded.add(edit.path)
        if self.passes and self.passes[-1].repository is repository:
            self.passes.pop()  # one by one: the last that went well holds all
        self.passes.append(Pass(repository, edits, frozenset(encoded), files))
