"""A base model that is not given by its id on the Hub.

## What it does
Checks `base_model` against the form `owner/name`, or `name` alone as the oldest models have it. Local paths, addresses
and display names are refused; an id that huggingface_hub would not take is a warning.

## Why it matters on the Hub
Trainers write the path that the base model was loaded from, and the Hub refuses the whole push for it. Without the id
the model is missing from its base model's tree.

## Example
```yaml
base_model: https://huggingface.co/mistralai/Mistral-7B-v0.1
```

## Use instead
```yaml
base_model: mistralai/Mistral-7B-v0.1
```

## Fix safety
Safe where the value is the address of a model on the Hub, or an empty item of a list. Unsafe where the address leads to
a file or branch of it, or names one word, which may be an organization's page.

## Evidence
The Hub's message, from trl issue 1873, transformers issues 32212 and 33922, and for `/workspace/...` paths; form of ids
from PyPI huggingface_hub 2.4.0 (`utils/_validators.py`). See https://huggingface.co/docs/hub/model-cards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.documents import yaml_edits
from hublint.documents.placeholders import is_placeholder
from hublint.repository import hub_ids
from hublint.rule import Finding, Fix, Rule
from hublint_rules.wording import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.documents.yaml_nodes import Step
    from hublint.repository.repository import Repository
    from hublint.rule import Safety

RULE = Rule(
    code="MC012",
    name="invalid-base-model",
    severity="error",
    effect="refused",
    subject="frontmatter",
    kinds=("model",),
    fix="safe",
)

_LONGEST = 200


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each base model that is no id."""
    card = repository.card
    if card is None:
        return
    for route, value in hub_ids.values(card.data, "base_model"):
        if hub_ids.is_repo_id(value) or is_placeholder(value) or (len(route) == 1 and value in (None, "", [])):
            continue
        if not isinstance(value, str) or not value:
            yield _no_text(card, route, value)
        elif not hub_ids.is_someones(value):
            yield _finding(card, route, value)


def _no_text(card: Card, route: tuple[Step, ...], value: object) -> Finding:
    place = card.place(*route)
    if value not in (None, "") or isinstance(value, (bool, int, float)):
        return Finding(card, place, f"{shown(value)} is no model id; write `owner/name`")
    fix = None
    if len(card.data["base_model"]) > 1:
        fix = Fix("Remove the empty item", (yaml_edits.remove_item(card, route),))
    message = "an item of `base_model` is empty; write a model id or remove it"
    return Finding(
        card, place, message, hub_message=f'"{place.route}" is not allowed to be empty' if value == "" else "", fix=fix
    )


def _finding(card: Card, route: tuple[Step, ...], value: str) -> Finding:
    place = card.place(*route)
    if hub_ids.is_shaped(value):
        message = (
            f"{shown(value)} is no id that huggingface_hub takes: names end in a letter or digit, have no `--` or "
            "`..`, do not end in `.git` and have at most 96 characters"
        )
        return Finding(card, place, message, severity="warning")
    address = hub_ids.id_in_address(value, "model")
    return Finding(
        card,
        place,
        f"{shown(value)} {_problem(value, address)}",
        hub_message=(
            f'"{place.route}" with value "{value}" is not valid. Use a model id from https://hf.co/models.'
            if len(value) <= _LONGEST
            else ""
        ),
        fix=_fix(card, route, address) if address else None,
    )


def _problem(value: str, address: hub_ids.Address | None) -> str:
    if address is not None:
        return f"is an address, not a model id; write `{address.repo_id}`"
    if hub_ids.is_path(value):
        return "is a path on the machine it was trained on; write the id of that model on the Hub, `owner/name`"
    if "://" in value:
        return "is an address outside the Hub's models; write a model id, `owner/name`, or remove the key"
    return "is no model id; write `owner/name` as the model's page on the Hub shows it"


def _fix(card: Card, route: tuple[Step, ...], address: hub_ids.Address) -> Fix:
    safety: Safety = "safe" if address.whole else "unsafe"
    if len(route) == 2 and address.repo_id in card.data["base_model"]:
        return Fix(f"Remove it, `{address.repo_id}` is there", (yaml_edits.remove_item(card, route),), safety)
    return Fix(f"Write `{address.repo_id}`", (yaml_edits.set_value(card, route, address.repo_id),), safety)
