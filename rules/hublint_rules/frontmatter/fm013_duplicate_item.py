"""The same entry twice in one list.

## What it does
Compares the items of every top-level list of plain values: `tags`, `language`, `datasets`, `task_ids` and the
others.

## Why it matters on the Hub
The second entry has no effect. It is often the place where another value was meant.

## Example
```yaml
license: mit
tags:
- vision
- clip
- vision
```

## Use instead
```yaml
license: mit
tags:
- vision
- clip
```

## Fix safety
Safe: the later of two equal items is removed; both are read as one.

## Evidence
Advice: a set is what filters make of these lists.
"""

from __future__ import annotations

from hublint.documents.yaml import edits as yaml_edits
from hublint.documents.yaml.nodes import Scalar, Sequence
from hublint.rule import Finding, Fix, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="FM013",
    name="duplicate-item",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    fix="safe",
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each item that an earlier one of its list equals."""
    for entry in card.entries:
        if not isinstance(entry.value, Sequence) or card.entry(entry.name) is not entry:
            continue
        first: dict[tuple[type, object], Scalar] = {}
        for index, item in enumerate(entry.value.items):
            if not isinstance(item, Scalar) or (value := item.value) in (None, ""):
                continue
            key = (type(value), value)
            if key not in first:
                first[key] = item
                continue
            line = card.position(first[key].span.start).line
            where = f"in line {line}" if line != card.position(item.span.start).line else "before it"
            yield Finding(
                card,
                item,
                f"`{item.content}` is already in `{entry.name}`, {where}; remove one of them",
                fix=Fix("Remove it", (yaml_edits.remove_item(card, (entry.name, index)),)),
            )
