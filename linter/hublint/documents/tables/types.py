"""The type of a column as far as it matters to what can be cast to what."""

from __future__ import annotations

from hublint.records import NamedTuple


class Type(NamedTuple):
    """A type.

    Attributes:
        kind: `null`, `bool`, `int`, `float`, `string`, `binary`, `timestamp`, `date`, `list`, `struct`, `json` or
            `label`; `empty` for a column of a CSV file without a value, which pandas takes for numbers; `other` for
            one of which nothing is known.
        item: what a list holds.
        fields: the fields of a struct.
        names: the names of a label.
    """

    kind: str
    item: Type | None = None
    fields: tuple[tuple[str, Type], ...] = ()
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        """As messages name a value of it."""
        if self.kind == "list":
            return "a list"
        return _WORDS.get(self.kind, self.kind)


OTHER = Type("other")
_WORDS = {
    "null": "empty in every row",
    "empty": "empty in every row",
    "bool": "true or false",
    "int": "a whole number",
    "float": "a number",
    "string": "text",
    "binary": "bytes",
    "timestamp": "a date",
    "date": "a date",
    "struct": "an object",
    "label": "a label",
}
