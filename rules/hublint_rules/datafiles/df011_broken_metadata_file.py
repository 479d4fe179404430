"""A metadata file of pictures, sounds or videos that the datasets library cannot follow.

## What it does
Reads metadata.csv and metadata.jsonl beside pictures, sounds, videos and the like, up to five megabytes. There must be
a column `file_name` (or one that ends in `_file_name`), each name must be that of a file, relative to the metadata
file, metadata.jsonl must be one JSON object after the other, no split's metadata may be empty, and all metadata files
of a subset must have the same extension and the same columns, in whatever order, of the same types.

## Why it matters on the Hub
`load_dataset` raises, as does the dataset viewer, at the first name that is not there.

## Example
```text metadata.csv
file,text
a.png,a cat
```
```text a.png
...
```

## Use instead
```text metadata.csv
file_name,text
a.png,a cat
```
```text a.png
...
```

## Evidence
PyPI datasets 5.2.0, folder_based_builder.py, and what it raised in each case (run on 2026-11-29): `ArrowInvalid` for
metadata.jsonl that is not JSON, a list of objects too; `IndexError` or "corresponds to no data" for metadata without
rows; "have different features" between the first metadata files of two splits. Two in one split may differ.
https://huggingface.co/docs/datasets/image_dataset#imagefolder.
"""

from __future__ import annotations

import json
import posixpath
from re import ASCII, IGNORECASE

from hublint.dataset.data_formats import format_of, media_builders
from hublint.dataset.subsets import splits_of, subsets_of
from hublint.regexes import lazy
from hublint.rule import Finding, Rule, Span
from hublint_rules._places import at_file
from hublint_rules._wording import listed, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hublint.documents.source import Source
    from hublint.repository.repository import Repository

    _Row = tuple[int, dict[str, Any]]

RULE = Rule(
    code="DF011",
    name="broken-metadata-file",
    severity="error",
    effect="broken",
    subject="repository",
    since="0.1.0",
    kinds=("dataset",),
)

_NAMES = ("metadata.csv", "metadata.jsonl", "metadata.parquet")
_LARGEST = 5 * 1024 * 1024
_NOT_BLANK = lazy(r"[^ \t\r\n]")
_WHOLE = lazy(r"-?\d{1,15}", ASCII)
_WORD = lazy(r"(?!(?:nan|n/?a|null|none|true|false|inf(?:inity)?)\Z)[A-Za-z][A-Za-z /]*", IGNORECASE)
_HUB = "`file_name`, `*_file_name`, `file_names` or `*_file_names` must be present as dictionary key in metadata files"


def check(repository: Repository) -> Iterator[Finding]:
    """Yield one finding for each metadata file that fails to load."""
    seen: set[str] = set()
    for subset in subsets_of(repository):
        if subset.parameters.get("drop_metadata") or "metadata_filenames" in subset.parameters:
            continue
        splits = splits_of(repository, subset)
        paths = [path for found in splits.values() for path in found]
        if not paths or format_of(paths).builder not in media_builders():
            continue
        metadata = sorted({path for path in paths if path.rpartition("/")[2] in _NAMES} - seen)
        seen.update(metadata)
        yield from _extensions(metadata)
        archives = any(path.endswith(".zip") for path in paths)
        tables = {path: table for path in metadata if (table := _table(repository, path)) is not None}
        for table in tables.values():
            yield from _rows(repository, table, archives)
        if len({posixpath.splitext(path)[1] for path in metadata}) == 1 and not archives:
            yield from _between_splits(splits, tables)


def _extensions(metadata: list[str]) -> Iterator[Finding]:
    found = sorted({posixpath.splitext(path)[1] for path in metadata})
    if len(found) > 1:
        odd = next(path for path in metadata if not path.endswith(found[0]))
        message = f"the metadata files of a dataset must all have one extension, not {listed(found)}; keep one"
        yield Finding(*at_file(odd), message, hub_message="Found metadata files with different extensions")


