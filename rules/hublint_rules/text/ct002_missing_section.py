"""A card that lacks a section of the Hub's card templates.

## What it does
Compares the headings of model and dataset cards with the main sections of the Hub's templates, by their meaning: "How
to use", "Quickstart" and "Example" are all usage. Off by default.

## Why it matters on the Hub
The templates ask what readers and reviewers ask first; a team that wants every card to answer can select this rule.

## Example
```markdown README.md
---
license: mit
---

# Sentence splitter

Splits German legal texts into sentences.

## Usage

Load it as a token classification model.
```

## Use instead
```markdown README.md
---
license: mit
---

# Sentence splitter

## Model description

Splits German legal texts into sentences.

## Usage

Load it as a token classification model.

## Limitations

Not suited to spoken language.

## Training data

40,000 sentences of court decisions.

## Evaluation

98 % of the ends are found.
```

## Evidence
Advice. Sections of modelcard_template.md and datasetcard_template.md in huggingface_hub 2.4.0.
"""

from __future__ import annotations

import re

from hublint.rule import Finding, Rule
from hublint_rules._wording import listed
from hublint_rules.text._card_text import body, markdown, without_comments

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="CT002",
    name="missing-section",
    severity="info",
    effect="advice",
    subject="text",
    since="0.1.0",
    kinds=("model", "dataset"),
    default=False,
)

_SECTIONS = {
    "model": {
        "description": r"descri|summary|overview|introduc|about|details|highlights|what is|key features|architecture",
        "usage": r"us(?:e|age|es|ing)\b|quick ?start|get(?:ting)? started|example|inference|deploy|install|run|how to",
        "limitations": r"limit|bias|risk|ethic|out[- ]of[- ]scope|intended|caveat|disclaimer|responsib|safety",
        "training data": r"train|data|fine-?tun|recipe|procedure|corpus|corpora",
        "evaluation": r"evaluat|result|benchmark|performance|metric|accuracy|score|comparison|leaderboard",
    },
    "dataset": {
        "description": r"descri|summary|overview|introduc|about|details|what is|highlights",
        "structure": r"structure|instance|fields|splits|format|schema|column|features|files|statistic|content|subset",
        "creation": r"creat|source|curat|collect|annotat|process|method|provenance|generat|construct|how (?:it|we)",
        "limitations": r"limit|bias|risk|ethic|considerations|out[- ]of[- ]scope|sensitive|privacy|caveat|disclaim|use",
        "citation": r"citation|cite|citing|bibtex|reference|acknowledg",
    },
}


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding that names the sections that no heading resembles."""
    if not without_comments(body(card)).strip():
        return
    read = markdown(card)
    if read is None:
        return
    headings = "\n".join(heading.text for heading in read.headings)
    wanted = _SECTIONS[repository.kind]
    absent = [name for name, words in wanted.items() if not re.search(rf"(?i)\b(?:{words})", headings)]
    if absent:
        noun = "section" if len(absent) == 1 else "sections"
        yield Finding(card, card.fence, f"the card lacks the {noun} {listed(absent, 5)} of the Hub's template")
