"""Passages of a card's text, parsed by themselves, held against the same range of the whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import samples
from hublint.documents.card import Card
from hublint.documents.markdown import Markdown, parse, parse_part
from hublint.documents.passages import Passages
from hublint.documents.source import Span
from test_outline import LINES

if TYPE_CHECKING:
    from collections.abc import Iterable

LINK = "[a](b)"
LINKED = (
    LINK, f"- {LINK}", f"  {LINK}", f"    {LINK}", f"> {LINK}", f"`x` {LINK}", f"x` {LINK}", f"`{LINK}", f"| {LINK} |",
    f"<div>{LINK}", f"1. {LINK}", "![a](b", "c.png)", "[![a](b)](c)", "[a]", "[a][b]", "<img src=b", "alt=c>",
    "\\[a](b)",
)  # fmt: skip


def differences(body: str) -> tuple[list[str], int]:
    """Where a passage is not what it is in the whole, and how many passages there are."""
    card = Card("README.md", body.encode())
    whole = parse(card)
    assert whole is not None
    passages = Passages(card, card.body, lambda: whole)
    found = {passages.outline.passage(at.start(), at.end()) for at in re.finditer(r"[^\r\n]+", body)}
    apart = sorted(place for place in found if place is not None)
    wrong = []
    for begin, end in apart:
        fenced = passages.outline.fenced(begin, begin + 1)
        # blank lines at the end are of no use to anybody
        length = len(body[begin : fenced[1] if fenced else end].rstrip())
        span = Span(card.body.start + begin, card.body.start + begin + length)
        part = passages.at(begin, begin + 1)
        assert part is not None
        if shown(part, span) != shown(whole, span):
            wrong.append(card.text[slice(*span)])
    for line in re.finditer(r"[^\r\n]+", body):
        if passages.outline.fenced(*line.span()):
            place = (card.body.start + line.start(), card.body.start + line.end())
            part = passages.at(*line.span())
            assert part is not None
            assert part.block_at(*place) == whole.block_at(*place) is not None
            assert whole.is_code(*place)
    return wrong, len(apart)


def shown(read: Markdown, span: Span) -> list[object]:
    """What a parser says of a range: links, code and markup in it."""
    ranges = [
        [(max(start, span.start), min(end, span.end)) for start, end in each if start < span.end and end > span.start]
        for each in (read.code, read.markup)
    ]
    return [[link for link in read.links if span.start <= link.span.start < span.end], *ranges]


@pytest.mark.parametrize(
    ("body", "known"),
    [
        (f"# A\n\n{LINK}\n", 2),
        (f"```\n{LINK}\n\n{LINK}\n```\n\n{LINK}\n", 2),
        (f"`x {LINK}\n\n{LINK}`\n", 2),
        (f"- a\n\n    {LINK}\n", 1),
        (f"<pre>\n\n{LINK}\n", 0),
        (f"<div>\n{LINK}\n\n{LINK}\n", 2),
        (f"<!-- {LINK}\n\n{LINK} -->\n\n{LINK}\n", 2),
    ],
)
def test_what_is_parsed_by_itself(body: str, known: int) -> None:
    assert differences(body) == ([], known)


def test_a_definition_elsewhere_asks_for_the_whole() -> None:
    card = Card("README.md", b"[a]\n\n[a]: b.png\n")
    whole = parse_part(card, card.body)
    assert Passages(card, card.body, lambda: whole).at(0, 3) is whole


def test_a_range_over_two_passages_asks_for_the_whole() -> None:
    card = Card("README.md", b"a\n\nb\n")
    assert Passages(card, card.body, lambda: None).at(0, 4) is None


@given(st.lists(st.sampled_from((*LINES, *LINKED)), max_size=12), st.sampled_from(["\n", "\r\n", "\r"]))
@settings(max_examples=1_000, deadline=None)
def test_the_parser_agrees(lines: Iterable[str], newline: str) -> None:
    body = newline.join(["Text.", "", *lines])
    if "]:" not in body:
        assert differences(body)[0] == []


def test_the_parser_agrees_on_the_corpus() -> None:
    cards = [card for sample in samples("spaces", "models", "datasets") if (card := sample.repository().card)]
    if not cards:
        pytest.skip("the corpus is not here")
    found = [differences(card.text[slice(*card.body)]) for card in cards]
    assert not [wrong for wrong, _ in found if wrong]
    assert sum(known for _, known in found) > 1_000
