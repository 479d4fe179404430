"""A model card that says nothing about limitations, biases or intended use.

## What it does
Looks for any word about limitations, bias, risks, ethics or intended and unintended use in model cards of 150 words or
more. Cards in other scripts than Latin, and those of quantized or converted copies of a base model, are left alone.

## Why it matters on the Hub
Model cards were introduced to say where a model should not be used; the Hub's template has a section for it, and
people who choose a model for a product look for it first.

## Example
```markdown README.md
---
license: mit
---

# Sentence splitter

The model splits legal texts into sentences. It reads a text token by token and marks the last token of each sentence.
It was trained on forty thousand sentences that three students of law cut by hand, out of decisions of civil courts
from the years 1990 to 2020. Decisions were drawn at random, one from each court and year, and every fifth was cut by
two people, who agreed on nearly all of them. We began with a small encoder for one language and trained it for ten
epochs on a single card, which took about two hours. The learning rate was warmed up over the first tenth of the steps
and then went down to zero. On two thousand sentences that were kept apart it finds nearly every end, and few that are
none. Abbreviations and numbers with dots were the hardest for it, as for all that came before. Load it as any other
token classification model. It takes at most five hundred tokens, so that longer texts are read in overlapping pieces
and the marks are then put together.
```

## Use instead
```markdown README.md
---
license: mit
---

# Sentence splitter

Splits German legal texts into sentences.

## Limitations

Not suited to spoken language or to texts before 1950.
```

## Evidence
Advice. Sections "Uses" and "Bias, Risks, and Limitations" of https://huggingface.co/docs/hub/model-card-annotated
(2026-08-22), after Mitchell et al. 2018.
"""

from __future__ import annotations

import re

from hublint.rule import Finding, Rule
from hublint_rules.text._card_text import body, without_comments

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="CT010",
    name="missing-limitations",
    severity="info",
    effect="advice",
    subject="text",
    since="0.1.0",
    kinds=("model",),
)

_FEWEST = 150
# Parts of words, in English and the languages that most cards are written in otherwise.
_SAID = (
    "limit", "bias", "risk", "ethic", "intend", "scope", "caveat", "responsib", "disclaim", "misuse", "harm", "warning",
    "shortcoming", "drawback", "should not", "shouldn't", "not be used", "not suit", "not recommend", "not meant",
    "do not use", "safety", "known issue", "use case", "unsafe", "offensive", "stereotyp", "may not", "may produce",
    "may generate", "might not", "research only", "research purpose", "information needed",
    "biais", "risque", "éthi", "sesgo", "riesgo", "étic", "viés", "verzerr", "einschränk", "grenzen", "beperking",
    "rischi",
)  # fmt: skip
_COPIES = frozenset(
    ("gguf", "ggml", "mlx", "onnx", "openvino", "gptq", "awq", "exl2", "coreml", "quantized", "ctranslate2")
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for a model card that is silent about where the model fails."""
    text = body(card)
    if len(text) < _FEWEST * 4 or any(said in card.lowered for said in _SAID) or _is_copy(repository, card.data):
        return
    prose = re.sub(r"```[\s\S]*?```|https?://\S+|<[^<>]*>|\|[^\r\n]*", " ", without_comments(text))
    words = re.findall(r"[^\W\d_]{2,}", prose)
    foreign = sum(not word[0].isascii() and ord(word[0]) > 0x24F for word in words)
    if len(words) >= _FEWEST and foreign * 10 < len(words):
        yield Finding(
            card,
            card.fence,
            "the card says nothing about limitations, biases or intended use; say what it should not be used for",
        )


def _is_copy(repository: Repository, data: dict[str, object]) -> bool:
    """Whether the model is another one in another format, whose card says the rest."""
    tags = data.get("tags")
    names = {str(tag).lower() for tag in (tags if isinstance(tags, list) else ())}
    names.add(str(data.get("library_name", "")).lower())
    return (
        data.get("base_model_relation") == "quantized"
        or bool(names & _COPIES)
        or any(path.endswith((".gguf", ".ggml")) for path in repository.files)
    )
