"""A model for text or speech that names no language.

## What it does
Looks for `language` where `pipeline_tag` is a task of text, speech or of text with pictures.

## Why it matters on the Hub
The filter by language does not find the model.

## Example
```yaml
pipeline_tag: automatic-speech-recognition
```

## Use instead
```yaml
pipeline_tag: automatic-speech-recognition
language: de
```

## Evidence
Advice. https://huggingface.co/docs/hub/model-cards (2026-08): `language` feeds the filter; tasks: npm
@huggingface/tasks 0.21.54.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule
from hublint_rules._card import lacks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="MC010",
    name="missing-language",
    severity="info",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("model",),
    only_if=("pipeline_tag",),
)

_TASKS = frozenset(
    "text-classification token-classification table-question-answering question-answering zero-shot-classification "
    "translation summarization text-generation fill-mask sentence-similarity text-ranking text-to-speech "
    "automatic-speech-recognition audio-text-to-text image-text-to-text visual-question-answering "
    "document-question-answering video-text-to-text multiple-choice".split()
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield one finding, at the task."""
    if not lacks(card, "model", "language"):
        return
    task = card.data.get("pipeline_tag")
    if isinstance(task, str) and task in _TASKS and not card.data.get("language_bcp47"):
        message = f"no `language`, though the model is for `{task}`; name its languages, or write `multilingual`"
        yield Finding(card, card.place("pipeline_tag"), message)
