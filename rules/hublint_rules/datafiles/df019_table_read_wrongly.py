"""A table that loads, but not as the rows and columns that it has.

## What it does
Reads the heads of the CSV and JSON files that the subsets load, and speaks about CSV files with another separator than
the comma, which become one column; about a JSON file whose rows stand under one key of an object, which becomes one
row; about an object of objects, each under its id, which becomes one row with a column for each id; about an object of
a list for each split; and about the index of a pandas table, which became a column: the first of a CSV file, without a
name, or `Unnamed: 0` and `__index_level_0__` in JSON and Parquet files.

## Why it matters on the Hub
`load_dataset` raises nothing, and the dataset viewer shows a single column, or a single row as wide as the file is
long.

## Example
```yaml
license: mit
```
```text train.csv
text;label
good;1
bad;0
```

## Use instead
```yaml
license: mit
configs:
- config_name: default
  sep: ';'
```
```text train.csv
text;label
good;1
bad;0
```

## Fix safety
Unsafe: `sep` or `field` is written into the card, where all files of the subset are alike.

## Evidence
https://huggingface.co/docs/datasets/loading#json and https://huggingface.co/docs/hub/datasets-manual-configuration
(2026-08); PyPI datasets 5.2.0 and what it loads of such files (2026-11-29). Advice. Report of `Unnamed: 0`:
https://github.com/huggingface/datasets/issues/5490.
"""

from __future__ import annotations

from itertools import islice

from hublint.dataset.data_files import tells_split
from hublint.dataset.heads import head_of
from hublint.dataset.loading import heads_of, loads_of
from hublint.documents.tables import bounds, csv
from hublint.documents.yaml import edits as yaml_edits
from hublint.rule import Finding, Fix, Rule, Span
from hublint_rules._places import at_file
from hublint_rules._wording import listed, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from hublint.dataset.heads import Head
    from hublint.dataset.loading import Load
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DF019",
    name="table-read-wrongly",
    severity="info",
    effect="ignored",
    subject="repository",
    since="0.1.0",
    kinds=("dataset",),
    only_if=(
        ".csv",
        ".tsv",
        ".json",
        ".ndjson",
        "parquet",
    ),
    fix="unsafe",
)

