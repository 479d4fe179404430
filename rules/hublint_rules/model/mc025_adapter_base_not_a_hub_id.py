"""An adapter whose adapter_config.json names a folder of the training machine, or nothing, as its base model.

## What it does
Reads `base_model_name_or_path` in adapter_config.json beside an adapter's weights. What cannot be the id of a model on
the Hub, such as `/data/models/Mistral-7B` or `outputs/run/final`, is an error; `null`, the empty text and no value at
all are warnings. Silent where the repository holds the base model at that path, and about no value where
`auto_mapping` names a class of other code than transformers' and diffusers', which is on no Hub.

## Why it matters on the Hub
`AutoPeftModel`, `AutoModelForCausalLM.from_pretrained` and inference servers fetch the base model by that value, so
they fail for everybody but the author. Only code that loads the base model by itself still works.

## Example
```yaml
library_name: peft
base_model: mistralai/Mistral-7B-v0.1
```
```json adapter_config.json
{"base_model_name_or_path": "/data/models/Mistral-7B-v0.1", "peft_type": "LORA"}
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
Safe: the card's `base_model`, where it names one model. Unsafe: the id that a path in the Hub's cache tells.

## Evidence
`validate_repo_id` of huggingface_hub 2.4.0 raises HFValidationError for `/x/y/z`, `./qwen`, `outputs/run/x`, `C:\\x`
and `~/m` (run, 2026-11). PyPI transformers 5.24.0, models/auto/auto_factory.py: the value takes the place of the
adapter's own id. huggingface/transformers#33922, predibase/lorax#311 and #315.
"""

from __future__ import annotations

import json
import re

from hublint.model import library
from hublint.model.hub_ids import is_path, is_repo_id
from hublint.rule import Edit, Finding, Fix, Rule, Span
from hublint_rules._card import strings
from hublint_rules._wording import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hublint.documents.source import Source
    from hublint.repository.repository import Repository

RULE = Rule(
    code="MC025",
    name="adapter-base-not-a-hub-id",
    severity="error",
    effect="broken",
    subject="repository",
    since="0.1.0",
    kinds=("model",),
    fix="safe",
    only_if=("adapter_config.json",),
)

_CONFIG = "adapter_config.json"
_KEY = "base_model_name_or_path"
_WEIGHTS = ("adapter_model.safetensors", "adapter_model.bin")
_VALUE = re.compile(rf'"{_KEY}"\s*:\s*("(?:[^"\\]|\\.)*"|null)')
# A folder of the Hub's cache tells the id.
_CACHED = re.compile(r"models--([A-Za-z0-9._]+)--([A-Za-z0-9._-]+?)(?=[\\/]|$)")


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each adapter_config.json beside an adapter's weights whose base model nobody can fetch."""
    for path in repository.files:
        folder, _, name = path.rpartition("/")
        if name != _CONFIG or not any(f"{folder}/{each}".lstrip("/") in repository.files for each in _WEIGHTS):
            continue
        config = library.read_json(repository, path)
        if "peft_type" not in config:
            continue
        base = config.get(_KEY)
        source = repository.source(path)
        if source is None:
            continue
        if (base is None or base == "") and not _is_of_own_code(config):
            yield _nothing(repository, source, base, _KEY in config)
        elif isinstance(base, str) and not is_repo_id(base) and not _is_here(repository, base):
            yield _path(repository, source, base)


def _is_of_own_code(config: dict[str, Any]) -> bool:
    """Whether the adapter is for a class of its author's own code, which has no model on the Hub."""
    mapping = config.get("auto_mapping")
    library_name = mapping.get("parent_library") if isinstance(mapping, dict) else None
    return isinstance(library_name, str) and library_name.partition(".")[0] not in ("transformers", "diffusers")


def _nothing(repository: Repository, source: Source, base: object, is_there: bool) -> Finding:
    fix = _fix(repository, source, base) if is_there else None
    what = "empty" if base == "" else "`null`" if is_there else "missing"
    return Finding(
        source,
        _span(source, base) if is_there else Span(0, 0),
        f"`{_KEY}` is {what}: libraries cannot know which model this adapter is for",
        help="" if fix else "write the base model's id on the Hub, such as `mistralai/Mistral-7B-v0.1`",
        fix=fix,
        severity="warning",
    )


def _path(repository: Repository, source: Source, base: str) -> Finding:
    fix = _fix(repository, source, base)
    what = (
        "is a path on the machine it was trained on"
        if is_path(base) or base.strip("/").count("/") > 1
        else "is not a Hub id"
    )
    return Finding(
        source,
        _span(source, base),
        f"{shown(base)} {what}: nobody else can load the base model from there",
        help="" if fix else "write the base model's id on the Hub, such as `mistralai/Mistral-7B-v0.1`",
        fix=fix,
    )


def _fix(repository: Repository, source: Source, base: object) -> Fix | None:
    text = base if isinstance(base, str) else ""
    card = repository.card
    named = [name for name in strings(card.data.get("base_model")) if is_repo_id(name)] if card else []
    cached = _CACHED.search(text)
    found = named[0] if len(named) == 1 else f"{cached[1]}/{cached[2]}" if cached else ""
    span = _span(source, base)
    if not found or span == Span(0, 0):
        return None
    edit = Edit(source.path, span, json.dumps(found))
    return Fix(f"Write `{found}`", (edit,), "safe" if found in named else "unsafe")


def _is_here(repository: Repository, base: str) -> bool:
    """Whether the value leads to a model within the repository."""
    return repository.exists(f"{base.removeprefix('./').rstrip('/')}/config.json") or (
        base in (".", "./") and "config.json" in repository.files
    )


def _span(source: Source, base: object) -> Span:
    """Where the value stands; the file's beginning where it is written in an unusual way."""
    found = _VALUE.search(source.text)
    if found is None:
        return Span(0, 0)
    try:
        is_it = json.loads(found[1]) == base
    except ValueError:
        is_it = False
    return Span(found.start(1), found.end(1)) if is_it else Span(0, 0)
