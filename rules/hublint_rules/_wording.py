"""How messages name values."""

from __future__ import annotations

from itertools import islice

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_LONGEST = 60


def shown(value: object) -> str:
    """A value of the metadata as messages name it: on one line, of readable length, in backticks."""
    if isinstance(value, (dict, list)):
        return "a mapping" if isinstance(value, dict) else "a list"
    if value is None:
        return "nothing"
    text = str(value).lower() if isinstance(value, bool) else str(value)[:1000]
    if not text.isprintable():
        text = " ".join(text.split())
    text = text.replace("`", "'")
    return f"`{text}`" if len(text) <= _LONGEST else f"`{text[: _LONGEST - 3]}...`"


def typed(value: object) -> str:
    """As `shown`, with the type of a value that is not a list or a mapping: "the text `8`", "the number `8`"."""
    if isinstance(value, bool):
        return f"the boolean {shown(value)}"
    if isinstance(value, (int, float)):
        return f"the number {shown(value)}"
    return f"the text {shown(value)}" if isinstance(value, str) else shown(value)


def either(words: Iterable[str]) -> str:
    """Words in backticks, one of which is to be taken: "`a`, `b` or `c`"."""
    *others, last = [f"`{word}`" for word in words]
    return f"{', '.join(others)} or {last}" if others else last


def did_you_mean(words: Iterable[str]) -> str:
    """The end of a message that asks for the words; empty without any."""
    found = list(words)
    return f"; did you mean {either(found)}?" if found else ""


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 more file", "1,200 more files"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def listed(words: Collection[str], most: int = 4) -> str:
    """Some of the words in backticks, and how many are left out."""
    named = ", ".join(f"`{word}`" for word in islice(words, most))
    return f"{named} and {len(words) - most} more" if len(words) > most else named
