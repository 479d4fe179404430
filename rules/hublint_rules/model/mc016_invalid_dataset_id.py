"""A training dataset that is not given by its id on the Hub.

## What it does
Checks a model's `datasets` against the form `owner/name`, or `name` alone as the oldest datasets have it. Names in
words, addresses and paths are refused; an id that huggingface_hub would not take is a warning.

## Why it matters on the Hub
The Hub refuses the whole push for an entry that is not shaped like an id. Entries that are ids link the model to its
datasets and the datasets to the model.

## Example
```yaml
datasets:
- https://huggingface.co/datasets/stanfordnlp/imdb
```

## Use instead
```yaml
datasets:
- stanfordnlp/imdb
```

## Fix safety
Safe where the value is the address of a dataset on the Hub, several ids in one text, or an empty item of a list. Unsafe
where the address leads to a file or branch. A dataset that is not on the Hub belongs into the text below.

## Evidence
The Hub's message, from https://github.com/huggingface/autotrain-advanced/issues/648 and espnet_model_zoo PR 102; form
of ids from PyPI huggingface_hub 2.4.0 (`utils/_validators.py`).
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
    code="MC016",
    name="invalid-dataset-id",
    severity="error",
    effect="refused",
    subject="frontmatter",
    kinds=("model",),
    fix="safe",
)

_LONGEST = 200


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each dataset that is no id."""
    card = repository.card
    if card is None:
        return
    for route, value in hub_ids.values(card.data, "datasets"):
        if hub_ids.is_repo_id(value) or is_placeholder(value) or (len(route) == 1 and value in (None, "", [])):
            continue
        if not isinstance(value, str) or not value:
            yield _no_text(card, route, value)
        elif not hub_ids.is_someones(value):
            yield _finding(card, route, value)


def _no_text(card: Card, route: tuple[Step, ...], value: object) -> Finding:
    place = card.place(*route)
    if value not in (None, "") or isinstance(value, (bool, int, float)):
        return Finding(card, place, f"{shown(value)} is no dataset id; write `owner/name`")
    fix = None
    if len(card.data["datasets"]) > 1:
        fix = Fix("Remove the empty item", (yaml_edits.remove_item(card, route),))
    return Finding(card, place, "an item of `datasets` is empty; write a dataset id or remove it", fix=fix)


def _finding(card: Card, route: tuple[Step, ...], value: str) -> Finding:
    place = card.place(*route)
    if hub_ids.is_shaped(value):
        message = (
            f"{shown(value)} is no id that huggingface_hub takes: names end in a letter or digit, have no `--` or "
            "`..`, do not end in `.git` and have at most 96 characters"
        )
        return Finding(card, place, message, severity="warning")
    address = hub_ids.id_in_address(value, "dataset")
    return Finding(
        card,
        place,
        f"{shown(value)} {_problem(value, address)}",
        hub_message=(
            f'"{place.route}" with value "{value}" is not valid. '
            "If possible, use a dataset id from https://hf.co/datasets."
            if len(value) <= _LONGEST
            else ""
        ),
        fix=_fix(card, route, value, address),
    )


def _problem(value: str, address: hub_ids.Address | None) -> str:
    if address is not None:
        return f"is an address, not a dataset id; write `{address.repo_id}`"
    if len(_parts(value)) > 1:
        return "is no dataset id but several; write them as a list"
    if hub_ids.is_path(value):
        return "is a path, not a dataset id; write `owner/name`, or name the dataset in the text below"
    if "://" in value:
        return "is an address outside the Hub's datasets; write `owner/name`, or link it in the text below"
    return "is no dataset id; write `owner/name` as its page on the Hub shows it, or name it in the text below"


def _fix(card: Card, route: tuple[Step, ...], value: str, address: hub_ids.Address | None) -> Fix | None:
    given = card.data["datasets"]
    if address is not None:
        safety: Safety = "safe" if address.whole else "unsafe"
        if len(route) == 2 and address.repo_id in given:
            return Fix(f"Remove it, `{address.repo_id}` is there", (yaml_edits.remove_item(card, route),), safety)
        return Fix(f"Write `{address.repo_id}`", (yaml_edits.set_value(card, route, address.repo_id),), safety)
    parts = _parts(value)
    if len(route) == 1 and len(parts) > 1:
        return Fix("Make it a list", (yaml_edits.set_value(card, route, parts),))
    return None


def _parts(value: str) -> list[str]:
    """The ids in a text that holds nothing but ids with commas between."""
    parts = [part.strip() for part in value.split(",")]
    return list(dict.fromkeys(parts)) if all(map(hub_ids.is_repo_id, parts)) else []
