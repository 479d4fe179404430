"""A `dataset_info` about a subset that `configs` does not have.

## What it does
Compares the names of the subsets in `dataset_info` with those in `configs`. A description without `config_name` is
about the subset `default`, which is also the only subset where there is no `configs`. Subsets without a description are
fine.

## Why it matters on the Hub
datasets looks for the description of a subset by its name. One of another name is not used: its columns, class names
and sizes are lost, and the types are guessed from the files. Where there is no `configs` and one description of another
name than `default`, `load_dataset` asks for that name and raises an error.

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
`load_dataset_builder` of PyPI datasets 5.2.0, run on such cards in the project's tests; the error
`BuilderConfig ... not found` since datasets 2.16 (https://github.com/huggingface/datasets/issues/3011).
"""

from __future__ import annotations

from hublint.documents.placeholders import is_placeholder
from hublint.rule import Finding, Rule
from hublint_rules._spelling import closest
from hublint_rules._wording import listed, shown
from hublint_rules.dataset._subsets import DEFAULT, config_names, infos, name_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hublint.documents.card import Card
    from hublint.documents.yaml.nodes import Step
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DC011",
    name="dataset-info-config-mismatch",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("dataset",),
    only_if=("dataset_info",),
)

# What these say takes the place of the card's `configs` or `dataset_info`.
_OVERRIDES = (".huggingface.yaml", "dataset_infos.json")


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each description of a subset that does not exist."""
    names = config_names(card)
    if names is None or any(map(repository.exists, _OVERRIDES)):
        return
    described = [(route, info) for route, info in infos(card) if _is_named(info)]
    if not names and (_is_card_alone(repository) or _has_script(repository)):
        return
    for route, info in described:
        name = name_of(info)
        if name in (names or [DEFAULT]):
            continue
        if not names:
            yield _without_configs(card, route, name, len(described) == 1)
        elif "config_name" in info:
            meant = closest(name, names)
            advice = f"write `{meant}`" if meant else f"`configs` has {listed(list(dict.fromkeys(names)))}"
            message = f"the subset {shown(name)} is not in `configs`, so its description is not used; {advice}"
            yield Finding(card, card.place(*route, "config_name"), message)
        else:
            message = (
                f"`dataset_info` has no `config_name`, so it describes a subset `{name}` that does not exist; "
                f"add {_choice(list(dict.fromkeys(names)))}"
            )
            where = card.entry("dataset_info") if len(route) == 1 else None
            yield Finding(card, where.key if where else card.place(*route), message)


def _choice(names: list[str]) -> str:
    return f"`config_name: {names[0]}`" if len(names) == 1 else f"a `config_name` from `configs`: {listed(names)}"


def _is_card_alone(repository: Repository) -> bool:
    """Whether the data are elsewhere, and with them what says of which subsets they are."""
    return all(path in ("README.md", ".gitattributes", ".gitignore") for path in repository.files)


def _has_script(repository: Repository) -> bool:
    """Whether there may be a loading script, whose subsets we do not know: DF006."""
    return any(path.endswith(".py") and "/" not in path for path in repository.files)


def _is_named(info: dict[str, Any]) -> bool:
    name = info.get("config_name", DEFAULT)
    return isinstance(name, str) and not is_placeholder(name)


def _without_configs(card: Card, route: tuple[Step, ...], name: str, alone: bool) -> Finding:
    place = card.place(*route, "config_name")
    if not alone:
        message = f"without `configs` there is no subset {shown(name)}, so its description is not used; add `configs`"
        return Finding(card, place, message)
    return Finding(
        card,
        place,
        f"`load_dataset` asks for the subset {shown(name)}, and without `configs` there is only `{DEFAULT}`; "
        "name it in `configs`, or remove `config_name`",
        severity="error",
        hub_message=f"BuilderConfig '{name}' not found. Available: ['{DEFAULT}']",
    )
