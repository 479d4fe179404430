"""Files of one subset whose columns do not fit together.

## What it does
Reads the heads of the CSV, JSON and JSON Lines files of a subset and the footers of its Parquet files: a megabyte or
10,000 rows of a file, 64 files of a subset. The first file sets the columns and their types. A later file with a column
that the first one lacks does not load, nor one with values that cannot be cast to the type: text where there were
numbers, 1.5 where there were whole numbers, anything where all cells were empty in JSON or Parquet, an object with
another field. Silent about what loads: a missing column, another order, numbers where there was text, several types
inside one JSON file; and where the part that was read does not tell. Where `dataset_info` has `features`, DC013
compares the files with those.

## Why it matters on the Hub
`load_dataset` raises, as does the dataset viewer, and nobody gets any row: neither of the file that differs nor of the
others.

## Example
```text easy.jsonl
{"q": "1 + 1", "a": "2"}
{"q": "2 + 2", "a": "4"}
```
```text hard.jsonl
{"q": "17 * 23", "a": "391", "why": "17 * 20 + 17 * 3"}
{"q": "19 * 21", "a": "399", "why": "20 * 20 - 1"}
```

## Use instead
```yaml
configs:
- config_name: easy
  data_files: easy.jsonl
- config_name: hard
  data_files: hard.jsonl
```
```text easy.jsonl
{"q": "1 + 1", "a": "2"}
{"q": "2 + 2", "a": "4"}
```
```text hard.jsonl
{"q": "17 * 23", "a": "391", "why": "17 * 20 + 17 * 3"}
{"q": "19 * 21", "a": "399", "why": "20 * 20 - 1"}
```

## Evidence
PyPI datasets 5.2.0 with pyarrow 26 and pandas 3 (2026-11-29): tests/test_load_dataset.py makes folders of two and three
files and compares the rule with `load_dataset`. Reports: https://github.com/huggingface/datasets/issues/7222,
https://github.com/huggingface/dataset-viewer/issues/3053 (DatasetGenerationCastError 2,403 datasets in 2024-08).
"""

from __future__ import annotations

from hublint.dataset.casting import unlike_first
from hublint.dataset.data_formats import TABLE_NAMES, TABLES
from hublint.dataset.infos import describes_columns
from hublint.dataset.lerobot import lerobot_of
from hublint.dataset.loading import loads_of
from hublint.documents.source import Span
from hublint.rule import Finding, Rule
from hublint_rules._wording import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.dataset.casting import Misfit
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DF014",
    name="columns-differ",
    severity="error",
    effect="broken",
    subject="repository",
    since="0.1.0",
    kinds=("dataset",),
    only_if=TABLE_NAMES,
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each subset, about the first file that does not fit."""
    if lerobot_of(repository) is not None:  # DF020
        return
    seen: set[tuple[str, str]] = set()
    for load in loads_of(repository, *TABLES):
        if len(load.paths) < 2 or describes_columns(repository, load.subset):
            continue
        first = load.paths[0]
        found = list(unlike_first(repository, load))
        if found and (first, found[0].path) not in seen:
            seen.add((first, found[0].path))
            yield _finding(found[0], first, len({each.path for each in found}) - 1)


def _finding(misfit: Misfit, first: str, more: int) -> Finding:
    others = f" and {more} more file{'s' if more > 1 else ''}" if more else ""
    file, column, source = f"{shown(misfit.path)}{others}", shown(misfit.column), misfit.source
    if not misfit.what:
        message = (
            f"the column {column} is in {file}, but not in {shown(first)}, the first file of the subset: "
            "`load_dataset` raises; give all files the same columns, or put files of another kind into a subset of "
            "their own in `configs`"
        )
        hub = "All the data files must have the same columns, but at some point there are"
    else:
        message = (
            f"{column} is {misfit.target} in {shown(first)}, the first file of the subset, and {misfit.what} in "
            f"{file}: `load_dataset` cannot turn the one into the other and raises; write one type in all files"
        )
        hub = "An error occurred while generating the dataset"
    place = source.line_span(misfit.line) if misfit.line else Span(0, 0)
    return Finding(source, place, message, hub_message=hub)
