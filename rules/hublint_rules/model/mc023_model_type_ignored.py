"""A key that guides show and that the Hub does nothing with.

## What it does
Finds `model_type` and `model_name` in a model card.

## Why it matters on the Hub
The Hub takes any key. `model_type` belongs in config.json; `model_name` is a word of huggingface_hub's Python class,
which writes it into `model-index`.

## Example
```yaml
license: mit
model_type: bert
```

## Use instead
```yaml
license: mit
library_name: transformers
```

## Evidence
modelcard.md of https://github.com/huggingface/hub-docs documents neither; `ModelCardData` of PyPI huggingface_hub
2.4.0.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="MC023",
    name="model-type-ignored",
    severity="info",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("model",),
    only_if=("model_type", "model_name"),
)

_KEYS = {
    "model_type": "it belongs in config.json; remove it here",
    "model_name": "a model is called what its repository is called, or what `model-index[0].name` says",
}


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each such key."""
    for entry in card.entries:
        if entry.name in _KEYS and entry.value.value not in (None, ""):
            yield Finding(card, entry.key, f"`{entry.name}` has no effect in a card: {_KEYS[entry.name]}")
