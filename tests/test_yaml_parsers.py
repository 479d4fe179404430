"""Findings and fixes are the same whether PyYAML has libyaml or only its own parser."""

from __future__ import annotations

import os
import random
import time
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

import corpus
from hublint.documents.card import Card
from hublint.documents.frontmatter import find_block
from hublint.documents.yaml import parsing as yaml_parsing
from hublint.documents.yaml.diagnosis import diagnose
from hublint.documents.yaml.leniency import as_the_hub_reads
from hublint.documents.yaml.nodes import Mapping
from hublint.documents.yaml.walk import walk
from repositories import findings, fixed
from test_rules import ALL_CASES, repository_of, selected
from test_yaml_conformance import DOCUMENTS, SCALARS, texts_of
from test_yaml_diagnosis import ACCEPTED, CASES, PIECES, REFUSED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hublint.documents.yaml.nodes import Node
    from hublint.repository.repository import Repository

FAST = yaml_parsing.FAST_LOADER
ALL = bool(os.environ.get("HUBLINT_TEST_ALL"))
SECONDS = 20
MUTATED = 3_000

pytestmark = pytest.mark.skipif(FAST is None, reason="PyYAML has no libyaml here")


@pytest.fixture
def both(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Any, Any]]:
    """What a function returns with libyaml, and without it."""

    def run(function: Callable[..., Any], *arguments: Any) -> tuple[Any, Any]:
        monkeypatch.setattr(yaml_parsing, "FAST_LOADER", FAST)
        fast = function(*arguments)
        monkeypatch.setattr(yaml_parsing, "FAST_LOADER", None)
        return fast, function(*arguments)

    return run


def has_card(case: dict[str, Any]) -> bool:
    return any(path.endswith((".md", ".yaml", ".yml")) for path in case["files"])


def outcome(make: Callable[[], Repository], *rules: str) -> dict[str, Any]:
    """All that a user sees of a repository: findings with their fixes, and the files after all fixes."""
    files = {unsafe: fixed(make(), *rules, unsafe=unsafe).files for unsafe in (False, True)}
    return {"findings": findings(make(), *rules), "files": files}


@pytest.mark.parametrize(
    ("code", "case"), [pytest.param(*case.values, id=case.id) for case in ALL_CASES if has_card(case.values[1])]
)
def test_cases_of_rules(code: str, case: dict[str, Any], both: Any) -> None:
    fast, own = both(outcome, lambda: repository_of(case, case["files"]), *selected(code, case))
    assert fast == own


def seed() -> int:
    """Another one at every run, but in CI; HUBLINT_TEST_SEED repeats a run."""
    chosen = int(os.environ.get("HUBLINT_TEST_SEED", "1" if os.environ.get("CI") else str(time.time_ns() % 10**6)))
    print(f"HUBLINT_TEST_SEED={chosen}")
    return chosen


@pytest.mark.skipif(corpus.folder() is None, reason="the corpus is not here: set HUBLINT_CORPUS")
def test_corpus(both: Any) -> None:
    """Every block reads alike; all rules say the same of as many samples as fit in the time, or of all."""
    samples = [sample for sample in corpus.samples(*corpus.KINDS) if (sample.folder / "README.md").is_file()]
    for sample in samples:
        fast, own = both(reading, (sample.folder / "README.md").read_bytes())
        assert fast == own, sample.id
    random.Random(seed()).shuffle(samples)
    end = time.monotonic() + SECONDS
    for count, sample in enumerate(samples):
        if not ALL and time.monotonic() > end:
            assert count
            break
        fast, own = both(outcome, sample.repository)
        assert fast == own, sample.id


def reading(raw: bytes) -> tuple[Any, ...]:
    """All that is read in a card's block: the tree with its places, or the error and its diagnosis."""
    card = Card("README.md", raw)
    error = card.error
    if error is not None:
        accepted = card.block is not None and as_the_hub_reads(card.text[slice(*card.block.content)]) is not None
        return error.kind, error.problem, error.offset, error.context_offset, diagnose(card, error), accepted
    return (repr(card.root.value) if card.root is not None else None, list(described(card.root)))