_SEPARATORS = {";": "a semicolon", "\t": "a tab", "|": "`|`", ",": "a comma"}
_INDEXES = ("Unnamed: 0", "Unnamed: 0.1")
_LEAST_ROWS = 2
_LEAST_IDS = 5
_MOST_ROWS = 200


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each subset, about its first file."""
    seen: set[str] = set()
    for load in loads_of(repository, "csv", "json", "parquet"):
        first = load.paths[:1]
        if first[0] in seen:
            continue
        seen.add(first[0])
        if load.form.builder == "csv":
            yield from _with_decimal_commas(repository, load)
        for _, head in heads_of(repository, load, first):
            if load.form.builder != "csv":
                yield from _kept_index(head)
            if load.form.builder != "parquet" and not head.source.is_binary:
                yield from (_csv if load.form.builder == "csv" else _json)(repository, load, head)


def _csv(repository: Repository, load: Load, head: Head) -> Iterator[Finding]:
    source = head.source
    separator = (
        _separator(head) if not {"sep", "delimiter", "names", "column_names"} & load.subset.parameters.keys() else ""
    )
    if separator:
        alike = _all_known(repository, load, lambda each: _separator(each) == separator)
        message = (
            f"the cells of {shown(source.path)} are parted by {_SEPARATORS[separator]}, and datasets parts them at "
            f"{'tabs' if load.form.arguments else 'commas'}: it reads one column; set `sep` in the card's `configs`"
        )
        yield Finding(
            source, source.line_span(1), message, fix=_fix(repository, load, "sep", separator) if alike else None
        )
    numbers = head.columns.get("Unnamed: 0")
    if numbers is not None and len(head.columns) > 1 and next(iter(head.columns)) in _INDEXES:
        first = list(numbers.texts)[:3]
        if numbers.kinds == {"int"}:
            numbered = first in (["0", "1", "2"][: len(first)], ["1", "2", "3"][: len(first)])
            message = (
                f"the first column has no name and {'numbers the rows' if numbered else 'holds whole numbers'}, so the "
                "dataset has a column `Unnamed: 0`; write the file with `index=False`"
            )
            yield Finding(source, source.line_span(1), message)


def _kept_index(head: Head) -> Iterator[Finding]:
    """An index of pandas that is a column of a file of another format than CSV."""
    name = next((name for name in head.columns if name in _INDEXES or name == "__index_level_0__"), "")
    if name and len(head.columns) > 1:
        yield Finding(
            *at_file(head.source.path),
            f"{shown(head.source.path)} has a column {shown(name)}, the index of a pandas table; drop it before you "
            "write the file",
        )


def _separator(head: Head) -> str:
    """What parts the cells of a CSV file that has one column; empty where nothing else than a comma does."""
    return _parting(head.source.text, head.complete) if len(head.columns) == 1 else ""


def _with_decimal_commas(repository: Repository, load: Load) -> Iterator[Finding]:
    """A file with a name of one column whose rows have one more field each, which pandas takes for an index."""
    path = load.paths[0]
    if load.parameters or head_of(repository, path, "csv", {}) is not None or repository.files[path] > bounds.HEAD:
        return
    source = repository.glance(path)
    if source is None or source.is_binary or not source.is_utf8:
        return
    try:
        widths = [len(row) for _, row in islice(csv.rows(source.text, ","), _MOST_ROWS)]
    except ValueError:
        return
    if widths[:1] == [1] and len(set(widths[1:])) == 1 and _parting(source.text, True) == ";":
        yield Finding(
            source,
            source.line_span(1),
            f"the cells of {shown(path)} are parted by a semicolon, and datasets parts them at commas, those within "
            "the cells too; set `sep` in the card's `configs`, and `decimal` if they are numbers",
        )


def _parting(text: str, complete: bool) -> str:
    """What parts the cells of a text into rows of one length; empty where nothing does."""
    for separator in _SEPARATORS:
        rows = []
        try:
            for number, (_, row) in enumerate(csv.rows(text, separator)):
                if number > _MOST_ROWS:
                    break
                rows.append(len(row))
        except ValueError:
            continue
        whole = rows if complete else rows[:-1]
        if len(whole) > _LEAST_ROWS and whole[0] > 1 and len(set(whole)) == 1:
            return separator
    return ""


def _json(repository: Repository, load: Load, head: Head) -> Iterator[Finding]:
    if "field" in load.parameters or not head.complete or head.rows != 1:
        return
    if not isinstance(head.first, dict) or not head.first:
        return
    source, field = head.source, _field(head.first)
    if field:
        alike = _all_known(repository, load, lambda each: each.rows == 1 and _field(each.first) == field)
        message = (
            f"the rows of {shown(source.path)} stand under the key {shown(field)} of one object, and datasets reads "
            "the object as one row; set `field` in the card's `configs`"
        )
        yield Finding(source, Span(0, 1), message, fix=_fix(repository, load, "field", field) if alike else None)
    elif _is_by_split(head.first):
        message = (
            f"the rows of {shown(source.path)} stand under the keys {listed(list(head.first), 5)} of one object, and "
            "datasets reads the object as one row; write a file for each split"
        )
        yield Finding(source, Span(0, 1), message)
    elif _is_by_column(head.first):
        message = (
            f"{shown(source.path)} has an object for each column with the rows' numbers as keys, as `to_json` of "
            'pandas writes, and datasets reads it as one row; write it with `orient="records"`'
        )
        yield Finding(source, Span(0, 1), message)
    elif _is_by_id(head.first):
        message = (
            f"{shown(source.path)} is one object with {len(head.first)} objects of the same fields, each under its id, "
            "and datasets reads it as one row with a column for each id; write a list of objects"
        )
        yield Finding(source, Span(0, 1), message)


def _field(data: Any) -> str:
    """The only key of an object that holds a list of objects, beside plain values; empty where there is none."""
    if not isinstance(data, dict):
        return ""
    lists = [key for key, value in data.items() if isinstance(value, list)]
    rows = data[lists[0]] if len(lists) == 1 else []
    found = len(rows) >= _LEAST_ROWS and all(isinstance(row, dict) for row in rows)
    return lists[0] if found and lists[0].isprintable() else ""


def _is_by_split(data: dict[str, Any]) -> bool:
    """Whether the keys are names of splits, each with a list of objects."""
    return len(data) > 1 and all(
        tells_split(key) and isinstance(rows, list) and rows and all(isinstance(row, dict) for row in rows)
        for key, rows in data.items()
    )


def _is_by_column(data: dict[str, Any]) -> bool:
    """Whether all values are objects with the same numbers as keys."""
    values = list(data.values())
    if not all(isinstance(value, dict) and len(value) >= _LEAST_ROWS for value in values):
        return False
    return all(value.keys() == values[0].keys() for value in values) and all(map(str.isdigit, values[0]))


def _is_by_id(data: dict[str, Any]) -> bool:
    """Whether all values are objects with the same fields; some may lack a few where there are many."""
    values = list(data.values())
    if len(values) < _LEAST_ROWS or not all(isinstance(value, dict) and value for value in values):
        return False
    shared = set(values[0]).intersection(*values)
    every = set(values[0]).union(*values)
    return shared == every or (len(values) >= _LEAST_IDS and 2 * len(shared) >= len(every))


def _all_known(repository: Repository, load: Load, holds: Callable[[Head], bool]) -> bool:
    """Whether something holds for all the files of a subset that are looked at."""
    heads = dict(heads_of(repository, load))
    return len(heads) == min(len(load.paths), bounds.FILES) and all(map(holds, heads.values()))


def _fix(repository: Repository, load: Load, name: str, value: str) -> Fix | None:
    """Write a parameter into the card; None where there is no place for it."""
    card, number = repository.card, load.subset.number
    if card is None or card.metadata is None:
        return None
    if number >= 0:
        edit = yaml_edits.insert_nested(card, ("configs", number), name, value)
    elif "configs" not in card.data:
        edit = yaml_edits.insert_entry(card, "configs", [{"config_name": "default", name: value}])
    else:
        return None
    return Fix(f"Set `{name}`", (edit,), "unsafe")
