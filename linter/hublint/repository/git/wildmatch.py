"""Git's own wildcards, matched byte by byte in time linear in the length of the path."""

from __future__ import annotations

from hublint.repository.git.pattern_index import Key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_SPECIAL = b"*?[\\"
_CLASSES = {
    b"alnum": bytes(byte for byte in range(128) if chr(byte).isalnum()),
    b"alpha": bytes(byte for byte in range(128) if chr(byte).isalpha()),
    b"blank": b" \t",
    b"cntrl": bytes((*range(32), 127)),
    b"digit": b"0123456789",
    b"graph": bytes(range(33, 127)),
    b"lower": b"abcdefghijklmnopqrstuvwxyz",
    b"print": bytes(range(32, 127)),
    b"punct": bytes(byte for byte in range(33, 127) if not chr(byte).isalnum()),
    b"space": b" \t\n\v\f\r",
    b"upper": b"ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    b"xdigit": b"0123456789abcdefABCDEFabcdef",
}
_NOT_SLASH = frozenset(range(256)) - frozenset(b"/")
_EVERY = frozenset(range(256))


class _Step:
    """Bytes that are taken: once, or any number of times where it `repeats`; `skips` more steps may be left out."""

    __slots__ = ("repeats", "skips", "taken")

    def __init__(self, taken: frozenset[int], repeats: bool = False, skips: int = 0) -> None:
        self.taken = taken
        self.repeats = repeats
        self.skips = skips


class Glob:
    """A wildcard pattern; one that is malformed matches nothing.

    Args:
        pattern: without the leading slash of an anchored pattern.
        is_path: `*`, `?` and `[...]` stop at slashes, and `**` stands for folders.
    """

    def __init__(self, pattern: bytes, is_path: bool) -> None:
        at = next((index for index, byte in enumerate(pattern) if byte in _SPECIAL), len(pattern))
        self.prefix, rest = pattern[:at], pattern[at:]
        self.suffix: bytes | None = None
        self.steps: list[_Step] | None = None
        if rest[:1] == b"*" and not is_path and not any(byte in _SPECIAL for byte in rest[1:]):
            self.suffix = rest[1:]
        elif rest:
            self.steps = _steps(rest, is_path)
        self.needed = _longest_literal(self.steps or ())
        self.is_literal = not rest

    def key(self, by_name: bool) -> Key:
        """The literal text that every name has that fits; `by_name` says what the names are."""
        if self.is_literal:
            return Key("whole", self.prefix, by_name)
        if self.suffix is None and self.steps is None:
            return Key("never", b"", by_name)
        ends = self.suffix or b""
        longest = max((self.prefix, ends, self.needed), key=len)
        place = "front" if longest is self.prefix else "end" if longest is ends else "inside"
        return Key(place if longest else "", longest, by_name)

    def matches(self, name: bytes) -> bool:
        """Whether the whole name fits."""
        if self.is_literal:
            return name == self.prefix
        if not name.startswith(self.prefix):
            return False
        rest = name[len(self.prefix) :]
        if self.suffix is not None:
            return rest.endswith(self.suffix)
        return self.steps is not None and self.needed in rest and _run(self.steps, rest)


def _longest_literal(steps: Sequence[_Step]) -> bytes:
    """The longest run of bytes that every name that fits has in it."""
    longest = run = b""
    optional = 0
    for step in steps:
        run = run + bytes(step.taken) if len(step.taken) == 1 and not step.repeats and not optional else b""
        longest = max(longest, run, key=len)
        optional = max(step.skips, optional - 1, 0)
    return longest


def _run(steps: list[_Step], name: bytes) -> bool:
    current = _reachable(steps, {0})
    for byte in name:
        following: set[int] = set()
        for state in current:
            if state < len(steps) and byte in steps[state].taken:
                following.add(state if steps[state].repeats else state + 1)
        if not following:
            return False
        current = _reachable(steps, following)
    return len(steps) in current


def _reachable(steps: list[_Step], states: set[int]) -> set[int]:
    """The states, and those that can be had without another byte."""
    pending = list(states)
    while pending:
        state = pending.pop()
        if state < len(steps) and steps[state].repeats:
            for following in {state + 1, state + 1 + steps[state].skips} - states:
                states.add(following)
                pending.append(following)
    return states


def _steps(pattern: bytes, is_path: bool) -> list[_Step] | None:
    any_one = _NOT_SLASH if is_path else _EVERY
    steps: list[_Step] = []
    at = 0
    while at < len(pattern):
        byte = pattern[at : at + 1]
        if byte == b"*":
            end = at
            while pattern[end : end + 1] == b"*":
                end += 1
            step = _Step(any_one, repeats=True)
            after = pattern[end : end + 1]
            begins = at == 0 or pattern[at - 1 : at] == b"/"
            if is_path and end - at > 1 and begins and (after in (b"", b"/") or pattern[end : end + 2] == b"\\/"):
                step = _Step(_EVERY, repeats=True)
                if after == b"/":
                    steps.append(_Step(frozenset(), repeats=True, skips=2))
            steps.append(step)
            at = end
        elif byte == b"?":
            steps.append(_Step(any_one))
            at += 1
        elif byte == b"[":
            found = _bracket(pattern, at + 1)
            if found is None:
                return None
            taken, at = found
            steps.append(_Step(taken & any_one))
        else:
            at += byte == b"\\"
            if at == len(pattern):
                return None
            steps.append(_Step(frozenset(pattern[at : at + 1])))
            at += 1
    return steps


def _bracket(pattern: bytes, at: int) -> tuple[frozenset[int], int] | None:
    """The bytes that a `[...]` takes and the offset behind it; None where it is not closed or names no class."""
    negated = pattern[at : at + 1] in (b"!", b"^")
    at += negated
    taken: set[int] = set()
    previous = first = -1
    while at < len(pattern) and (pattern[at] != ord("]") or first < 0):
        first = at
        byte = pattern[at]
        following = pattern[at + 1 : at + 2]
        if byte == ord("\\"):
            at += 1
            if at == len(pattern):
                return None
            previous = pattern[at]
            taken.add(previous)
        elif byte == ord("-") and previous >= 0 and following not in (b"", b"]"):
            at += 1
            if pattern[at] == ord("\\"):
                at += 1
                if at == len(pattern):
                    return None
            taken.update(range(previous, pattern[at] + 1))
            previous = -1
        elif byte == ord("[") and following == b":":
            end = pattern.find(b"]", at + 2)
            if end < 0:
                return None
            if pattern[end - 1] != ord(":") or end - 1 < at + 2:
                taken.add(byte)
                previous = byte
            else:
                named = _CLASSES.get(pattern[at + 2 : end - 1])
                if named is None:
                    return None
                taken.update(named)
                previous = -1
                at = end
        else:
            previous = byte
            taken.add(byte)
        at += 1
    if at >= len(pattern):
        return None
    return (_EVERY - taken if negated else frozenset(taken)), at + 1
