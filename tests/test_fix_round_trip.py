"""An independent reader, ruamel.yaml's round trip, finds all that a fix need not touch where it was before the fix."""

from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.tokens import CommentToken

from hublint.documents.card import Card
from hublint.documents.edits import Edit, apply_edits
from hublint.documents.source import Span
from hublint.engine.check import Settings, judge
from hublint.engine.config import Config
from test_rules import ALL_CASES, repository_of, selected

if TYPE_CHECKING:
    from collections.abc import Iterator

README = "README.md"
FIXED = [
    pytest.param(*case.values, id=case.id)
    for case in ALL_CASES
    if any(README in case.values[1].get(key, {}) for key in ("fixed", "unsafe-fixed"))
]

Route = tuple[Any, ...]


def read(card: Card) -> CommentedMap | None:
    """The metadata as ruamel.yaml reads them; None where it cannot, or they are not a mapping."""
    if card.block is None:
        return None
    yaml = YAML()
    yaml.allow_duplicate_keys = True
    try:
        root = yaml.load(StringIO(card.text[slice(*card.block.content)]))
    except (YAMLError, ValueError):
        return None
    return root if isinstance(root, CommentedMap) else None


def parts(node: Any, route: Route = ()) -> Iterator[tuple[Route, Any]]:
    """Every node with its route."""
    yield route, node
    if isinstance(node, CommentedMap):
        for name, value in node.items():
            yield from parts(value, (*route, str(name)))
    elif isinstance(node, CommentedSeq):
        for index, value in enumerate(node):
            yield from parts(value, (*route, index))


def comments(node: Any) -> list[str]:
    """Every comment below a node, in no order."""
    found: list[str] = []
    pending = [part.ca.comment for _, part in parts(node) if hasattr(part, "ca")]
    pending += [list(part.ca.items.values()) for _, part in parts(node) if hasattr(part, "ca")]
    while pending:
        held = pending.pop()
        if isinstance(held, CommentToken):
            found += re.findall(r"#[^\r\n]*", held.value)
        elif isinstance(held, list):
            pending += held
    return sorted(found)


def anchors(node: Any) -> list[str]:
    return sorted({part.anchor.value for _, part in parts(node) if hasattr(part, "anchor") and part.anchor.value})


def path_of(route: str) -> Route:
    return tuple(int(index) if index else key for key, index in re.findall(r"([^.\[\]]+)|\[(\d+)\]", route))


def touched(route: Route, edited: set[Route]) -> bool:
    """Whether an edit is at a route, above it or below it; items behind one that goes move up with their list."""
    return any(
        route[: len(other)] == other[: len(route)]
        or (other and isinstance(other[-1], int) and route[: len(other) - 1] == other[:-1])
        for other in edited
    )


def check(before: Card, after: Card, edits: list[Edit]) -> int:
    """How many values stayed; fails where one that no edit concerns changed, moved or lost its comment or anchor."""
    old, new = read(before), read(after)
    if old is None:
        return 0
    assert new is not None
    edited = {path_of(edit.route) for edit in edits}
    nodes = dict(parts(old))
    shared = {id(node) for route, node in nodes.items() if route in {path[:-1] for path in edited} and route}
    edited |= {route for route, node in nodes.items() if id(node) in shared}  # an alias and what it stands for
    kept = 0
    values = {route: node for route, node in parts(new) if not isinstance(node, (CommentedMap, CommentedSeq))}
    for route, node in parts(old):
        if isinstance(node, (CommentedMap, CommentedSeq)) or touched(route, edited):
            continue
        assert route in values and type(values[route]) is type(node) and repr(values[route]) == repr(node), route
        kept += 1
    names = [name for name in map(str, old) if not touched((name,), edited)]
    assert [name for name in map(str, new) if name in names] == names, "the order of keys"
    taken = "".join(before.text[slice(*edit.span)] for edit in edits)
    put = "".join(edit.text for edit in edits)
    gone = [comment for comment in re.findall(r"#[^\r\n]*", taken) if comment not in put]
    lost = [comment for comment in comments(old) if comment not in comments(new)]
    assert all(any(comment in cut or cut in comment for cut in gone) for comment in lost), lost
    cut = {anchor for anchor in anchors(old) if f"&{anchor}" in taken and f"&{anchor}" not in put}
    assert set(anchors(old)) - set(anchors(new)) <= cut
    return kept


@pytest.mark.parametrize(("code", "case"), FIXED)
def test_fixes_of_cases(code: str, case: dict[str, Any]) -> None:
    repository = repository_of(case, case["files"])
    before = repository.card
    assert before is not None or README not in case["files"]
    for judged in judge(repository, Settings.of(Config(select=tuple(selected(code, case)))))[0]:
        fix = judged.finding.fix
        edits = [edit for edit in (fix.edits if fix else ()) if edit.path == README]
        if before is None or not edits or (fix and fix.encoding):
            continue
        after = Card(README, before.encode(apply_edits(before.text, edits)))
        inside = [edit for edit in edits if before.block is not None and edit.span.start < before.block.closing.start]
        check(before, after, inside)


SAMPLE = """---
# top
license: &mit mit # one
tags: # two
- a # three
# four
- b
base_model:
  x: *mit # five
title: Demo
---
"""


@pytest.mark.parametrize(
    ("wrong", "route"),
    [
        (SAMPLE.replace(" # five", ""), "title"),
        (SAMPLE.replace("# top\n", ""), "title"),
        (SAMPLE.replace("# four\n", ""), "title"),
        (SAMPLE.replace("&mit mit", "mit").replace("*mit", "mit"), "title"),
        (SAMPLE.replace("title: Demo\n", "").replace("tags:", "title: Demo\ntags:"), "license"),
        (SAMPLE.replace("- a #", "- c #"), "title"),
        (SAMPLE.replace("Demo", "3"), "license"),
    ],
)
def test_the_reader_sees_what_is_lost(wrong: str, route: str) -> None:
    before = Card(README, SAMPLE.encode())
    edit = Edit(README, Span(0, 0), "", route)
    assert check(before, before, [edit]) >= 3
    with pytest.raises(AssertionError):
        check(before, Card(README, wrong.encode()), [edit])
