"""The text of a card, below its metadata.

markdown-it is slow, so every rule looks at the bare text first. Where that cannot settle the matter it asks for the
`passages` around what it found, and for `markdown` only where it needs to know the whole.
"""

from __future__ import annotations

import re
from functools import partial

from hublint.documents.markdown import parse
from hublint.documents.passages import Passages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.card import Card
    from hublint.documents.markdown import Markdown


def body(card: Card) -> str:
    """The text below the metadata block."""
    return card.prose


def lines(card: Card) -> list[str]:
    """The lines of the text below the metadata block, without their line breaks."""
    return card.parsed(_lines)


def _lines(card: Card) -> list[str]:
    text = body(card)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.split("\n")


def markdown(card: Card) -> Markdown | None:
    """The card's text, parsed once; None where it is too long to be judged."""
    return card.parsed(parse)


def passages(card: Card) -> Passages:
    """The card's text, parsed around the places that are asked for."""
    return card.parsed(_passages)


def _passages(card: Card) -> Passages:
    return Passages(card, card.body, partial(markdown, card))


def without_comments(text: str) -> str:
    """The text with blanks in place of HTML comments, so that offsets stay."""
    if "<!--" not in text:
        return text
    return re.sub(r"<!--[\s\S]*?(?:-->|\Z)", lambda found: re.sub(r"[^\r\n]", " ", found[0]), text)


def is_template(card: Card) -> bool:
    """Whether the README is itself a template, to be filled in when it is used; FM012 speaks about its metadata."""
    if card.block is None:
        return False
    return bool(
        re.search(r"(?m)\{\{|(?:^|[:-] *)\{[A-Za-z_]\w*\}|__[A-Z]+_[A-Z_]+__", card.text[slice(*card.block.content)])
    )
