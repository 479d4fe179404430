"""Write the long enums of the tables into the schemas, so that editors see them.

A subschema names its table with `"x-enum": "space.colors"`: table, then keys. `null` joins where the type allows it.
"""

from __future__ import annotations

from typing import Any

from refreshing.files import PACKAGE, SCHEMAS, TABLES, read, write


def refresh() -> list[str]:
    """Rewrite the schemas whose enums are not those of the tables; one line for each."""
    changes = []
    for name in SCHEMAS:
        path = PACKAGE / f"{name}.json"
        if write(path, filled(read(path))):
            changes.append(f"schema {name}")
    return changes


def filled(schema: Any) -> Any:
    """The schema with every `enum` beside an `x-enum` taken from the tables."""
    if isinstance(schema, list):
        return [filled(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: filled(value) for key, value in schema.items()}
    if isinstance(schema.get("x-enum"), str):
        result["enum"] = choices(schema["x-enum"]) + ([None] if "null" in schema.get("type", ()) else [])
    return result


def choices(route: str) -> list[str]:
    """The values that a place in the tables allows; entries with the status `retired` are none."""
    name, *keys = route.split(".")
    found = read(TABLES / f"{name}.json")["data"]
    for key in keys:
        found = found[key]
    if isinstance(found, dict):
        return [
            key for key, entry in found.items() if not (isinstance(entry, dict) and entry.get("status") == "retired")
        ]
    return list(found)
