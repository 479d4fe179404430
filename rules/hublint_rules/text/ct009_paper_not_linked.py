"""A paper on arXiv that the card names and does not link.

## What it does
Finds arXiv ids (`arXiv:2101.00027`) in the text of a card that links that paper nowhere, and the metadata key `arxiv`,
which the Hub does not know. Ids in code, such as BibTeX, are left alone.

## Why it matters on the Hub
The Hub reads the ids out of links to arXiv or to its own paper pages. It tags the repository with them and shows it on
the paper's page; plain text does neither.

## Example
```markdown README.md
---
license: mit
---

The method is described in arXiv:2101.00027.
```

## Use instead
```markdown README.md
---
license: mit
---

The method is described in [arXiv:2101.00027](https://arxiv.org/abs/2101.00027).
```

## Evidence
"Linking a Paper" in https://huggingface.co/docs/hub/model-cards and https://huggingface.co/docs/hub/datasets-cards
(2026-08-22); `arxiv` is among the documented keys of neither card.
"""

from __future__ import annotations

from hublint.documents.source import Span
from hublint.regexes import lazy
from hublint.rule import Finding, Rule
from hublint_rules.text._card_text import body, passages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="CT009",
    name="paper-not-linked",
    severity="info",
    effect="ignored",
    subject="text",
    since="0.1.0",
    kinds=("model", "dataset"),
)

_ID = r"(\d{4}\.\d{4,5})"
_NAMED = (
    r"arxiv(?<!\warxiv)(?:[ \t]+(?:preprint|e-prints?|id|no\.?))?[ \t]*(?:[:(][ \t]*)?(?:arxiv[ \t]*:[ \t]*)?"
    rf"{_ID}(?!\d)"
)
_IN_LOWER_CASE = lazy(_NAMED)
_AS_WRITTEN = lazy(f"(?i){_NAMED}")
_ADDRESSES = (
    r"arxiv\.org/[a-z]+/", r"alphaxiv\.org/[a-z]+/", r"huggingface\.co/papers/", r"hf\.co/papers/",
    r"10\.48550/arxiv\.",
)  # fmt: skip
_LINKED = [lazy(address + _ID) for address in _ADDRESSES]  # apart, since each begins with letters to search for


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for the key `arxiv` and for the first paper that is named only."""
    entry = card.entry("arxiv")
    if entry is not None:
        yield Finding(
            card,
            entry.key,
            "`arxiv` is not a key that the Hub reads; link the paper in the text, and the Hub makes it a tag",
        )
    named = _IN_LOWER_CASE.findall(card.lowered)
    missing = {*named} - _linked(card) if named else ()
    for found in _AS_WRITTEN.finditer(body(card)) if missing else ():
        if found[1] not in missing:
            continue
        read = passages(card).at(*found.span())
        start, end = card.body.start + found.start(), card.body.start + found.end()
        if read is not None and read.is_prose(start, end):
            yield Finding(
                card,
                Span(start, end),
                f"the paper {found[1]} is named, but not linked; link `https://arxiv.org/abs/{found[1]}`, and the Hub "
                f"tags the {repository.kind} with it",
            )
            return


def _linked(card: Card) -> set[str]:
    """The papers that the text links to or the tags name."""
    tags = card.data.get("tags")
    tagged = (str(tag).lower().removeprefix("arxiv:") for tag in (tags if isinstance(tags, list) else ()))
    return {*tagged, *(paper for pattern in _LINKED for paper in pattern.findall(card.lowered))}
