"""A card that does not say whom at Acme to ask.

## What it does
Looks for an address `@acme.example` in the text below the metadata.

## Why it matters on the Hub
People ask in a discussion where nobody of the team is notified.

## Example
```markdown README.md
---
license: mit
---
# Demo

What the model is.
```

## Use instead
```markdown README.md
---
license: mit
---
# Demo

What the model is. Ask models@acme.example.
```

## Fix safety
Unsafe: the address of the team may be another one.

## Evidence
Advice of Acme's own handbook, 2026-11.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.rule import Edit, Finding, Fix, Rule, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="AX001",
    name="contact-missing",
    severity="warning",
    effect="advice",
    subject="text",
    since="1.0",
    fix="unsafe",
)

_DOMAIN = "@acme.example"


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield one finding where the text names no address of Acme's."""
    if _DOMAIN in card.text:
        return
    end = len(card.text)
    line = f"\n\nAsk models{_DOMAIN}.\n"
    edit = Edit(card.path, Span(len(card.text.rstrip()), end), line)
    yield Finding(
        card,
        card.fence,
        f"the card names no address `...{_DOMAIN}`, so nobody knows whom to ask; name one",
        fix=Fix("Write the address for models", (edit,), "unsafe"),
    )
