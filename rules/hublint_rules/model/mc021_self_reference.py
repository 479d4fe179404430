"""A model that names itself as its base model or its successor.

## What it does
Compares `base_model` and `new_version` with the repository's own id, as the git remote has it, and with each other.

## Why it matters on the Hub
A model cannot stand below itself in the tree of models, and a banner that leads to a newer version must lead elsewhere.

## Example
```yaml
base_model: owner/demo
new_version: owner/demo
```

## Use instead
```yaml
base_model: owner/demo
new_version: owner/demo-v2
```

## Evidence
Advice. https://huggingface.co/docs/hub/model-cards (2026-08): `base_model` is another model, `new_version` a newer one.
"""

from __future__ import annotations

from hublint.model import hub_ids
from hublint.rule import Finding, Rule
from hublint_rules._card import strings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="MC021",
    name="self-reference",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("model",),
    only_if=("base_model", "new_version"),
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each key that leads back."""
    own = repository.repo_id.lower()
    for key, noun in (("base_model", "base model"), ("new_version", "newer version")):
        for route, value in hub_ids.values(card.data, key):
            if own and isinstance(value, str) and value.lower() == own:
                yield Finding(
                    card,
                    card.place(*route),
                    f"`{value}` is this repository itself, not its {noun}; name the other one, or remove it",
                )
    newer = card.data.get("new_version")
    if (
        isinstance(newer, str)
        and hub_ids.is_repo_id(newer)
        and newer.lower() != own
        and newer in strings(card.data.get("base_model"))
    ):
        message = f"`{newer}` is named as the base model and as the newer version; it can be only one of them"
        yield Finding(card, card.place("new_version"), message, severity="info")
