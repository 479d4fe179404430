"""How a credential is shown."""

from __future__ import annotations


def redact(value: str) -> str:
    """A credential's first four and last two characters with `...` between them, fewer of a short one.

    At least two thirds of the characters stay hidden; nothing of a value shorter than 9 is shown.
    """
    head, tail = _ends(value)
    return f"{value[:head]}...{value[len(value) - tail :]}"


def cover(value: str) -> str:
    """A credential with `*` in the place of each hidden character, so that what follows keeps its column."""
    head, tail = _ends(value)
    return value[:head] + "*" * (len(value) - head - tail) + value[len(value) - tail :]


def _ends(value: str) -> tuple[int, int]:
    """How many characters of the beginning and of the end are shown."""
    shown = min(len(value) // 3, 6)
    if shown < 3:
        return 0, 0
    tail = shown // 3
    return shown - tail, tail
