"""A model or dataset card without any text below its metadata.

## What it does
Finds cards whose README.md ends with the metadata block, apart from blank lines and HTML comments. A card that has
headings and nothing else is reported as information. Spaces are left alone: their page shows the app.

## Why it matters on the Hub
The text is the page that visitors of a model or dataset see first; without it they cannot tell what the repository
is for.

## Example
```markdown README.md
---
license: mit
---
```

## Use instead
```markdown README.md
---
license: mit
---

# Sentence splitter

Splits German legal texts into sentences. Trained on 40,000 hand-checked sentences of court decisions.
```

## Evidence
Advice. What a card should describe: https://huggingface.co/docs/hub/model-cards (2026-08-22). Hundreds of Spaces in
the collected repositories have no text, or only the template's line, and need none.
"""

from __future__ import annotations

import re

from hublint.regexes import lazy
from hublint.rule import Finding, Rule
from hublint_rules.text._card_text import body, lines, without_comments

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="CT001",
    name="empty-card",
    severity="warning",
    effect="advice",
    subject="text",
    since="0.1.0",
    kinds=("model", "dataset"),
)

_BLANKS = " \t\ufeff"
_HEADING = lazy(r" {0,3}#{1,6}(?:\s|$)")


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for a card without text."""
    text = body(card)
    if (len(text) > 2000 and "<!--" not in text) or _begins_with_text(card):
        return
    shown = [line for line in re.split(r"[\r\n]+", without_comments(text)) if line.strip(_BLANKS)]
    what = f"what the {repository.kind} is and how to use it"
    if not shown:
        where = "below its metadata" if card.block else "at all"
        yield Finding(card, card.fence, f"the card has no text {where}; say {what}")
    elif all(map(_HEADING.match, shown)):
        yield Finding(card, card.fence, f"the card has headings and no text; say {what}", severity="info")


def _begins_with_text(card: Card) -> bool:
    """Whether text stands above the first comment."""
    for line in lines(card):
        if "<!--" in line:
            return False
        if line.strip(_BLANKS) and not _HEADING.match(line):
            return True
    return False
