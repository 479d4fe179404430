"""What the rules on a dataset's columns foretell, compared with what `load_dataset` does with the same folder."""

from __future__ import annotations

import io
import json
import random
from typing import Any

import pytest

from loading import ALL, PIXEL, Files, foretold, load, needs_datasets
from loading import chance as drawn

SOME = 30

pytestmark = needs_datasets


@pytest.fixture(scope="module")
def chance() -> random.Random:
    return drawn()


# Three cells of a column each, by what they are.
PLAIN: dict[str, list[Any]] = {
    "int": [1, 2, 30],
    "fraction": [1.5, 2.25, 3.0],
    "whole": [1.0, 2.0, 1e3],
    "bool": [True, False, True],
    "null": [None, None, None],
    "text": ["a", "hello", "x y"],
    "number in text": ["3", " 4", "5.5"],
    "empty in words": ["N/A", "null", "unknown"],
    "odd": ["1,200", "-", "no"],
    "bool in text": ["true", "false", "true"],
    "date": ["2020-01-01", "2021-02-03", "2022-03-04"],
    "date and words": ["2020-01-01 noon", "soon", "2021-02-03"],
    "time": ["2020-01-01T10:00:00", "2020-01-01T11:00:00", "2021-01-01T00:00:01"],
    "time with zone": ["2020-01-01T10:00:00Z"] * 3,
    "null and text": [None, "z", None],
    "int and null": [1, None, 3],
    "mixed": [1, "x", True],
    "nan": [float("nan"), 1.0, 2.0],
    "large": [1, 99999999999999999999, 3],
    "late": [1, 2, "A12"],
    "bool and int": [True, 1, 0],
}
NESTED: dict[str, list[Any]] = {
    "ints": [[1, 2], [3], [4]],
    "empty lists": [[], [], []],
    "texts": [["a"], ["b"], []],
    "fractions": [[1.5], [2], []],
    "object": [{"x": 1}, {"x": 2}, {"x": 3}],
    "object of two": [{"x": 1, "y": 2}] * 3,
    "uneven objects": [{"x": 1}, {"x": 1, "y": 2}, {}],
    "object of text": [{"x": "a"}] * 3,
    "empty object": [{}, {"x": 1}, {}],
    "null and object": [None, {"x": 1}, {"x": 2}],
    "messages": [[{"r": "u", "c": "t"}], [{"r": "u", "c": "t"}], []],
    "messages with names": [[{"r": "u", "c": "t", "n": "z"}], [], []],
    "uneven messages": [[{"r": "u"}, {"r": "u", "c": "t"}], [], []],
    "list and text": [["a"], "b", ["c"]],
    "object of null": [{"x": None}] * 3,
    "deep": [{"x": {"y": [1]}}] * 3,
    "deep text": [{"x": {"y": ["t"]}}] * 3,
    "mixed lists": [[1, "a"], [2], []],
    "null in list": [[None], [1], []],
}
LAYOUTS = [["train", "test"], ["a", "b"], ["train-a", "train-b", "test"], ["part-2", "part-10"], ["x", "y", "z"]]


def cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return f'"{text}"' if "," in text else text


def written(form: str, rows: list[dict[str, Any]]) -> str | bytes:
    if form == "csv":
        names = list(rows[0])
        return "".join(",".join(map(cell, row)) + "\n" for row in [names, *([row[n] for n in names] for row in rows)])
    if form == "jsonl":
        return "".join(json.dumps(row) + "\n" for row in rows)
    if form == "json":
        return json.dumps(rows, indent=2 if len(rows) == 3 else None)
    import pyarrow
    import pyarrow.parquet

    buffer = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), buffer)
    return buffer.getvalue()


def folder(chance: random.Random) -> Files:
    """Tables of two or three files that are more or less like one another."""
    form = chance.choice(["csv", "jsonl", "jsonl", "json", "parquet"])
    cells = PLAIN if form == "csv" else {**PLAIN, **NESTED}
    files: Files = {}
    first = {name: chance.choice(list(cells)) for name in "abc"[: chance.randint(1, 3)]}
    for name in chance.choice(LAYOUTS):
        columns = {each: kind if chance.random() < 0.6 else chance.choice(list(cells)) for each, kind in first.items()}
        if files and chance.random() < 0.1:
            columns["extra"] = chance.choice(list(cells))
        if files and len(columns) > 1 and chance.random() < 0.2:
            columns.pop(chance.choice(list(columns)))
        order = chance.sample(list(columns), len(columns)) if chance.random() < 0.3 else list(columns)
        rows = [{each: cells[columns[each]][row] for each in order} for row in range(chance.choice([2, 3]))]
        try:
            files[f"{name}.{form}"] = written(form, rows)
        except Exception:  # pyarrow takes no column of several types
            return folder(chance)
    return files


