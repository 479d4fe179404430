"""Places of headings, links and code in a card's text; markdown-it's own output is the oracle."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from corpus import samples
from hublint.documents.card import Card
from hublint.documents.markdown import LARGEST, Markdown, parse

CARD = """---
license: mit
---
# Title `x` [a](#b)

Text `code` ![img](a%20b.png) [l](x.md "title") [![b](badge.svg)](link.md) <img src="q.png" alt='z'>
more `two
lines` <code>$HOME</code> <https://example.org/a> [ref][r].

> quote [z](zz.md)
> - item [i](ii.md)
>   ```python
>   [no](no.md)
>   ```

| a | b |
|---|---|
| `c` | `c` [d](d.md) |
| \\| [e](e.md) | [f](f.md) |

[r]: refd.md

<!-- <img src="no.png"> [no](no.md) -->
<div><a id="here" href='g.md?x=1&amp;y=2'>g</a></div>

    indented [no](no.md)

Setext
------

~~~bash
[no](no.md)
"""


def read(text: str) -> tuple[Card, Markdown]:
    card = Card("README.md", text.encode())
    markdown = parse(card)
    assert markdown is not None
    return card, markdown


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_links_stand_where_they_are_written(newline: str) -> None:
    card, markdown = read(CARD.replace("\n", newline))
    links = [(link.target, card.text[slice(*link.span)], link.image) for link in markdown.links]
    assert links == [
        ("#b", "#b", False),
        ("a%20b.png", "a%20b.png", True),
        ("x.md", "x.md", False),
        ("badge.svg", "badge.svg", True),
        ("link.md", "link.md", False),
        ("q.png", "q.png", True),
        ("refd.md", "[ref][r]", False),
        ("zz.md", "zz.md", False),
        ("ii.md", "ii.md", False),
        ("d.md", "d.md", False),
        ("e.md", "e.md", False),
        ("f.md", "f.md", False),
        ("g.md?x=1&y=2", "g.md?x=1&amp;y=2", False),
    ]
    assert markdown.anchors == {"here"}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_blocks_and_headings(newline: str) -> None:
    card, markdown = read(CARD.replace("\n", newline))
    assert [(heading.level, heading.text) for heading in markdown.headings] == [(1, "Title x a"), (2, "Setext")]
    assert [(block.info, block.fenced, block.closed) for block in markdown.blocks] == [
        ("python", True, True),
        ("", False, True),
        ("bash", True, False),
    ]
    assert all("[no](no.md)" in card.text[slice(*block.span)] for block in markdown.blocks)


def test_code_and_prose() -> None:
    card, markdown = read(CARD)
    for words in ("`x`", "code`", "two\nlines", "$HOME", "no.png", "indented", "[no](no.md)\n"):
        place = card.text.index(words)
        assert markdown.is_code(place, place + len(words)), words
    for words in ("Title", "Text", "more", "quote", "item", "Setext"):
        place = card.text.index(words)
        assert markdown.is_prose(place, place + len(words)), words
    for words in ("x.md", "https://example.org", "alt=", "here"):
        place = card.text.index(words)
        assert not markdown.is_prose(place) and not markdown.is_code(place), words


def test_places_count_the_metadata() -> None:
    card, markdown = read("---\nlicense: mit\n---\n\n# A\n")
    assert card.position(markdown.headings[0].span.start) == (5, 1)


def test_a_longer_text_is_not_read() -> None:
    assert parse(Card("README.md", b"a" * (LARGEST + 1))) is None


class _Targets(HTMLParser):
    """The targets of a rendered page's links and images."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        wanted = {"a": "href", "img": "src"}.get(tag)
        self.found += [value for name, value in attrs if name == wanted and value is not None]


def rendered_targets(body: str) -> list[str]:
    page = _Targets()
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable("table").disable("autolink")
    page.feed(parser.render(body))
    return sorted(page.found)


PIECES = st.sampled_from(
    [
        "[a](b.md)",
        "![a](b.png)",
        "`c`",
        "> ",
        "- ",
        "# ",
        "| ",
        "text",
        "    ",
        "*",
        "\\|",
        "[r]",
        "é",
        "1. ",
        "](",
        "```",
        "\n",
        "\n\n",
        "|---|\n",
        "[r]: d.md\n",
        "\t",
        "\r\n",
        "\0",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_links_are_those_of_the_rendered_page(text: str) -> None:
    card, markdown = read(text)
    body = card.text[slice(*card.body)]
    assert sorted(link.target for link in markdown.links) == rendered_targets(body)
    for link in markdown.links:
        written = card.text[slice(*link.span)]
        assert (
            written.strip("<>") == link.target
            or link.target == "d.md"
            or "|" in card.line(card.position(link.span.start).line)
        )
    for block in markdown.blocks:
        for line in block.content.split("\n"):
            assert line.replace("\ufffd", "\0").strip() in card.text[slice(*block.span)]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    card = Card("README.md", data)
    markdown = parse(card)
    assert markdown is not None
    spans = [*markdown.code, *markdown.markup, *(link.span for link in markdown.links)]
    assert all(0 <= span.start <= span.end <= len(card.text) for span in spans)


@pytest.mark.parametrize(
    "piece", ["[", "![", "[a](", "`a``", "*a _", "> ", "- ", "<", "<!--", "<a ", "<code>", "|a", "[x](#a)\n", "```\n"]
)
def test_repetition_does_not_hang(piece: str) -> None:
    started = time.perf_counter()
    assert parse(Card("README.md", (piece * (LARGEST // len(piece))).encode())) is not None
    assert time.perf_counter() - started < 120


def test_every_card_of_the_corpus() -> None:
    checked = 0
    for sample in samples("spaces", "models", "datasets"):
        repository = sample.repository()
        card = repository.card
        markdown = parse(card) if card is not None else None
        if card is None or markdown is None:
            continue
        checked += 1
        for link in markdown.links:
            written = card.text[slice(*link.span)]
            assert "\n" not in written.strip() or "[" in written, (sample.id, link)
        for heading in markdown.headings:
            assert heading.source.split("\n")[0].strip()[:20] in card.text[slice(*heading.span)]
    if not checked:
        pytest.skip("the corpus is not here")
    assert checked > 1000


@pytest.mark.parametrize("kind", ["space", "model", "dataset"])
def test_a_clean_card_is_judged_without_markdown_it(kind: str) -> None:
    text = (
        "---\nlicense: mit\n---\n# Demo\n\nSee [usage](#usage) and [the site](https://example.org), $5.\n\n"
        "## Usage\n\n```python\nprint(1)\n```\n\nLimitations: [a](a.py). arXiv:2101.00027, "
        "<https://arxiv.org/abs/2101.00027>\n"
    )
    code = (
        "import sys; from repositories import make, findings\n"
        "codes = 'CT001 CT003 CT004 CT005 CT006 CT007 CT008 CT009 CT010'.split()\n"
        f"assert findings(make({kind!r}, {{'README.md': {text!r}, 'a.py': ''}}), *codes) == []\n"
        "print('markdown_it' in sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert done.stdout.strip() == "False", done.stderr
