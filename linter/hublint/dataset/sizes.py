"""The Hub's size categories as numbers of rows."""

from __future__ import annotations

_NAMES = ("K", "M", "B", "T")


def category_of(rows: int) -> str:
    """The size category of a number of rows; one on a bound belongs to the larger category."""
    if rows < 1000:
        return "n<1K"
    if rows >= 10**12:
        return "n>1T"
    power = len(str(rows)) - 1
    return f"{_written(power)}<n<{_written(power + 1)}"


def bounds(category: str) -> tuple[int, int]:
    """The least and the greatest number of rows of a size category; both bounds are in it.

    Raises:
        ValueError: there is no such category, or it is `unknown`.
    """
    if category == "n<1K":
        return 0, 1000
    if category == "n>1T":
        return 10**12, 10**18
    low, _, high = category.partition("<n<")
    if not high:
        raise ValueError(category)
    return _number(low), _number(high)


def _written(power: int) -> str:
    return f"{10 ** (power % 3)}{_NAMES[power // 3 - 1]}"


def _number(text: str) -> int:
    return int(text[:-1] + "000" * (_NAMES.index(text[-1:]) + 1))
