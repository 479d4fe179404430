"""A task id whose task category is absent.

## What it does
Looks up the category of each of the `task_ids` and reports it where `task_categories` does not have it.

## Why it matters on the Hub
A task id is the finer task of a category. Without the category the dataset is missing from that task's page and filter.

## Example
```yaml
task_categories:
- text-classification
task_ids:
- named-entity-recognition
```

## Use instead
```yaml
task_categories:
- text-classification
- token-classification
task_ids:
- named-entity-recognition
```

## Fix safety
Safe: the category is added. Where a task id belongs to several categories it is left to you.

## Evidence
The subtasks of each task: PIPELINE_DATA of npm @huggingface/tasks 0.21.54. Advice: the Hub accepts one without the
other.
"""

from __future__ import annotations

import hublint_schemas
from hublint.documents.yaml import edits as yaml_edits
from hublint.rule import Finding, Fix, Rule
from hublint_rules._card import strings
from hublint_rules._spelling import closest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository
    from hublint.rule import Edit

RULE = Rule(
    code="DC003",
    name="task-id-without-category",
    severity="info",
    effect="advice",
    subject="metadata",
    since="0.1.0",
    kinds=("dataset",),
    fix="safe",
    only_if=("task_ids",),
)

_IDS = "task_ids"
_CATEGORIES = "task_categories"


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each category that the task ids ask for and the card lacks."""
    ids, given = card.data.get(_IDS), card.data.get(_CATEGORIES)
    if not isinstance(ids, (str, list)) or not _is_plain(card, given):
        return
    known = hublint_schemas.table("pipeline_tags")["task_ids"]
    present = _categories(given)
    for index, item in enumerate(ids if isinstance(ids, list) else [ids]):
        if not isinstance(item, str) or item not in known or present & set(known[item]["categories"]):
            continue
        wanted = known[item]["categories"]
        present.update(wanted)
        named = " or ".join(f"`{category}`" for category in wanted)
        fix = Fix(f"Add `{wanted[0]}`", (_edit(card, given, wanted[0]),)) if len(wanted) == 1 else None
        yield Finding(
            card,
            card.place(_IDS, index) if isinstance(ids, list) else card.place(_IDS),
            f"`{item}` is a task of {named}, which `{_CATEGORIES}` lacks; add it",
            fix=fix,
        )


def _is_plain(card: Card, value: object) -> bool:
    """Whether the categories are absent, one text or a list of texts, and no misspelt key holds them."""
    if value is None:
        from hublint_rules._card import lacks

        return lacks(card, "dataset", _CATEGORIES)
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(item, str) for item in value))


def _categories(value: object) -> set[str]:
    """The categories of a card, with those that DC001 has another name for."""
    table = hublint_schemas.table("pipeline_tags")
    found = set(strings(value))
    for item in found - set(table["tags"]):
        retired = table["retired"].get(item)
        meant = retired["replacement"] if retired else closest(item, table["tags"]) or table["suggestions"].get(item)
        found |= {meant} if meant else set(table["task_ids"].get(item, {}).get("categories", ()))
    return found


def _edit(card: Card, given: object, category: str) -> Edit:
    if given is None:
        return yaml_edits.insert_entry(card, _CATEGORIES, [category], after=("task_categories", "language", "license"))
    if isinstance(given, str):
        return yaml_edits.set_value(card, (_CATEGORIES,), [given, category])
    return yaml_edits.append_item(card, (_CATEGORIES,), category)
