"""A `pipeline_tag` that is not one of the Hub's tasks.

## What it does
Checks `pipeline_tag` against the Hub's list of tasks, the hidden ones included. A tag that was removed from the list
is named as removed.

## Why it matters on the Hub
The push succeeds with a warning; the model then has no widget and stands in no task's list.

## Example
```yaml
pipeline_tag: text_generation
```

## Use instead
```yaml
pipeline_tag: text-generation
```

## Fix safety
Safe where the value is a task in another spelling, with a slip, or a name that means one task only (`ner`, `asr`).
Unsafe for names that may mean several.

## Evidence
The Hub's own warning, seen in 2026 and measured against its validator; PIPELINE_DATA of npm @huggingface/tasks
0.21.54.
"""

from __future__ import annotations

import hublint_schemas
from hublint.documents.yaml import edits as yaml_edits
from hublint.rule import Finding, Fix, Rule
from hublint_rules._spelling import closest, nearest
from hublint_rules._wording import did_you_mean, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository
    from hublint.rule import Safety

RULE = Rule(
    code="MC004",
    name="invalid-pipeline-tag",
    severity="warning",
    effect="ignored",
    subject="violations",
    since="0.1.0",
    kinds=("model",),
    fix="safe",
)

# Of the suggestions those that mean one task only.
_CERTAIN = frozenset(
    "sentiment-analysis ner vqa text-gen summarisation asr speech-recognition tts image-captioning reranking "
    "video-to-text".split()
)
_SAFE: Safety = "safe"


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding where the Hub would warn about `pipeline_tag`."""
    for violation in card.violations("model", RULE.code):
        value = violation.value
        if value == "":
            continue
        table = hublint_schemas.table("pipeline_tags")
        message = f"{shown(value)} is not a Hub task"
        if isinstance(value, list):
            message = "`pipeline_tag` must be one task, not a list"
            message += "" if len(value) == 1 else "; choose one, and put the others among the tags"
        retired = table["retired"].get(value) if isinstance(value, str) else None
        meant, safety = _meant(value, table) if not retired else ("", _SAFE)
        if retired:
            message = f"`{value}` is {retired['text']}"
        elif meant:
            message += f"; write `{meant}`"
        elif isinstance(value, str):
            message += did_you_mean(nearest(value, table["tags"]))
        edit = yaml_edits.set_value(card, violation.route, meant) if meant else None
        yield Finding(
            card,
            card.place(*violation.route),
            message,
            help="" if meant or retired else "all tasks: https://huggingface.co/tasks",
            hub_message=f'The pipeline tag "{value}" is not in the official list' if isinstance(value, str) else "",
            fix=Fix(f"Write `{meant}`", (edit,), safety) if edit else None,
        )


def _meant(value: Any, table: dict[str, Any]) -> tuple[str, Safety]:
    """The task that a value surely or perhaps means, else empty."""
    tags = list(table["tags"])
    if isinstance(value, list):
        return (value[0], "safe") if len(value) == 1 and value[0] in tags else ("", "safe")
    if not isinstance(value, str):
        return "", "safe"
    word = "-".join(value.strip().lower().replace("_", "-").replace("/", "-").split())
    if word in tags:
        return word, "safe"
    if word in table["suggestions"]:
        return table["suggestions"][word], "safe" if word in _CERTAIN else "unsafe"
    return closest(word, tags), "safe"
