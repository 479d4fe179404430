"""Where a metadata block begins and ends, and when one was meant that nobody reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from huggingface_hub.repocard import REGEX_YAML_BLOCK, metadata_load
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import samples
from hublint.documents.card import Card
from hublint.documents.frontmatter import find_block
from hublint.documents.near_miss import near_miss

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# The pattern of the Hub's server, as huggingface_hub had it until its pull request 4526.
SERVER_PATTERN = re.compile(r"^([\s\ufeff]*---[\r\n]+)([\S\s]*?)([\r\n]+---(\r\n|\n|$))")

PIECES = st.sampled_from(
    [
        *(
            "---",
            "--- ",
            "---\t",
            " ---",
            "----",
            "--",
            "—",
            "---x",
            "-",
            "\n",
            "\r\n",
            "\r",
            " ",
            "\t",
            "\x0b",
            "\x1c",
            "\u2028",
        ),
        *(
            "\ufeff",
            "title: x",
            "sdk: docker",
            "- en",
            "  a: b",
            "# heading",
            "text",
            "<!--",
            "-->",
            "```yaml",
            "```",
            "<<<<<<< HEAD",
        ),
    ]
)
TEXTS = st.lists(PIECES, max_size=14).map("".join)


def readmes() -> Iterator[tuple[str, str]]:
    """Id and text of every README.md of the corpus."""
    found = 0
    for sample in samples():
        readme = sample.folder / "README.md"
        if readme.is_file():
            found += 1
            yield sample.id, readme.read_bytes().decode("utf-8", "surrogateescape")
    if not found:
        pytest.skip("the corpus is not there: set HUBLINT_CORPUS")


def agrees_with_huggingface_hub(text: str) -> None:
    theirs = REGEX_YAML_BLOCK.search(text)
    ours = find_block(text)
    assert (ours is None) == (theirs is None)
    if ours is None or theirs is None:
        return
    assert ours.content == theirs.span(2)
    assert ours.end == theirs.end()
    assert text[slice(*ours.opening)] == text[slice(*ours.closing)] == "---"
    assert ours.opening.end < ours.content.start
    assert not text[: ours.opening.start].strip()
    assert not text[ours.closing.end : ours.end].strip()


@given(TEXTS)
@settings(max_examples=1500, deadline=None)
def test_block_is_where_huggingface_hub_finds_it(text: str) -> None:
    agrees_with_huggingface_hub(text)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_block_is_found_behind_an_opening_fence(text: str) -> None:
    agrees_with_huggingface_hub(f"---\n{text}\n---\n{text}")


@pytest.mark.parametrize("marks", ["", "\ufeff", "\ufeff\ufeff"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_card_is_read_past_a_byte_order_mark_as_huggingface_hub_does(tmp_path: Path, marks: str, encoding: str) -> None:
    file = tmp_path / "README.md"
    file.write_bytes(f"{marks}---\nlicense: mit\n---\n# x\n".encode(encoding))
    try:
        theirs = metadata_load(file) or {}
    except UnicodeDecodeError:
        theirs = {}
    assert Card("README.md", file.read_bytes()).data == theirs


def test_block_is_where_huggingface_hub_finds_it_in_the_corpus() -> None:
    count = 0
    for _, text in readmes():
        agrees_with_huggingface_hub(text)
        count += 1
    assert count > 1000


@given(TEXTS)
@settings(max_examples=1500, deadline=None)
def test_near_miss_keeps_inside_the_text_and_its_repairs_end(text: str) -> None:
    for _ in range(6):
        found = near_miss(text)
        if found is None or not found.repairs:
            break
        assert 0 <= found.where.start <= found.where.end <= len(text)
        assert 0 <= found.content.start <= found.content.end <= len(text)
        text = repaired(text, found.repairs)
        if found.cause != "byte-order-mark":
            assert find_block(text) is not None
    else:
        pytest.fail(f"repairs never end: {text!r}")


@given(TEXTS)
@settings(max_examples=800, deadline=None)
def test_silence_means_that_hub_and_clients_read_the_same(text: str) -> None:
    """A block of Hub keys with nothing to say about it is found by both patterns, with the same metadata."""
    text = f"---\nsdk: docker\ntitle: x\n---\n{text}"
    if near_miss(text) is None:
        block, server = find_block(text), SERVER_PATTERN.match(text)
        assert block is not None and server is not None
        assert text[slice(*block.content)].strip("\r\n") == server[2].strip("\r\n")


BLOCK = "title: Demo\nsdk: gradio\n"
BODY = "\n# Demo\n\nSome text.\n"

MISSES = {
    "byte-order-mark": [
        f"\ufeff---\n{BLOCK}---\n{BODY}",
        f"\ufeff\ufeff---\n{BLOCK}---\n{BODY}",
        f"\ufeff--- \n{BLOCK}---\n{BODY}",
    ],
    "leading-blank": [
        f"\n---\n{BLOCK}---\n{BODY}",
        f"  ---\n{BLOCK}---\n{BODY}",
        f"\r\n\r\n---\r\n{BLOCK}---\r\n{BODY}",
    ],
    "opening-fence": [
        f"--- \n{BLOCK}---\n{BODY}",
        f"---  \r\n{BLOCK}---\n{BODY}",
        f"--\n{BLOCK}---\n{BODY}",
        f"----\n{BLOCK}---\n{BODY}",
        f"----\n{BLOCK}----\n{BODY}",
        f"—\n{BLOCK}—\n{BODY}",
        f"----\n{BLOCK}{BODY}",
        f"---title: Demo\nsdk: gradio\n---\n{BODY}",
        f"{BLOCK}---\n{BODY}",
    ],
    "closing-fence": [
        f"---\n{BLOCK}----\n{BODY}",
        f"---\n{BLOCK} ---\n{BODY}",
        f"---\n{BLOCK}--\n{BODY}",
        f"---\n{BLOCK}———\n{BODY}",
        f"---\ntitle: Demo\nsdk: gradio---\n{BODY}",
        f"---\n{BLOCK}----\n{BODY}\n---\n\nMore: text: here.\n",
    ],
    "closing-text": [f"---\n{BLOCK}---# Demo\n\nText.\n", f"---\n{BLOCK}--- # Demo\n\nText.\n"],
    "closing-blanks": [f"---\n{BLOCK}--- \n{BODY}", f"---\n{BLOCK}---\t\t"],
    "unclosed": [
        f"---\n{BLOCK}{BODY}",
        f"---\n{BLOCK}",
        "---\ntitle: Demo\n# the SDK\nsdk: gradio\ntags:\n- a\n\nmodels: []\n\n<img src='x'>\n",
        f"---\n{BLOCK}{BODY}\n---\n\nbelow the rule\n",
    ],
    "text-before": [
        f"# Demo\n\n---\n{BLOCK}---\n\ntext\n",
        "#@title\r\n---\r\ntitle: Demo\r\nsdk: docker\r\n---",
        "![logo](a.png)\n---\nlicense: mit\nlanguage: en\n---\n",
    ],
    "code-fence": [f"```yaml\n{BLOCK}```\n{BODY}", f"\n```yml\n---\n{BLOCK}---\n```\n{BODY}", f"~~~\n{BLOCK}~~~\n"],
    "conflict-markers": [
        f"<<<<<<< HEAD\n# Demo\n=======\n---\n{BLOCK}---\n>>>>>>> main\n",
        "---\ntitle: Demo\n<<<<<<< HEAD\nsdk: gradio\n=======\nsdk: docker\n>>>>>>> main\n---\n",
    ],
    "comment": [f"<!--\n---\n{BLOCK}---\n-->\n{BODY}", f"<!-- hidden from GitHub -->\n<!--\n---\n{BLOCK}---\n-->"],
}


@pytest.mark.parametrize(("cause", "text"), [(cause, text) for cause, texts in MISSES.items() for text in texts])
def test_near_miss(cause: str, text: str) -> None:
    found = near_miss(text)
    assert found is not None
    assert found.cause == cause
    assert "title: Demo" in text[slice(*found.content)] or "license: mit" in text[slice(*found.content)]
    if cause in ("comment", "conflict-markers"):
        assert not found.repairs
        return
    mended = repaired(text, found.repairs)
    again = near_miss(mended)
    if again is not None:
        mended = repaired(mended, again.repairs)
    block = find_block(mended)
    assert block is not None
    assert block.opening.start == 0
    assert mended[slice(*block.content)].split() == text[slice(*found.content)].removesuffix("---").split()
    assert near_miss(mended) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\ufeff",
        "---",
        "---\n",
        "---\n---\n# Demo\n",
        "---\n\n---\n# Demo\n",
        f"---\n{BLOCK}---\n{BODY}",
        f"---\r\n{BLOCK}---",
        f"---\n{BLOCK}---\n{BODY}\n---\n\nlicense: mit\n\n----\n",
        "---\ntitle: x\ndescription: |\n  a\n\n  ----\n  b\nsdk: docker\n---\n",
        "---\ntitle: 'a: b\nsdk: docker\n\ncolorFrom: red\n---\n# Text\n",
        "# Demo\n\n---\n\nSome text.\n\n---\n",
        "Title\n---\n\nlicense: see LICENSE\n\n---\n",
        "# Config\n\n```yaml\n---\ntitle: Demo\nsdk: gradio\n---\n```\n",
        "Put this on top:\n\n```\n---\nsdk: gradio\ntitle: x\n---\n```\n",
        "\ufeff---\nlayout: page\npermalink: /a\ntitle: Page\n---\n",
        "# Page\n---\nlayout: page\ntitle: Page\ndate: 2020-01-01\n---\n",
        "--- \nlayout: post\ncategories: x\n---\n",
        "<!--\nCopyright\n---\nLicensed under: x\n-->\n",
        "---------\nHello\n---------\n",
        "Note: this is a project\n---\n",
    ],
)
def test_no_near_miss(text: str) -> None:
    assert near_miss(text) is None


def test_near_miss_in_the_corpus() -> None:
    """Every sample outside the historical ones that is not merely preceded by a blank line is read as it was meant."""
    found: dict[str, set[str]] = {}
    for name, text in readmes():
        miss = near_miss(text)
        if miss is not None and miss.cause != "leading-blank":
            found.setdefault(miss.cause, set()).add(name)
    assert all("__hist__" in name for names in found.values() for name in names)
    assert {cause: len(names) for cause, names in found.items()} == {
        "text-before": 1,
        "closing-fence": 4,
        "conflict-markers": 1,
        "byte-order-mark": 2,
        "opening-fence": 2,
        "comment": 1,
        "unclosed": 1,
    }


@pytest.mark.parametrize(
    "piece", ["\n", "\ufeff", "---\n", "----\n", "# x\n", "a: b\n", "-", " ", "```\n", "<!--", "---\nsdk: x\n"]
)
def test_near_miss_is_linear(piece: str) -> None:
    from time import perf_counter

    for prefix in ("", "---\ntitle: x\n", "# Demo\n"):
        start = perf_counter()
        near_miss(prefix + piece * (1_000_000 // len(piece)))
        assert perf_counter() - start < 60


def repaired(text: str, repairs: tuple[tuple[object, str], ...]) -> str:
    for (start, end), new in sorted(repairs, reverse=True):  # type: ignore[misc]
        text = text[:start] + new + text[end:]
    return text
