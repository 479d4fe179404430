"""How messages name values."""

from __future__ import annotations

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


def listed(words: list[str], most: int = 4) -> str:
    """Some of the words in backticks, and how many are left out."""
    named = ", ".join(f"`{word}`" for word in words[:most])
    return f"{named} and {len(words) - most} more" if len(words) > most else named
