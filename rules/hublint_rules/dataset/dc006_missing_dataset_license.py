"""A dataset card without a license.

## What it does
Looks for `license` in the metadata. `license: unknown` and `license: other` are licenses too.

## Why it matters on the Hub
Without `license` the dataset stands in no filter by license, and readers do not know whether they may use it. A license
named in the text only is not read.

## Example
```yaml
language:
- en
```

## Use instead
```yaml
license: cc-by-4.0
language:
- en
```

## Evidence
https://huggingface.co/docs/hub/datasets-cards and https://huggingface.co/docs/hub/repositories-licenses (2026-08).
Advice: the Hub accepts a card without a license.
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
    code="DC006",
    name="missing-dataset-license",
    severity="warning",
    effect="advice",
    subject="metadata",
    since="0.1.0",
    kinds=("dataset",),
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding where a dataset's metadata have no license."""
    if not lacks(card, "dataset", "license"):
        return
    yield Finding(
        card,
        card.fence,
        "the dataset card has no `license`, so nobody knows what they may do with the data; name one",
        help="`license: other` with `license_name` and `license_link` is for one that the Hub's list lacks",
    )