class _Table:
    """What a metadata file says.

    Attributes:
        rows: line and values of each row, up to the first that is not readable.
        broken: the line that is not a JSON object, 0 where all are.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.broken = 0
        self.is_csv = source.path.endswith(".csv")
        self.rows: list[_Row] = list(_read_csv(source) if self.is_csv else self._objects())

    def _objects(self) -> Iterator[_Row]:
        text, decoder = self.source.text.removeprefix("\ufeff"), json.JSONDecoder()
        at, line = 0, 1
        while True:
            found = _NOT_BLANK.search(text, at)
            if found is None:
                return
            line += text.count("\n", at, found.start())
            try:
                row, end = decoder.raw_decode(text, found.start())
            except (ValueError, RecursionError):
                self.broken = line
                return
            if not isinstance(row, dict):
                self.broken = line
                return
            yield line, row
            line += text.count("\n", found.start(), end)
            at = end

    def columns(self) -> dict[str, str]:
        """The columns, each with `text` or `number` where every value is surely one, else with nothing."""
        names = dict.fromkeys(name for _, row in self.rows for name in row)
        return {name: self._type([row.get(name) for _, row in self.rows]) for name in names}

    def _type(self, values: list[Any]) -> str:
        if self.is_csv:
            numbers = [isinstance(value, str) and _WHOLE.fullmatch(value) is not None for value in values]
            words = [isinstance(value, str) and _WORD.fullmatch(value) is not None for value in values]
        else:
            numbers = [type(value) is int for value in values]
            words = [isinstance(value, str) and not value[:1].isdigit() for value in values]
        return "number" if all(numbers) else "text" if any(words) and (self.is_csv or all(words)) else ""


def _table(repository: Repository, path: str) -> _Table | None:
    """A metadata file as a table, None where it is not read."""
    source = repository.source(path) if repository.files[path] <= _LARGEST else None
    if source is None or not source.is_utf8 or source.is_pointer or path.endswith(".parquet"):
        return None
    return _Table(source)


def _between_splits(splits: dict[str, list[str]], tables: dict[str, _Table]) -> Iterator[Finding]:
    """What is wrong with the first metadata file of each split that has any."""
    compared: list[_Table] = []
    for split, paths in splits.items():
        named = [path for path in paths if path.rpartition("/")[2] in _NAMES]
        if not named or any(path not in tables or tables[path].broken for path in named):
            continue
        filled = [tables[path] for path in named if tables[path].rows]
        if filled and not any(_file_names(row) is not None for _, row in filled[0].rows):
            return
        if filled:
            compared.append(filled[0])
        elif tables[named[0]].source.raw or not tables[named[0]].is_csv:
            source = tables[named[0]].source
            message = (
                f"the metadata of the split {shown(split)} has no rows, so the split holds nothing; list its files"
            )
            yield Finding(source, Span(0, 0), message)
    first = compared[0].columns() if compared else {}
    for table in compared[1:]:
        difference = _difference(first, table.columns(), compared[0].source.path)
        if difference:
            message = f"{difference}; give the metadata of all splits the same columns"
            yield Finding(table.source, table.source.line_span(1), message, hub_message="have different features")


def _difference(first: dict[str, str], other: dict[str, str], path: str) -> str:
    """In what the columns of a metadata file differ from those of the first, as people read it."""
    more, less = [name for name in other if name not in first], [name for name in first if name not in other]
    if more or less:
        told = [f"has {listed(more)}, which {shown(path)} does not have"] if more else []
        told += [f"lacks {listed(less)} of {shown(path)}"] if less else []
        return f"this file {' and '.join(told)}"
    for name, kind in other.items():
        if kind and first[name] and kind != first[name]:
            return f"{shown(name)} is a {kind} here and a {first[name]} in {shown(path)}"
    return ""


def _rows(repository: Repository, table: _Table, archives: bool) -> Iterator[Finding]:
    source = table.source
    folder = source.path.rpartition("/")[0]
    if table.broken:
        message = "this is not a JSON object of its own; write one after the other, each on its line, without commas"
        yield Finding(source, source.line_span(table.broken), message)
    missing: list[tuple[int, str]] = []
    keyed = False
    count = 0
    for line, row in table.rows:
        count += 1
        names = _file_names(row)
        keyed = keyed or names is not None
        if not keyed:
            break
        for name in () if archives else names or ():
            below = name.replace("\\", "/")  # as `datasets` reads it
            path = posixpath.normpath(f"{folder}/{below}" if folder else below)
            if "://" in name or path.startswith(("/", "..")) or path not in repository.files:
                missing.append((line, name))
    if count and not keyed:
        message = "no column `file_name` says which file each row is about; add one"
        yield Finding(source, source.line_span(1), message, hub_message=_HUB)
    elif missing:
        line, name = missing[0]
        more = f" (and {len(missing) - 1} more like it)" if len(missing) > 1 else ""
        message = f"{shown(name)} is not a file below {shown(folder) if folder else 'the root'}{more}; " + (
            "names are relative to the metadata file"
        )
        yield Finding(source, source.line_span(line), message)


def _file_names(row: dict[str, Any]) -> list[str] | None:
    """The names of files in a row; None where no column is one for them."""
    found: list[str] | None = None
    for key, value in row.items():
        if isinstance(value, dict):
            inner = _file_names(value)
            found = found if inner is None else [*(found or []), *inner]
        elif key == "file_name" or key.endswith("_file_name"):
            found = [*(found or []), *([value] if isinstance(value, str) and value else [])]
        elif key == "file_names" or key.endswith("_file_names"):
            values = value if isinstance(value, list) else []
            found = [*(found or []), *(each for each in values if isinstance(each, str) and each)]
    return found


def _read_csv(source: Source) -> Iterator[_Row]:
    from hublint.documents.tables import csv

    rows = csv.rows(source.text)
    try:
        _, header = next(rows, (1, []))
        for line, values in rows:
            yield line, dict(zip(header, values, strict=False))
    except ValueError:
        return
