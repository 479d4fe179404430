"""Every border of what `datasets` takes, in folders made by chance, against what `load_dataset` does with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dataset_folders import beside, card, laid_out, parquet, text_of
from folder_borders import BORDERS
from load_borders import CELLS
from loading import ALL, chance, foretold, load, needs_datasets
from repositories import findings, make

if TYPE_CHECKING:
    from load_borders import Pair
    from loading import Files

pytestmark = needs_datasets

# How often each border is drawn on each side.
TIMES = 8 if ALL else 1
# Warnings of rules that say so of what raises.
RAISING = ("DF004", "DF010", "DF020")


def said(files: Files) -> list[str]:
    """What the rules say at which `load_dataset` raises."""
    warnings = [each.message for each in findings(make("dataset", files), *RAISING) if each.severity == "warning"]
    return foretold(files, "DF", "DC", "RP015") + warnings


def compared(files: Files, fires: bool) -> None:
    raised, ours = load(files), said(files)
    assert bool(raised) == fires, (sorted(files), files.get("README.md"), raised)
    assert bool(ours) == fires, (sorted(files), files.get("README.md"), raised, ours)


SIDES = [
    pytest.param(border, form, fires, id=f"{border}-{form}-{'fires' if fires else 'silent'}")
    for border, forms in CELLS.items()
    for form, sides in forms.items()
    for fires, pairs in zip((True, False), sides, strict=True)
    if pairs
]


@pytest.mark.parametrize(("border", "form", "fires"), SIDES)
def test_cells_of_a_column(border: str, form: str, fires: bool) -> None:
    pairs: list[Pair] = CELLS[border][form][not fires]
    assert len(pairs) >= 5
    drawn = chance(f"{border} {form} {fires}")
    for pair in pairs * 2 if ALL else drawn.sample(pairs, 1):
        written = drawn.choice(["jsonl", "jsonl", "json"]) if form == "jsonl" else form
        compared(laid_out(drawn, written, beside(drawn, *pair)).files, fires)


@pytest.mark.parametrize("fires", [True, False], ids=["fires", "silent"])
@pytest.mark.parametrize("border", BORDERS)
def test_folders(border: str, fires: bool) -> None:
    pytest.importorskip("PIL")
    drawn = chance(f"{border} {fires}")
    for _ in range(TIMES):
        compared(BORDERS[border](drawn, fires), fires)


ONE = [{"a": 1}, {"a": 2}]
OBJECTS = [{"a": {"z": 1}}, {"a": {"z": 2}}]
UNEVEN = [{"a": {"x": 1}}, {"a": {"x": 1, "y": 2}}]


def of_a_date() -> bytes:
    from datetime import date

    return parquet([{"a": date(2020, 1, 2)}, {"a": None}])


def wide(number: int) -> bytes:
    import pyarrow

    return parquet([{"a": number}, {"a": 2}], {"a": pyarrow.int8() if number < 128 else pyarrow.int64()})


def under_a_key(rows: object) -> bytes:
    return text_of("jsonl", [{"data": rows}])


FIELD = card("configs:\n- config_name: default\n  field: data\n  data_files: [a.json, b.json]\n")
# Where `load_dataset` raises and nothing is said, and why.
UNSAID: dict[str, Files] = {
    "a file is not told from one of another split": {
        "a.json": text_of("json", [{"a": "x"}, {"a": "y"}]),
        "b.json": text_of("json", OBJECTS),
    },
    "widths of numbers are not compared": {"train.parquet": wide(1), "test.parquet": wide(300)},
    "a date is a number of 32 bits, not of 64": {"train.parquet": parquet(ONE), "test.parquet": of_a_date()},
    "pandas reads what is under a key": {**FIELD, "a.json": under_a_key(UNEVEN), "b.json": under_a_key(OBJECTS)},
    "a value that the card's parameters make another": {
        **card("configs:\n- config_name: default\n  na_values: ['x']\n  data_files: ['a.csv', 'b.csv']\n"),
        "a.csv": "a\n1\n2\n",
        "b.csv": "a\ny\n3\n",
    },
}


@pytest.mark.parametrize("why", UNSAID)
def test_what_is_not_said(why: str) -> None:
    assert load(UNSAID[why])
    assert not said(UNSAID[why])


# What loads, and cannot be read: a warning.
UNREADABLE: dict[str, Files] = {
    "a byte that is no UTF-8": {"train.jsonl": b'{"a":"\xe9"}\n{"a":"f"}\n'},
    "a report that hides the data": {"data.jsonl": '{"a":1}\n{"a":2}\n', "test_results.json": '{"ok":1}\n'},
    "requirements that hide the data": {
        "data.txt": "a\nb\n",
        "more.csv": "a\n1\n2\n",
        "requirements-dev.txt": "numpy\n",
    },
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_loads_and_is_not_the_data(what: str) -> None:
    assert not load(UNREADABLE[what])
    assert not foretold(UNREADABLE[what], "DF", "DC", "RP015")
    assert any(each.severity == "warning" for each in findings(make("dataset", UNREADABLE[what]), "DF"))
