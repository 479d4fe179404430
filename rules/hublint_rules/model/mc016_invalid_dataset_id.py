"""A training dataset that is not given by its id on the Hub.

## What it does
Checks a model's `datasets` against the form `owner/name`, or `name` alone as the oldest datasets have it. Names in
words, addresses and paths are refused; an id that huggingface_hub would not take is a warning.

## Why it matters on the Hub
The Hub refuses the whole push for an entry that is not shaped like an id. Entries that are ids link the model to its
datasets and the datasets to the model.

## Example
```yaml
datasets:
- https://huggingface.co/datasets/stanfordnlp/imdb
```

## Use instead
```yaml
datasets:
- stanfordnlp/imdb
```

## Fix safety
Safe where the value is the address of a dataset on the Hub, several ids in one text, or an empty item of a list. Unsafe
where the address leads to a file or branch. A dataset that is not on the Hub can be named in the text below.

## Evidence
The Hub's message, from https://github.com/huggingface/autotrain-advanced/issues/648 and espnet_model_zoo PR 102; form
of ids from PyPI huggingface_hub 2.4.0 (`utils/_validators.py`).
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
    code="MC016",
    name="invalid-dataset-id",
    severity="error",
    effect="refused",
    subject="metadata",
    since="0.1.0",
    kinds=("model",),
    fix="safe",
    only_if=("datasets",),
)

_WANTED = repo_ids.Wanted(
    key="datasets",
    kind="dataset",
    noun="dataset",
    hub_message="If possible, use a dataset id from https://hf.co/datasets.",
    path="is a path, not a dataset id; write `owner/name`, or name the dataset in the text below",
    elsewhere="is an address outside the Hub's datasets; write `owner/name`, or link it in the text below",
    otherwise="is not a dataset id; write `owner/name` as its page on the Hub shows it, or name it in the text below",
    several=True,
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each dataset that is not an id."""
    return repo_ids.check(card, _WANTED)
