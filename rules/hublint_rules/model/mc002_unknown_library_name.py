"""A `library_name` that the Hub does not know.

## What it does
Checks `library_name` against the Hub's list of libraries. A known library in another spelling, with a slip or under
its old name is a warning; any other value is a note, for the list is open and grows every week. Silent about such a
value beside GGUF files, whose page the Hub gives llama.cpp's code whatever the card says.

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
2026-09 (rule matrix in the project's facts). `library_name: gguf` is common on cards of GGUF files, which the Hub finds
by their names (https://huggingface.co/docs/hub/gguf, 2026-08).
"""

from __future__ import annotations

import hublint_schemas
from hublint.documents.placeholders import is_placeholder
from hublint.documents.yaml import edits as yaml_edits
from hublint.rule import Finding, Fix, Rule
from hublint_rules._spelling import closest, letters
from hublint_rules._wording import did_you_mean, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="MC002",
    name="unknown-library-name",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("model",),
    fix="safe",
    only_if=("library_name",),
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding where `library_name` is not one of the Hub's."""
    name = card.data.get("library_name")
    if not isinstance(name, str) or not name.strip() or is_placeholder(name):
        return
    table = hublint_schemas.table("libraries")
    if name in table["libraries"]:
        return
    meant = table["renamed"].get(name) or closest(name, table["libraries"])
    if meant:
        yield Finding(
            card,
            card.place("library_name"),
            f"{shown(name)} is not a library that the Hub knows; write `{meant}`",
            fix=Fix(f"Write `{meant}`", (yaml_edits.set_value(card, ("library_name",), meant),)),
        )
        return
    if any(path.lower().endswith(".gguf") for path in repository.files):
        return
    hints = {letters(word): library for word, library in table["suggestions"].items()}
    hint = hints.get(letters(name))
    yield Finding(
        card,
        card.place("library_name"),
        f"{shown(name)} is not a library that the Hub knows, so the model's page shows no loading code"
        + did_you_mean([hint] if hint else []),
        severity="info",
    )
