"""Evaluation results under several model names in one card.

## What it does
Looks for entries of `model-index` with different names.

## Why it matters on the Hub
huggingface_hub reads all results and keeps the last name alone, so saving the card puts the results of one model under
another's name.

## Example
```yaml
model-index:
- name: my-model-small
  results:
  - task: {type: text-classification}
    dataset: {type: imdb, name: IMDb}
    metrics: [{type: accuracy, value: 0.88}]
- name: my-model-large
  results:
  - task: {type: text-classification}
    dataset: {type: imdb, name: IMDb}
    metrics: [{type: accuracy, value: 0.91}]
```

## Use instead
```yaml
model-index:
- name: my-model-large
  results:
  - task: {type: text-classification}
    dataset: {type: imdb, name: IMDb}
    metrics: [{type: accuracy, value: 0.91}]
```

## Evidence
`model_index_to_eval_results` of PyPI huggingface_hub 2.4.0: one name is returned, that of the last entry.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule
from hublint_rules._wording import shown
from hublint_rules.evaluation._model_index import INDEX

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="EV008",
    name="multiple-model-index-entries",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("model",),
    only_if=("model-index",),
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield one finding, at the first name that gets lost."""
    index = card.data.get(INDEX)
    if not isinstance(index, list):
        return
    names = [entry.get("name") if isinstance(entry, dict) else None for entry in index]
    texts = [name for name in names if isinstance(name, str)]
    lost = [position for position, name in enumerate(names) if isinstance(name, str) and name != texts[-1]]
    if lost:
        message = (
            f"`model-index` has {len(set(texts))} names, and huggingface_hub puts the results of "
            f"{shown(names[lost[0]])} under the last, {shown(texts[-1])}; write one entry"
        )
        yield Finding(card, card.place(INDEX, lost[0], "name"), message)
