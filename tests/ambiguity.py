"""Whether a regular expression can match one text in exponentially many ways, told from the expression alone.

An expression becomes the automaton of its positions (Glushkov): each place that takes a character, and which may follow
which, as often as there are ways. It is exponential if some place can be come back to by two ways with the same text.
Lookarounds and back references count as nothing, and more than three repetitions as any number: a doubt is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

try:
    from re import _constants as codes  # type: ignore[attr-defined]
    from re import _parser as parser  # type: ignore[attr-defined]
except ImportError:  # Python 3.10
    import sre_constants as codes  # type: ignore[no-redef]
    import sre_parse as parser  # type: ignore[no-redef]

SEVERAL = 3
_CATEGORY = {
    codes.CATEGORY_DIGIT: str.isdigit,
    codes.CATEGORY_SPACE: str.isspace,
    codes.CATEGORY_WORD: lambda character: character.isalnum() or character == "_",
}
_NEGATED = {
    codes.CATEGORY_NOT_DIGIT: codes.CATEGORY_DIGIT,
    codes.CATEGORY_NOT_SPACE: codes.CATEGORY_SPACE,
    codes.CATEGORY_NOT_WORD: codes.CATEGORY_WORD,
}


class _Part(NamedTuple):
    """A piece of an expression: where it can begin and end, and whether it can be empty."""

    first: Counter[int]
    last: Counter[int]
    empty: bool


_NOTHING = _Part(Counter(), Counter(), True)


class Automaton:
    """The positions of an expression: which characters each takes, and what follows it, as often as in ways."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        tree = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
        self._ignores_case = bool(pattern.flags & re.IGNORECASE)
        self._dot_all = bool(pattern.flags & re.DOTALL)
        self._sample = sorted(set(_characters(tree)))
        self._taken: dict[str, frozenset[str]] = {}
        self.takes: list[frozenset[str]] = []
        self.follow: list[Counter[int]] = []
        self._sequence(tree)

    def _atom(self, op: Any, argument: Any) -> _Part:
        key = f"{op} {argument}"
        if key not in self._taken:
            self._taken[key] = frozenset(one for one in self._sample if self._is_taken(op, argument, one))
        self.takes.append(self._taken[key])
        self.follow.append(Counter())
        place = Counter([len(self.takes) - 1])
        return _Part(place, place, False)

    def _is_taken(self, op: Any, argument: Any, one: str) -> bool:
        if op is codes.ANY:
            return self._dot_all or one != "\n"
        cases = {one, one.lower(), one.upper()} if self._ignores_case else {one}
        if op is codes.IN:
            negated = argument[0][0] is codes.NEGATE
            items = argument[1:] if negated else argument
            return negated != any(self._is_taken(*item, each) for item in items for each in cases if len(each) == 1)
        if op is codes.RANGE:
            return any(argument[0] <= ord(each) <= argument[1] for each in cases if len(each) == 1)
        if op is codes.CATEGORY:
            return not _CATEGORY[_NEGATED[argument]](one) if argument in _NEGATED else _CATEGORY[argument](one)
        return (op is codes.NOT_LITERAL) != any(argument == ord(each) for each in cases if len(each) == 1)

    def _join(self, left: _Part, right: _Part) -> _Part:
        for place, ways in left.last.items():
            for other, more in right.first.items():
                self.follow[place][other] += ways * more
        first = left.first + right.first if left.empty else left.first
        last = left.last + right.last if right.empty else right.last
        return _Part(first, last, left.empty and right.empty)

    def _sequence(self, items: Iterable[tuple[Any, Any]]) -> _Part:
        whole = _NOTHING
        for op, argument in items:
            whole = self._join(whole, self._part(op, argument))
        return whole

    def _part(self, op: Any, argument: Any) -> _Part:
        name = str(op)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            return self._repeat(*argument)
        if name == "SUBPATTERN":
            return self._sequence(argument[3])
        if name == "ATOMIC_GROUP":
            return self._sequence(argument)
        if name == "BRANCH":
            return self._either([self._sequence(branch) for branch in argument[1]])
        if name in ("AT", "GROUPREF", "ASSERT_NOT"):
            return _NOTHING
        if name == "ASSERT":
            self._sequence(argument[1])
            return _NOTHING
        if name == "GROUPREF_EXISTS":
            return self._either([self._sequence(branch or ()) for branch in argument[1:]])
        return self._atom(op, argument)

    def _either(self, parts: list[_Part]) -> _Part:
        first, last = Counter[int](), Counter[int]()
        for part in parts:
            first.update(part.first)
            last.update(part.last)
        return _Part(first, last, any(part.empty for part in parts))

    def _repeat(self, least: int, most: int, items: Any) -> _Part:
        whole = _NOTHING
        for _ in range(min(least, 40)):
            whole = self._join(whole, self._sequence(items))
        if most == least:
            return whole
        if most - least <= SEVERAL:
            rest = _NOTHING
            for _ in range(most - least):
                rest = self._join(self._sequence(items), rest)._replace(empty=True)
            return self._join(whole, rest)
        part = self._sequence(items)
        for place, ways in part.last.items():
            for other, more in part.first.items():
                self.follow[place][other] += ways * more
        return self._join(whole, part._replace(empty=True))


