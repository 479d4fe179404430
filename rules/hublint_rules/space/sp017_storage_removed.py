"""`suggested_storage`, a setting for storage that Spaces no longer have.

## What it does
Finds `suggested_storage`.

## Why it matters on the Hub
Persistent storage was removed and the key is ignored. A Space that counts on it loses its files at every restart.

## Example
```yaml
sdk: gradio
suggested_storage: small
```

## Use instead
```yaml
sdk: gradio
```

Mount a Storage Bucket as a volume in the Space's settings, or keep the data in a dataset repository.

## Fix safety
Safe: the key has no effect, so removing it has none either.

## Evidence
https://huggingface.co/docs/hub/spaces-config-reference (2026-08-22): "The persistent storage feature is no longer
available so this setting will be ignored"; https://huggingface.co/docs/hub/spaces-storage.
"""

from __future__ import annotations

from hublint.documents.placeholders import is_placeholder
from hublint.documents.yaml import edits as yaml_edits
from hublint.rule import Finding, Fix, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="SP017",
    name="storage-removed",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
    only_if=("suggested_storage",),
)

_KEY = "suggested_storage"


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for the key, whatever its value; an empty one is FM011's."""
    entry = card.entry(_KEY)
    if entry is None or entry.value.value in (None, "") or is_placeholder(entry.value.value):
        return
    yield Finding(
        card,
        entry.key,
        f"`{_KEY}` has no effect: Spaces no longer have persistent storage; remove it",
        help="mount a Storage Bucket as a volume in the Space's settings, or keep the data in a dataset repository",
        fix=Fix(f"Remove `{_KEY}`", (yaml_edits.remove_entry(card, (_KEY,)),)),
    )