def test_files_that_do_not_fit_one_another(chance: random.Random) -> None:
    missed = []
    raised = right = 0
    for _ in range(40 * SOME if ALL else SOME):
        files = folder(chance)
        error, ours = load(files), foretold(files, "DF014")
        assert error or not ours, (files, ours)
        raised += bool(error)
        right += bool(error and ours)
        if error and not ours:
            missed.append(error)
    assert right >= 0.7 * raised, missed


TYPES = [
    *("dtype: int64", "dtype: float32", "dtype: string", "dtype: bool", "dtype: 'null'", "dtype: large_string"),
    *("list: string", "sequence: float32", "dtype: image", "dtype: timestamp[s]", "dtype: json"),
    "struct:\n    - name: x\n      dtype: int64",
    "list:\n    - name: r\n      dtype: string\n    - name: c\n      dtype: string",
    "dtype:\n      class_label:\n        names: [a, hello, 'x y', z]",
]


def test_cards_that_tell_of_columns(chance: random.Random) -> None:
    raised = right = 0
    for _ in range(10 * SOME if ALL else SOME):
        files = dict(list(folder(chance).items())[:1])
        columns = chance.sample(["a", "b", "c", "extra"], 3)
        features = "".join(f"  - name: {name}\n    {chance.choice(TYPES)}\n" for name in columns)
        files["README.md"] = f"---\ndataset_info:\n  features:\n{features}---\n"
        error, ours = load(files), foretold(files, "DC013", "DF016")
        assert error or not ours, (files, ours)
        raised += bool(error)
        right += bool(error and ours)
    assert right >= 0.7 * raised


# The borders of the cast, each with two rows or more a file: the first file, the second, and whether it raises.
BORDERS: list[tuple[str, str, str, bool]] = [
    ("csv", "a\n1\n2\n", "a,b\n1,2\n3,4\n", True),
    ("csv", "a,b\n1,2\n3,4\n", "a\n1\n2\n", False),
    ("csv", "a,b\n1,2\n3,4\n", "b,a\n1,2\n3,4\n", False),
    ("csv", "a\n1\n2\n", "a\n1.5\n2\n", True),
    ("csv", "a\n1\n2\n", "a\n1.0\n1e3\n", False),
    ("csv", "a\n1\n2\n", "a\n 4\nN/A\n", False),
    ("csv", "a\n1\n2\n", 'a\n"1,200"\n3\n', True),
    ("csv", "a\n1\n2\n", "a\n-\n3\n", True),
    ("csv", "a\n1\n2\n", "a\nunknown\n3\n", True),
    ("csv", "a,b\n1,2\n2,3\n", "a,b\n ,1\n3,4\n", True),
    ("csv", "a\n1\n2\n", "a\n99999999999999999999\n3\n", True),
    ("csv", "a\n1\n2\n", "a\n9999999999999999999\n3\n", True),
    ("csv", "a\n1\n2\n", "a\n5e18\n3\n", False),
    ("csv", "a\n1\n2\n", "a\ninf\n3\n", True),
    ("csv", "a\n1\n2\n", "a\n1_000\n3\n", True),
    ("csv", "a\n1\n2\n", "a\n0x1F\n0x2A\n", False),
    ("jsonl", '{"a":1}\n{"a":2}\n', '{"a":99999999999999999999}\n{"a":1}\n', True),
    ("json", '[{"a":1},{"a":2}]', '[{"a":9999999999999999999},{"a":1}]', True),
    ("csv", "a\n1\n2\n", "a\nTrue\nFalse\n", False),
    ("csv", "a\nTrue\nFalse\n", "a\n1\n0\n", False),
    ("csv", "a\nTrue\nFalse\n", "a\nno\nyes\n", True),
    ("csv", "a,b\n1,\n2,\n", "a,b\n1,3\n2,4\n", False),
    ("csv", "a,b\n1,\n2,\n", "a,b\n1,x\n2,y\n", True),
    ("csv", "a\nx\ny\n", "a\n1\n2\n", False),
    ("csv", "a\n1.5\n2\n", "a\n1\n2\n", False),
    ("csv", "a\n2020-01-01\n2020-01-02\n", "a\nsoon\nlater\n", False),
    ("jsonl", '{"a":1}\n{"a":2}\n', '{"a":1}\n{"a":NaN}\n', True),
    ("jsonl", '{"a":1}\n{"a":2}\n', '{"a":3.0}\n{"a":1e3}\n', False),
    ("jsonl", '{"a":null}\n{"a":null}\n', '{"a":1}\n{"a":2}\n', True),
    ("jsonl", '{"a":[]}\n{"a":[]}\n', '{"a":["x"]}\n{"a":[]}\n', True),
    ("jsonl", '{"a":[1]}\n{"a":[2]}\n', '{"a":[1.5]}\n{"a":[]}\n', True),
    ("jsonl", '{"a":{"x":1}}\n{"a":{"x":2}}\n', '{"a":{"x":1,"y":2}}\n{"a":{"x":1}}\n', True),
    ("jsonl", '{"a":{"x":1,"y":2}}\n{"a":{"x":2,"y":3}}\n', '{"a":{"x":1}}\n{"a":{"x":1}}\n', False),
    ("jsonl", '{"a":{"x":1}}\n{"a":{"x":2,"y":3}}\n', '{"a":{"z":1}}\n{"a":{"x":1}}\n', False),
    ("jsonl", '{"a":{}}\n{"a":{"x":2}}\n', '{"a":{"z":1}}\n{"a":{"x":1}}\n', False),
    ("jsonl", '{"a":null}\n{"a":{"x":2}}\n', '{"a":{"z":1}}\n{"a":{"x":1}}\n', True),
    ("jsonl", '{"a":"x"}\n{"a":"y"}\n', '{"a":{"z":1}}\n{"a":{"z":2}}\n', False),
    ("jsonl", '{"a":"x"}\n{"a":"y"}\n', '{"a":["z"]}\n{"a":["w"]}\n', True),
    ("jsonl", '{"a":"x"}\n{"a":"y"}\n', '{"a":["z"]}\n{"a":"w"}\n', False),
    ("jsonl", '{"a":"2020-01-01"}\n{"a":"2020-01-02"}\n', '{"a":"2020-01-01"}\n{"a":"soon"}\n', True),
    ("jsonl", '{"a":true}\n{"a":false}\n', '{"a":"no"}\n{"a":"yes"}\n', True),
    ("jsonl", '{"a":true}\n{"a":false}\n', '{"a":"true"}\n{"a":"false"}\n', False),
    ("jsonl", '{"a":1}\n{"a":2}\n', '{"a":"true"}\n{"a":"false"}\n', True),
    ("json", '[{"a":1},{"a":2}]', '[{"a":1},{"a":"x"}]', True),
    ("json", '[{"a":1},{"a":"x"}]', '[{"a":[1]},{"a":"x"}]', False),
]


