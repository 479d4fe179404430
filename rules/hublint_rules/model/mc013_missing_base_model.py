"""A model made of another one that does not say of which.

## What it does
Looks for `base_model` where the files or tags show an adapter, a quantized model, a merge or a fine-tuned model. An
adapter whose card names another base model than its adapter_config.json is a note.

## Why it matters on the Hub
The model is missing from its base model's tree, the page of an adapter has no code that loads it, and widgets and
endpoints cannot serve it.

## Example
```yaml
library_name: peft
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
```

```json adapter_config.json
{"base_model_name_or_path": "mistralai/Mistral-7B-v0.1", "peft_type": "LORA"}
```

```text adapter_model.safetensors
weights
```

## Fix safety
Safe: the id that adapter_config.json has.

## Evidence
https://huggingface.co/docs/hub/model-cards#specifying-a-base-model (2026-08); what adapter_config.json holds: PyPI
peft.
"""

from __future__ import annotations

from hublint.documents.placeholders import is_placeholder
from hublint.documents.yaml import edits as yaml_edits
from hublint.model import hub_ids, inference, library
from hublint.rule import Finding, Fix, Rule
from hublint_rules._card import lacks, strings
from hublint_rules._wording import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository
    from hublint.rule import Severity

RULE = Rule(
    code="MC013",
    name="missing-base-model",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("model",),
    fix="safe",
)

_ADAPTER_TAGS = frozenset(("lora", "qlora", "dora", "peft"))
_OTHER_TAGS = frozenset(("finetuned", "fine-tuned", "finetune", "merge", "mergekit", "quantized", "gptq", "awq"))
_FILES = ("adapter_model.safetensors", "adapter_model.bin")


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding where the base model is not named, or another one than the adapter's."""
    if not lacks(card, "model", "base_model"):
        yield from _other(repository, card)
        return
    if "finetuned_from" in card.data or not (library.weights_of(repository) or _tagged(card)):
        return
    base = inference.base_model_of(repository) if _is_peft(repository) else None
    if base is not None:
        edit = yaml_edits.insert_entry(card, "base_model", base.value)
        yield Finding(
            card,
            card.fence,
            f"the card has no `base_model`; write `{base.value}`, which {base.path} names",
            fix=Fix(f"Add `base_model: {base.value}`", (edit,)),
        )
    elif _is_peft(repository):
        given = library.read_json(repository, "adapter_config.json").get("base_model_name_or_path")
        named = f" (adapter_config.json has {shown(given)})" if isinstance(given, str) and given else ""
        yield Finding(card, card.fence, f"no `base_model` for this adapter{named}; write the model's id on the Hub")
    else:
        yield from _by_signs(repository, card)


def _other(repository: Repository, card: Card) -> Iterator[Finding]:
    """What the adapter was trained on may be a quantized twin of the model that is named: a note."""
    base = inference.base_model_of(repository) if _is_peft(repository) else None
    given = strings(card.data.get("base_model"))
    if base is None or not given or not all(map(hub_ids.is_repo_id, given)) or any(map(is_placeholder, given)):
        return
    if base.value.lower() not in [name.lower() for name in given]:
        message = f"`base_model` is {shown(given[0])}, but {base.reason}; one of them may be out of date"
        yield Finding(card, card.place("base_model"), message, severity="info")


def _by_signs(repository: Repository, card: Card) -> Iterator[Finding]:
    relation = inference.relation_of(repository)
    tags = _tagged(card)
    if relation is not None and relation.sure and relation.value in ("quantized", "merge"):
        yield Finding(
            card,
            card.fence,
            f"the card has no `base_model`, though {relation.reason}; name the model that it is made of",
        )
    elif tags:
        severity: Severity = "warning" if tags[0].lower() in _ADAPTER_TAGS else "info"
        message = (
            f"the card has no `base_model`, though it is tagged {shown(tags[0])}; name the model that it is made of"
        )
        yield Finding(card, card.place("tags"), message, severity=severity)
    elif relation is not None and relation.value == "quantized":
        message = f"the card has no `base_model`, and {relation.reason}; if it is made of a model on the Hub, name it"
        yield Finding(card, card.fence, message, severity="info")


def _tagged(card: Card) -> list[str]:
    tags = strings(card.data.get("tags"))
    found = [tag for tag in tags if tag.lower() in _ADAPTER_TAGS]
    return found or [tag for tag in tags if tag.lower() in _OTHER_TAGS]


def _is_peft(repository: Repository) -> bool:
    """Whether peft wrote the files: an adapter_config.json alone may be a test's or a program's."""
    config = library.read_json(repository, "adapter_config.json")
    return "peft_type" in config and any(name in repository.files for name in _FILES)
