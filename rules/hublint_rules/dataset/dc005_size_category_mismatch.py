"""A size category that the card's own numbers contradict.

## What it does
Adds up `num_examples` of the splits in `dataset_info` and compares with `size_categories`. A size that is right for
the whole, for one subset or for one split is fine, and so is one that is 10 % off.

## Why it matters on the Hub
The filter by size shows the dataset among those of another size.

## Example
```yaml
size_categories:
- 1K<n<10K
dataset_info:
  splits:
  - name: train
    num_bytes: 9000000
    num_examples: 120000
```

## Use instead
```yaml
size_categories:
- 100K<n<1M
dataset_info:
  splits:
  - name: train
    num_bytes: 9000000
    num_examples: 120000
```

## Fix safety
Unsafe: the size category of all rows together is written, and either of the two may be outdated.

## Evidence
The sizes are numbers of rows: https://github.com/huggingface/hub-docs/blob/main/datasetcard.md?plain=1. Advice: the Hub
compares nothing.
"""

from __future__ import annotations

from hublint.dataset.sizes import bounds, category_of
from hublint.documents.yaml import edits as yaml_edits
from hublint.rule import Finding, Fix, Rule
from hublint_rules._card import strings
from hublint_rules._wording import listed
from hublint_rules.dataset._subsets import config_names, infos, name_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DC005",
    name="size-category-mismatch",
    severity="warning",
    effect="advice",
    subject="metadata",
    since="0.1.0",
    kinds=("dataset",),
    fix="unsafe",
    only_if=("size_categories",),
)

_KEY = "size_categories"
_TOLERANCE = 0.1


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding where no size of the card can be that of its splits."""
    given = card.data.get(_KEY)
    sizes = strings(given)
    described = infos(card)
    names = config_names(card)
    if not sizes or names is None or not set(names) <= {name_of(info) for _, info in described}:
        return
    counts = _counts([info for _, info in described])
    if not counts or any(_admits(size, min(counts), sum(counts)) for size in sizes):
        return
    meant = category_of(sum(counts))
    value = meant if isinstance(given, str) else [meant]
    route = (_KEY, 0) if isinstance(given, list) else (_KEY,)
    yield Finding(
        card,
        card.place(*route),
        f"`{_KEY}` says {listed(sizes)}, but the splits in `dataset_info` have {sum(counts)} rows together, which is "
        f"`{meant}`",
        fix=Fix(f"Write `{meant}`", (yaml_edits.set_value(card, (_KEY,), value),), "unsafe"),
    )


def _counts(described: list[dict[str, Any]]) -> list[int]:
    """The rows of every split; none where one has no number of rows."""
    splits = [split for info in described for split in _splits(info)]
    counts = [split.get("num_examples") if isinstance(split, dict) else None for split in splits]
    known = [count for count in counts if type(count) is int and count > 0]
    return known if len(known) == len(counts) and all(map(_splits, described)) else []


def _splits(info: dict[str, Any]) -> list[Any]:
    given = info.get("splits")
    return given if isinstance(given, list) else []


def _admits(size: str, least: int, most: int) -> bool:
    """Whether a size can be that of some of the splits together, or is none that can be compared."""
    try:
        low, high = bounds(size)
    except ValueError:
        return True
    return low * (1 - _TOLERANCE) <= most and least <= high * (1 + _TOLERANCE)
