"""A value of another type than its key takes.

## What it does
Compares the metadata with the JSON Schema of its kind and reports values of a wrong type that no other rule
covers. One word for `tags` is a note, since the Hub takes it for one tag.

## Why it matters on the Hub
The Hub ignores such a value or refuses it; Python tools fail on it or read letters for items.

## Example
```yaml
sdk: gradio
tags: vision
```

## Use instead
```yaml
sdk: gradio
tags:
- vision
```

## Fix safety
Safe: a single value becomes a list of one, a number or boolean is put in quotes as it stands, and a quoted or
misspelt boolean becomes one. Values of more than one word with commas are left to you.

## Evidence
Types of npm @huggingface/hub 2.17.5 (api-space.ts, api-model.ts, api-dataset.ts), which look generated from the
Hub's own checks. What the Hub is known to refuse has a rule of its own. One word for `tags`: all 181 such cards of a
crawl of 2022 (GitHub, saranscript/huggingface-models) were shown with it as a tag, and huggingface_hub 2.4.0 reads it
so.
"""

from __future__ import annotations

from hublint.documents.placeholders import is_placeholder
from hublint.documents.yaml import edits as yaml_edits
from hublint.documents.yaml.nodes import Scalar
from hublint.rule import Finding, Fix, Rule
from hublint_rules._wording import typed
from hublint_rules.frontmatter._subschemas import subschemas, types_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository
    from hublint_schemas.violation import Violation

RULE = Rule(
    code="FM010",
    name="wrong-type",
    severity="warning",
    effect="ignored",
    subject="violations",
    since="0.1.0",
    fix="safe",
)

_BOOLEANS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_NOUNS = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "`true` or `false`",
    "array": "a list",
    "object": "a mapping",
}
_ORDER = ("array", "object", "string", "boolean", "integer", "number")


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each value of a wrong type."""
    for violation in card.violations(repository.kind, RULE.code):
        value = violation.value
        if value in ("", None, []) or is_placeholder(value):
            continue
        if isinstance(value, list) and any(is_placeholder(item) for item in value):
            continue
        types = _types(repository, violation)
        place = card.place(*violation.route)
        wanted = " or ".join(_NOUNS[name] for name in types)
        harmless = violation.route == ("tags",) and isinstance(value, str) and "," not in value and "\n" not in value
        yield Finding(
            card,
            place,
            f"`{place.route}` must be {wanted}, not {typed(value)}" + ("; the Hub takes it for one tag" * harmless),
            severity="info" if harmless else None,
            fix=_fix(repository, card, violation, types),
        )


def _types(repository: Repository, violation: Violation) -> list[str]:
    """What the key takes; a number that is only tolerated for text is not named."""
    schemas = subschemas(repository.kind, violation.route)
    found = {name for schema in schemas for name in types_of(schema)}
    if any(schema.get("x-string") for schema in schemas):
        found.discard("number")
    if "integer" in found:
        found.discard("number")
    return [name for name in _ORDER if name in found]


def _fix(repository: Repository, card: Card, violation: Violation, types: list[str]) -> Fix | None:
    route, value = violation.route, violation.value
    node = card.get(*route)
    if not isinstance(node, Scalar) or node.tag or node.parent is None:
        return None
    if isinstance(value, str):
        if "array" in types and "," not in value and "\n" not in value:
            items = {name for schema in subschemas(repository.kind, (*route, 0)) for name in types_of(schema)}
            if not items or "string" in items:
                return Fix("Make it a list", (yaml_edits.wrap_in_list(card, route),))
        meant = _BOOLEANS.get(value.strip().lower())
        if types == ["boolean"] and meant is not None:
            return Fix(f"Write `{str(meant).lower()}`", (yaml_edits.replace_text(card, node, str(meant).lower()),))
        return None
    if "string" in types and node.style == "plain":
        return Fix(f'Write `"{node.text}"`', (yaml_edits.quote(card, node),))
    return None
