"""A model or dataset that the code loads and the Space's own list leaves out.

## What it does
Where `models` is given, compares it with the ids in calls such as `from_pretrained("owner/name")`,
`pipeline(model=...)`, `hf_hub_download(...)`; where `datasets` is given, with those of `load_dataset("owner/name")`.
Only ids written out count, in the file that the Space starts and the modules that it imports. Without the list there
is nothing to complete: the Hub reads the code itself.

## Why it matters on the Hub
The lists link the Space to its models and datasets, and those pages back to the Space. Once a list is there, the Hub no
longer looks into the code, so what the list leaves out is not linked.

## Example
```yaml
sdk: gradio
models:
  - openai-community/gpt2
```

```python app.py
from transformers import pipeline

summarize = pipeline("summarization", model="facebook/bart-large-cnn")
```

## Use instead
```yaml
sdk: gradio
models:
  - openai-community/gpt2
  - facebook/bart-large-cnn
```

```python app.py
from transformers import pipeline

summarize = pipeline("summarization", model="facebook/bart-large-cnn")
```

## Fix safety
Safe: the id is added to the list.

## Evidence
https://huggingface.co/docs/hub/spaces-config-reference (2026-08-22): "Will be parsed automatically from your code if
not specified here"; https://huggingface.co/docs/hub/spaces-overview#linking-models-and-datasets-on-the-hub.
"""

from __future__ import annotations

from hublint.documents.yaml import edits as yaml_edits
from hublint.rule import Finding, Fix, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="SP028",
    name="unlinked-model",
    severity="info",
    effect="advice",
    subject="metadata",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
    only_if=("models", "datasets"),
)

_KEYS = {"model": "models", "dataset": "datasets"}


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each id that a given list lacks."""
    lists = {key: card.data.get(key) for key in _KEYS.values()}
    listed = {
        key: {item.lower() for item in items if isinstance(item, str)}
        for key, items in lists.items()
        if isinstance(items, list) and items
    }
    if not listed:
        return
    from hublint.space.app.hub_loads import load_of
    from hublint.space.running import loaded

    for module in loaded(repository):
        for call in module.calls:
            kind, name = load_of(module, call)
            key = _KEYS.get(kind, "")
            if key not in listed or name.lower() in listed[key] or repository.exists(name):
                continue
            listed[key].add(name.lower())
            entry = card.entry(key)
            yield Finding(
                card,
                entry.key if entry else card.fence,
                f"`{key}` leaves out `{name}`, which {module.source.path} loads; add it",
                fix=Fix(f"Add `{name}`", (yaml_edits.append_item(card, (key,), name),)),
            )
