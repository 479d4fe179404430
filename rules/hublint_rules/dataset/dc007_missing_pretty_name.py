"""A dataset card without a name to show.

## What it does
Looks for `pretty_name` in the metadata. Not among the default rules.

## Why it matters on the Hub
`pretty_name` is the name of the dataset for people: with capitals, blanks and accents that its id cannot have.

## Example
```yaml
license: mit
```

## Use instead
```yaml
license: mit
pretty_name: Reviews of Restaurants
```

## Fix safety
Unsafe: the first heading of the text is taken, without `Dataset Card for` before it.

## Evidence
Advice. https://github.com/huggingface/hub-docs/blob/main/datasetcard.md?plain=1 (2026-08).
"""

from __future__ import annotations

import re

from hublint.documents.placeholders import is_placeholder
from hublint.documents.yaml import edits as yaml_edits
from hublint.rule import Finding, Fix, Rule
from hublint_rules._card import lacks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DC007",
    name="missing-pretty-name",
    severity="info",
    effect="advice",
    subject="metadata",
    since="0.1.0",
    kinds=("dataset",),
    fix="unsafe",
    default=False,
)

_HEADING = re.compile(
    r"\s*#[ \t]+(?:dataset card (?:for|of)[ \t]+)?([^\r\n]{2,80}?)[ \t]*#*[ \t]*(?:[\r\n]|$)", re.IGNORECASE
)
_PLAIN = re.compile(r"[\w .,:;()&'+/-]+")


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding where a dataset's metadata have no name to show."""
    if not lacks(card, "dataset", "pretty_name"):
        return
    name = _heading(card)
    yield Finding(
        card,
        card.fence,
        "the dataset card has no `pretty_name`, the name for people to read; write one",
        fix=Fix(f"Write `{name}`", (yaml_edits.insert_entry(card, "pretty_name", name),), "unsafe") if name else None,
    )


def _heading(card: Card) -> str:
    """The heading that the text begins with, where it is plain text; else empty."""
    found = _HEADING.match(card.text, card.body.start)
    if found is None or is_placeholder(found[1]) or not _PLAIN.fullmatch(found[1]):
        return ""
    return "" if found[1].lower() in ("dataset", "dataset name", "dataset card", "readme") else found[1]
