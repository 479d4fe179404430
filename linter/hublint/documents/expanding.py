"""The one bound on what expanded variables may grow to, in Dockerfiles and in shell scripts.

Values refer to values, so a text doubles with each line: 30 lines of `A=$A$A` would fill the memory of any machine.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 4096


def concatenated(parts: Sequence[str | None], written: int) -> str | None:
    """The parts of a value that stand next to each other, as one text.

    Args:
        parts: texts; None is an unknown one.
        written: the length of what stands in the file; a value may always be as long as that.

    Returns:
        None where a part is unknown, or where the value grows beyond `LONGEST`.
    """
    if len(parts) == 1:
        return parts[0]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or sum(map(len, known)) > max(LONGEST, written):
        return None
    return "".join(known)


def replaced(text: str, old: str, new: str, count: int, written: int) -> str | None:
    """`text.replace(old, new, count)` under the same bound."""
    found = text.count(old) if count < 0 else min(text.count(old), count)
    if len(text) + found * (len(new) - len(old)) > max(LONGEST, written):
        return None
    return text.replace(old, new, count)
