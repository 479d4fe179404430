"""Where a cursor stands in YAML that is being typed; `|` is the cursor."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hublint.server.cursor import Cursor, cursor_at


def at(text: str) -> Cursor | None:
    lines = text.split("\n")
    number = next(number for number, line in enumerate(lines) if "|" in line)
    column = lines[number].index("|")
    lines[number] = lines[number].replace("|", "", 1)
    return cursor_at(lines, number, column)


@pytest.mark.parametrize(
    ("text", "route", "part", "typed"),
    [
        ("tit|", "", "key", "tit"),
        ("|", "", "key", ""),
        ("sdk: docker\n|\ntitle: a", "", "key", ""),
        ("a: 1\nsd|\nb: 2", "", "key", "sd"),
        ("sdk: gra|", "sdk", "value", "gra"),
        ("sdk: g|radio # a comment", "sdk", "value", "gradio"),
        ("sdk:|", "sdk", "value", ""),
        ("sdk:   |", "sdk", "value", ""),
        ("'sdk': |", "sdk", "value", ""),
        ("tags:\n- |", "tags []", "key", ""),
        ("tags:\n-|", "tags []", "key", ""),
        ("tags:\n- a\n- b|", "tags []", "key", "b"),
        ("tags:\n  - a|", "tags []", "key", "a"),
        ("tags:\n  |", "tags", "key", ""),
        ("tags: [a, b|, c]", "tags []", "value", "b"),
        ("tags: [|", "tags []", "value", ""),
        ("a: [b]\nc: |", "c", "value", ""),
        ("model-index:\n- |", "model-index []", "key", ""),
        ("model-index:\n- name: a\n  |", "model-index []", "key", ""),
        (
            "model-index:\n- name: a\n  results:\n  - task:\n      type: t|",
            "model-index [] results [] task type",
            "value",
            "t",
        ),
        (
            "model-index:\n- name: a\n  results:\n  - task:\n      type: t\n    metrics:\n    - type: w\n      v|",
            "model-index [] results [] metrics []",
            "key",
            "v",
        ),
        ("a:\n  b:\n    |", "a b", "key", ""),
        ("a:\n  b: 1\nc|", "", "key", "c"),
        (
            "configs:\n- config_name: x\n  data_files:\n  - split: train\n    path: da|",
            "configs [] data_files [] path",
            "value",
            "da",
        ),
        ("configs:\n  - a: 1\n  - b: 2\n    c|", "configs []", "key", "c"),
        ("a:\n- - |", "a [] []", "key", ""),
        ("- dataset:\n    id: |", "[] dataset id", "value", ""),
        ("- dataset:\n    id: a\n  value: 1\n- d|", "[]", "key", "d"),
        ("link: https://a.b/c|", "link", "value", "https://a.b/c"),
        ("# one\ntags:\n# two\n- |", "tags []", "key", ""),
    ],
)
def test_route(text: str, route: str, part: str, typed: str) -> None:
    found = at(text)
    assert found is not None
    assert (" ".join(found.route), found.part, found.text) == (route, part, typed)


@pytest.mark.parametrize("text", ["x: 1 # com|", "# comment|", "#|"])
def test_comments(text: str) -> None:
    assert at(text) is None


@pytest.mark.parametrize(
    ("text", "siblings"),
    [
        ("a: 1\n|\nb:\n  c: 1\nd: 2", "a b d"),
        ("a:\n  b: 1\n  |\n  c: 2\nd: 1", "b c"),
        ("a:\n- b: 1\n  |\n- c: 1", "b"),
        ("a:\n- b: 1\n- c: 1\n  |\n  d: 1\n- e: 1", "c d"),
        ("a:\n- |\n  d: 1\n- e: 1", "d"),
        ("a:\n- b\n- c\n|", "a"),
    ],
)
def test_siblings(text: str, siblings: str) -> None:
    found = at(text)
    assert found is not None
    assert sorted(found.siblings) == siblings.split()


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(st.sampled_from("ab-:[], #'\"\t🔥"), max_size=8), min_size=1, max_size=6), st.data())
def test_any_text_has_a_place(lines: list[str], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(lines) - 1))
    column = data.draw(st.integers(0, len(lines[number])))
    found = cursor_at(lines, number, column)
    assert found is None or 0 <= found.start <= found.end <= len(lines[number])
