"""A size that is not one of the Hub's size categories.

## What it does
Checks `size_categories` against the Hub's sizes, from `n<1K` over `1K<n<10K` to `n>1T`. They are spelt exactly so: a
capital K, `n` in the middle, no blanks.

## Why it matters on the Hub
The Hub refuses the whole push for a number. Any other text stands in no filter of the datasets page.

## Example
```yaml
size_categories:
- 10k-100k
```

## Use instead
```yaml
size_categories:
- 10K<n<100K
```

## Fix safety
Safe where the value is one of the sizes in another spelling (`10k-100k`, `n < 1k`), a range within one of them
(`20K-50K`), or a plain number of rows. Unsafe for a number with a unit (`1.5M`), which may be megabytes.

## Evidence
A number in `size_categories` is refused (measured against the Hub's validator, 2026-09). The sizes: PyPI datasets
2.14.0 (utils/resources/size_categories.json), `other` from DatasetCardData of huggingface_hub 2.4.0, and
https://github.com/huggingface/hub-docs/blob/main/datasetcard.md?plain=1.
"""

from __future__ import annotations

import re

from hublint.dataset.sizes import bounds, category_of
from hublint.rule import Finding, Fix, Rule
from hublint_rules._card import strings
from hublint_rules._wording import shown
from hublint_rules.dataset._respelling import respell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository
    from hublint.rule import Safety

RULE = Rule(
    code="DC004",
    name="invalid-size-category",
    severity="warning",
    effect="refused",
    subject="metadata",
    since="0.1.0",
    kinds=("dataset",),
    fix="safe",
    only_if=("size_categories",),
)

_KEY = "size_categories"
_OTHER = "other"
_UNITS = {"": 1, "k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
_COUNT = r"(\d{1,15}|\d{1,6}(?:\.\d{1,2})?[kmbt])"
_ONE = re.compile(_COUNT)
_RANGE = re.compile(rf"{_COUNT}(?:[<>]=?n[<>]=?|<|-|–|~|to){_COUNT}")
_BELOW = re.compile(rf"(?:n?<=?{_COUNT}|{_COUNT}>=?n)")
_ABOVE = re.compile(rf"(?:n?>=?{_COUNT}|{_COUNT}<=?n)")
_THOUSANDS = re.compile(r"(?<=\d)[,_](?=\d{3}(?!\d))")
_LEAST = 100  # A lone `1` or `10` may be anything.


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each size that the Hub does not have."""
    violations = card.violations("dataset", RULE.code)
    taken = set(strings(card.data.get(_KEY))) - {item.value for item in violations if isinstance(item.value, str)}
    for violation in violations:
        value = violation.value
        if value in ("", _OTHER):
            continue
        counted = isinstance(value, (int, float)) and not isinstance(value, bool)
        meant, safety = _meant(str(value)) if isinstance(value, str) or counted else ("", "safe")
        message = f"{shown(value)} is not one of the Hub's size categories"
        if counted:
            message = f"the number {shown(value)} is not a size category, and the Hub refuses it"
        elif isinstance(value, dict):
            message = "`size_categories` must be a list, not a mapping"
        fix = Fix(f"Write `{meant}`", (respell(card, violation.route, meant, taken),), safety) if meant else None
        yield Finding(
            card,
            card.place(*violation.route),
            f"{message}; write `{meant}`" if meant else message,
            help="" if meant else "sizes go from `n<1K` over `1K<n<10K` to `n>1T`; `unknown` is one too",
            severity="error" if counted else None,
            fix=fix,
        )


def _meant(text: str) -> tuple[str, Safety]:
    """The size category that a text surely or perhaps stands for, else empty."""
    word = _THOUSANDS.sub("", "".join(text.lower().split()))
    if word == "unknown":
        return word, "safe"
    found = _ONE.fullmatch(word)
    if found:
        rows = _count(found[1])
        return category_of(rows) if rows >= _LEAST else "", "safe" if found[1].isdigit() else "unsafe"
    found = _RANGE.fullmatch(word)
    if found:
        low, high = _count(found[1]), _count(found[2])
        return category_of(low) if low < high <= bounds(category_of(low))[1] else "", "safe"
    found = _BELOW.fullmatch(word)
    if found and _count(found[1] or found[2]) <= 1000:
        return "n<1K", "safe"
    found = _ABOVE.fullmatch(word)
    if found and _count(found[1] or found[2]) >= 10**12:
        return "n>1T", "safe"
    return "", "safe"


def _count(text: str) -> int:
    unit = text[-1] if text[-1] in _UNITS else ""
    return round(float(text.removesuffix(unit)) * _UNITS[unit])
