"""Text of a card template that nobody filled in.

## What it does
Finds what the Hub's and the trainers' card templates leave for the author: `[More Information Needed]`, template
variables such as `{{ model_summary | default(...) }}` and `{{ cookiecutter.name }}`, and the templates' instructions.
Code, comments and READMEs that are templates themselves are left alone. A card gets one finding, with the number of
places: a warning where half of the sections or more are unfilled, else information. Template variables and
instructions are always a warning.

## Why it matters on the Hub
The Hub shows the placeholder as it stands, in the place where readers look for the answer.

## Example
```markdown README.md
---
license: mit
---

# Sentence splitter

## Training data

[More Information Needed]
```

## Use instead
```markdown README.md
---
license: mit
---

# Sentence splitter

## Training data

40,000 sentences of German court decisions.
```

## Evidence
modelcard_template.md and datasetcard_template.md in PyPI huggingface_hub 2.4.0; the card that the Trainer of
transformers writes; the older templates of transformers (2020) and datasets (2022), whose text is in hundreds of
collected cards.
"""

from __future__ import annotations

from hublint.documents.markdown import LARGEST
from hublint.regexes import lazy
from hublint.rule import Finding, Rule
from hublint_rules.text._card_text import body, is_template, lines, markdown, passages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.documents.passages import Passages
    from hublint.repository.repository import Repository

RULE = Rule(
    code="CT003",
    name="template-text-left",
    severity="warning",
    effect="advice",
    subject="text",
    since="0.1.0",
    only_if=("info", "{{", "provide", "describe", "you can include", "preprocessing,", "summarize", "motivated"),
)

_NEEDED = lazy(
    r"(?i)\[[ \t]*(?:more|needs more|needs|insert more) (?:information|info)"
    r"(?: needed[ \t]*\]|[ \t]*\](?![ \t]*[(\[]))(?![ \t]*:)"
)
_NEEDED_ON_A_LINE = lazy(r"(?i)[\r\n]([ \t>*_-]*(?:more|needs more) information(?: is)? needed[ \t.*_]*)(?=[\r\n]|\Z)")
_ENDS_A_LINE = lazy(r"more information(?: is)? needed[ \t.*_]*(?:[\r\n]|\Z)")
_VARIABLE = lazy(
    r"\{\{-?\s*(?:cookiecutter\.[\w.]+(?:\s*\|\s*\w+)?|\w+\s*\|\s*default\([^{}\r\n]*\)"
    r"|(?:model|dataset)_(?:id|name|summary|description|card)|card_data|pretty_name)\s*-?\}\}"
)
# The first words of instructions that stood as visible text in templates.
_INSTRUCTIONS = (
    "Provide examples of latent issues and potential remediations",
    "Describe the data you used to train the model.",
    "You can include sample code which will be formatted",
    "Preprocessing, hardware used, hyperparameters...",
    "Briefly summarize the dataset, its intended use and the supported tasks.",
    "Provide a sentence of describing the dataset",
    "Provide an JSON-formatted example and brief description of a typical instance",
    "List and describe the fields present in the dataset.",
    "What need motivated the creation of this dataset?",
    "If applicable, provide links to the model/dataset",
)
# A heading below a blank line.
_HEADING = lazy(r"\n[ \t\r]*\n(#{1,6})[ \t]")


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for the first of a card's left-overs."""
    text = body(card)
    found = sorted(_spans(card))
    if not found or is_template(card):
        return
    start = card.body.start
    left = _outside_code(found, start, passages(card))
    are_half = _are_half(card, len(left)) if left else None
    if are_half is not None:
        from hublint.documents.source import Span

        begin, end = left[0]
        begin += len(text[begin:end]) - len(text[begin:end].lstrip(" \t>*_-"))
        words = " ".join(text[begin:end].split())
        shown = words if len(words) <= 60 else f"{words[:57]}..."
        more = f", here and in {_places(len(left) - 1)}" if len(left) > 1 else ""
        yield Finding(
            card,
            Span(start + begin, start + end),
            f"`{shown}` is left from a template{more}; fill it in or remove it",
            severity=None if are_half or _is_raw(text, left) else "info",
        )


def _outside_code(found: list[tuple[int, int]], start: int, parts: Passages) -> list[tuple[int, int]]:
    """Those places of a text, which begins at `start`, that are not shown as code; none where it is too long."""
    left = []
    for begin, end in found:
        if not parts.outline.is_visible(begin, end):
            read = parts.at(begin, end)
            if read is None:
                return []
            if read.is_code(start + begin, start + end):
                continue
        left.append((begin, end))
    return left


def _are_half(card: Card, number: int) -> bool | None:
    """Whether the card has no more than twice as many headings as a number; None where it is too long to be judged."""
    text, outline = body(card), passages(card).outline
    if outline.headings is not None:
        return number * 2 >= outline.headings
    if len(text) > LARGEST:
        return None
    if number * 2 >= sum(_may_make_heading(line) for line in lines(card)):
        return True
    sure = (found for found in _HEADING.finditer(text) if outline.is_visible(found.start(1), found.end()))
    if number * 2 < sum(1 for _ in sure):
        return False
    read = markdown(card)
    return read is not None and number * 2 >= len(read.headings)


def _may_make_heading(line: str) -> bool:
    return "#" in line or line.rstrip(" \t").endswith(("=", "-"))


def _spans(card: Card) -> Iterator[tuple[int, int]]:
    text, lowered = body(card), card.lowered
    if "more info" in lowered or "needs info" in lowered:
        for found in _NEEDED.finditer(text):
            yield found.span()
    if _ENDS_A_LINE.search(lowered):
        for found in _NEEDED_ON_A_LINE.finditer(f"\n{text}"):
            start, end = found.span(1)
            yield start - 1, end - 1
    if "{{" in text:
        for found in _VARIABLE.finditer(text):
            yield found.span()
    for words in _INSTRUCTIONS:
        place = text.find(words)
        if place >= 0:
            yield place, place + len(words)


def _is_raw(text: str, left: list[tuple[int, int]]) -> bool:
    """Whether a template's own language or advice to the author is left."""
    return any(text[begin:end].startswith(("{{", *_INSTRUCTIONS)) for begin, end in left)


def _places(number: int) -> str:
    return "another place" if number == 1 else f"{number} other places"
