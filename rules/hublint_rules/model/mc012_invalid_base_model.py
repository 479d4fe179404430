"""A base model that is not given by its id on the Hub.

## What it does
Checks `base_model` against the form `owner/name`, or `name` alone as the oldest models have it. Local paths, addresses
and display names are refused; an id that huggingface_hub would not take is a warning.

## Why it matters on the Hub
Trainers write the path that the base model was loaded from, and the Hub refuses the whole push for it. Without the id
the model is missing from its base model's tree.

## Example
```yaml
base_model: https://huggingface.co/mistralai/Mistral-7B-v0.1
```

## Use instead
```yaml
base_model: mistralai/Mistral-7B-v0.1
```

## Fix safety
Safe where the value is the address of a model on the Hub, or an empty item of a list. Unsafe where the address leads to
a file or branch of it, or names one word, which may be an organization's page.

## Evidence
The Hub's message, from trl issue 1873, transformers issues 32212 and 33922, and for `/workspace/...` paths; form of ids
from PyPI huggingface_hub 2.4.0 (`utils/_validators.py`). See https://huggingface.co/docs/hub/model-cards.
"""

from __future__ import annotations

from hublint.rule import Rule
from hublint_rules.model import _repo_ids as repo_ids

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository
    from hublint.rule import Finding

RULE = Rule(
    code="MC012",
    name="invalid-base-model",
    severity="error",
    effect="refused",
    subject="metadata",
    since="0.1.0",
    kinds=("model",),
    fix="safe",
    only_if=("base_model",),
)

_WANTED = repo_ids.Wanted(
    key="base_model",
    kind="model",
    noun="model",
    hub_message="Use a model id from https://hf.co/models.",
    path="is a path on the machine it was trained on; write the id of that model on the Hub, `owner/name`",
    elsewhere="is an address outside the Hub's models; write a model id, `owner/name`, or remove the key",
    otherwise="is not a model id; write `owner/name` as the model's page on the Hub shows it",
    empty_message=True,
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each base model that is not an id."""
    return repo_ids.check(card, _WANTED)
