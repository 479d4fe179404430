"""What the cells of a column are, the type that `datasets` makes of them, and whether they can be cast to another.

Source: PyPI datasets 5.2.0 (table.py, json.py, csv.py) over pandas 3 and pyarrow 26; tests compare the two.
"""

from __future__ import annotations

import math

from hublint.documents.tables.csv import EMPTY, is_whole
from hublint.documents.tables.types import OTHER, Type
from hublint.records import NamedTuple
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


_NUMBER = lazy(
    r"\s*[+-]?(?:0[xX][0-9a-fA-F]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|inf(?:inity)?|nan)\s*\Z",
    2,  # re.IGNORECASE
)
# Texts that Arrow turns into numbers and truth values.
_WHOLE_TEXT = lazy(r"-?[0-9]{1,18}\Z")
_HEXADECIMAL_TEXT = lazy(r"0[xX][0-9a-fA-F]{1,15}\Z")
_NUMBER_TEXT = lazy(r"[+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|inf(?:inity)?|nan)\Z", 2)
_DATE = lazy(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:[ T](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)?\Z")
_LIKE_A_DATE = lazy(r"\s*\d{4}-\d")
_BOOLS = frozenset(("true", "false"))
_TEXTS = frozenset(("text", "whole-text", "hexadecimal-text", "number-text", "bool-text", "date", "like-a-date"))
_DATES = frozenset(("date", "like-a-date"))
_TIMES = frozenset(("date", "timestamp"))
_MOST_VALUES = 256
_LONGEST_VALUE = 200
_DEEPEST = 32


class Witness(NamedTuple):
    """A cell that cannot be cast: its line, what it is, in words, to what, and the path to it inside its column."""

    line: int
    what: str
    target: Type
    within: str = ""


class Seen:
    """What is known of some cells, whose number does not matter.

    Attributes:
        first: of each kind of cell the line of the first one, and the cell in short.
        texts: the first texts, each with the line of the first cell that has it.
        item: the items of lists.
        fields: the fields of objects.
        uneven: whether not all objects have the same fields.
    """

    __slots__ = ("fields", "first", "item", "keys", "texts", "uneven")

    def __init__(self) -> None:
        self.first: dict[str, tuple[int, str]] = {}
        self.texts: dict[str, int] = {}
        self.item: Seen | None = None
        self.fields: dict[str, Seen] = {}
        self.keys: frozenset[str] | None = None
        self.uneven = False

    def note(self, kind: str, line: int, value: object) -> None:
        """Keep the first cell of a kind."""
        if kind not in self.first:
            self.first[kind] = (line, (value if isinstance(value, str) else str(value))[:80])

    def note_text(self, text: str, line: int) -> None:
        """Keep a text of ordinary length, or a number as one, while there are few."""
        if len(self.texts) < _MOST_VALUES and len(text) <= _LONGEST_VALUE:
            self.texts.setdefault(text, line)

    @property
    def kinds(self) -> set[str]:
        """The kinds of cells there are, those without a value left out."""
        return self.first.keys() - {"null"}

    def add_cell(self, cell: str, line: int) -> None:
        """One more cell of a CSV file."""
        if cell in EMPTY:
            self.note("null", line, "")
            return
        self.note_text(cell, line)
        if "text" in self.first:  # whatever else is there, the column is text
            return
        if is_whole(cell):
            kind = "int" if len(cell) < 19 or abs(int(cell)) < 1 << 63 else "big"
        elif cell in ("True", "TRUE", "true", "False", "FALSE", "false"):
            kind = "bool"
        elif _NUMBER.match(cell):
            kind = _kind_of_number(cell)
        else:
            kind = "text"
        self.note(kind, line, cell)

    def add(self, value: Any, line: int, depth: int = 0, lines: bool = True) -> None:
        """One more value of a JSON file; where that is not of lines, datasets writes null for NaN and infinity."""
        if value is None:
            self.note("null", line, "")
        elif isinstance(value, str):
            if "text" not in self.first:
                self.note(_kind_of_text(value), line, value)
            self.note_text(value, line)
        elif isinstance(value, bool):
            self.note("bool", line, str(value).lower())
        elif isinstance(value, int):
            self.note("int" if -(1 << 63) <= value < 1 << 63 else "big", line, value)
            self.note_text(str(value), line)
        elif isinstance(value, float):
            kind = _kind_of_float(value)
            self.note(kind if lines or kind != "nan" else "null", line, value)
        elif depth > _DEEPEST:
            self.note("deep", line, "")
        elif isinstance(value, list):
            self.note("list", line, "a list")
            self.item = self.item or Seen()
            for each in value:
                self.item.add(each, line, depth + 1, lines)
        else:
            self.note("object", line, "an object")
            keys = frozenset(value)
            self.uneven = self.uneven or not keys or (self.keys is not None and keys != self.keys)
            self.keys = keys
            for key, each in value.items():
                if key not in self.fields:
                    self.fields[key] = Seen()
                self.fields[key].add(each, line, depth + 1, lines)


def _kind_of_text(value: str) -> str:
    if value[:1].isdigit() and _LIKE_A_DATE.match(value):
        return "date" if _DATE.match(value) and _is_day(value[:10]) else "like-a-date"
    if _WHOLE_TEXT.match(value):
        return "whole-text"
    if _HEXADECIMAL_TEXT.match(value):
        return "hexadecimal-text"
    if _NUMBER_TEXT.match(value):
        return "number-text"
    return "bool-text" if value.lower() in _BOOLS else "text"


def _is_day(text: str) -> bool:
    from datetime import date

    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _kind_of_number(cell: str) -> str:
    try:
        return _kind_of_float(float(cell))
    except ValueError:
        return "like-a-number"


def _kind_of_float(value: float) -> str:
    if math.isnan(value) or math.isinf(value):
        return "nan"
    if abs(value) >= 1 << 62:
        return "big" if abs(value) >= 1 << 63 else "like-a-number"
    return "whole" if value.is_integer() else "fraction"


def csv_type(seen: Seen) -> Type:
    """The type that pandas gives a column of which all cells are seen."""
    kinds = seen.kinds
    if kinds & {"big", "like-a-number"}:
        return OTHER
    if not kinds:
        return Type("empty")
    if kinds == {"bool"}:
        return Type("bool")
    if kinds == {"int"}:
        return Type("float" if "null" in seen.first else "int")
    return Type("float" if kinds <= {"int", "whole", "fraction", "nan"} else "string")


def json_type(seen: Seen) -> Type:
    """The type that the JSON reader of `datasets` gives a column of which all cells are seen."""
    kinds = seen.kinds
    if kinds & {"big", "deep", "like-a-number"}:
        return OTHER
    if not kinds:
        return Type("null")
    if kinds == {"bool"}:
        return Type("bool")
    if kinds <= {"int", "whole", "fraction", "nan"}:
        return Type("int" if kinds == {"int"} else "float")
    if kinds <= _TEXTS:
        if not kinds <= _DATES:
            return Type("string")
        return Type("timestamp") if kinds == {"date"} else OTHER
    if kinds == {"list"} and seen.item is not None:
        return Type("list", json_type(seen.item))
    if kinds == {"object"} and not seen.uneven:
        return Type("struct", None, tuple((name, json_type(each)) for name, each in seen.fields.items()))
    return Type("json")


def refusal(seen: Seen, target: Type, complete: bool, cells: bool = False) -> Witness | None:
    """The first cell known of a column that makes the cast of the column fail; None where it may well succeed.

    Args:
        seen: what is known of the column.
        target: the type it is cast to.
        complete: whether that is all of the column.
        cells: whether it is a column of a CSV file.
    """
    kind = target.kind
    if kind in ("other", "json", "binary", "date") or holds_json(target):
        return None
    if kind == "null":
        return _first(seen, seen.kinds, target)
    if kind == "label":
        return _unknown_label(seen, target, complete, cells)
    if kind == "list":
        found = _first(seen, seen.kinds - {"list"}, target)
        if found is not None or seen.item is None or target.item is None:
            return found
        inner = refusal(seen.item, target.item, complete)
        return inner._replace(within=f"[]{inner.within}") if inner is not None else None
    if kind == "struct":
        return _refused_object(seen, target, complete)
    if kind == "string":
        return _first(seen, {"list"}, target) if complete and seen.kinds == {"list"} else None
    return _first(seen, _refused_by(kind, cells), target)


def holds_json(kind: Type) -> bool:
    """Whether any part of a type is Json, for which the reader writes whatever stands there as text."""
    inner = [kind.item] if kind.item is not None else [each for _, each in kind.fields]
    return kind.kind == "json" or any(map(holds_json, inner))


def _refused_by(kind: str, cells: bool) -> set[str]:
    """The kinds of cells that a plain type does not take."""
    if kind == "timestamp":  # of numbers only whole ones are taken, of texts only dates
        return {*(_TEXTS - _DATES), "list", "object", "bool", "fraction", "whole", "nan"}
    refused = {"text", "list", "object"}
    if kind == "int":
        refused |= {"fraction", "nan", "big"}
    if kind in ("int", "float") and not cells:
        refused.add("bool-text")
    if kind in ("int", "bool") and not cells:
        refused.add("number-text")
    if kind == "bool" and not cells:
        refused.add("hexadecimal-text")
    if kind == "float":  # a date is cast to whole numbers only
        refused |= {"date", "like-a-date", "hexadecimal-text"}
    return refused


def _refused_object(seen: Seen, target: Type, complete: bool) -> Witness | None:
    found = _first(seen, seen.kinds - {"object"}, target)
    if found is not None or "object" not in seen.first:
        return found
    fields = dict(target.fields)
    for name, each in seen.fields.items():
        if name not in fields:
            line = min((line for line, _ in each.first.values()), default=seen.first["object"][0])
            return Witness(line, f"an object with the field `{name[:60]}`", target)
        inner = refusal(each, fields[name], complete)
        if inner is not None:
            return inner._replace(within=f".{name[:60]}{inner.within}")
    return None


def _unknown_label(seen: Seen, target: Type, complete: bool, cells: bool) -> Witness | None:
    """A cell that is not among a label's names, nor the number of one."""
    names = frozenset(target.names)
    if ("text" in seen.first) if cells else (seen.kinds <= _TEXTS and not seen.kinds <= _DATES):
        for text, line in seen.texts.items():
            if text not in names and text.strip() not in names and not _is_number_of(text, len(names)):
                return Witness(line, f"`{text[:60]}`", target)
    elif cells and complete and seen.first.keys() == {"int"}:  # those of JSON are not compared
        for text, line in seen.texts.items():
            if int(text) >= len(names):
                return Witness(line, f"`{text[:60]}`", target)
    return _first(seen, {"list", "object"}, target)


def _is_number_of(text: str, count: int) -> bool:
    return is_whole(text) and -1 <= int(text) < count


def _first(seen: Seen, kinds: set[str], target: Type) -> Witness | None:
    """The first cell of one of some kinds."""
    found = sorted((line, kind, value) for kind, (line, value) in seen.first.items() if kind in kinds)
    if not found:
        return None
    line, kind, value = found[0]
    return Witness(line, value if kind in ("list", "object") else f"`{value}`", target)


def type_refusal(source: Type, target: Type) -> str:
    """Why a column of a Parquet file cannot be cast whatever is in it, in words; empty where it may succeed."""
    kinds = {source.kind, target.kind}
    if kinds & {"other", "json"} or source.kind == "null":
        return ""
    if target.kind == "null":
        return str(source)
    if kinds & _TIMES and kinds & {"bool", "float"}:
        return str(source)
    if source.kind == "list" and target.kind == "list" and source.item is not None and target.item is not None:
        return type_refusal(source.item, target.item)
    if source.kind == "struct" and target.kind == "struct":
        fields = dict(target.fields)
        for name, each in source.fields:
            if name not in fields:
                return f"objects with the field `{name[:60]}`"
            inner = type_refusal(each, fields[name])
            if inner:
                return inner
        return ""
    return str(source) if kinds & {"list", "struct"} else ""


def bound_refusal(values: tuple[Any, Any], target: Type) -> str:
    """Which of the least and the greatest value of a column cannot be cast, as messages name it; empty for neither."""
    for value in values:
        seen = Seen()
        seen.add(value, 0)
        found = refusal(seen, target, False)
        if found is not None:
            return found.what
    return ""