@pytest.mark.parametrize(("form", "first", "second", "raises"), BORDERS)
def test_borders_of_the_cast(form: str, first: str, second: str, raises: bool) -> None:
    for names in (("train", "test"), ("a", "b")):
        files: Files = {f"{names[0]}.{form}": first, f"{names[1]}.{form}": second}
        assert bool(load(files)) == raises
        assert bool(foretold(files, "DF014")) == raises


@pytest.mark.parametrize("rows", [399, 9_999])
def test_the_head_is_not_the_file(rows: int) -> None:
    files: Files = {"train.csv": "a\n" + "1\n" * rows + "A12\n", "test.csv": "a\nB7\nC8\n"}
    assert not load(files)
    assert not foretold(files, "DF014")
    files = {"train.jsonl": '{"a":null}\n' * 300 + '{"a":"x"}\n', "test.jsonl": '{"a":"y"}\n' * 2}
    assert not load(files)
    assert not foretold(files, "DF014")


def test_what_is_beyond_the_head() -> None:
    long = '{"a":1,"t":"' + "x" * 200 + '"}\n'
    files: Files = {"train.jsonl": long * 6000, "test.jsonl": '{"a":"y","t":""}\n' * 2}
    assert not foretold(files, "DF014")
    files["test.jsonl"] = '{"a":1,"new":1}\n' * 2
    assert load(files) and foretold(files, "DF014")
    files["train.jsonl"] = long * 6000 + '{"new":2}\n'
    assert not load(files) and not foretold(files, "DF014")
    traces = '{"type":"user","message":{"text":"' + "x" * 200 + '"}}\n'
    assert not foretold({"a.jsonl": traces * 6000, "b.jsonl": '{"new":1}\n' * 2}, "DF014")


def card(info: str) -> str:
    return f"---\ndataset_info:\n{info}---\n"


TEXT = "  features:\n  - name: text\n    dtype: string\n"
LABEL = f"{TEXT}  - name: label\n    dtype:\n      class_label:\n        names: [neg, pos]\n"
ROWS: Files = {"train.csv": "text\na\nb\n"}


