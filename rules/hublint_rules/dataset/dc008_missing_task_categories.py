"""A dataset card without task categories.

## What it does
Looks for `task_categories` in the metadata.

## Why it matters on the Hub
Task categories put a dataset into the pages and filters of the tasks it is made for.

## Example
```yaml
license: mit
```

## Use instead
```yaml
license: mit
task_categories:
- text-classification
```

## Evidence
Advice. https://huggingface.co/docs/hub/datasets-cards (2026-08); the tasks are at https://huggingface.co/tasks.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule
from hublint_rules._card import lacks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DC008",
    name="missing-task-categories",
    severity="info",
    effect="advice",
    subject="metadata",
    since="0.1.0",
    kinds=("dataset",),
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding where a dataset's metadata name no task; with `task_ids` DC003 adds the categories."""
    if not lacks(card, "dataset", "task_categories") or card.data.get("task_ids"):
        return
    yield Finding(
        card,
        card.fence,
        "the dataset card has no `task_categories`, by which people find datasets; name the tasks it is made for",
    )
