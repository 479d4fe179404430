"""What the JSON Schemas say of one place in the metadata."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from hublint.documents.yaml.nodes import Step
    from hublint_schemas import Kind


def subschemas(kind: Kind, path: tuple[Step, ...]) -> list[dict[str, Any]]:
    """The alternatives that the JSON Schema of a kind has for the value at a path; none where it says nothing."""
    import hublint_schemas

    root = hublint_schemas.schema(kind)
    found = [root]
    for step in path:
        found = [inner for outer in _alternatives(root, found) if (inner := _step(outer, step)) is not None]
    return _alternatives(root, found)


def types_of(schema: dict[str, Any]) -> tuple[str, ...]:
    """The names of the types that a schema admits."""
    types = schema.get("type", ())
    return (types,) if isinstance(types, str) else tuple(types)


def _alternatives(root: dict[str, Any], schemas: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    pending = list(schemas)
    while pending:
        schema = pending.pop(0)
        if "$ref" in schema:
            pending.append(root["definitions"][schema["$ref"].rpartition("/")[2]])
        elif "anyOf" in schema:
            pending.extend(schema["anyOf"])
        else:
            found.append(schema)
    return found


def _step(schema: dict[str, Any], step: Step) -> dict[str, Any] | None:
    if isinstance(step, int):
        inner = schema.get("items")
    else:
        inner = schema.get("properties", {}).get(step, schema.get("additionalProperties"))
    return inner if isinstance(inner, dict) else None
