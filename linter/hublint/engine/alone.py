"""One text without the files beside it: which rules look at no more than that."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from hublint.engine import registry
from hublint.engine.subjects import Subjects
from hublint.repository.tree import MemoryTree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from hublint.engine.registry import Listed
    from hublint.repository.repository import Repository
    from hublint.rule import Finding

# What a repository tells of itself and its card without a look at any other file.
_OF_ITSELF = frozenset(("card", "kind", "name", "on_hub", "reason", "repo_id", "sdk", "synced"))


class Asked(MemoryTree):
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


def found_beyond(rule: Listed, repository: Repository, tree: Asked) -> list[Finding] | None:
    """What a rule finds where files lie beside those of a repository; None where it asks for none of them.

    Args:
        repository: it has its files alone, and nothing else was asked of it yet.
        tree: the same files, and what lies beside them; nothing was asked of it yet.
    """
    loaded = registry.load(rule)
    if not _takes_repository(rule):
        return None
    subject = Subjects(repository.over(tree)).of(loaded.rule)
    found = list(loaded.check(*subject)) if subject is not None else []
    return found if tree.asked else None


@cache
def _takes_repository(rule: Listed) -> bool:
    """Whether the function of a rule does more with the repository, which it is handed in the second place, than ask it
    for what it tells of itself; most of those that judge a card do not, and need not be asked."""
    from dis import get_instructions

    code = getattr(registry.load(rule).check, "__code__", None)
    if code is None or code.co_argcount < 2:
        return True
    name = code.co_varnames[1]
    if name in code.co_cellvars:
        return True
    for each, after in pairwise(get_instructions(code)):
        names = each.argval if isinstance(each.argval, tuple) else (each.argval,)
        if each.opname.startswith("LOAD_") and name in names:
            of_itself = names[-1] == name and names.count(name) == 1 and after.opname == "LOAD_ATTR"
            if not of_itself or after.argval not in _OF_ITSELF:
                return True
    return False
