"""Folders of tables as people publish them, made for a test: the same tables in one of many layouts, by chance."""

from __future__ import annotations

import csv
import gzip
import io
import json
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

    from loading import Files

Rows = list[dict[str, Any]]


class Drawn(NamedTuple):
    """A folder, and the layout and format that chance gave it."""

    files: Files
    how: str


# Formats that say the same, and what their names end in.
ENDINGS = {
    "csv": ("csv", "csv", "tsv", "csv.gz"),
    "jsonl": ("jsonl", "jsonl", "json", "ndjson", "jsonl.gz"),
    "json": ("json",),
    "parquet": ("parquet",),
}
WORDS = {
    "train": ("train", "training"),
    "validation": ("validation", "val", "dev", "valid"),
    "test": ("test", "eval", "testing"),
}


def text_of(form: str, rows: Rows, ending: str = "") -> bytes:
    """Rows as a file of a format; cells of CSV as they stand there."""
    data = _plain(form, rows, "\t" if ending == "tsv" else ",")
    return gzip.compress(data) if ending.endswith("gz") else data


def _plain(form: str, rows: Rows, separator: str) -> bytes:
    if form == "csv":
        buffer = io.StringIO()
        writer = csv.writer(buffer, delimiter=separator, lineterminator="\n")
        writer.writerow(rows[0])
        writer.writerows([["" if cell is None else cell for cell in row.values()] for row in rows])
        return buffer.getvalue().encode()
    if form == "jsonl":
        return "".join(json.dumps(row) + "\n" for row in rows).encode()
    if form == "json":
        return json.dumps(rows, indent=1).encode()
    return parquet(rows)


def parquet(rows: Rows, types: dict[str, Any] | None = None, count: int | None = None) -> bytes:
    """Rows as Parquet, with types of pyarrow where some are given, cut to a number of rows."""
    import pyarrow
    import pyarrow.parquet

    table = pyarrow.table(
        {name: pyarrow.array([row[name] for row in rows], (types or {}).get(name)) for name in rows[0]}
    )
    buffer = io.BytesIO()
    pyarrow.parquet.write_table(table.slice(0, count), buffer)
    return buffer.getvalue()


def card(text: str) -> Files:
    """A card with metadata."""
    return {"README.md": f"---\n{text}---\n# Data\n"}


def laid_out(chance: random.Random, form: str, tables: Sequence[Rows | bytes]) -> Drawn:
    """Tables as the files of one subset, in their order, in a layout by chance."""
    ending = chance.choice(ENDINGS[form])
    data = [each if isinstance(each, bytes) else text_of(form, each, ending) for each in tables]
    if any(isinstance(each, bytes) for each in tables):
        ending = ENDINGS[form][0]
        data = [each if isinstance(each, bytes) else text_of(form, each, ending) for each in tables]
    name, layout = chance.choice(list(LAYOUTS.items()))
    return Drawn(layout(chance, ending, data), f"{name} {ending}")


def _splits(chance: random.Random, count: int) -> list[str]:
    kept = sorted(chance.sample(range(3), count)) if count <= 3 else [0, 1, 2]
    return [list(WORDS)[number] for number in kept]


def _by_names(chance: random.Random, ending: str, data: list[bytes]) -> Files:
    before = chance.choice(["", "", "my-", "data/", "data/v1/"])
    names = [chance.choice(WORDS[split]) for split in _splits(chance, len(data))]
    return {f"{before}{name}.{ending}": each for name, each in zip(names, data, strict=True)}


def _by_folders(chance: random.Random, ending: str, data: list[bytes]) -> Files:
    before = chance.choice(["", "", "data/", "a/b/"])
    names = [chance.choice(WORDS[split]) for split in _splits(chance, len(data))]

    files = [f"{name}/{chance.choice(['0', 'rows', 'x'])}.{ending}" for name in names]
    return {f"{before}{file}": each for file, each in zip(files, data, strict=True)}


def _shards(_chance: random.Random, ending: str, data: list[bytes]) -> Files:
    return {f"data/train-{number:05}-of-{len(data):05}.{ending}": each for number, each in enumerate(data)}


def _sorted(chance: random.Random, ending: str, data: list[bytes]) -> Files:
    names = chance.choice([["a", "b", "c"], ["part-10", "part-2", "part-3"], ["A", "B", "a"], ["x/1", "x/2", "y/0"]])
    return {f"{name}.{ending}": each for name, each in zip(names, data, strict=False)}


def _listed(chance: random.Random, ending: str, data: list[bytes]) -> Files:
    """Named in the card, in an order that is not that of their names."""
    names = [f"{folder}{name}.{ending}" for name, folder in zip("cba", chance.choices(["", "d/"], k=3), strict=True)]
    used = names[: len(data)]
    splits = chance.sample(["train", "test", "extra"], len(data)) if chance.random() < 0.5 else ["train"] * len(data)
    if len(set(splits)) == 1:
        told = "".join(f"  - {name}\n" for name in used)
    else:
        told = "".join(f"  - split: {split}\n    path: {name}\n" for split, name in zip(splits, used, strict=True))
    return {**card(f"configs:\n- config_name: default\n  data_files:\n{told}"), **dict(zip(used, data, strict=True))}


def _matched(chance: random.Random, ending: str, data: list[bytes]) -> Files:
    """Files that a pattern of the card matches, those of a first, sound subset beside them."""
    pattern = chance.choice(["rows/*", f"rows/*.{ending}", "rows/**"])
    first = chance.choice(["", f"- config_name: sound\n  data_files: sound/*.{ending}\n"])
    files = {f"rows/{name}.{ending}": each for name, each in zip("abc", data, strict=False)}
    if first:
        files[f"sound/0.{ending}"] = files[f"sound/1.{ending}"] = data[0]
    return {**card(f"configs:\n{first}- config_name: other\n  data_files: {pattern}\n"), **files}


def _in_a_folder(chance: random.Random, ending: str, data: list[bytes]) -> Files:
    """Files below a `data_dir`."""
    names = chance.choice([["a", "b", "c"], ["train", "validation", "test"]])
    files = {f"deep/er/{name}.{ending}": each for name, each in zip(names, data, strict=False)}
    return {**card("configs:\n- config_name: default\n  data_dir: deep/er\n"), **files}


LAYOUTS = {
    "names": _by_names,
    "folders": _by_folders,
    "shards": _shards,
    "sorted": _sorted,
    "listed": _listed,
    "matched": _matched,
    "data_dir": _in_a_folder,
}


def beside(chance: random.Random, first: list[Any], second: list[Any]) -> list[Rows]:
    """Two tables with a column `a` of some cells each, other columns beside it, and perhaps a third like the first."""
    others = chance.sample([("id", [1, 2, 3, 4]), ("t", ["x", "y", "z w", "ü"]), ("f", [0.5, 1.5, 2.5, 4.25])], 2)
    tables = []
    for cells in (first, second, first)[: chance.choice([2, 2, 3])]:
        columns = (
            [("a", list(cells)), *others[: chance.randint(0, 2)]] if not tables else list(_again(tables[0], cells))
        )
        tables.append([{name: values[row] for name, values in columns} for row in range(len(cells))])
    return tables


def _again(table: Rows, cells: list[Any]) -> Iterator[tuple[str, list[Any]]]:
    yield "a", list(cells)
    for name in table[0]:
        if name != "a":
            kept = [row[name] for row in table]
            yield name, [kept[number % len(kept)] for number in range(len(cells))]
