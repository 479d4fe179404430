"""A `library_name` that the Hub does not know.

## What it does
Checks `library_name` against the Hub's list of libraries. A known library in another spelling, with a slip or under
its old name is a warning; any other value is a note, for the list is open and grows every week.

## Why it matters on the Hub
The Hub accepts every value in silence. With one that it does not know the model's page shows no code that loads the
model, and the model is missing in the library filter.

## Example
```yaml
library_name: Transformers
```

## Use instead
```yaml
library_name: transformers
```

## Fix safety
Safe where the value is a library of the Hub in another spelling (`sentence_transformers`), with a slip
(`transformer`) or under its old name.

## Evidence
MODEL_LIBRARIES_UI_ELEMENTS of npm @huggingface/tasks 0.21.54; that the Hub does not check the value was measured in
2026-09 (rule matrix in the project's facts).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import hublint_schemas
from hublint.documents.placeholders import is_placeholder
from hublint.documents.yaml import edits as yaml_edits
from hublint.rule import Finding, Fix, Rule
from hublint_rules.model import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="MC002",
    name="unknown-library-name",
    severity="warning",
    effect="ignored",
    subject="frontmatter",
    kinds=("model",),
    fix="safe",
)

_SHORTEST_SLIP = 5


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding where `library_name` is none of the Hub's."""
    card = repository.card
    name = card.data.get("library_name") if card is not None else None
    if card is None or not isinstance(name, str) or not name.strip() or is_placeholder(name):
        return
    table = hublint_schemas.table("libraries")
    if name in table["libraries"]:
        return
    meant = table["renamed"].get(name) or _meant(name, list(table["libraries"]))
    if meant:
        yield Finding(
            card,
            card.place("library_name"),
            f"{shown(name)} is no library of the Hub; write `{meant}`",
            fix=Fix(f"Write `{meant}`", (yaml_edits.set_value(card, ("library_name",), meant),)),
        )
        return
    hints = {_bare(word): library for word, library in table["suggestions"].items()}
    hint = hints.get(_bare(name))
    yield Finding(
        card,
        card.place("library_name"),
        f"{shown(name)} is no library of the Hub, so the model's page shows no code that loads it"
        + (f"; perhaps it is `{hint}`" if hint else ""),
        severity="info",
    )


def _meant(name: str, libraries: list[str]) -> str:
    """The library that a name is another spelling or a slip of, else empty; a digit is never taken for a slip."""
    bare = _bare(name)
    alike = [library for library in libraries if _bare(library) == bare]
    if alike:
        return alike[0] if len(alike) == 1 else ""
    from difflib import get_close_matches

    if not _SHORTEST_SLIP <= len(bare) <= 40:
        return ""
    near = [
        library
        for library in get_close_matches(name.lower(), libraries, 3, 0.9)
        if _digits(library) == _digits(name) and library[0] == name[0].lower()
    ]
    return near[0] if len(near) == 1 else ""


def _bare(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "").replace(" ", "")


def _digits(name: str) -> str:
    return "".join(filter(str.isdigit, name))
