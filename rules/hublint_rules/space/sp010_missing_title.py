"""A Space without a title.

## What it does
Looks for a `title` with text in it.

## Why it matters on the Hub
The title is what lists and search results show. Without it there is only the repository's name.

## Example
```yaml
title:
sdk: gradio
```

## Use instead
```yaml
title: Speech demo
sdk: gradio
```

## Fix safety
Unsafe: the title is made from the repository's name, `speech-demo` becomes `Speech Demo`.

## Evidence
https://huggingface.co/docs/hub/spaces-config-reference (2026-08-22). That the repository's name takes its place is not
documented.
"""

from __future__ import annotations

import re

from hublint.documents.yaml import edits as yaml_edits
from hublint.rule import Finding, Fix, Rule
from hublint_rules._card import lacks_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository
    from hublint.rule import Edit

RULE = Rule(
    code="SP010",
    name="missing-title",
    severity="warning",
    effect="advice",
    subject="metadata",
    since="0.1.0",
    kinds=("space",),
    fix="unsafe",
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding where the Space has no title."""
    given = card.data.get("title")
    if not lacks_value(card, "space", "title") and not (isinstance(given, str) and not given.strip()):
        return
    title = _title(repository)
    problem = "the Space has an empty `title`" if card.entry("title") else "the Space has no `title`"
    yield Finding(
        card,
        card.place("title"),
        f"{problem}, the name that people see in lists; write one",
        fix=Fix(f"Write `{title}`", (_edit(card, title),), "unsafe") if title else None,
    )


def _title(repository: Repository) -> str:
    """The repository's name in words, else empty."""
    name = (repository.repo_id or repository.name).rpartition("/")[2]
    words = re.split(r"[-_.\s]+", name[:60])
    return " ".join(word[:1].upper() + word[1:] for word in words if word.isalnum())


def _edit(card: Card, title: str) -> Edit:
    if card.entry("title"):
        return yaml_edits.set_value(card, ("title",), title)
    return yaml_edits.insert_entry(card, "title", title)
