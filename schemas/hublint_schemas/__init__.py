"""JSON Schemas of the Hub's metadata blocks, the dated tables behind them, and two ways to check against them."""

from __future__ import annotations

import os
from typing import Any, NamedTuple

KINDS = ("space", "model", "dataset")
WRONG_TYPE = "FM010"

_FOLDER = os.path.dirname(__file__)
_tables: dict[str, dict[str, Any]] = {}
_schemas: dict[str, dict[str, Any]] = {}
_references: dict[str, Any] = {}


class Violation(NamedTuple):
    """One place where data do not fit a schema.

    `route` leads to the guilty `value`; `rule` is the code that owns the violation; `keyword` is the failing
    keyword of `schema` and `expected` what the schema says there; for `required` it is the one missing key, and an
    `anyOf` whose branches all want another type is reported as `type`.
    """

    route: tuple[str | int, ...]
    rule: str
    keyword: str
    expected: Any
    value: Any
    schema: dict[str, Any]


def table(name: str) -> dict[str, Any]:
    """The data of a reference table, such as `licenses`; read once, not to be changed by the caller.

    Raises:
        FileNotFoundError: there is no such table.
    """
    if name not in _tables:
        _tables[name] = table_file(name)["data"]
    return _tables[name]


def table_file(name: str) -> dict[str, Any]:
    """A whole table: `source`, `version`, `date`, `sha256` of the canonical JSON of `data`, and `data`."""
    import json

    loaded: dict[str, Any] = json.loads(_read("tables", f"{name}.json"))
    return loaded


def schema_text(kind: str) -> str:
    """The JSON Schema (draft 7) of a `space`, `model` or `dataset` metadata block, as text for editors.

    Raises:
        FileNotFoundError: there is no such kind.
    """
    return _read(f"{kind}.json")


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of a kind, parsed once; not to be changed by the caller."""
    if kind not in _schemas:
        import json

        _schemas[kind] = json.loads(schema_text(kind))
    return _schemas[kind]


def is_key(kind: str, name: str) -> bool:
    """Whether a kind's schema describes a top-level key; as cheap as `is_valid`."""
    return name in _compiled(kind).KEYS


def is_valid(kind: str, data: Any) -> bool:
    """Whether a metadata block fits the schema; the compiled check, cheap to import and to run."""
    from hublint_schemas.compiled.mismatch import Mismatch

    try:
        _compiled(kind).check(data)
    except Mismatch:
        return False
    return True


def violations(kind: str, data: Any) -> list[Violation]:
    """Every violation of the schema by a metadata block, in the order of the routes.

    `jsonschema` is the reference for what is valid; importing it is slow, so ask `is_valid` first. Of a failed
    `anyOf` the branch that fits best is reported.
    """
    from hublint_schemas.reference import find

    return find(schema(kind), data)


def _compiled(kind: str) -> Any:
    from importlib import import_module

    return import_module(f"hublint_schemas.compiled.{kind}")


def _read(*parts: str) -> str:
    with open(os.path.join(_FOLDER, *parts), encoding="utf-8") as file:
        return file.read()
