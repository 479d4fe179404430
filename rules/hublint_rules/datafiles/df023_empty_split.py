"""A split whose files have no rows.

## What it does
Looks for splits that hold nothing but CSV files with a header only, JSON files with `[]`, `{}` or blank lines, or
Parquet files of 0 rows; for a Parquet file of 0 rows beside others; and for a CSV file with a header only that is the
first of all. Files of 0 bytes are RP015's.

## Why it matters on the Hub
`load_dataset` raises for all splits: "Instruction "test" corresponds to no data!", or "BatchSize must be greater than
0" for Parquet. The dataset viewer shows the error.

## Example
```text train.csv
text,label
good,1
bad,0
```
```text test.csv
text,label
```

## Use instead
```text train.csv
text,label
good,1
bad,0
```
```text test.csv
text,label
fine,1
```

## Evidence
PyPI datasets 5.2.0 (arrow_reader.py, parquet.py, arrow_writer.py), and what it raised in each case (2026-11-29):
tests/test_load_files.py. Report: https://github.com/huggingface/dataset-viewer/issues/2803.
"""

from __future__ import annotations

from hublint.dataset.data_formats import TABLE_NAMES, TABLES
from hublint.dataset.infos import describes_columns
from hublint.dataset.loading import heads_of, loads_of
from hublint.documents.tables import bounds
from hublint.rule import Finding, Rule
from hublint_rules._places import at_file
from hublint_rules._wording import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.dataset.heads import Head
    from hublint.dataset.loading import Load
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DF023",
    name="empty-split",
    severity="error",
    effect="broken",
    subject="repository",
    since="0.1.0",
    kinds=("dataset",),
    only_if=TABLE_NAMES,
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each split without rows, and for each empty file that stops the others."""
    seen: set[str] = set()
    for load in loads_of(repository, *TABLES):
        if sum(map(len, load.splits.values())) > bounds.FILES:
            continue
        for split, paths in load.splits.items():
            for path, message, raised in _empty(repository, load, split, paths):
                if path not in seen:
                    seen.add(path)
                    yield Finding(*at_file(path), message, hub_message=raised)


def _empty(repository: Repository, load: Load, split: str, paths: list[str]) -> Iterator[tuple[str, str, str]]:
    """Path, message and the library's words for a split."""
    heads = dict(heads_of(repository, load, paths))
    for path, head in heads.items():
        if head.footer is not None and head.footer.groups[:1] == (0,):
            message = f"{shown(path)} has 0 rows: `load_dataset` raises for the whole dataset; remove the file"
            yield path, message, "BatchSize must be greater than 0, got 0"
            return
    empty = [path for path, head in heads.items() if _has_no_rows(head)]
    if not empty or all(repository.files[path] == 0 for path in empty):
        return
    if len(empty) == len(paths):
        more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
        message = (
            f"the split `{split}` has no rows: {shown(empty[0])}{more} {_hold(load, len(paths))}, and `load_dataset` "
            "raises for the whole dataset; add rows, or remove the split"
        )
        yield empty[0], message, f'Instruction "{split}" corresponds to no data!'
    elif load.form.builder == "csv" and empty[0] == load.paths[0] and not describes_columns(repository, load.subset):
        message = (
            f"{shown(empty[0])} holds a header only, and as the first file it says that all columns are empty: "
            "`load_dataset` raises at the next file; remove it"
        )
        yield empty[0], message, "its type in this file is null"


def _has_no_rows(head: Head) -> bool:
    return head.complete and head.broken is None and not head.strange and (not head.rows or not head.columns)


def _hold(load: Load, files: int) -> str:
    what = "a header only" if load.form.builder == "csv" else "nothing"
    return f"{'holds' if files == 1 else 'hold'} {what}"
