"""A key of a widget's example that no widget reads.

## What it does
Reports the keys of the examples in `widget` that are not among the widgets' own and resemble none of them; of those
that do, and of an example that has no other key, MC018 speaks.

## Why it matters on the Hub
The example is shown without what the key says.

## Example
```yaml
widget:
- text: I love this film
  note: our best case
```

## Use instead
```yaml
widget:
- text: I love this film
  example_title: our best case
```

## Evidence
Advice; off by default. Keys: `widget-example.ts` of npm @huggingface/tasks 0.21.54.
"""

from __future__ import annotations

from hublint.documents.placeholders import is_placeholder
from hublint.documents.yaml.nodes import Mapping, Sequence, resolve
from hublint.rule import Finding, Rule
from hublint_rules.model._widget import is_empty, meant, unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="MC027",
    name="unread-widget-key",
    severity="info",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("model",),
    default=False,
    only_if=("widget",),
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each such key."""
    node = card.get("widget")
    for item in node.items if isinstance(node, Sequence) else ():
        example = resolve(item)
        if not isinstance(example, Mapping) or is_placeholder(item.value) or is_empty(example):
            continue
        for entry in unknown(example):
            if not meant(entry.name):
                yield Finding(
                    card, entry.key, f"`{entry.name}` is not a key that a widget reads, so it has no effect; remove it"
                )
