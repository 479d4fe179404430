"""A Space without a `license`.

## What it does
Asks for `license` in a Space's metadata. Not selected by default.

## Why it matters on the Hub
Without a license nobody may reuse or duplicate the code. Most Spaces have none, and the Hub does not ask for it.

## Example
```yaml
sdk: gradio
```

## Use instead
```yaml
sdk: gradio
license: apache-2.0
```

## Evidence
Advice. 279 of the 388 Spaces in the corpus have no license.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule
from hublint_rules._card import lacks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="SP029",
    name="missing-space-license",
    severity="info",
    effect="advice",
    subject="metadata",
    since="0.1.0",
    kinds=("space",),
    default=False,
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding where there is no `license`; an empty one is FM011's, `licence` FM008's."""
    if lacks(card, "space", "license"):
        yield Finding(card, card.fence, "the Space has no `license`, so nobody may reuse its code; add one")
