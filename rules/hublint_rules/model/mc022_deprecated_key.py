"""A key that the Hub's documentation has given up.

## What it does
Finds `finetuned_from`, `license_details` and the switch `inference: true` or `false` in model cards, `license_details`,
`train-eval-index` and `config_names` in dataset cards.

## Why it matters on the Hub
The Hub still takes these keys. With `finetuned_from` alone a model is missing from its base model's tree; the others
have successors that do more, or decide nothing today.

## Example
```yaml
license: mit
finetuned_from: openai-community/gpt2
```

## Use instead
```yaml
license: mit
base_model: openai-community/gpt2
```

## Fix safety
Safe: `finetuned_from` is renamed where it holds a model id and `base_model` is absent.

## Evidence
Types of npm @huggingface/hub 2.17.5, where `base_model` takes the place of `finetuned_from`; datasetcard.md of
https://github.com/huggingface/hub-docs calls `license_details` legacy; `inference`: models-widgets.md there.
"""

from __future__ import annotations

from hublint.documents.placeholders import is_placeholder
from hublint.documents.yaml import edits as yaml_edits
from hublint.model import hub_ids
from hublint.rule import Finding, Fix, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository
    from hublint.rule import Severity
    from hublint_schemas import Kind

RULE = Rule(
    code="MC022",
    name="deprecated-key",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("model", "dataset"),
    fix="safe",
    only_if=("finetuned_from", "license_details", "inference", "train-eval-index", "config_names"),
)

_LICENSE = "is an old way to describe a license; write `license: other`, `license_name` and `license_link` instead"
_KEYS: dict[Kind, dict[str, tuple[Severity, str]]] = {
    "model": {
        "finetuned_from": ("warning", "is the old name of `base_model`; the Hub reads only the new one, so rename it"),
        "license_details": ("info", _LICENSE),
        "inference": ("info", "has no effect any more, inference providers decide what runs; remove it"),
    },
    "dataset": {
        "license_details": ("info", _LICENSE),
        "train-eval-index": ("info", "was read by AutoEval, which is deprecated; remove it"),
        "config_names": ("info", "is the old list of subsets and is not read; write `configs` instead"),
    },
}


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each such key."""
    for entry in card.entries:
        if entry.name not in _KEYS.get(repository.kind, ()):
            continue
        value = entry.value.value
        if (value in (None, "", []) and not isinstance(value, (bool, int))) or is_placeholder(value):
            continue
        if entry.name == "inference" and not isinstance(value, bool):
            continue
        severity, why = _KEYS[repository.kind][entry.name]
        fix = _rename(card, value) if entry.name == "finetuned_from" else None
        yield Finding(card, entry.key, f"`{entry.name}` {why}", severity=severity, fix=fix)


def _rename(card: Card, value: object) -> Fix | None:
    if not hub_ids.is_repo_id(value) or "base_model" in card.data:
        return None
    if sum(entry.name == "finetuned_from" for entry in card.entries) > 1:
        return None
    edit = yaml_edits.rename_key(card, ("finetuned_from",), "base_model")
    return Fix("Rename it to `base_model`", (edit,))
