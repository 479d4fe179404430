"""A `dataset_info` about a subset that `configs` does not have.

## What it does
Compares the names of the subsets in `dataset_info` with those in `configs`. A description without `config_name` is
about the subset `default`. Subsets without a description are fine.

## Why it matters on the Hub
datasets takes the description of a subset by its name. One of another name is not used: its columns, class names and
sizes are lost, and the types are guessed from the files.

## Example
```yaml
configs:
- config_name: reviews
  data_files: reviews.csv
dataset_info:
- config_name: review
  features:
  - name: text
    dtype: string
```

## Use instead
```yaml
configs:
- config_name: reviews
  data_files: reviews.csv
dataset_info:
- config_name: reviews
  features:
  - name: text
    dtype: string
```

## Evidence
`DatasetInfosDict.from_dataset_card_data` and `load_dataset_builder` of PyPI datasets 5.2.0, which look the description
up by the name of the subset.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.rule import Finding, Rule
from hublint_rules.dataset import closest
from hublint_rules.dataset.subsets import config_names, infos, name_of
from hublint_rules.wording import listed, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="DC011",
    name="dataset-info-config-mismatch",
    severity="warning",
    effect="ignored",
    subject="frontmatter",
    kinds=("dataset",),
    keys=("dataset_info",),
)

_OVERRIDE = ".huggingface.yaml"  # What it says takes the place of the card's.


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each description of a subset that there is none of."""
    card = repository.card
    names = config_names(card) if card else None
    if card is None or not names or repository.exists(_OVERRIDE):
        return
    for route, info in infos(card):
        name = name_of(info)
        if name in names or isinstance(info.get("config_name"), (dict, list)):
            continue
        meant = closest(name, names)
        if "config_name" in info:
            advice = f"write `{meant}`" if meant else f"`configs` has {listed(names)}"
            message = f"the subset {shown(name)} is not in `configs`, so its description is not used; {advice}"
            yield Finding(card, card.place(*route, "config_name"), message)
        else:
            message = (
                f"`dataset_info` without `config_name` is about the subset `{name}`, which `configs` lacks; "
                f"name the subset: `configs` has {listed(names)}"
            )
            where = card.entry("dataset_info") if len(route) == 1 else None
            yield Finding(card, where.key if where else card.place(*route), message)
