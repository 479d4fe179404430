"""What rules about a card's text settle without a parser, held against the parser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import samples
from hublint.documents.card import Card
from hublint_rules.text import _anchors as anchors
from hublint_rules.text import ct003_template_text_left as ct003
from hublint_rules.text import ct007_usage_of_another_repo as ct007
from hublint_rules.text._card_text import body, lines, markdown, passages
from test_outline import LINES
from test_passages import LINKED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hublint.documents.markdown import Markdown

LOAD = "load()"
OTHERS = (
    LOAD, f"> {LOAD}", f"    {LOAD}", f"```{LOAD}", f"~~~ {LOAD}", f"```|{LOAD}", f"~~~ `{LOAD}", "# A {#b}",
    "# [a](b)", "## a &amp; b", "> # C", "- D", "-", "=", "a {#b}", "<a id=b>", "<h2>E</h2>", "![ [a](b) ](c)",
    "||[a](b)|", "[[a](b)",
)  # fmt: skip


def disagreements(card: Card) -> list[str]:
    """What is settled otherwise than a parser would."""
    read = markdown(card)
    assert read is not None
    return [*_names(card, read), *_headings(card, read), *_code(card, read)]


def _names(card: Card, read: Markdown) -> Iterable[str]:
    if anchors.are_plain(lines(card)):
        yield from anchors.exact(read, body(card)) - anchors.rough(lines(card))


def _headings(card: Card, read: Markdown) -> Iterable[str]:
    number = len(read.headings)
    for least in {0, number // 2 - 1, number // 2, (number + 1) // 2}:
        if (
            least >= 0
            and passages(card).outline.headings is None
            and ct003._are_half(card, least) != (least * 2 >= number)
        ):
            yield f"{number} headings are not {least}"


def _code(card: Card, read: Markdown) -> Iterable[str]:
    start = card.body.start
    for found in re.finditer(re.escape(LOAD), body(card)):
        block = read.block_at(start + found.start(), start + found.end())
        known = ct007._block(card, *found.span())
        if (known is not None and LOAD in known.content) != (block is not None and LOAD in block.content):
            yield f"code at {found.start()}"


@given(st.lists(st.sampled_from((*LINES, *LINKED, *OTHERS)), max_size=12), st.sampled_from(["\n", "\r\n", "\r"]))
@settings(max_examples=2_000, deadline=None)
def test_the_parser_agrees(written: list[str], newline: str) -> None:
    assert disagreements(Card("README.md", newline.join(written).encode())) == []


def test_the_parser_agrees_on_the_corpus() -> None:
    cards = [card for sample in samples("spaces", "models", "datasets") if (card := sample.repository().card)]
    if not cards:
        pytest.skip("the corpus is not here")
    assert [wrong for card in cards if markdown(card) for wrong in disagreements(card)] == []
