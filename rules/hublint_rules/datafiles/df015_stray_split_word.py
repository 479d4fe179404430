"""A file that is not data, whose name makes a split, so that datasets does not read the data.

## What it does
Where the first subset of the card lists no `data_files`, datasets looks for `train`, `test`, `validation`, `dev`,
`eval` and the like in the names of all folders and files, and once one name has such a word, it reads nothing else. The
rule speaks where such a file is code, prose, a log, a report or a figure: it makes a split without a readable file or
of another format than the others, or is all that is read while there are data.

## Why it matters on the Hub
`load_dataset` and the dataset viewer raise: "No (supported) data files found" for `test_generate.py` beside
`data.jsonl`, "Couldn't infer the same data file format for all splits" for `scripts/val_check.py` beside `train.csv`.
Where the file can be read it is the dataset: one picture for `assets/train_curve.png`, without any error.

## Example
```text data.jsonl
{"q": "a"}
```
```text test_generate.py
print("a")
```

## Use instead
```yaml
configs:
- config_name: default
  data_files: data.jsonl
```
```text data.jsonl
{"q": "a"}
```
```text test_generate.py
print("a")
```

## Evidence
get_data_patterns (data_files.py) and infer_module_for_data_files (load.py) of PyPI datasets 5.2.0, and what it did with
such folders (2026-11-29): tests/test_load_files.py. Reports: https://github.com/huggingface/dataset-viewer/issues/2864
and https://github.com/huggingface/dataset-viewer/issues/3010 (223 datasets).
"""

from __future__ import annotations

from hublint.dataset.strays import stray_of
from hublint.rule import Finding, Rule
from hublint_rules._places import at_card
from hublint_rules._wording import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="DF015",
    name="stray-split-word",
    severity="error",
    effect="broken",
    subject="repository",
    since="0.1.0",
    kinds=("dataset",),
    only_if=(
        "train",
        "test",
        "val",
        "dev",
    ),
)

# The Hub looks for a benchmark's description under that name.
_BENCHMARK = "eval.yaml"


def check(repository: Repository) -> Iterator[Finding]:
    """Yield one finding where names of files that are not data make a split."""
    stray = stray_of(repository)
    if stray is None:
        return
    named = shown(stray.paths[0]) + (f" and {len(stray.paths) - 1} more" if len(stray.paths) > 1 else "")
    makes = f"{'makes' if len(stray.paths) == 1 else 'make'} a split `{stray.split}` by a word in the name"
    if not stray.raised:
        what = f"and is all that datasets reads, not {shown(stray.hidden[0])}"
    elif stray.hidden:
        what = f"and nothing else is read, not {shown(stray.hidden[0])}: `load_dataset` raises"
    else:
        what = "which is not of the format of the other splits: `load_dataset` raises"
    yield Finding(
        *at_card(repository),
        f"{named} {makes}, {what}; list the data files in `configs`{_or_rename(stray.paths)}",
        severity=None if stray.raised else "warning",
        hub_message=stray.raised,
    )


def _or_rename(paths: list[str]) -> str:
    if _BENCHMARK in paths:
        return ""
    return ", or rename it" if len(paths) == 1 else ", or rename them"
