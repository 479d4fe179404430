"""Rules about the metadata block as a whole, for every kind of repository."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hublint.documents.yaml.nodes import Step
    from hublint_schemas import Kind

NOUNS: dict[Kind, str] = {"space": "Space", "model": "model card", "dataset": "dataset card"}

_SPACE = (
    "sdk sdk_version app_file app_port app_build_command base_path colorFrom colorTo fullWidth python_version "
    "suggested_hardware suggested_storage hf_oauth hf_oauth_scopes hf_oauth_expiration_minutes hf_oauth_authorized_org "
    "disable_embedding startup_duration_timeout custom_headers preload_from_hub short_description pinned emoji"
)
_MODEL = "pipeline_tag library_name model-index widget base_model_relation new_version"
_DATASET = (
    "task_categories task_ids size_categories dataset_info configs annotations_creators language_creators "
    "multilinguality source_datasets paperswithcode_id viewer train-eval-index"
)


def _owned(*owners: tuple[Kind, str]) -> dict[str, Kind]:
    return {name: owner for owner, names in owners for name in names.split()}


# Keys that surely mean nothing elsewhere; `license`, `tags`, `datasets` and others that may stand there are left out,
# as is `duplicated_from`, which duplicated models have as well.
FOREIGN: dict[Kind, dict[str, Kind]] = {
    "space": _owned(("model", _MODEL), ("dataset", _DATASET)),
    "model": _owned(("space", _SPACE), ("dataset", _DATASET)),
    "dataset": _owned(("space", _SPACE), ("model", _MODEL)),
}


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
