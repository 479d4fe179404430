"""One text without the files beside it: which rules look at no more than that."""

from __future__ import annotations

from functools import cache
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
    loaded = registry.load(rule)
    if not _takes_repository(rule):
        return False
    tree = _Asked(files)
    subject = Subjects(repository.over(tree)).of(loaded.rule)
    for _ in loaded.check(*subject) if subject is not None else ():
        pass
    return tree.asked


@cache
def _takes_repository(rule: Listed) -> bool:
    """Whether the function of a rule does anything with the repository, which it is handed in the second place; half of
    those that judge a card do not, and need not be asked."""
    from dis import get_instructions

    code = getattr(registry.load(rule).check, "__code__", None)
    if code is None or code.co_argcount < 2:
        return True
    name = code.co_varnames[1]
    names = (each.argval for each in get_instructions(code) if each.opname.startswith("LOAD_"))
    return name in code.co_cellvars or any(name in (each if isinstance(each, tuple) else (each,)) for each in names)
