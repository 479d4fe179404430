"""A metadata file of pictures, sounds or videos that the datasets library cannot follow.

## What it does
Reads metadata.csv and metadata.jsonl beside pictures, sounds, videos and the like, up to five megabytes. There must be
a column `file_name` (or one that ends in `_file_name`), each name must be that of a file, relative to the metadata
file, and all metadata files of a subset must have the same extension.

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
PyPI datasets 5.2.0, folder_based_builder.py, and what it raised in each case.
https://huggingface.co/docs/datasets/image_dataset#imagefolder.
"""

from __future__ import annotations

import io
import json
import posixpath
from typing import TYPE_CHECKING, Any

from hublint.dataset.data_files import PatternError
from hublint.dataset.data_formats import format_of, media_builders
from hublint.dataset.subsets import splits_of, subsets_of
from hublint.rule import Finding, Rule
from hublint_rules._places import at_file
from hublint_rules._wording import listed, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.source import Source
    from hublint.repository.repository import Repository

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
_HUB = "`file_name`, `*_file_name`, `file_names` or `*_file_names` must be present as dictionary key in metadata files"

_Row = tuple[int, dict[str, Any]]


def check(repository: Repository) -> Iterator[Finding]:
    """Yield one finding for each metadata file that fails to load."""
    seen: set[str] = set()
    for subset in subsets_of(repository):
        if subset.parameters.get("drop_metadata") or "metadata_filenames" in subset.parameters:
            continue
        try:
            splits = splits_of(repository, subset)
        except PatternError:
            continue
        paths = [path for found in splits.values() for path in found]
        if not paths or format_of(paths).builder not in media_builders():
            continue
        metadata = sorted({path for path in paths if path.rpartition("/")[2] in _NAMES} - seen)
        seen.update(metadata)
        yield from _extensions(metadata)
        archives = any(path.endswith(".zip") for path in paths)
        for path in metadata:
            source = repository.source(path) if repository.files[path] <= _LARGEST else None
            if source is not None and source.is_utf8 and not source.is_pointer:
                yield from _rows(repository, source, archives)


def _extensions(metadata: list[str]) -> Iterator[Finding]:
    found = sorted({posixpath.splitext(path)[1] for path in metadata})
    if len(found) > 1:
        odd = next(path for path in metadata if not path.endswith(found[0]))
        message = f"the metadata files of a dataset must all have one extension, not {listed(found)}; keep one"
        yield Finding(*at_file(odd), message, hub_message="Found metadata files with different extensions")


def _rows(repository: Repository, source: Source, archives: bool) -> Iterator[Finding]:
    rows = _read_csv(source) if source.path.endswith(".csv") else _read_json_lines(source)
    folder = source.path.rpartition("/")[0]
    missing: list[tuple[int, str]] = []
    keyed = False
    count = 0
    for line, row in rows:
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
    import csv

    lines = csv.reader(io.StringIO(source.text.removeprefix("\ufeff"), newline=""))
    try:
        header = next(lines, [])
        at = lines.line_num
        for values in lines:
            if values:
                yield at + 1, dict(zip(header, values, strict=False))
            at = lines.line_num
    except csv.Error:
        return


def _read_json_lines(source: Source) -> Iterator[_Row]:
    for number, line in enumerate(source.text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            return
        if not isinstance(row, dict):
            return
        yield number, row
