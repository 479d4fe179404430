"""A value that should be text and that YAML reads as something else.

## What it does
Looks, where the Hub wants text, for values without quotes that lose characters as a number (`3.10` is 3.1,
`5.0` is 5, a commit of digits only), and for values that the Hub reads as text but Python's YAML 1.1 does not
(`no` is false, `12:30` is 750, `2024-01-01` is a date).

## Why it matters on the Hub
The Hub, huggingface_hub and datasets act on different values, and none of them on the one that was written:
`python_version: 3.10` asks for Python 3.1, `language: no` is the boolean false for every Python tool.

## Example
```yaml
sdk: gradio
python_version: 3.10
```

## Use instead
```yaml
sdk: gradio
python_version: "3.10"
```

## Fix safety
Safe: the value is put in quotes as it stands.

## Evidence
YAML 1.2.2 core schema (https://yaml.org/spec/1.2.2/#103-core-schema), which js-yaml on the Hub follows, and
YAML 1.1, which PyYAML follows; `"model-index[0].results[0].dataset.revision" must be a string` for a commit of
digits only (measured 2026-09).
"""

from __future__ import annotations

from hublint.documents.yaml import edits as yaml_edits
from hublint.documents.yaml.nodes import Scalar
from hublint.documents.yaml.scalars import core_value, property_name, yaml_1_1_type, yaml_1_1_value
from hublint.documents.yaml.walk import walk
from hublint.rule import Finding, Fix, Rule
from hublint_rules.frontmatter._subschemas import subschemas, types_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository
    from hublint_schemas import Kind

RULE = Rule(
    code="FM006",
    name="ambiguous-scalar",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    fix="safe",
)

# What begins with a letter and is not text to everybody.
_WORDS = frozenset(("yes", "no", "on", "off", "true", "false", "null"))
_GATE = "extra_gated_"  # Read by the Hub alone.


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each value without quotes that is not the text it looks like."""
    for node in walk(card.metadata):
        if not isinstance(node, Scalar) or node.style != "plain" or node.tag or not node.text:
            continue
        if node.content[:1].isalpha() and node.content.lower() not in _WORDS:
            continue
        problem = _problem(repository.kind, node)
        if problem:
            yield Finding(card, node, f"{problem}; write it in quotes", fix=_fix(card, node))


def _problem(kind: Kind, node: Scalar) -> str:
    text = node.content
    value = core_value(text)
    if isinstance(value, str):
        meant = yaml_1_1_type(text)
        if meant == "str" or not _wants_text(kind, node, number_is_refused=True):
            return ""
        return f"`{text}` is text for the Hub, but {_seen_by_python(text, meant)} for Python tools"
    if value is None or isinstance(value, bool) or property_name(value) == text:
        return ""
    if not _wants_text(kind, node, number_is_refused=False):
        return ""
    return f"`{_short(text)}` without quotes is the number {property_name(value)}"


def _wants_text(kind: Kind, node: Scalar, number_is_refused: bool) -> bool:
    """Whether the schema has text at the node's place; a number that no schema tolerates is its own rule's finding."""
    path = node.path
    if str(path[0]).startswith(_GATE):
        return False
    schemas = subschemas(kind, path)
    types = {name for schema in schemas for name in types_of(schema)}
    if "string" not in types or "boolean" in types:
        return False
    return number_is_refused or any(schema.get("x-string") for schema in schemas)


def _seen_by_python(text: str, meant: str) -> str:
    value: Any = yaml_1_1_value(text)
    if isinstance(value, bool):
        return f"the boolean {str(value).lower()}"
    if isinstance(value, (int, float)):
        return f"the number {value}"
    return "a date" if meant == "timestamp" else "an error"


def _short(text: str) -> str:
    return text if len(text) <= 44 else f"{text[:41]}..."


def _fix(card: Card, node: Scalar) -> Fix:
    return Fix(f'Write `"{_short(node.text)}"`', (yaml_edits.quote(card, node),))
