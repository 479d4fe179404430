"""A form for access requests that the Hub cannot show as it was meant.

## What it does
Checks `gated` and the `extra_gated_*` keys of models and datasets: `extra_gated_fields` is one mapping from label to
field type, a select has options, texts are texts.

## Why it matters on the Hub
Readers of a gated repository see a form without the fields that were meant, and their answers are not collected.

## Example
```yaml
extra_gated_fields:
- Name: text
- I accept the license: boolean
```

## Use instead
```yaml
extra_gated_fields:
  Name: text
  I accept the license: checkbox
```

## Fix safety
Safe: a list of mappings with one key each becomes one mapping, `Text` or `string` becomes `text`, `boolean` becomes
`checkbox`, `date` becomes `date_picker`.

## Evidence
https://huggingface.co/docs/hub/models-gated and datasets-gated show a mapping, and so do the types of npm
@huggingface/hub 2.17.5; the template datasetcard.md shows a list. Whether the Hub refuses another shape is not
recorded.
"""

from __future__ import annotations

from hublint.documents.source import Span
from hublint.documents.yaml import edits as yaml_edits
from hublint.documents.yaml.nodes import Mapping, Scalar, Sequence
from hublint.rule import Edit, Finding, Fix, Rule
from hublint_rules._wording import shown, typed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository
    from hublint_schemas.violation import Violation

RULE = Rule(
    code="MC019",
    name="invalid-gating",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("model", "dataset"),
    fix="safe",
    only_if=(
        "extra_gated_button_content",
        "extra_gated_description",
        "extra_gated_eu_disallowed",
        "extra_gated_fields",
        "extra_gated_heading",
        "extra_gated_prompt",
        "gated",
    ),
)

_FIELDS = "extra_gated_fields"
_TYPES = ("text", "checkbox", "date_picker", "country", "ip_location", "select")
_SPELLINGS = {
    "string": "text",
    "str": "text",
    "textbox": "text",
    "bool": "checkbox",
    "boolean": "checkbox",
    "check": "checkbox",
    "date": "date_picker",
    "datepicker": "date_picker",
}
_BOOLEANS = {"true": True, "yes": True, "false": False, "no": False}


_CHOOSE = "write one, such as `text` or `checkbox`"
_ALL = "all types: https://huggingface.co/docs/hub/models-gated"


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each key, field and option of a wrong form."""
    for violation in card.violations(repository.kind, RULE.code):
        if len(violation.route) == 1 and violation.value in ("", []):
            continue  # FM011
        if violation.route[0] == _FIELDS:
            yield _field(card, violation)
        else:
            yield _key(card, violation)
    yield from _selects(card)


def _key(card: Card, violation: Violation) -> Finding:
    key = str(violation.route[0])
    place = card.place(*violation.route)
    given = typed(violation.value)
    if key == "gated":
        message = f"`gated` must be `true`, `false`, `auto` or `manual`, not {given}"
        return Finding(card, place, message, fix=_boolean(card, violation))
    if key == "extra_gated_eu_disallowed":
        message = f"`{key}` must be `true` or `false` without quotes, not {given}"
        return Finding(card, place, message, fix=_boolean(card, violation))
    return Finding(card, place, f"`{key}` must be text, not {typed(violation.value)}")


def _boolean(card: Card, violation: Violation) -> Fix | None:
    value = violation.value
    meant = _BOOLEANS.get(value.strip().lower()) if isinstance(value, str) else None
    node = card.get(*violation.route)
    if meant is None or node is None:
        return None
    text = str(meant).lower()
    return Fix(f"Write `{text}`", (yaml_edits.replace_text(card, node, text),))


def _field(card: Card, violation: Violation) -> Finding:
    route, value = violation.route, violation.value
    place = card.place(*route)
    if len(route) == 1:
        fix = _as_mapping(card) if isinstance(value, list) else None
        message = f"`{_FIELDS}` must be one mapping from labels to field types, not {shown(value)}"
        return Finding(card, place, message, fix=fix)
    if "options" in route[2:]:
        return Finding(
            card,
            place,
            f"the options of {shown(route[1])} must be a list of texts, or of items with `label` and `value`",
        )
    if violation.keyword == "required":
        return Finding(card, place, f"the field {shown(route[1])} has no `type`; {_CHOOSE}", help=_ALL)
    meant = _type_meant(value)
    fix = Fix(f"Write `{meant}`", (yaml_edits.set_value(card, route, meant),)) if meant else None
    given = "has no type" if value in (None, "") else f"cannot have the type {shown(value)}"
    message = f"the field {shown(route[1])} {given}; {f'write `{meant}`' if meant else _CHOOSE}"
    return Finding(card, place, message, help="" if meant else _ALL, fix=fix)


def _type_meant(value: object) -> str:
    if not isinstance(value, str):
        return ""
    word = value.strip().lower().replace("-", "_").replace(" ", "_")
    return word if word in _TYPES else _SPELLINGS.get(word.replace("_", ""), "")


def _as_mapping(card: Card) -> Fix | None:
    """Take the dashes away, or write one flow mapping."""
    node = card.get(_FIELDS)
    entry = card.entry(_FIELDS)
    if not isinstance(node, Sequence) or entry is None or entry.value is not node or not node.items:
        return None
    merged: dict[str, object] = {}
    for item in node.items:
        if not isinstance(item, Mapping) or len(item.entries) != 1 or item.entries[0].name in merged or item.tag:
            return None
        if not isinstance(item.entries[0].key, Scalar):
            return None
        merged.update(item.value)
    title = "Make it one mapping"
    if node.flow or any(isinstance(item, Mapping) and item.flow for item in node.items):
        return Fix(title, (yaml_edits.set_value(card, (_FIELDS,), merged),))
    edits = []
    for item in node.items:
        dash = card.text.rfind("-", 0, item.span.start)
        if (
            card.text[dash + 1 : item.span.start].strip(" ")
            or card.position(dash)[0] != card.position(item.span.start)[0]
        ):
            return None
        edits.append(Edit(card.path, Span(dash, dash + 1), " ", _FIELDS))
    return Fix(title, tuple(edits))


def _selects(card: Card) -> Iterator[Finding]:
    fields = card.data.get(_FIELDS)
    for label, field in fields.items() if isinstance(fields, dict) else ():
        if field == "select" or (
            isinstance(field, dict) and field.get("type") == "select" and not field.get("options")
        ):
            message = f"the select {shown(label)} has no options; write `type: select` and a list of `options`"
            yield Finding(card, card.place(_FIELDS, label), message)
