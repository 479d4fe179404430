"""Evaluation results in the older of the Hub's two formats.

## What it does
Points at `model-index`, for which `.eval_results/*.yaml` is the newer format. Off unless it is selected.

## Why it matters on the Hub
Results in `.eval_results/` appear on the leaderboards of benchmark datasets, those in `model-index` do not.

## Example
```yaml
model-index:
- name: my-model
  results:
  - task: {type: text-generation}
    dataset: {type: cais/hle, name: HLE}
    metrics: [{type: accuracy, value: 20.9}]
```

## Use instead
```text .eval_results/hle.yaml
- dataset:
    id: cais/hle
    task_id: hle
  value: 20.9
```

## Evidence
Advice. https://huggingface.co/docs/hub/eval-results (2026-08, "work in progress"); modelcard.md of hub-docs calls it "a
newer, simpler version of this metadata format".
"""

from __future__ import annotations

from hublint.rule import Finding, Rule
from hublint_rules.evaluation._model_index import INDEX

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="EV011",
    name="legacy-model-index",
    severity="info",
    effect="advice",
    subject="metadata",
    since="0.1.0",
    kinds=("model",),
    default=False,
    only_if=("model-index",),
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield one finding where results stand in the card."""
    entry = card.entry(INDEX)
    if entry is not None and card.data.get(INDEX):
        message = "`model-index` is the older format; leaderboards of benchmarks read `.eval_results/*.yaml`"
        yield Finding(card, entry.key, message)
