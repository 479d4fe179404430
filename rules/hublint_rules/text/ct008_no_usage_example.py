"""A model card that shows no code.

## What it does
Finds model cards with text but without any code block. Commands and calls within a sentence count as code, and so do
links to notebooks.

## Why it matters on the Hub
Readers copy the example that a card gives. Where there is none they guess the classes, the prompt format and the
preprocessing, and blame the model for what they guessed wrong.

## Example
```markdown README.md
---
license: mit
---

# Sentence splitter

Splits German legal texts into sentences.
```

## Use instead
```markdown README.md
---
license: mit
---

# Sentence splitter

Splits German legal texts into sentences.

~~~python
from transformers import pipeline

split = pipeline("token-classification", model="example/sentence-splitter")
~~~
```

## Evidence
Advice. "How to Get Started with the Model" in the template of https://huggingface.co/docs/hub/model-card-annotated
(2026-08-22).
"""

from __future__ import annotations

import re

from hublint.regexes import lazy
from hublint.rule import Finding, Rule
from hublint_rules.text._card_text import body, without_comments

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="CT008",
    name="no-usage-example",
    severity="info",
    effect="advice",
    subject="text",
    since="0.1.0",
    kinds=("model",),
)

# Each begins with a sign or letter of its own, which `re` finds much faster than the start of a word or line.
_CODE = lazy(
    r"~~~|<pre\b|<code\b|\n(?:\t| {4})[^\r\n]*[(=]"
    r"|pip install\b|hf download\b|huggingface-cli download\b|from_pretrained\b|load_dataset\b|pipeline\("
    r"|ollama (?:run|pull)\b|llama-(?:cli|server)\b|python3? \S+\.py\b|colab\.research\.google\.com|\.ipynb\b"
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for a model card without code."""
    text = body(card)
    if (
        "```" in text
        or "nformation needed" in card.lowered
        or _CODE.search(f"\n{text}")
        or any("(" in span for span in re.findall(r"`([^`\r\n]+)`", text))
    ):
        return
    lines = re.split(r"[\r\n]+", without_comments(text))
    if any(line.strip() and not line.lstrip().startswith("#") for line in lines):
        yield Finding(card, card.fence, "the card has no code block; show how to load and run the model")
