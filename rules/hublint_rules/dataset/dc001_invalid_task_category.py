"""A task category that is not one of the Hub's tasks.

## What it does
Checks `task_categories` against the Hub's list of tasks, the hidden ones included. Values that were removed from the
list are named as removed, and a task id that stands among the categories is named as one.

## Why it matters on the Hub
The push succeeds with a warning; the dataset does not appear under the task that was meant.

## Example
```yaml
task_categories:
- text_classification
```

## Use instead
```yaml
task_categories:
- text-classification
```

## Fix safety
Safe where the value is a task in another spelling or with one slip, and for a few usual names of one task only
(`ner`, `asr`). Unsafe where a removed value or a looser name is replaced.

## Evidence
The Hub's own warning, measured against its validator in 2026; PIPELINE_DATA of npm @huggingface/tasks 0.21.54.
`other-...` and `text2text-generation` in cards of https://github.com/huggingface/datasets of 2022.
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
    from hublint.rule import Safety

RULE = Rule(
    code="DC001",
    name="invalid-task-category",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("dataset",),
    fix="safe",
    only_if=("task_categories",),
)

_KEY = "task_categories"
# Of the suggestions those that mean one task only.
_CERTAIN = frozenset("ner vqa summarisation asr speech-recognition tts text-gen".split())


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each category that the Hub would warn about."""
    tags = hublint_schemas.table("pipeline_tags")["tags"]
    taken = {item for item in strings(card.data.get(_KEY)) if item in tags}
    for violation in card.violations("dataset", RULE.code):
        value = violation.value
        if value == "":
            continue
        if not isinstance(value, str):
            place = card.place(*violation.route)
            what = "an item without a value" if value is None else shown(value)
            yield Finding(card, place, f"{what} is not a task category; write the name of a task")
            continue
        message, meant, safety = _verdict(value)
        yield Finding(
            card,
            card.place(*violation.route),
            message,
            help="" if meant else "all tasks: https://huggingface.co/tasks",
            hub_message=f'The {_KEY} "{value}" is not in the official list',
            fix=Fix(f"Write `{meant}`", (respell(card, violation.route, meant, taken),), safety) if meant else None,
        )


def _verdict(value: str) -> tuple[str, str, Safety]:
    """What to say about a category, what it means if that is known, and how sure that is."""
    table = hublint_schemas.table("pipeline_tags")
    if value in table["retired"]:
        meant = table["retired"][value]["replacement"]
        what = f"a task id of `{meant}`" if value in table["task_ids"] else f"part of `{meant}`"
        return f"`{value}` is no longer a task category of the Hub; today it is {what}", meant, "unsafe"
    word = "-".join(value.strip().lower().replace("_", "-").replace("/", "-").split())
    meant = closest(value, table["tags"])
    if not meant and word in table["task_ids"]:
        category = table["task_ids"][word]["categories"][0]
        return f"{shown(value)} is a task id, not a category; write its category, `{category}`", "", "safe"
    if meant or word in table["suggestions"]:
        safety: Safety = "safe" if meant or word in _CERTAIN else "unsafe"
        meant = meant or table["suggestions"][word]
        return f"{shown(value)} is not a Hub task; write `{meant}`", meant, safety
    if word.startswith("other-") or "-other-" in word:
        advice = "write `other` and name the task among the tags"
        return f"{shown(value)} is no longer a task category of the Hub; {advice}", "", "safe"
    near = did_you_mean(nearest(value, table["tags"]))
    return f"{shown(value)} is not a Hub task{near}", "", "safe"
