"""Examples for the model page's widget that it cannot read.

## What it does
Checks that `widget` is a list of mappings, that none of their keys is a misspelt one and that values have the type that
goes with the key. MC027 names the other keys that no widget reads.

## Why it matters on the Hub
The Hub refuses the whole push when `widget` is not a list. An example under another key is not shown.

## Example
```yaml
widget:
  text: I love this film
  exampleTitle: Praise
```

## Use instead
```yaml
widget:
- text: I love this film
  example_title: Praise
```

## Fix safety
Safe: one example becomes a list of one, a key in another spelling gets its own (`exampleTitle`).

## Evidence
`"widget" must be an array`, the Hub's message in https://github.com/ostris/ai-toolkit/issues/260; keys:
`widget-example.ts` of npm @huggingface/tasks 0.21.54. That an example must be a mapping is the type there, no message
seen.
"""

from __future__ import annotations

from hublint.documents.placeholders import is_placeholder
from hublint.documents.yaml import edits as yaml_edits
from hublint.documents.yaml.nodes import Mapping, Sequence, resolve
from hublint.rule import Finding, Fix, Rule
from hublint_rules._wording import shown, typed
from hublint_rules.model._widget import KEYS, is_empty, meant, unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="MC018",
    name="invalid-widget",
    severity="error",
    effect="refused",
    subject="metadata",
    since="0.1.0",
    kinds=("model",),
    fix="safe",
    only_if=("widget",),
)

_NOUNS = {"string": "text", "number": "a number", "boolean": "true or false", "array": "a list", "object": "a mapping"}


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for a widget that is not a list, for each example that is none, and for their keys and values."""
    node = card.get("widget")
    if node is None:
        return
    value = node.value
    if value in (None, "") or is_placeholder(value):
        return
    if not isinstance(node, Sequence):
        fix = None
        if isinstance(node, Mapping) and any(entry.name in KEYS or meant(entry.name) for entry in node):
            fix = Fix("Make it a list", (yaml_edits.wrap_in_list(card, ("widget",)),))
        message = f"`widget` must be a list of examples, not {shown(value)}"
        yield Finding(card, card.place("widget"), message, hub_message='"widget" must be an array', fix=fix)
        return
    for index, item in enumerate(node.items):
        if is_placeholder(item.value):
            continue
        example = resolve(item)
        if isinstance(example, Mapping) and is_empty(example):
            message = "the example has no key that a widget reads, so it shows nothing; write it as `text: ...`"
            yield Finding(card, card.place("widget", index), message, severity="warning")
        elif isinstance(example, Mapping):
            yield from _keys(card, index, example)
        else:
            message = f"the example {shown(item.value)} is not a mapping; write `text: ...`, or the key of its widget"
            yield Finding(card, card.place("widget", index), message, severity="warning")
    yield from _types(card, repository)


def _keys(card: Card, index: int, example: Mapping) -> Iterator[Finding]:
    for entry in unknown(example):
        key = meant(entry.name)
        if not key:
            continue
        fix = None
        if example.entry(key) is None and sum(other.name == entry.name for other in example) == 1:
            edit = yaml_edits.rename_key(card, ("widget", index, entry.name), key)
            fix = Fix(f"Rename it to `{key}`", (edit,))
        message = f"`{entry.name}` is not a key of an example; write `{key}`"
        yield Finding(card, entry.key, message, severity="warning", fix=fix)


def _types(card: Card, repository: Repository) -> Iterator[Finding]:
    for violation in card.violations(repository.kind, RULE.code):
        if len(violation.route) != 3 or violation.keyword != "type" or violation.value is None:
            continue
        expected = [violation.expected] if isinstance(violation.expected, str) else violation.expected
        wanted = " or ".join(_NOUNS[name] for name in expected if name != "number" or "string" not in expected)
        message = f"the example's `{violation.route[2]}` must be {wanted}, not {typed(violation.value)}"
        yield Finding(card, card.place(*violation.route), message, severity="warning")
