"""An adapter whose card does not say that it is one.

## What it does
Looks for `library_name: peft` where the files are a PEFT adapter, and for a tag of its kind, such as `lora`. Another
library is only pointed out, where the Hub counts its downloads by files that are not here.

## Why it matters on the Hub
Without the library the model's page takes the adapter for a whole model: its code snippet does not load it, and
downloads are counted by the wrong files.

## Example
```yaml
base_model: mistralai/Mistral-7B-v0.1
tags:
- lora
```

```json adapter_config.json
{"base_model_name_or_path": "mistralai/Mistral-7B-v0.1", "peft_type": "LORA"}
```

```text adapter_model.safetensors
weights
```

## Use instead
```yaml
library_name: peft
base_model: mistralai/Mistral-7B-v0.1
tags:
- lora
```

```json adapter_config.json
{"base_model_name_or_path": "mistralai/Mistral-7B-v0.1", "peft_type": "LORA"}
```

```text adapter_model.safetensors
weights
```

## Fix safety
Safe: `library_name: peft` and the tag `lora` are added; a library that is there stays.

## Evidence
https://huggingface.co/docs/hub/peft (2026-08); what PyPI peft writes into README.md: `library_name: peft`.
"""

from __future__ import annotations

import hublint_schemas
from hublint.documents.placeholders import is_placeholder
from hublint.documents.yaml import edits as yaml_edits
from hublint.documents.yaml.nodes import Sequence
from hublint.model import library
from hublint.rule import Finding, Fix, Rule
from hublint_rules._card import lacks, strings
from hublint_rules._spelling import closest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="MC014",
    name="incomplete-adapter-metadata",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("model",),
    fix="safe",
)

_FILES = ("adapter_model.safetensors", "adapter_model.bin")
# Libraries whose downloads the Hub counts by the files of `_COUNTED`, as it does of all that it does not know (npm
# @huggingface/tasks 0.21.54).
_BY_CONFIG = ("transformers", "sentence-transformers", "mlx")
_COUNTED = ("config.json", "config.yaml", "hyperparams.yaml", "params.json", "meta.yaml")
_TAGS = ("adapter", "peft")


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for the library, and one for the tag."""
    if not any(name in repository.files for name in _FILES):
        return
    kind = library.read_json(repository, "adapter_config.json").get("peft_type")
    if not isinstance(kind, str):
        return
    if lacks(card, "model", "library_name"):
        edit = yaml_edits.insert_entry(card, "library_name", "peft")
        message = "adapter_config.json makes this a PEFT adapter, but the card has no `library_name`; write `peft`"
        yield Finding(card, card.fence, message, fix=Fix("Add `library_name: peft`", (edit,)))
    elif _is_counted_by_config(card) and not any(name in repository.files for name in _COUNTED):
        message = (
            f"this PEFT adapter has no config.json, by which the Hub counts the downloads of "
            f"`{card.data['library_name']}`; write `library_name: peft`"
        )
        yield Finding(card, card.place("library_name"), message, severity="info")
    tags = [tag.lower() for tag in strings(card.data.get("tags"))]
    if kind == "LORA" and not any(
        "lora" in tag or tag in _TAGS or tag.startswith("base_model:adapter") for tag in tags
    ):
        place = card.place("tags") if "tags" in card.data else card.fence
        message = "the card has no tag `lora`, by which people find adapters; add it"
        yield Finding(card, place, message, severity="info", fix=_tag(card))


def _is_counted_by_config(card: Card) -> bool:
    """Whether the card names a library of `_BY_CONFIG`, or one that the Hub does not know."""
    name = card.data.get("library_name")
    if not isinstance(name, str) or not name.strip() or is_placeholder(name):
        return False
    known = hublint_schemas.table("libraries")["libraries"]
    return name in _BY_CONFIG or (name not in known and not closest(name, known))  # a slip is MC002's


def _tag(card: Card) -> Fix | None:
    entry = card.entry("tags")
    if entry is None:
        return Fix("Add the tag `lora`", (yaml_edits.insert_entry(card, "tags", ["lora"]),))
    if isinstance(entry.value, Sequence):
        return Fix("Add the tag `lora`", (yaml_edits.append_item(card, ("tags",), "lora"),))
    return None
