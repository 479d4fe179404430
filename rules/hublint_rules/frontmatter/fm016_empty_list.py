"""A list without items.

## What it does
Reports top-level keys whose value is `[]`.

## Why it matters on the Hub
The Hub takes an empty list and shows nothing for it; a reader cannot tell whether it was forgotten.

## Example
```yaml
sdk: gradio
tags: []
```

## Use instead
```yaml
sdk: gradio
```

## Fix safety
Safe: the key is removed, which is how the Hub reads it.

## Evidence
Advice; off by default.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule
from hublint_rules.frontmatter._empty import judged, removal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="FM016",
    name="empty-list",
    severity="info",
    effect="advice",
    subject="metadata",
    since="0.1.0",
    fix="safe",
    default=False,
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each such key."""
    for entry in judged(card, repository):
        if entry.value.value == []:
            message = f"the list `{entry.name}` is empty; fill it or remove the key"
            yield Finding(card, entry.value, message, fix=removal(card, entry))
