"""A relation to the base model that the Hub does not know.

## What it does
Checks `base_model_relation` against `adapter`, `merge`, `quantized` and `finetune`, and against the files: an adapter
without weights of its own is neither a finetune nor a quantized model.

## Why it matters on the Hub
The Hub refuses the whole push for any other word. The relation decides under which heading the model stands in its
base model's tree.

## Example
```yaml
base_model: openai-community/gpt2
base_model_relation: fine-tuned
```

## Use instead
```yaml
base_model: openai-community/gpt2
base_model_relation: finetune
```

## Fix safety
Safe for another case or spelling of one of the four (`Finetuned`, `lora`, `gguf`).

## Evidence
Refused with HTTP 400, measured 2026-09 (malaiwah/quant-fidelity-suite, CARD-ANNOTATION-SPEC.md); values in
https://huggingface.co/docs/hub/model-cards#specifying-a-base-model.
"""

from __future__ import annotations

import re

from hublint.documents.placeholders import is_placeholder
from hublint.documents.yaml import edits as yaml_edits
from hublint.model import library
from hublint.regexes import lazy
from hublint.rule import Finding, Fix, Rule
from hublint_rules._wording import either, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="MC015",
    name="invalid-base-model-relation",
    severity="error",
    effect="refused",
    subject="metadata",
    since="0.1.0",
    kinds=("model",),
    fix="safe",
    only_if=("base_model_relation",),
)

_RELATIONS = ("adapter", "merge", "quantized", "finetune")
_SPELLINGS = {
    "adapter": "adapter adapters adaptor lora qlora peft",
    "merge": "merge merged merges merging mergekit",
    "quantized": "quantized quantised quantize quantise quantization quantisation quant quants gguf awq gptq",
    "finetune": "finetune finetuned finetunes finetuning finetunedfrom finetuned-from sft",
}
_ADAPTER_FILES = lazy(r"adapter_model\.(?:safetensors|bin)")


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for a relation of another name, or of another kind than the files are."""
    value = card.data.get("base_model_relation")
    if value in (None, "") or is_placeholder(value):
        return
    place = card.place("base_model_relation")
    if value not in _RELATIONS:
        meant = _meant(value)
        fix = None
        if meant and isinstance(value, str):
            fix = Fix(f"Write `{meant}`", (yaml_edits.set_value(card, ("base_model_relation",), meant),))
        message = f"`base_model_relation` cannot be {shown(value)}; write {either([meant] if meant else _RELATIONS)}"
        yield Finding(card, place, message, fix=fix)
    elif value in ("finetune", "quantized") and _is_only_an_adapter(repository):
        message = (
            f"`base_model_relation` is `{value}`, but there is only an adapter (adapter_config.json); write `adapter`"
        )
        yield Finding(card, place, message, severity="warning")


def _meant(value: object) -> str:
    if not isinstance(value, str):
        return ""
    bare = re.sub(r"[\s_-]", "", value.lower())
    return next((relation for relation, words in _SPELLINGS.items() if bare in words.split()), "")


def _is_only_an_adapter(repository: Repository) -> bool:
    weights = library.weights_of(repository)
    if "peft_type" not in library.read_json(repository, "adapter_config.json"):
        return False
    return bool(weights) and all(_ADAPTER_FILES.fullmatch(path.rpartition("/")[2]) for path in weights)
