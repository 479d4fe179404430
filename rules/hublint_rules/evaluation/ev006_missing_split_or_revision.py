"""Evaluation results that do not say which split or which version of the dataset they are of.

## What it does
Looks for `split` and `revision` in each result's `dataset`. Off unless it is selected.

## Why it matters on the Hub
Without the split nobody can tell a result on the validation split from one on the test split; without the revision
nobody can repeat it once the dataset has changed.

## Example
```yaml
model-index:
- name: my-model
  results:
  - task: {type: text-classification}
    dataset: {type: imdb, name: IMDb}
    metrics: [{type: accuracy, value: 0.91}]
```

## Use instead
```yaml
model-index:
- name: my-model
  results:
  - task: {type: text-classification}
    dataset: {type: imdb, name: IMDb, split: test, revision: e6281661ce1c48d982bc483cf8a173c1bbeb5d31}
    metrics: [{type: accuracy, value: 0.91}]
```

## Evidence
Advice. Both are optional in modelcard.md of https://github.com/huggingface/hub-docs.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule
from hublint_rules.evaluation._model_index import results

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="EV006",
    name="missing-split-or-revision",
    severity="info",
    effect="advice",
    subject="metadata",
    since="0.1.0",
    kinds=("model",),
    default=False,
    only_if=("model-index",),
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each result of an unknown split or version."""
    for result in results(card):
        dataset = result.data.get("dataset")
        if isinstance(dataset, dict) and "<<" not in dataset:
            missing = [f"`{key}`" for key in ("split", "revision") if dataset.get(key) in (None, "")]
            if missing:
                place = card.place(*result.route, "dataset", "?")
                yield Finding(
                    card, place, f"the result's dataset has no {' and no '.join(missing)}; say which data was used"
                )
