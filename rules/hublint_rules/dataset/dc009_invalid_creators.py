"""A value that the fixed lists of a dataset card do not have.

## What it does
Checks `annotations_creators`, `language_creators` and `multilinguality` against their lists, and `source_datasets` for
`original`, `extended`, `extended|name` or the id of a dataset. A word that is no other spelling of one in the list is a
note: collections such as MTEB and GEM have words of their own (`derived`, `translated`, `unknown`).

## Why it matters on the Hub
The push succeeds. The value is a word of its own that no filter has, and a source that is not an id gets no link.

## Example
```yaml
annotations_creators:
- crowd-sourced
```

## Use instead
```yaml
annotations_creators:
- crowdsourced
```

## Fix safety
Safe where the value is one of the list in another spelling or with one slip, and where a source is the address of a
dataset on the Hub. Anything else is left to you.

## Evidence
PyPI datasets 2.14.0 (utils/resources), DatasetCardData of huggingface_hub 2.4.0 and
https://github.com/huggingface/hub-docs/blob/main/datasetcard.md?plain=1. Whether the Hub warns is not recorded.
"""

from __future__ import annotations

import re

from hublint.rule import Finding, Fix, Rule
from hublint_rules._card import strings
from hublint_rules._spelling import closest
from hublint_rules._wording import listed, shown
from hublint_rules.dataset._respelling import respell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository
    from hublint_schemas.violation import Violation

RULE = Rule(
    code="DC009",
    name="invalid-creators",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("dataset",),
    fix="safe",
    only_if=("annotations_creators", "language_creators", "multilinguality", "source_datasets"),
)

_SOURCES = "source_datasets"
_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/datasets/([\w.-]+(?:/(?!tree/|blob/|resolve/)[\w.-]+)?)/?",
    re.ASCII,
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each value that its key does not have."""
    violations = card.violations("dataset", RULE.code)
    wrong = {str(violation.value) for violation in violations}
    taken: dict[str, set[str]] = {}
    for violation in violations:
        key, value = str(violation.route[0]), violation.value
        if value == "" or (key == _SOURCES and value is None):
            continue
        meant = _meant(violation)
        message = _message(violation)
        there = taken.setdefault(key, set(strings(card.data.get(key))) - wrong)
        yield Finding(
            card,
            card.place(*violation.route),
            f"{message}; write `{meant}`" if meant else f"{message}{_choices(violation)}",
            severity="info" if violation.keyword == "enum" and not meant and not _is_listed(value) else None,
            fix=Fix(f"Write `{meant}`", (respell(card, violation.route, meant, there),)) if meant else None,
        )


def _is_listed(value: object) -> bool:
    """Whether a value is one of another key's list."""
    import hublint_schemas

    table = hublint_schemas.table("datasets")
    return any(value in table[key] for key in ("annotations_creators", "language_creators", "multilinguality"))


def _message(violation: Violation) -> str:
    key, value = violation.route[0], shown(violation.value)
    if key == _SOURCES:
        return f"{value} is neither `original` nor `extended` nor the id of a dataset on the Hub"
    if violation.keyword == "enum":
        return f"{value} is not one of the values of `{key}`"
    return f"{value} is not a value of `{key}`"


def _choices(violation: Violation) -> str:
    return f"; the values are {listed(violation.expected, 5)}" if violation.keyword == "enum" else ""


def _meant(violation: Violation) -> str:
    """What a value surely stands for, else empty."""
    value = violation.value
    if not isinstance(value, str):
        return ""
    if violation.route[0] != _SOURCES:
        return closest(value, violation.expected)
    found = _ADDRESS.fullmatch(value.strip())
    return found[1] if found else closest(value, ("original", "extended"))
