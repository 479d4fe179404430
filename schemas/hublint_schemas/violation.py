"""One place where data do not fit a schema."""

from __future__ import annotations

from typing import Any, NamedTuple

WRONG_TYPE = "FM010"  # the rule that owns a value of another type than the schema wants


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
