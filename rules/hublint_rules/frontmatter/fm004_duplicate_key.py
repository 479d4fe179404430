"""The same key twice in one mapping.

## What it does
Compares the keys of every mapping in the metadata, at any depth, as the Hub's parser does: `1` and `"1"` are
one key.

## Why it matters on the Hub
The Hub refuses the whole push. Python readers keep the last value without a word.

## Example
```yaml
license: mit
language: en
license: apache-2.0
```

## Use instead
```yaml
license: apache-2.0
language: en
```

## Fix safety
Unsafe: the earlier entry is removed, so the value that Python readers used so far stays. Which one was meant is
for you to say.

## Evidence
"Invalid YAML in README.md: duplicated mapping key (41:1)", recorded in a push; the datasets library raises
"Got duplicate yaml keys" (PyPI datasets 5.2.0, utils/metadata.py).
"""

from __future__ import annotations

from hublint.documents.yaml.nodes import Mapping, Scalar
from hublint.documents.yaml.walk import duplicates
from hublint.rule import Finding, Fix, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.documents.yaml.nodes import Entry
    from hublint.repository.repository import Repository

RULE = Rule(
    code="FM004",
    name="duplicate-key",
    severity="error",
    effect="refused",
    subject="metadata",
    since="0.1.0",
    fix="unsafe",
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each later key of the same name."""
    if card.block is None:
        return
    for first, above, entry in duplicates(card.root):
        shown = entry.name if isinstance(entry.key, Scalar) else card.text[slice(*entry.key.span)]
        line, column = card.position(entry.key.span.start)
        opening = card.position(card.block.content.start).line
        yield Finding(
            card,
            entry.key,
            f"`{shown}` is here twice, first in line {card.position(first.key.span.start).line}; keep one of them",
            hub_message=f"Invalid YAML in README.md: duplicated mapping key ({line - opening + 1}:{column})",
            fix=_fix(card, first, above),
        )


def _fix(card: Card, first: Entry, above: int) -> Fix:
    """Each removes the one above, so all together leave the last."""
    from hublint.documents.yaml import removing as yaml_removing

    mapping = first.key.parent
    assert isinstance(mapping, Mapping)
    edit = yaml_removing.remove_part(card, mapping, above, first.route)
    return Fix("Keep the last", (edit,), "unsafe")
