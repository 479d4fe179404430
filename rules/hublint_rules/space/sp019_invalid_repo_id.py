"""An entry of `models` or `datasets` that is not a repository id.

## What it does
Checks the entries of a Space's `models` and `datasets` against the form `owner/name`, or `name` for the oldest
repositories.

## Why it matters on the Hub
These lists link the Space to its models and datasets, and these back to the Space. An entry that is not an id links to
nothing, and because the list is there the Hub does not look for ids in the code either.

## Example
```yaml
sdk: gradio
models:
  - https://huggingface.co/openai-community/gpt2
```

## Use instead
```yaml
sdk: gradio
models:
  - openai-community/gpt2
```

## Fix safety
Safe where the entry is the address of a model (in `models`) or of a dataset (in `datasets`) on the Hub.

## Evidence
https://huggingface.co/docs/hub/spaces-config-reference (2026-08-22); the form is what PyPI huggingface_hub 2.4.0 checks
(`utils/_validators.py`). Whether a Space's push is refused for it is not recorded, hence a warning.
"""

from __future__ import annotations

from hublint.documents.placeholders import is_placeholder
from hublint.documents.yaml import edits as yaml_edits
from hublint.model import hub_ids
from hublint.rule import Finding, Fix, Rule
from hublint_rules._wording import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="SP019",
    name="invalid-repo-id",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
    only_if=("models", "datasets"),
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each entry that cannot be an id."""
    for key in ("models", "datasets"):
        values = card.data.get(key)
        for index, value in enumerate(values if isinstance(values, list) else ()):
            if value not in (None, "") and not is_placeholder(value) and not hub_ids.is_repo_id(value):
                yield _finding(card, key, index, value, values or [])


def _finding(card: Card, key: str, index: int, value: object, values: list[object]) -> Finding:
    kind: hub_ids.Kind = "model" if key == "models" else "dataset"
    address = hub_ids.id_in_address(value, kind) if isinstance(value, str) else None
    meant = address.repo_id if address is not None else ""
    fix = None
    if meant and meant in values:
        fix = Fix(f"Remove {shown(value)}", (yaml_edits.remove_item(card, (key, index)),))
    elif meant:
        fix = Fix(f"Write `{meant}`", (yaml_edits.set_value(card, (key, index), meant),))
    return Finding(
        card,
        card.place(key, index),
        f"{shown(value)} is not a {kind} id; write `owner/name` as the {kind}'s page on the Hub shows it",
        fix=fix,
    )
