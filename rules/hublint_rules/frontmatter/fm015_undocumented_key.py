"""A key that the Hub does not document.

## What it does
Reports every key of the metadata that the Hub documents for no kind of card and that resembles none of its keys; of
those that do, FM008 speaks.

## Why it matters on the Hub
The Hub keeps such a key and does nothing with it. That is fine for notes of one's own, and a surprise where something
was expected of it.

## Example
```yaml
sdk: gradio
maintainer: ann
```

## Use instead
```yaml
sdk: gradio
```

## Evidence
Advice; off by default. Unknown keys are accepted (answers of /api/validate-yaml, measured 2026-08). Keys from
https://huggingface.co/docs/hub/spaces-config-reference, modelcard.md and datasetcard.md of hub-docs.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule
from hublint_rules._card import NOUNS, meant, unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="FM015",
    name="undocumented-key",
    severity="info",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    default=False,
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each such key, once for each name."""
    kind = repository.kind
    told = set()
    for entry in unknown(card, kind):
        if entry.name in told or meant(kind, entry):
            continue
        told.add(entry.name)
        message = f"`{entry.name}` is not a key that the Hub documents for a {NOUNS[kind]}; it has no effect there"
        yield Finding(card, entry.key, message)
