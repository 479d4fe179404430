"""Notebooks: cells, outputs, and the place of every character in the JSON file."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hublint.documents.notebook import Notebook, Text
from hublint.documents.source import Source


def read(data: Any, **options: Any) -> Notebook:
    return Notebook(Source("a.ipynb", json.dumps(data, **options).encode("utf-8", "surrogatepass")))


def cell(source: Any, *outputs: Any, kind: str = "code") -> dict[str, Any]:
    return {"cell_type": kind, "metadata": {}, "source": source, "outputs": list(outputs)}


def seen(notebook: Notebook, text: Text, start: int, end: int) -> Any:
    """What stands in the file at the place of a part of one string, decoded."""
    begin, stop = text.span(start, end)
    return json.loads('"' + notebook.source.text[begin:stop] + '"', strict=False)


def test_cells_and_outputs() -> None:
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": ["one\n", "two"]},
        {
            "output_type": "execute_result",
            "data": {"image/png": "AAAA", "text/plain": "three", "application/json": {"k": ["four"]}},
        },
        {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["t1", "t2"]},
    ]
    notebook = read(
        {"cells": [cell(["import os\n", "x = 1"], *outputs), cell("# Title", kind="markdown")], "nbformat": 4}
    )
    assert notebook.error is None
    assert [(c.kind, c.source.value) for c in notebook.cells] == [("code", "import os\nx = 1"), ("markdown", "# Title")]
    assert [o.value for o in notebook.cells[0].outputs] == ["one\ntwo", "three", "four", "E", "v", "t1t2"]


def test_format_3() -> None:
    old = {
        "worksheets": [
            {"cells": [{"cell_type": "code", "input": ["a\n", "b"], "outputs": [{"text": "out", "png": "AA"}]}]}
        ]
    }
    notebook = read(old)
    assert [(c.source.value, [o.value for o in c.outputs]) for c in notebook.cells] == [("a\nb", ["out"])]


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("indent", [None, 1])
def test_a_finding_in_a_cell_is_located(ascii_only: bool, indent: int | None) -> None:
    source = ["é = '😀\\t\"'\n", 'token = "hf_secret" # \\u0041 é\n']
    notebook = read({"cells": [cell(source)]}, ensure_ascii=ascii_only, indent=indent)
    text = notebook.cells[0].source
    start = text.value.index("hf_secret")
    begin, end = text.span(start, start + 9)
    assert notebook.source.text[begin:end] == "hf_secret"
    for line, span in list(text.lines())[:2]:
        assert json.loads('"' + notebook.source.text[slice(*span)] + '"') == line


@given(st.lists(st.text(max_size=8), max_size=4), st.booleans(), st.data())
def test_every_part_is_located(parts: list[str], ascii_only: bool, data: st.DataObject) -> None:
    notebook = read({"cells": [cell(parts, {"text": parts})]}, ensure_ascii=ascii_only)
    for text in [notebook.cells[0].source, *notebook.cells[0].outputs]:
        assert text.value == "".join(parts)
        offset = 0
        for part in parts:
            start = data.draw(st.integers(0, len(part)))
            end = data.draw(st.integers(start, len(part)))
            if end > start:
                assert seen(notebook, text, offset + start, offset + end) == part[start:end]
            offset += len(part)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"1",
        b"\xff\xfe{\0",
        b'{"cells": [}',
        b"[" * 100_000,
        b'{"a": ' * 100_000,
        b"\0",
        b'{"a": "\n"}',
        b"1" * 5000,
    ],
)
def test_what_is_no_notebook_has_an_error(data: bytes) -> None:
    notebook = Notebook(Source("a.ipynb", data))
    assert notebook.error is not None
    assert notebook.error.message
    assert notebook.cells == []
    assert (notebook.error.line, notebook.error.column) == notebook.source.position(notebook.error.span.start)


def test_errors_stand_where_they_are() -> None:
    error = Notebook(Source("a.ipynb", b'\xef\xbb\xbf{\r\n "a": x}')).error
    assert error is not None
    assert (error.line, error.column) == (2, 7)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["cells", "source", "outputs", "text", "worksheets", "cell_type", "image/png"]),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_any_json_is_survived(data: Any) -> None:
    notebook = read(data)
    for found in notebook.cells:
        for text in [found.source, *found.outputs]:
            assert all(notebook.source.text[slice(*span)] is not None for _, span in text.lines())


@given(st.binary(max_size=60) | st.text(alphabet='{}[]",:\\u0dabc1 \n', max_size=40).map(str.encode))
def test_any_bytes_are_survived(data: bytes) -> None:
    notebook = Notebook(Source("a.ipynb", data))
    assert notebook.cells == [] or notebook.error is None


def test_a_large_notebook_is_linear() -> None:
    notebook = read(
        {
            "cells": [
                cell(["x = '\\n'\n"] * 50_000, {"data": {"image/png": "A" * 3_000_000, "text/plain": "\n" * 500_000}})
            ]
        }
    )
    text = notebook.cells[0].source
    assert len(text.value) == 450_000
    assert sum(1 for _ in text.lines()) == 50_001
    assert sum(1 for _ in notebook.cells[0].outputs[0].lines()) == 500_001
