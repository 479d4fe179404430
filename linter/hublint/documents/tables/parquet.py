"""The footer of a Parquet file: columns, types, numbers of rows, and the least and greatest value of text columns.

Source: https://github.com/apache/parquet-format (parquet.thrift, 2026-11) and the compact protocol of
https://github.com/apache/thrift. Read here, as pyarrow takes longer to import than a whole check, and is larger than
all else together; tests compare the two.
"""

from __future__ import annotations

import json
from functools import cached_property

from hublint.documents.tables.types import OTHER, Type
from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    _Struct = dict[int, Any]


MAGIC = b"PAR1"
TAIL = 8

_DEEPEST = 24
_PHYSICAL = {0: "bool", 1: "int", 2: "int", 3: "other", 4: "float", 5: "float", 6: "binary", 7: "binary"}
_CONVERTED = {0: "string", 4: "string", 5: "other", 6: "date", 9: "timestamp", 10: "timestamp", 19: "string"}
_LOGICAL = {1: "string", 4: "string", 5: "other", 6: "date", 7: "other", 8: "timestamp", 10: "int", 11: "null"}
_REPEATED = 2
_SCHEMA, _ROWS = 2, 3
_MALFORMED = (IndexError, KeyError, TypeError, ValueError, AttributeError, RecursionError)


class Footer:
    """What a Parquet file says at its end.

    The schema and the number of rows are read at once, all that comes behind them when it is asked for.

    Attributes:
        columns: the types of its columns.
        rows: how many there are.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        meta = _Compact(data).struct(0, _ROWS)
        elements = meta[_SCHEMA]
        root, end = _element(elements, 0, 0)
        if end != len(elements) or root.kind != "struct":
            raise ValueError("a schema that is not one tree")
        self.columns: dict[str, Type] = dict(root.fields)
        self.rows: int = meta[_ROWS]

    @property
    def groups(self) -> tuple[int, ...]:
        """The rows of each row group; none where they cannot be read."""
        return self._rest.groups

    @property
    def bounds(self) -> dict[str, tuple[Any, Any]]:
        """The least and the greatest value of columns at the top that hold text or fractions, where recorded."""
        return self._rest.bounds

    @property
    def features(self) -> dict[str, Any] | None:
        """The columns' types as datasets has noted them; None where it has not."""
        return self._rest.features

    @cached_property
    def _rest(self) -> _Rest:
        try:
            meta = _Compact(self._data).struct(0)
            groups = meta.get(4, [])
            counts = tuple(group[3] for group in groups)
            return _Rest(counts, _bounds(groups, self.columns), _features(meta.get(5, [])))
        except _MALFORMED:
            return _Rest((), {}, None)


class _Rest(NamedTuple):
    """What stands behind the schema of a footer."""

    groups: tuple[int, ...]
    bounds: dict[str, tuple[Any, Any]]
    features: dict[str, Any] | None


def footer_length(tail: bytes) -> int:
    """How many bytes the footer has, from a file's last eight; -1 where they are not those of Parquet."""
    return int.from_bytes(tail[:4], "little") if len(tail) == TAIL and tail[4:] == MAGIC else -1


def footer(data: bytes) -> Footer | None:
    """The footer in its bytes without the last eight; None where it is not one."""
    try:
        return Footer(data)
    except _MALFORMED:
        return None


