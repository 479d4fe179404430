"""Evaluation results that do not say where they come from.

## What it does
Looks for `source` in each result of `model-index`. Off unless it is selected.

## Why it matters on the Hub
The page links a result to its source: a log, a leaderboard, a paper. Without one readers have to believe it.

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
    dataset: {type: imdb, name: IMDb}
    metrics: [{type: accuracy, value: 0.91}]
    source: {name: Training log, url: https://example.org/log}
```

## Evidence
Advice. `source` is optional in modelcard.md of https://github.com/huggingface/hub-docs.
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
    code="EV007",
    name="missing-eval-source",
    severity="info",
    effect="advice",
    subject="metadata",
    since="0.1.0",
    kinds=("model",),
    default=False,
    only_if=("model-index",),
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each result without a source."""
    for result in results(card):
        if not result.data.get("source") and "<<" not in result.data:
            place = card.place(*result.route)
            yield Finding(card, place, "the result names no `source`; add its `url` and a `name`")
