"""Path patterns of the configuration: `*` within a folder, `**` across folders, a bare name at any depth.

They are matched in time linear in the length of the path, whatever the pattern.
"""

from __future__ import annotations

from functools import cache

from hublint.records import NamedTuple

_ACROSS = "**"
_WITHIN = "*"
_ONE = "?"
_SKIPPED = ""


class _Steps(NamedTuple):
    """What a pattern takes, one after the other, and for each step the steps (as bits) that may then be next."""

    taken: tuple[str, ...]
    reached: tuple[int, ...]


@cache
def _compiled(pattern: str) -> _Steps:
    pattern = pattern.removeprefix("./").rstrip("/") or "."
    if "/" not in pattern:
        pattern = f"**/{pattern}"
    taken: list[str] = []
    index = 0
    while index < len(pattern):
        if pattern.startswith("**/", index):
            taken += (_SKIPPED, _ACROSS, "/")
            index += 3
            while pattern.startswith("**/", index):
                index += 3
        elif pattern.startswith("**", index):
            taken.append(_ACROSS)
            index += 2
        else:
            taken.append(pattern[index])
            index += 1
    reached = [1 << len(taken)]
    for index in range(len(taken) - 1, -1, -1):
        following = 1 << index
        if taken[index] in (_SKIPPED, _ACROSS, _WITHIN):
            following |= reached[-1]
        if taken[index] == _SKIPPED:
            following |= reached[-3]
        reached.append(following)
    return _Steps(tuple(taken), tuple(reversed(reached)))


def matches(pattern: str, path: str) -> bool:
    """Whether a path, or a folder it is in, fits the pattern; both relative to one folder, with forward slashes."""
    taken, reached = _compiled(pattern.lstrip("/"))
    end = 1 << len(taken)
    states = reached[0]
    for character in path:
        if states & end and character == "/":
            return True
        states &= ~end
        following = 0
        while states:
            lowest = states & -states
            states ^= lowest
            index = lowest.bit_length() - 1
            step = taken[index]
            if step == _ACROSS or (step == _WITHIN and character != "/"):
                following |= reached[index]
            elif step == character or (step == _ONE and character != "/"):
                following |= reached[index + 1]
        if not following:
            return False
        states = following
    return bool(states & end)
