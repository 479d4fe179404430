"""The outline of a card's text, held against the parser: what it calls visible is never code, and headings agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import samples
from hublint.documents.card import Card
from hublint.documents.markdown import parse
from hublint.documents.outline import Outline

if TYPE_CHECKING:
    from collections.abc import Iterable

NEEDED = "[More Information Needed]"
LINES = (
    NEEDED, f"- **By:** {NEEDED}", f"  {NEEDED}", f"    {NEEDED}", f"-     {NEEDED}", f"\t{NEEDED}", f"> {NEEDED}",
    f"`x` {NEEDED}", f"x` {NEEDED}", f"`{NEEDED}", f"<!-- x --> {NEEDED}", f"<!-- {NEEDED} -->", f"{NEEDED} <!-- x",
    f"a <code>{NEEDED}</code>", f"<b>{NEEDED}</b>", f"# {NEEDED}", f"| {NEEDED} |", "", "", "", "# A", "## B ##", "#",
    " ### C", "- # D", "Title", "===", "---", "  ---", "> ===", "| a |", "|---|", "```", "```python", "````", " ```",
    "    ```", "\t```", "``` x ```", "- ```", "> ```", "~~~", "~~~ x", "~~~~", "<!--", "-->", "--> <pre>", "<!-- a -->",
    "  <!-- a -->", "<!-->", "<!--->", "a <!-- b -->", "<div>", "</div>", "<pre>", "</pre>", "<code>", "</code>",
    "<textarea>", "<?x", "?>", "<![CDATA[", "]]>", "<a href='x'>", "[a]: b", "* item", "1. item", "  text", "text",
)  # fmt: skip


def disagreements(body: str) -> tuple[list[str], int]:
    """What the outline says and the parser does not, and how many places it knew to be visible."""
    read = parse(Card("README.md", body.encode()))
    assert read is not None
    outline = Outline(body)
    wrong, known = [], 0
    at = body.find(NEEDED)
    while at >= 0:
        if outline.is_visible(at, at + len(NEEDED)):
            known += 1
            if read.is_code(at, at + len(NEEDED)):
                wrong.append(f"code at {at}")
        at = body.find(NEEDED, at + 1)
    if outline.headings not in (None, len(read.headings)):
        wrong.append(f"{outline.headings} headings for {len(read.headings)}")
    return wrong, known


@pytest.mark.parametrize(
    ("body", "known"),
    [
        (f"# A\n\n{NEEDED}\n", 1),
        (f"```\ncode\n```\n{NEEDED}\n", 1),
        (f"```\n{NEEDED}\n```\n", 0),
        (f"<!-- a\n\nb -->\n\n- **x:** {NEEDED}\r\n", 1),
        (f"<!-- {NEEDED} -->\n", 0),
        (f"`a\n{NEEDED}`\n", 0),
        (f"`a`\n\n{NEEDED}\n", 1),
        (f"- ```\n  x\n\n{NEEDED}\n", 0),
        (f"<code>\n\n{NEEDED}\n\n</code>\n", 0),
        (f"<!-- a --> <code>\n\n{NEEDED}\n\n</code>\n", 0),
        (f"    {NEEDED}\n", 0),
        (f"<div>\n```\n\n{NEEDED}\n```\n", 0),
    ],
)
def test_what_is_surely_visible(body: str, known: int) -> None:
    assert disagreements(body) == ([], known)


@pytest.mark.parametrize(("body", "headings"), [("# A\n\n## B\ntext\n", 2), ("A\n===\n", None), ("> # A\n", None)])
def test_headings(body: str, headings: int | None) -> None:
    assert Outline(body).headings == headings


@given(st.lists(st.sampled_from(LINES), max_size=12), st.sampled_from(["\n", "\r\n", "\r"]))
@settings(max_examples=1_000, deadline=None)
def test_the_parser_agrees(lines: Iterable[str], newline: str) -> None:
    assert disagreements(newline.join(["Text.", "", *lines]))[0] == []


def test_the_parser_agrees_on_the_corpus() -> None:
    cards = [card for sample in samples("spaces", "models", "datasets") if (card := sample.repository().card)]
    if not cards:
        pytest.skip("the corpus is not here")
    found = [disagreements(card.text[slice(*card.body)]) for card in cards]
    assert not [wrong for wrong, _ in found if wrong]
    assert sum(known for _, known in found) > 1_000
