"""A model card that does not say what the model does.

## What it does
Looks for `pipeline_tag` where the repository holds a model. A warning where neither the files nor a tag let the Hub
find the task by itself, whether the files or only the card name the library. Where the Hub infers it (config.json of
transformers, a tag that is a task's name), and for adapters, GGUF files and classes that serve several tasks, the
finding is a note.

## Why it matters on the Hub
The task decides the widget and the filter: without one the model is found by its name only.

## Example
```yaml
license: mit
library_name: setfit
```

```json config_setfit.json
{"normalize_embeddings": false, "labels": null}
```

## Use instead
```yaml
license: mit
library_name: setfit
pipeline_tag: text-classification
```

```json config_setfit.json
{"normalize_embeddings": false, "labels": null}
```

## Fix safety
Safe where the files allow one task only, such as a `BertForTokenClassification`. Unsafe where they make it likely.

## Evidence
https://huggingface.co/docs/hub/model-cards#specifying-a-task--pipelinetag- and
https://huggingface.co/docs/hub/models-widgets#enabling-a-widget (2026-08): for transformers the task is inferred from
config.json, else from the tags.
"""

from __future__ import annotations

import hublint_schemas
from hublint.documents.yaml import edits as yaml_edits
from hublint.model import inference
from hublint.model.library import is_adapter, is_gguf_only, library_of, weights_of
from hublint.rule import Finding, Fix, Rule
from hublint_rules._card import lacks, strings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.model.library import Decided
    from hublint.repository.repository import Repository

RULE = Rule(
    code="MC003",
    name="missing-pipeline-tag",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("model",),
    fix="safe",
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding where a model has no task."""
    if not lacks(card, "model", "pipeline_tag"):
        return
    library = library_of(repository)
    if library is None and not weights_of(repository):
        return
    tags = strings(card.data.get("tags"))
    named = [tag for tag in dict.fromkeys(tags) if tag in hublint_schemas.table("pipeline_tags")["tags"]]
    task = inference.pipeline_tag_of(repository)
    message = _message(named, task)
    if task is not None and named and task.value not in named:
        task = None
    inferred = task is not None and "transformers" in (card.data.get("library_name"), *tags)
    inherits = is_adapter(repository) or is_gguf_only(repository)
    yield Finding(
        card,
        card.place("pipeline_tag"),
        message + (" (the Hub infers that by itself)" if inferred and not named else ""),
        severity="info" if named or inferred or inherits or _is_unclear(card, library, task) else None,
        fix=_fix(card, task) if task is not None else None,
    )


def _is_unclear(card: Card, library: Decided | None, task: Decided | None) -> bool:
    """Whether neither files nor card name a library whose models have a task that only the card can tell."""
    name = library.value if library is not None else card.data.get("library_name")
    known = isinstance(name, str) and name in hublint_schemas.table("libraries")["libraries"]
    return not known or (task is None and name in ("transformers", "transformers.js", "diffusers"))


def _message(named: list[str], task: Decided | None) -> str:
    told = "the card has no `pipeline_tag`"
    if named:
        return f"{told}; the Hub takes the task from the tag `{named[0]}`"
    return (
        f"{told}; {task.reason}, so write `{task.value}`"
        if task is not None
        else f"{told}, by which people find models; name the task"
    )


def _fix(card: Card, task: Decided) -> Fix:
    edit = yaml_edits.insert_entry(card, "pipeline_tag", task.value)
    return Fix(f"Add `pipeline_tag: {task.value}`", (edit,), "safe" if task.sure else "unsafe")