def _characters(items: Iterable[Any]) -> Iterator[str]:
    """One of each kind of characters that an expression tells apart."""
    yield from "a0_ \n\x01é"
    for item in items:
        if isinstance(item, int):
            yield from (chr(code) for code in (item - 1, item, item + 1) if 0 <= code < 0x110000 and not _is_half(code))
        elif isinstance(item, (tuple, list, parser.SubPattern)):
            yield from _characters(item)


def _is_half(code: int) -> bool:
    return 0xD800 <= code < 0xE000


def exponential(pattern: re.Pattern[str]) -> str:
    """Characters of a loop through which one text can go by two ways, or nothing."""
    automaton = Automaton(pattern)
    component = _components({place: list(follow) for place, follow in enumerate(automaton.follow)})
    for place, following in enumerate(automaton.follow):
        for other, ways in following.items():
            if ways > 1 and component[place] == component[other] and automaton.takes[other]:
                return f"{min(automaton.takes[other])!r} by {ways} ways"
    pairs = _pairs(automaton, component)
    of_pair = _components(pairs)
    apart = {of_pair[one, other]: one for one, other in pairs if one != other}
    for one, other in pairs:
        if one == other and of_pair[one, other] in apart:
            both = (one, apart[of_pair[one, other]])
            return " and ".join(repr(min(automaton.takes[place])) for place in both)
    return ""


_Pair = tuple[int, int]


def _pairs(automaton: Automaton, component: dict[int, int]) -> dict[_Pair, list[_Pair]]:
    """Which two places can be reached from which two with the same character, from one place in two copies on."""
    steps: list[dict[str, list[int]]] = []
    for place, following in enumerate(automaton.follow):
        step: dict[str, list[int]] = {}
        for other in following:
            if component[other] == component[place]:
                for character in automaton.takes[other]:
                    step.setdefault(character, []).append(other)
        steps.append(step)
    found: dict[_Pair, list[_Pair]] = {}
    pending = [(place, place) for place, takes in enumerate(automaton.takes) if takes]
    while pending:
        pair = pending.pop()
        if pair in found:
            continue
        one, other = (steps[place] for place in pair)
        found[pair] = list(
            {
                (min(first, second), max(first, second))
                for character in one.keys() & other.keys()
                for first in one[character]
                for second in other[character]
            }
        )
        pending += found[pair]
    return found


_Node = TypeVar("_Node", int, _Pair)


def _components(graph: dict[_Node, list[_Node]]) -> dict[_Node, int]:
    """The strongly connected component of each node (Tarjan, without recursion)."""
    number: dict[_Node, int] = {}
    low: dict[_Node, int] = {}
    component: dict[_Node, int] = {}
    stack: list[_Node] = []
    for root in graph:
        work: list[tuple[_Node, Iterator[_Node]]] = []
        following: list[_Node] = [root]
        while following or work:
            if following:
                node = following.pop()
                if node in number:
                    continue
                number[node] = low[node] = len(number)
                stack.append(node)
                work.append((node, iter(graph[node])))
            node, rest = work[-1]
            for other in rest:
                if other not in number:
                    following.append(other)
                    break
                if other not in component:
                    low[node] = min(low[node], number[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == number[node]:
                    while node not in component:
                        component[stack.pop()] = number[node]
    return component
