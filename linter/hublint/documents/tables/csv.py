"""The rows of a CSV file, as pandas' C parser tells them apart."""

from __future__ import annotations

import io

from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

BOM = "\ufeff"
# What pandas takes for an empty cell.
EMPTY = frozenset(
    (
        "", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA",
        "NULL", "NaN", "None", "n/a", "nan", "null",
    )
)  # fmt: skip
_WHOLE = lazy(r"[ \t]*[+-]?[0-9]+[ \t]*\Z")


def rows(text: str, separator: str = ",") -> Iterator[tuple[int, list[str]]]:
    """The line that each row begins on, and its fields; blank lines are none, an empty field in quotes is a row.

    Raises:
        ValueError: a field is longer than Python's reader takes, or a quote is out of place.
    """
    import csv

    reader = csv.reader(io.StringIO(text.removeprefix(BOM), newline=""), delimiter=separator)
    at = 1
    try:
        for row in reader:
            if len(row) > 1 or (row and (not row[0] or row[0].strip(" \t"))):  # `""` is a row
                yield at, row
            at = reader.line_num + 1
    except csv.Error as error:
        raise ValueError(str(error)) from error


def ends_in_quotes(text: str, separator: str = ",") -> bool:
    """Whether a field in quotes surely is not closed before the end of the text."""
    import csv

    if text.count('"') % 2 == 0:
        return False
    try:
        for _ in csv.reader(io.StringIO(text.removeprefix(BOM), newline=""), delimiter=separator, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False


def header(names: list[str]) -> list[str]:
    """The names of the columns: an empty one is told by its place, one that is there twice gets a number."""
    found: list[str] = []
    taken: set[str] = set()
    for number, name in enumerate(names):
        plain = name or f"Unnamed: {number}"
        unique, count = plain, 0
        while unique in taken:
            count += 1
            unique = f"{plain}.{count}"
        taken.add(unique)
        found.append(unique)
    return found


def is_whole(cell: str) -> bool:
    """Whether a cell is a whole number."""
    return _WHOLE.match(cell) is not None