def described(root: Node | None) -> Iterator[tuple[Any, ...]]:
    for node in walk(root):
        yield type(node), node.span, node.tag, node.route, getattr(node, "text", None), getattr(node, "style", None)
        if isinstance(node, Mapping):
            yield from (("key", entry.key.span, entry.name) for entry in node)


ODD = (
    *(
        "\ufeff",
        "\u00a0",
        "\ufffe",
        "\ud83d",
        "\x00",
        "é",
        "\r",
        "\n--- ",
        "%YAML 1.2\n---\n",
        "%YAML 1.9\n---\n",
        "%X y\n",
    ),
    *(
        "%TAG ! tag:x,1:\n---\n",
        "!!str ",
        "!!int\t",
        "!<x> ",
        "!@!x ",
        "|2\n",
        "|-#",
        ">\t",
        "[a?]",
        "[-]",
        "{? }",
        "? |\n x\n: ",
    ),
    *(
        "\\u",
        "\\ud83d\\ude80",
        '"\\U00110000"',
        "x" * 1030,
        "[" * 120,
        "- " * 120,
        "{a: " * 600,
        "&x [*x]",
        "&é ",
        "*x",
    ),
)


def blocks() -> list[str]:
    """YAML to begin with: made up texts, and the blocks of cases and of the corpus."""
    found = [text for scalar in SCALARS for text in texts_of(scalar)] + DOCUMENTS
    found += [text for text, *_ in CASES] + [*ACCEPTED, *REFUSED]
    cards = [text for case in ALL_CASES for path, text in case.values[1]["files"].items() if path == "README.md"]
    cards += [(sample.folder / "README.md").read_bytes() for sample in [*corpus.samples()][::10]]
    for card in cards:
        text = card if isinstance(card, str) else card.decode("utf-8", "surrogateescape")
        block = find_block(text)
        if block is not None and len(text) < 20_000:
            found.append(text[slice(*block.content)])
    return found


def mutated(chance: random.Random, text: str) -> str:
    """A text cut, indented, repeated or strewn with what parsers stumble over."""
    for _ in range(chance.randint(1, 3)):
        lines, at = text.split("\n"), chance.randint(0, len(text))
        number = chance.randrange(len(lines))
        kind = chance.randrange(6)
        if kind == 0:
            text = text[:at]
        elif kind == 1:
            text = text[:at] + text[at + chance.randint(1, 4) :]
        elif kind == 2:
            lines[number] = chance.choice(("\t", " ", "  ", "- ", "-", "")) + lines[number].lstrip(" -")
            text = "\n".join(lines)
        elif kind == 3:
            text = "\n".join([*lines[:number], chance.choice(lines), *lines[number:]])
        elif kind == 4:
            text = text.replace(
                chance.choice((": ", "- ", "'", '"', "\n")), chance.choice((":", "-", "\t", "\r\n", "")), 1
            )
        else:
            text = text[:at] + chance.choice((*PIECES, *ODD)) + text[at:]
    return text


def test_mutated_cards(both: Any) -> None:
    chance, begins = random.Random(seed()), blocks()
    texts = begins + [mutated(chance, chance.choice(begins)) for _ in range(MUTATED * (20 if ALL else 1))]
    texts += ["a: " + piece for piece in ODD] + ["".join(pair) for pair in pairwise(ODD)]
    for text in texts:
        fast, own = both(reading, f"---\n{text}\n---\nbody\n".encode("utf-8", "surrogatepass"))
        assert fast == own, text


@pytest.mark.parametrize("text", ["- " * 60_000, "a: " + "[" * 60_000, "{a: " * 30_000, f"# {'x' * 120_000}\nc: d: e"])
def test_large_blocks(text: str, both: Any) -> None:
    fast, own = both(reading, f"---\n{text}\n---\n".encode())
    assert fast == own


def test_a_clean_card_is_read_by_libyaml_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_parsing, "_parse_with_python", None)
    root = yaml_parsing.parse("title: What?\ntags: [a, 'b']\nx: |  # c\n  y\n")
    assert root is not None and root.value == {"title": "What?", "tags": ["a", "b"], "x": "y\n"}
