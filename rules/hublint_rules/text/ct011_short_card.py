"""A model or dataset card whose text is shorter than leaderboards take.

## What it does
Counts the characters below the metadata block, blanks and line breaks too, and asks for 200. A card without any text is
CT001's. On in the profiles `leaderboard` and `gated`.

## Why it matters on the Hub
The Open LLM Leaderboard and those that copied its check refuse a submission whose card is shorter: "Please add a
description to your model card, it is too short."

## Example
```markdown README.md
---
license: mit
---

# Sentence splitter

Splits German legal texts.
```

## Use instead
```markdown README.md
---
license: mit
---

# Sentence splitter

Splits German legal texts into sentences. Trained on 40,000 hand-checked sentences of court decisions.
It knows abbreviations of statutes and courts, which other splitters take for the end of a sentence.
```

## Evidence
`check_model_card` of https://huggingface.co/spaces/open-llm-leaderboard/open_llm_leaderboard: `len(card.text) < 200` on
huggingface_hub's `ModelCard.load`, which at least eight others copied (2026-11-29). Off by default: elsewhere a short
text may be enough.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule
from hublint_rules.text._card_text import body, without_comments

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="CT011",
    name="short-card",
    severity="warning",
    effect="advice",
    subject="text",
    since="0.1.0",
    kinds=("model", "dataset"),
    default=False,
)
_ENOUGH = 200


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for a card with a text that is too short."""
    text = body(card)
    if len(text) < _ENOUGH and without_comments(text).strip():
        yield Finding(
            card,
            card.fence,
            f"the card's text has {len(text)} characters, and leaderboards ask for {_ENOUGH}; say what the "
            f"{repository.kind} is, how it was made and how to use it",
        )
