"""How a credential is shown."""

from __future__ import annotations


def redact(value: str) -> str:
    """A credential's first four and last two characters with `...` between them, fewer of a short one.

    At least two thirds of the characters stay hidden; nothing of a value shorter than 9 is shown.
    """
    shown = min(len(value) // 3, 6)
    if shown < 3:
        return "..."
    tail = shown // 3
    return f"{value[: shown - tail]}...{value[-tail:]}"
