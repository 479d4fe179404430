"""A key that only another kind of repository has.

## What it does
Reports keys of Spaces in model and dataset cards, `task_categories` and its like outside datasets,
`pipeline_tag` and its like outside models.

## Why it matters on the Hub
The Hub accepts any key and reads this one only in the other kind of repository: filters, widgets and settings
that it should bring do not appear.

## Example
```yaml
sdk: gradio
pipeline_tag: text-generation
```

## Use instead
```yaml
sdk: gradio
tags:
- text-generation
```

## Evidence
Keys of each kind in the types of npm @huggingface/hub 2.17.5 (api-space.ts, api-model.ts, api-dataset.ts),
modelcard.md and datasetcard.md of https://github.com/huggingface/hub-docs (2026-08); unknown keys are accepted
(measured 2026-08).
"""

from __future__ import annotations

from hublint.rule import Finding, Rule
from hublint_rules._card import NOUNS, foreign

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository
    from hublint_schemas import Kind

RULE = Rule(
    code="FM009",
    name="key-of-another-kind",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
)

_COUNTERPARTS: dict[tuple[Kind, str], str] = {
    ("model", "task_categories"): "pipeline_tag",
    ("dataset", "pipeline_tag"): "task_categories",
    ("dataset", "library_name"): "tags",
    ("space", "pipeline_tag"): "tags",
}


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each key that has no meaning in this kind of repository."""
    for entry in card.entries:
        owner = foreign(repository.kind).get(entry.name)
        if owner is None:
            continue
        other = _COUNTERPARTS.get((repository.kind, entry.name))
        way_out = f"use `{other}`" if other else "remove it"
        article = "a Space's" if owner == "space" else f"a {owner} card's"
        message = (
            f"`{entry.name}` is {article} key, which the Hub does not read in a {NOUNS[repository.kind]}; {way_out}"
        )
        yield Finding(card, entry.key, message)
