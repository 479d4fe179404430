"""JSON Schemas of metadata blocks and evaluation files, the dated tables behind them, and two ways to check."""

from __future__ import annotations

import os
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Literal

    from hublint_schemas.violation import Violation

    Kind = Literal["space", "model", "dataset"]
else:
    Kind = str  # whoever imports it when it runs has no use for more

KINDS: tuple[Kind, ...] = ("space", "model", "dataset")
FILES = {"eval_results": ".eval_results/*.yaml", "eval_yaml": "eval.yaml"}

# Keys of Spaces that are met elsewhere.
_ELSEWHERE = frozenset(
    (
        "title",  # of any page
        "header",  # of any page
        "models",  # of cards that list them
        "duplicated_from",  # of duplicated models
    )
)
# What a schema has that judges each key by itself.
_KEY_BY_KEY = frozenset(
    ("$schema", "$id", "title", "description", "type", "definitions", "properties", "additionalProperties")
)
_FOLDER = os.path.dirname(__file__)
_tables: dict[str, dict[str, Any]] = {}
_schemas: dict[str, dict[str, Any]] = {}
_references: dict[str, Any] = {}


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


def tables_by_date() -> dict[str, list[str]]:
    """The names of the reference tables by the day on which they were made, the latest first."""
    found: dict[str, list[str]] = {}
    for file in sorted(os.listdir(os.path.join(_FOLDER, "tables"))):
        name, _, ending = file.rpartition(".")
        if ending == "json":
            found.setdefault(table_file(name)["date"], []).append(name)
    return dict(sorted(found.items(), reverse=True))


def schema_text(name: str) -> str:
    """A JSON Schema (draft 7) as text for editors: of one of `KINDS`' metadata blocks, or of one of `FILES`.

    Raises:
        FileNotFoundError: there is no such schema.
    """
    return _read(f"{name}.json")


def schema(name: str) -> dict[str, Any]:
    """A JSON Schema, parsed once; not to be changed by the caller."""
    if name not in _schemas:
        import json

        _schemas[name] = json.loads(schema_text(name))
    return _schemas[name]


def is_key(kind: str, name: str) -> bool:
    """Whether the Hub has a top-level key for a kind; cheaper than `is_valid`."""
    return name in keys()[kind]


@cache
def keys() -> Mapping[str, frozenset[str]]:
    """The top-level keys of each kind's metadata, by its schema and the Hub's documentation (table `keys`)."""
    from hublint_schemas.compiled.keys import KEYS

    return KEYS


def own_keys(kind: Kind) -> frozenset[str]:
    """The keys that one kind alone has, but for those that stand in other repositories all the same."""
    known = keys()
    return known[kind].difference(*(known[other] for other in KINDS if other != kind), _ELSEWHERE)


def is_valid(name: str, data: Any) -> bool:
    """Whether data fit a schema; the compiled check, cheap to import and to run."""
    compiled = _compiled(name)
    try:
        compiled.check(data)
    except compiled.Mismatch:
        return False
    return True


def violations(name: str, data: Any) -> list[Violation]:
    """Every violation of a schema by data, in the order of the routes.

    `jsonschema` is the reference for what is valid; importing it is slow, so ask `is_valid` first. Of a failed
    `anyOf` the branch that fits best is reported.
    """
    from hublint_schemas.reference import find

    if isinstance(data, dict) and schema(name).keys() <= _KEY_BY_KEY:
        data = {key: value for key, value in data.items() if not is_valid(name, {key: value})}
    return find(_validator(name), data)


@cache
def _validator(name: str) -> Any:
    from hublint_schemas.reference import Validator

    return Validator(schema(name))


@cache
def _compiled(name: str) -> Any:
    from importlib import import_module

    return import_module(f"hublint_schemas.compiled.{name}")


def _read(*parts: str) -> str:
    with open(os.path.join(_FOLDER, *parts), encoding="utf-8") as file:
        return file.read()
