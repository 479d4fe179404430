"""What is valid, by jsonschema: slow to import, exact in what it says."""

from __future__ import annotations

import re

from jsonschema import Draft7Validator, ValidationError, validators

from hublint_schemas.violation import WRONG_TYPE, Violation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


def find(validator: Any, data: Any) -> list[Violation]:
    """Every violation of a `Validator`'s schema by `data`, in the order of the routes; the first of each rule at each
    place."""
    schema = validator.schema
    found: dict[tuple[Any, ...], Violation] = {}
    for error in validator.iter_errors(data):
        for leaf in _leaves(error):
            violation = _violation(schema, leaf)
            missing = violation.expected if violation.keyword == "required" else None
            found.setdefault((violation.route, violation.rule, missing), violation)
    return sorted(found.values(), key=_position)


def _position(violation: Violation) -> list[tuple[int, str]]:
    """Sorts list items by number, keys by name; YAML also has keys that are neither text nor number."""
    return [(step, "") if isinstance(step, int) else (-1, str(step)) for step in violation.route]


def _violation(schema: dict[str, Any], error: Any) -> Violation:
    keyword, expected = str(error.validator), error.validator_value
    if keyword == "required":
        expected = next(name for name in expected if error.message.startswith(repr(name)))
    elif keyword == "anyOf" and all(map(_has_wrong_type, _branches(error))):
        keyword, expected = "type", [name for part in expected for name in _types(_followed(schema, part))]
    return Violation(tuple(error.absolute_path), _owner(schema, error), keyword, expected, error.instance, error.schema)


def _leaves(error: ValidationError) -> Iterator[ValidationError]:
    """The errors that a reader can act on: those within the one branch of an `anyOf` that has the value's type."""
    fitting = [] if error.validator != "anyOf" else [part for part in _branches(error) if not _has_wrong_type(part)]
    if len(fitting) == 1:
        for inner in fitting[0]:
            yield from _leaves(inner)
    else:
        yield error


def _branches(error: ValidationError) -> list[list[ValidationError]]:
    """What each branch of a failed `anyOf` says."""
    branches: dict[Any, list[ValidationError]] = {}
    for inner in error.context or ():
        branches.setdefault(inner.relative_schema_path[0], []).append(inner)
    return list(branches.values())


def _has_wrong_type(branch: list[ValidationError]) -> bool:
    return any(inner.validator == "type" and not inner.relative_path for inner in branch)


def _types(part: dict[str, Any]) -> list[str]:
    return [part["type"]] if isinstance(part["type"], str) else part["type"]


def _owner(schema: dict[str, Any], error: ValidationError) -> str:
    """The `x-rule` nearest above the failing keyword."""
    owner: str = WRONG_TYPE
    place: Any = schema
    for step in error.absolute_schema_path:
        if isinstance(place, dict):
            place = _followed(schema, place)
            owner = place.get("x-rule", owner)
        place = place[step]
    return owner


def _followed(schema: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """The subschema itself, or the definition that it refers to; jsonschema leaves `$ref` out of its paths."""
    place: Any = schema if "$ref" in part else part
    for step in part["$ref"].split("/")[1:] if "$ref" in part else ():
        place = place[step]
    return place  # type: ignore[no-any-return]


def _pattern(_validator: Any, pattern: str, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    """`$` is the very end of the text, as in ECMAScript; Python's also stands before a last line break."""
    if isinstance(instance, str) and not re.search(pattern.replace("$", r"\Z"), instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def _additional_properties(validator: Any, rest: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    """As jsonschema's own, but a key that is null keeps its place in the route, and keys need not have one order.

    Source: `extras_msg(sorted(extras))` of jsonschema 4.17.3 fails where text and other keys of YAML are mixed.
    """
    if not isinstance(instance, dict):
        return
    extras = instance.keys() - schema.get("properties", {}).keys()
    if rest is False:
        if extras:
            yield ValidationError("there are keys that are not in `properties`")
        return
    for key in extras:
        for error in validator.descend(instance[key], rest):
            error.path.appendleft(key)
            yield error


_extend: Any = validators.extend
Validator = _extend(Draft7Validator, {"pattern": _pattern, "additionalProperties": _additional_properties})
