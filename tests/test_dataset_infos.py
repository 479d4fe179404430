"""DC014 against what `load_dataset` does with a `dataset_infos.json`."""

from __future__ import annotations

import json
from typing import Any

import pytest

from loading import Files, foretold, load, needs_datasets

pytestmark = needs_datasets

DATA: Files = {"data.csv": "a,b\n1,x\n2,y\n"}
WHOLE = {"dtype": "int64", "id": None, "_type": "Value"}
TEXT = {"dtype": "string", "_type": "Value"}


def of(**columns: Any) -> dict[str, Any]:
    """A file about one subset with these columns."""
    return {"default": {"features": columns}}


# What the file holds, and whether the library raises.
INFOS: list[tuple[Any, bool]] = [
    ({}, False),
    ([], True),
    (None, True),
    ({"default": "x"}, True),
    ({"default": None}, True),
    ({"default": []}, True),
    ({"description": "x", "features": {"a": WHOLE}}, True),
    ({"default": {"description": "x", "more": 1}}, False),
    ({"default": {"features": None}}, False),
    (of(a=WHOLE, b=TEXT), False),
    (of(a=WHOLE, b=TEXT, c=TEXT), False),
    (of(a=WHOLE, b={"names": ["x", "y"], "_type": "ClassLabel"}), False),
    (of(a=WHOLE, b={"num_classes": 2, "names": ["x", "y"], "names_file": None, "_type": "ClassLabel"}), False),
    (of(a={"dtype": "int64"}, b={"dtype": "string"}), True),
    (of(a="int64", b="string"), True),
    (of(a=None, b=TEXT), True),
    (of(a={"_type": "Value"}, b=TEXT), True),
    (of(a={"_type": "Value", "dtype": "integer"}, b=TEXT), True),
    (of(a={"_type": "Number", "dtype": "int64"}, b=TEXT), True),
    (of(a={"_type": "Sequence"}, b=TEXT), True),
    (of(a=WHOLE, b={"_type": "Sequence", "feature": {"dtype": "string"}}), True),
    (of(a=WHOLE, b={"x": {"dtype": "int64"}}), True),
    ({"default": {"features": [{"name": "a", "dtype": "int64"}, {"name": "b", "dtype": "string"}]}}, True),
    ({"one": {"features": {"a": WHOLE, "b": TEXT}}, "two": {"features": {"a": {"_type": "Number"}}}}, True),
    (of(a=WHOLE), True),
    (of(a=TEXT, b=TEXT), False),
    (of(a=WHOLE, b=WHOLE), True),
    (of(a=WHOLE, b=[TEXT]), True),
    ({"anything": {"features": {"a": WHOLE}}}, True),
    ({"one": {"features": {"a": WHOLE}}, "two": {"features": {"a": WHOLE}}}, False),
]


@pytest.mark.parametrize(("infos", "raises"), INFOS)
def test_what_the_file_holds(infos: Any, raises: bool) -> None:
    files = {**DATA, "dataset_infos.json": json.dumps(infos, indent=1)}
    assert bool(load(files)) == raises
    assert bool(foretold(files, "DC014")) == raises


@pytest.mark.parametrize("text", ["", "x", '{"default": {}', "{'default': {}}"])
def test_what_is_not_json(text: str) -> None:
    files = {**DATA, "dataset_infos.json": text}
    assert load(files)
    assert foretold(files, "DC014")


CARD = "dataset_info:\n  features:\n  - name: a\n    dtype: int64\n  - name: b\n    dtype: string\n"
# A card, what the file holds beside it, and whether the library raises.
CARDS: list[tuple[str, Any, bool]] = [
    (CARD, of(a=WHOLE), False),
    (CARD, {"default": "x"}, True),
    ("configs:\n- config_name: default\n  data_files: data.csv\n", of(a=WHOLE), True),
    ("configs:\n- config_name: other\n  data_files: data.csv\n", of(a=WHOLE), False),
    ("configs:\n- config_name: other\n  data_files: data.csv\n", of(a={"_type": "Number"}), True),
]


@pytest.mark.parametrize(("card", "infos", "raises"), CARDS)
def test_beside_a_card(card: str, infos: Any, raises: bool) -> None:
    files = {**DATA, "README.md": f"---\n{card}---\n", "dataset_infos.json": json.dumps(infos)}
    assert bool(load(files)) == raises
    assert bool(foretold(files, "DC014")) == raises


def test_a_file_without_data() -> None:
    assert not foretold({"dataset_infos.json": "x"}, "DC014")
