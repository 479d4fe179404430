"""A table of labels or captions that is not read, as it is not called metadata.

## What it does
Where a subset is read as pictures, sounds or videos and has no metadata file, looks for a CSV, TSV, JSON or JSON Lines
file one of whose columns names these files, whatever the table is called, or a JSON object with their names as keys.
Silent where the names of folders are labels, and not merely those of splits.

## Why it matters on the Hub
The dataset loads without any error, and with one column: the pictures. Labels, captions and boxes are left out, in the
dataset viewer too. datasets reads only metadata.csv, metadata.jsonl and metadata.parquet, beside the files or above
them, with a column `file_name`.

## Example
```text labels.csv
filename,label
1.jpg,cat
2.jpg,dog
```
```text images/1.jpg
...
```
```text images/2.jpg
...
```

## Use instead
```text metadata.csv
file_name,label
images/1.jpg,cat
images/2.jpg,dog
```
```text images/1.jpg
...
```
```text images/2.jpg
...
```

## Evidence
https://huggingface.co/docs/datasets/image_dataset#imagefolder (2026-08); PyPI datasets 5.2.0, folder_based_builder.py,
and what it loads of such a folder (2026-11-29). Reports: https://github.com/huggingface/datasets/issues/6777,
https://github.com/huggingface/datasets/issues/7123.
"""

from __future__ import annotations

from hublint.dataset.label_tables import label_table_of
from hublint.rule import Finding, Rule
from hublint_rules._places import at_file
from hublint_rules._wording import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="DF017",
    name="label-table-ignored",
    severity="warning",
    effect="ignored",
    subject="repository",
    since="0.1.0",
    kinds=("dataset",),
    only_if=(
        ".csv",
        ".tsv",
        ".json",
    ),
)

_WORDS = {"imagefolder": "pictures", "audiofolder": "sounds", "videofolder": "videos"}


def check(repository: Repository) -> Iterator[Finding]:
    """Yield one finding, about the first table that names the files and is not read."""
    table = label_table_of(repository)
    if table is None:
        return
    folder, _, name = table.path.rpartition("/")
    ending = ".jsonl" if name.endswith((".json", ".jsonl")) else ".csv"
    above = f"{folder}/" if folder and table.file.startswith(f"{folder}/") else ""
    column = "" if table.column in ("", "file_name") else f"`file_name` instead of {shown(table.column)} and "
    paths = "paths relative to it" if table.column else "a line for each file, in which `file_name` is its path"
    yield Finding(
        *at_file(table.path),
        f"{shown(table.path)} lists the {_WORDS.get(table.builder, 'files')}, but datasets reads only files called "
        "metadata with a column `file_name`, so what it says of them is left out; write it as "
        f"{shown(f'{above}metadata{ending}')} with {column}{paths}",
    )
