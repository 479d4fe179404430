"""One text without the files beside it: which rules look at no more than that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.engine import registry
from hublint.engine.subjects import Subjects
from hublint.repository.tree import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hublint.engine.registry import Listed
    from hublint.repository.repository import Repository


class _Asked(MemoryTree):
    """Notes whether anything but its own files was asked for."""

    asked = False

    def sizes(self) -> Mapping[str, int]:
        self.asked = True
        return super().sizes()

    def read(self, path: str) -> bytes | None:
        self.asked = self.asked or path not in self.files
        return super().read(path)

    def part(self, path: str, start: int, length: int) -> bytes | None:
        self.asked = self.asked or path not in self.files
        return super().part(path, start, length)


def looks_beyond(rule: Listed, repository: Repository, files: Mapping[str, bytes | None]) -> bool:
    """Whether a rule asks for more than some files, so that what it says may be settled by others.

    Args:
        repository: it has those files alone, and nothing else was asked of it yet.
    """
    tree = _Asked(files)
    loaded = registry.load(rule)
    subject = Subjects(repository.over(tree)).of(loaded.rule)
    for _ in loaded.check(*subject) if subject is not None else ():
        pass
    return tree.asked