def splits(*counts: tuple[str, int]) -> str:
    return "  splits:\n" + "".join(f"  - name: {name}\n    num_examples: {count}\n" for name, count in counts)


def labelled(*labels: str) -> Files:
    return {"train.csv": "text,label\n" + "".join(f"a,{label}\n" for label in labels)}


def typed(text: str) -> str:
    return f"  features:\n  - name: text\n    {text}\n"


# What the card says, the files, and whether the library raises.
INFOS: list[tuple[str, Files, bool]] = [
    (TEXT + splits(("train", 2)), ROWS, False),
    (splits(("train", 3)), ROWS, True),
    (splits(("train", 2), ("test", 1)), ROWS, True),
    (splits(("train", 2)), {**ROWS, "test.csv": "text\nb\nc\n"}, True),
    (splits(("train", 2)), {"train.csv": 'text\n"a\nx"\n\nb\n'}, False),
    (splits(("train", 2)), {"train.txt": "a\n\n"}, False),
    (splits(("train", 3)), {"train.txt": "a\n\n"}, True),
    (splits(("train", 2)), {"train.jsonl": '{"a":1}\n\nnull\n'}, False),
    (splits(("train", 2)), {"train.json": '[{"a":1},\n{"a":2}]'}, False),
    (splits(("train", 1)), {"train.json": '[{"a":1},\n{"a":2}]'}, True),
    ("  splits:\n  - name: train\n    num_bytes: 999999\n    num_examples: 2\n", ROWS, False),
    (splits(("train", 4)), {"train-train.csv": "text\na\nb\n"}, False),
    (splits(("validation", 4)), {"val/dev/x.csv": "text\na\nb\n"}, False),
    (splits(("train", 4)), {"train/train.csv": "text\na\nb\n"}, True),
    (splits(("train", 2)), {"train/a.png": PIXEL, "train/b.png": PIXEL}, False),
    (splits(("train", 3)), {"train/a.png": PIXEL, "train/b.png": PIXEL}, True),
    (splits(("train", 1)), {"metadata.csv": "file_name,t\na.png,1\n", "a.png": PIXEL, "b.png": PIXEL}, False),
    (TEXT, {"train.csv": "text,x\na,1\nb,2\n"}, True),
    (LABEL, ROWS, False),
    (LABEL, labelled("neg", "foo"), True),
    (LABEL, labelled("neg", "Pos"), True),
    (LABEL, labelled("0", "2"), True),
    (LABEL, labelled("0", "-1"), False),
    (LABEL, labelled("0", "neg"), False),
    (LABEL, labelled("5", "neg"), True),
    (LABEL, labelled(" neg", "pos"), False),
    (LABEL, labelled("", "7"), False),
    (LABEL, labelled("True", "False"), False),
    (LABEL, {"train.jsonl": '{"label":"foo"}\n{"label":"neg"}\n'}, True),
    (LABEL, {"train.jsonl": '{"text":"a","label":2}\n{"text":"a","label":0}\n'}, False),
    (
        "  features:\n  - name: n\n    dtype:\n      class_label:\n        names: [a]\n",
        {"train.csv": "n\n0\n5\n"},
        False,
    ),
    (typed("dtype: int64"), ROWS, True),
    (typed("dtype: bool"), ROWS, True),
    (typed("list: string"), ROWS, True),
    (typed("sequence: string"), ROWS, True),
    (typed("dtype: float32"), {"train.csv": "text\n300\n4\n"}, False),
    (typed("dtype: int32"), {"train.csv": "text\n1.5\n4\n"}, True),
    (typed("dtype: image"), ROWS, False),
    (typed("struct:\n    - name: x\n      dtype: int64"), {"train.jsonl": '{"text":{"x":1,"y":2}}\n{}\n'}, True),
    (typed("struct:\n    - name: x\n      dtype: int64"), {"train.jsonl": '{"text":{"x":1}}\n{}\n'}, False),
    (TEXT, {"train.jsonl": '{"text":{"a":1}}\n{"text":{"b":1}}\n'}, False),
    (TEXT, {"train.jsonl": '{"text":["a"]}\n{"text":["b"]}\n'}, True),
    (TEXT, {"train.txt": "a\nb\n"}, False),
    ("  features:\n  - name: line\n    dtype: string\n", {"train.txt": "a\nb\n"}, True),
]


@pytest.mark.parametrize(("info", "files", "raises"), INFOS)
def test_the_card_against_the_files(info: str, files: Files, raises: bool) -> None:
    files = {"README.md": card(info), **files}
    assert bool(load(files)) == raises
    assert bool(foretold(files, "DC013")) == raises
