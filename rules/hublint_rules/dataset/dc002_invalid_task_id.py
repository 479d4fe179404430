"""A task id that is not in the Hub's list.

## What it does
Checks `task_ids` against the Hub's list of finer tasks. The free `...-other-...` ids of older cards are named as
removed, and a task category that stands among the ids is named as one.

## Why it matters on the Hub
The push succeeds with a warning; no filter finds the dataset by that id.

## Example
```yaml
task_categories:
- token-classification
task_ids:
- named_entity_recognition
```

## Use instead
```yaml
task_categories:
- token-classification
task_ids:
- named-entity-recognition
```

## Fix safety
Safe where the value is a task id in another spelling or with one slip. Anything else is left to you.

## Evidence
The Hub's own warning, measured against its validator in 2026 (`other-api-calling`); subtasks of PIPELINE_DATA in npm
@huggingface/tasks 0.21.54. `...-other-...` in cards of https://github.com/huggingface/datasets of 2022.
"""

from __future__ import annotations

import hublint_schemas
from hublint.rule import Finding, Fix, Rule
from hublint_rules._card import strings
from hublint_rules._spelling import closest, nearest
from hublint_rules._wording import did_you_mean, shown
from hublint_rules.dataset._respelling import respell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DC002",
    name="invalid-task-id",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("dataset",),
    fix="safe",
    only_if=("task_ids",),
)

_KEY = "task_ids"


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each task id that the Hub would warn about."""
    known = hublint_schemas.table("pipeline_tags")["task_ids"]
    taken = {item for item in strings(card.data.get(_KEY)) if item in known}
    for violation in card.violations("dataset", RULE.code):
        value = violation.value
        if value == "":
            continue
        if not isinstance(value, str):
            place = card.place(*violation.route)
            what = "an item without a value" if value is None else shown(value)
            yield Finding(card, place, f"{what} is not a task id; write the name of one")
            continue
        message, meant = _verdict(value)
        yield Finding(
            card,
            card.place(*violation.route),
            message,
            hub_message=f'The {_KEY} "{value}" is not in the official list',
            fix=Fix(f"Write `{meant}`", (respell(card, violation.route, meant, taken),)) if meant else None,
        )


def _verdict(value: str) -> tuple[str, str]:
    """What to say about a task id, and what it surely means, else empty."""
    table = hublint_schemas.table("pipeline_tags")
    meant = closest(value, table["task_ids"])
    if meant:
        return f"{shown(value)} is not a Hub task id; write `{meant}`", meant
    if value.startswith("other-") or "-other-" in value:
        return f"{shown(value)} is no longer a task id of the Hub; name the task among the tags", ""
    category = value if value in table["tags"] else closest(value, table["tags"])
    if category and category != "other":
        return f"{shown(value)} is a task category, not a task id; write it under `task_categories`", ""
    return f"{shown(value)} is not a Hub task id{did_you_mean(nearest(value, table['task_ids']))}", ""
