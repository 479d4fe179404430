"""A size that is none of the Hub's size categories.

## What it does
Checks `size_categories` against the twelve sizes, from `n<1K` to `n>1T`. They are spelt exactly so: a capital K, `n` in
the middle, no blanks.

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
Safe where the value is one of the sizes in another spelling (`10k-100k`, `n < 1k`, `<1K`), or a number of rows, which lies in
one of them (`25000`, `1.5M`). Anything else is left to you.

## Evidence
A number in `size_categories` is refused (measured against the Hub's validator, 2026-09). The sizes: PyPI datasets 2.14.0
(utils/resources/size_categories.json) and https://github.com/huggingface/hub-docs/blob/main/datasetcard.md?plain=1.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hublint.rule import Finding, Fix, Rule

from hublint_rules.dataset import respell, shown, strings
from hublint_rules.dataset.sizes import category_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="DC004",
    name="invalid-size-category",
    severity="warning",
    effect="refused",
    subject="frontmatter",
    kinds=("dataset",),
    fix="safe",
)

_KEY = "size_categories"
_UNITS = {"": 1, "k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
_COUNT = r"(\d{1,15}(?:\.\d{1,6})?)([kmbt]?)"
_ONE = re.compile(_COUNT)
_RANGE = re.compile(rf"{_COUNT}(?:<=?n<=?|<|-|–|~|to){_COUNT}")
_OPEN = re.compile(rf"(?:n?([<>])=?{_COUNT}|{_COUNT}([<>])=?n)")


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each size that the Hub does not have."""
    card = repository.card
    if card is None:
        return
    violations = card.violations("dataset", RULE.code)
    wrong = {violation.route for violation in violations}
    items = strings(card.data.get(_KEY))
    taken = {item for index, item in enumerate(items) if (_KEY, index) not in wrong} if violations else set()
    for violation in violations:
        value = violation.value
        if value == "":
            continue
        counted = isinstance(value, (int, float)) and not isinstance(value, bool)
        meant = _meant(str(value)) if counted or isinstance(value, str) else ""
        if counted:
            message = f"the number {shown(value)} is no size category, and the Hub refuses it"
        else:
            message = f"{shown(value)} is none of the Hub's size categories"
        fix = Fix(f"Write `{meant}`", (respell(card, violation.route, meant, taken),)) if meant else None
        yield Finding(
            card,
            card.place(*violation.route),
            f"{message}; write `{meant}`" if meant else message,
            help="" if meant else "they go from `n<1K` over `1K<n<10K` to `n>1T`; `unknown` is one too",
            severity="error" if counted else None,
            fix=fix,
        )


def _meant(text: str) -> str:
    """The size category that a text surely stands for, else empty."""
    word = "".join(text.lower().split()).replace(",", "").replace("_", "")
    if word in ("unknown", "n/a", "na"):
        return "unknown"
    found = _ONE.fullmatch(word)
    if found:
        return category_of(_count(*found.groups()))
    found = _RANGE.fullmatch(word)
    if found:
        low, high = _count(found[1], found[2] or _unit_below(found[1], found[3], found[4])), _count(found[3], found[4])
        return category_of(low) if _is_step(low, high) else ""
    found = _OPEN.fullmatch(word)
    if not found:
        return ""
    below = (found[1] or found[6]) == "<" if found[1] else found[6] == ">"
    bound = _count(found[2] or found[4], found[3] or found[5] or "")
    if below:
        return "n<1K" if bound == 1000 else ""
    return "n>1T" if bound == 10**12 else ""


def _count(digits: str, unit: str) -> int:
    return int(float(digits) * _UNITS[unit])


def _unit_below(low: str, high: str, unit: str) -> str:
    """`10-100K` means thousands in both places; `100-1M` does not say what the 100 are."""
    return unit if float(low) < float(high) else ""


def _is_step(low: int, high: int) -> bool:
    """Whether two numbers are the bounds of one size category."""
    return high == (1000 if low in (0, 1) else low * 10) and (low in (0, 1) or low in {10**power for power in range(3, 12)})
