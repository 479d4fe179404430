"""The footers of Parquet files, compared with what pyarrow reads there; and what is not a footer."""

from __future__ import annotations

import datetime
import io
import random
from typing import Any

import pytest

from hublint.documents.tables import parquet

pyarrow = pytest.importorskip("pyarrow")
pytest.importorskip("pyarrow.parquet")

COLUMNS: dict[str, Any] = {
    "int": [1, 2],
    "unsigned": pyarrow.array([1, 2], pyarrow.uint8()),
    "float": [1.5, 2.0],
    "half": pyarrow.array([1.5, 2.0], pyarrow.float32()),
    "bool": [True, False],
    "text": ["a", "b"],
    "large": pyarrow.array(["a", "b"], pyarrow.large_string()),
    "dictionary": pyarrow.array(["a", "b"]).dictionary_encode(),
    "bytes": [b"a", b"b"],
    "null": [None, None],
    "date": [datetime.date(2020, 1, 1)] * 2,
    "time": [datetime.datetime(2020, 1, 1)] * 2,
    "list": [[1], []],
    "lists": [[[1]], []],
    "struct": [{"x": 1, "y": "a"}] * 2,
    "structs": [[{"x": 1}], []],
    "struct of list": [{"x": ["a"]}] * 2,
    "map": pyarrow.array([[("a", 1)], []], pyarrow.map_(pyarrow.string(), pyarrow.int64())),
    "decimal": pyarrow.array([None, None], pyarrow.decimal128(10, 2)),
}


def written(table: Any, **options: Any) -> bytes:
    buffer = io.BytesIO()
    pyarrow.parquet.write_table(table, buffer, **options)
    return buffer.getvalue()


def footer(data: bytes) -> parquet.Footer | None:
    length = parquet.footer_length(data[-8:])
    return parquet.footer(data[-8 - length : -8]) if length > 0 else None


def kind(given: Any) -> str:
    """A type of pyarrow as ours are written."""
    types = pyarrow.types
    if types.is_list(given):
        return f"list<{kind(given.value_type)}>"
    if types.is_struct(given):
        return f"struct<{', '.join(f'{field.name}: {kind(field.type)}' for field in given)}>"
    for name in ("integer", "floating", "boolean", "null", "date", "timestamp"):
        if getattr(types, f"is_{name}")(given):
            return {"integer": "int", "floating": "float", "boolean": "bool"}.get(name, name)
    if types.is_string(given) or types.is_large_string(given) or types.is_dictionary(given):
        return "string"
    return "binary" if types.is_binary(given) else "other"


def ours(given: parquet.Type) -> str:
    if given.kind == "list":
        return f"list<{ours(given.item) if given.item else ''}>"
    if given.kind == "struct":
        return f"struct<{', '.join(f'{name}: {ours(each)}' for name, each in given.fields)}>"
    return given.kind


@pytest.mark.parametrize("options", [{}, {"compression": "none"}, {"row_group_size": 1}, {"version": "1.0"}])
def test_columns_and_rows_are_those_of_pyarrow(options: dict[str, Any]) -> None:
    chance = random.Random(1)
    for _ in range(20):
        names = chance.sample(list(COLUMNS), chance.randint(1, len(COLUMNS)))
        table = pyarrow.table({name: COLUMNS[name] for name in names})
        read = footer(written(table, **options))
        assert read is not None
        assert {name: ours(each) for name, each in read.columns.items()} == {
            field.name: kind(field.type) for field in table.schema
        }
        assert read.rows == 2
        assert sum(read.groups) == 2


def test_empty_tables_bounds_and_notes() -> None:
    table = pyarrow.table({"s": ["b", "a", None], "f": [0.5, None, 3.0], "n": [1, 2, 3]})
    read = footer(written(table.replace_schema_metadata({"huggingface": '{"info": {"features": {"s": {}}}}'})))
    assert read is not None
    assert read.bounds == {"s": ("a", "b"), "f": (0.5, 3.0)}
    assert read.features == {"s": {}}
    empty = footer(written(table.slice(0, 0)))
    assert empty is not None
    assert (empty.rows, sum(empty.groups)) == (0, 0)


def test_damaged_footers_are_none_or_read_within_bounds() -> None:
    data = written(pyarrow.table(COLUMNS))
    length = parquet.footer_length(data[-8:])
    whole = data[-8 - length : -8]
    chance = random.Random(2)
    for _ in range(3000):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(length)] = chance.randrange(256)
        found = parquet.footer(bytes(damaged[: chance.choice([length, chance.randrange(length)])]))
        assert found is None or isinstance(found.groups, tuple)
    assert parquet.footer(b"") is None
    assert parquet.footer(b"\x1c" * 10_000) is None
    assert parquet.footer(b"\x19\xfc\xff\xff\xff\xff\x0f") is None
    assert parquet.footer_length(b"12345678") == -1