class _Compact:
    """Reads Thrift's compact protocol; what is malformed raises IndexError or ValueError.

    Each value takes at least a byte of the data, so that no list is longer than what is there.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def varint(self) -> int:
        result = shift = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            result |= (byte & 0x7F) << shift
            if byte < 0x80:
                return result
            shift += 7
            if shift > 63:
                raise ValueError("a number of too many bytes")

    def number(self) -> int:
        byte = self.data[self.at]
        if byte < 0x80:
            self.at += 1
            return (byte >> 1) ^ -(byte & 1)
        value = self.varint()
        return (value >> 1) ^ -(value & 1)

    def binary(self) -> bytes:
        length = self.data[self.at]
        if length < 0x80:
            self.at += 1
        else:
            length = self.varint()
        if length > len(self.data) - self.at:
            raise ValueError("a text beyond the end")
        start, self.at = self.at, self.at + length
        return self.data[start : self.at]

    def value(self, kind: int, depth: int) -> Any:
        if kind in (5, 6, 4):
            return self.number()
        if kind == 8:
            return self.binary()
        if kind == 12:
            return self.struct(depth + 1)
        if kind in (9, 10):
            return self.sequence(depth)
        if kind == 7:
            self.at += 8
            return None
        if kind not in (1, 2, 3):
            raise ValueError(f"no type {kind}")
        self.at += 1
        byte = self.data[self.at - 1]
        return byte if kind == 3 else byte == 1  # a boolean of a list; in a struct the kind is the value

    def sequence(self, depth: int) -> list[Any]:
        head = self.data[self.at]
        self.at += 1
        size = head >> 4
        if size == 15:
            size = self.varint()
        if size > len(self.data) - self.at or depth > _DEEPEST:
            raise ValueError("a list beyond the end")
        return [self.value(head & 15, depth + 1) for _ in range(size)]

    def struct(self, depth: int, last: int = 0) -> _Struct:
        """The fields of a struct by their numbers, up to the last one that is wanted, if one is named."""
        if depth > _DEEPEST:
            raise ValueError("too deep")
        found: _Struct = {}
        field = 0
        while True:
            head = self.data[self.at]
            self.at += 1
            kind = head & 15
            if kind == 0:
                return found
            step = head >> 4
            field = field + step if step else self.number()
            if last and field > last:
                return found
            found[field] = kind == 1 if kind in (1, 2) else self.value(kind, depth)


def _element(elements: list[_Struct], at: int, depth: int) -> tuple[Type, int]:
    """The type of an element of the schema, and where the next one begins."""
    if depth > _DEEPEST:
        raise ValueError("too deep")
    element = elements[at]
    if 5 not in element:
        return Type(_leaf(element)), at + 1
    fields = []
    following = at + 1
    for _ in range(element[5]):
        child = elements[following]
        kind, following = _element(elements, following, depth + 1)
        repeated = child.get(3) == _REPEATED
        fields.append((child[4].decode("utf-8"), Type("list", kind) if repeated else kind))
    logical = element.get(10, {})
    if 2 in logical or element.get(6) in (1, 2):
        return OTHER, following
    if 3 in logical or element.get(6) == 3:
        return _list(fields), following
    return Type("struct", None, tuple(fields)), following


def _list(fields: list[tuple[str, Type]]) -> Type:
    """The three levels of a list: the group, what is repeated in it, and the item; old ones have two."""
    name, repeated = fields[0] if len(fields) == 1 else ("", OTHER)
    if repeated.kind != "list" or repeated.item is None or name == "array" or name.endswith("_tuple"):
        return OTHER
    inner = repeated.item
    if inner.kind == "struct" and len(inner.fields) == 1:
        return Type("list", inner.fields[0][1])
    return Type("list", inner) if inner.kind != "struct" else OTHER


def _leaf(element: _Struct) -> str:
    logical, converted = element.get(10, {}), element.get(6)
    for key in logical:
        return _LOGICAL.get(key, "other")
    if converted is not None and converted in _CONVERTED:
        return _CONVERTED[converted]
    if converted is not None and 11 <= converted <= 18:
        return "int"
    return _PHYSICAL.get(element[1], "other") if converted is None else "other"


def _bounds(groups: list[_Struct], columns: dict[str, Type]) -> dict[str, tuple[Any, Any]]:
    found: dict[str, tuple[Any, Any]] = {}
    for group in groups[:1]:
        for chunk in group.get(1, []):
            meta = chunk.get(3, {})
            path, values = meta.get(3, []), meta.get(12, {})
            name = path[0].decode("utf-8") if len(path) == 1 else ""
            if 5 in values and 6 in values and name in columns:
                found[name] = (
                    _plain(values[6], columns[name].kind, meta.get(1)),
                    _plain(values[5], columns[name].kind, meta.get(1)),
                )
    return {name: each for name, each in found.items() if None not in each}


def _plain(value: bytes, kind: str, physical: int) -> Any:
    if kind == "string":
        return value.decode("utf-8", "replace")
    if kind == "float" and physical in (4, 5):
        import struct

        return struct.unpack("<f" if physical == 4 else "<d", value)[0] if len(value) == 4 * (physical - 3) else None
    return None


def _features(pairs: list[_Struct]) -> dict[str, Any] | None:
    for pair in pairs:
        if pair.get(1) == b"huggingface":
            info = json.loads(pair[2]).get("info")
            features = info.get("features") if isinstance(info, dict) else None
            return features if isinstance(features, dict) else None
    return None
