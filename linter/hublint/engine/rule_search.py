"""From words, or a message that somebody read, to the rules that speak of them."""

from __future__ import annotations

import re
import sys

from hublint.engine import registry
from hublint.engine.catalogue import summary_of
from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import CodeType

    from hublint.engine.registry import Listed

# A message names things of the reader's own repository, which no rule knows.
_QUOTED = r"`[^`]*`|\"[^\"]*\"|\S*[/\\]\S*"
_AROUND = ".,;:!?()[]{}<>'\"`"
_NEARLY = 0.6  # of a message's words
_LONG = 4  # words from which on a query is held to be a message
_SHORTEST = 3
_FILLERS = frozenset("a an and are at does do for i in is it its me my of on so the to too was why with".split())
# What people type, and how the pages say it.
_ALSO = {
    "big": ("large",),
    "blank": ("empty",),
    "crash": ("ends with", "stops", "exits"),
    "denied": ("permission",),
    "hangs": ("starting",),
    "huge": ("large",),
    "password": ("credential",),
    "preview": ("viewer",),
    "stuck": ("starting",),
    "typo": ("looks like",),
    "unreachable": ("cannot reach",),
    "won't": ("not",),
}


class Match(NamedTuple):
    """A rule that was found; `whole`: it speaks of every word."""

    code: str
    whole: bool


def search(words: str, rules: Iterable[Listed]) -> list[Match]:
    """The rules that speak of every one of those words, else those that speak of most; best first.

    A rule's name, its page and what its code may say are looked at; a word may go on, `secret` finds `secrets`.

    Args:
        words: as people type them, or a message that a run printed.

    Raises:
        UsageError: a rule cannot be imported.
    """
    wanted = _wanted(words)
    if not wanted:
        return []
    rated = sorted((_rating(wanted, rule), rule.code) for rule in rules)
    best = [Match(code, True) for (lacking, *_), code in rated if lacking == 0]
    if best or len(wanted) < _LONG:
        return best
    most = rated[0][0][0] if rated else 0
    enough = len(wanted) - most >= _NEARLY * len(wanted)
    return [Match(code, False) for (lacking, *_), code in rated if enough and lacking == most]


def _wanted(words: str) -> list[str]:
    found = _words(words.lower())
    if len(found) < _LONG:
        return [word for word in found if word not in _FILLERS] or found
    found = _words(re.sub(_QUOTED, " ", words.lower())) or found
    return [word for word in found if len(word) >= _SHORTEST]


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(filter(None, (word.strip(_AROUND) for word in text.split()))))


def _rating(wanted: Iterable[str], rule: Listed) -> tuple[int, int, int, int]:
    """How many words a rule lacks, and how many its name, its summary and its page lack: the lower, the better."""
    loaded = registry.load(rule)
    name = f"{rule.code} {rule.name}".lower()
    summary = summary_of(loaded.docs).lower()
    page = loaded.docs.lower()
    texts = ["\n".join((name, page, *_said(rule))), name, summary, page]
    counts = [sum(not _has(text, word) for word in wanted) for text in texts]
    return counts[0], counts[1], counts[2], counts[3]


def _has(text: str, word: str) -> bool:
    words = "|".join(map(re.escape, (word, *_ALSO.get(word, ()))))
    return re.search(rf"(?<![^\W_])(?:{words})", text) is not None


def _said(rule: Listed) -> Iterator[str]:
    """What the code of a rule's module may print, in lower case."""
    module = sys.modules[rule.module]
    for value in vars(module).values():
        code = getattr(value, "__code__", None)
        if code is not None and getattr(value, "__module__", "") == rule.module:
            yield from _texts(code)


def _texts(code: CodeType) -> Iterator[str]:
    for constant in code.co_consts:
        if isinstance(constant, str):
            yield constant.lower()
        elif hasattr(constant, "co_consts"):
            yield from _texts(constant)
