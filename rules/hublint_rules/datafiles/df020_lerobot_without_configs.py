"""Recordings in LeRobot's layout whose card does not say which files are the data.

## What it does
Where there are `meta/info.json` and `data/chunk-*` and the card has no `configs`, tells what datasets reads: by the
commonest extension these are the Parquet files, those of `meta/` too, the tables of `meta/`, or the videos.

## Why it matters on the Hub
The tables of `meta/` have other columns than the recordings: `load_dataset` and the dataset viewer raise, or show the
tables instead. Where there are more videos than tables the dataset is a list of videos. Cards that LeRobot writes have
the lines that are missing here.

## Example
```yaml
license: apache-2.0
```
```listing
meta/info.json 2000
meta/tasks.parquet 2000
data/chunk-000/file-000.parquet 9000
```

## Use instead
```yaml
license: apache-2.0
configs:
- config_name: default
  data_files: data/*/*.parquet
```
```listing
meta/info.json 2000
meta/tasks.parquet 2000
data/chunk-000/file-000.parquet 9000
```

## Evidence
PyPI datasets 5.2.0, load.py, and what it did with such folders (2026-11-29): version 3.0 raises CastError, 2.1 without
videos loads from three episodes on. The card's lines are those of LeRobot's own template, lerobot_dataset_template.md.
Report: https://github.com/huggingface/lerobot/issues/790.
"""

from __future__ import annotations

from hublint.dataset.lerobot import lerobot_of
from hublint.rule import Finding, Rule
from hublint_rules._places import at_card
from hublint_rules._wording import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="DF020",
    name="lerobot-without-configs",
    severity="warning",
    effect="broken",
    subject="repository",
    since="0.1.0",
    kinds=("dataset",),
    only_if=("meta/info.json",),
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield one finding where the recordings are not what is read."""
    found = lerobot_of(repository)
    if found is None:
        return
    if found.builder == "parquet":
        what = f"{shown(found.other)} beside the recordings, which has other columns: `load_dataset` raises"
    else:
        what = f"{shown(found.other)} and its like instead of the recordings"
    yield Finding(
        *at_card(repository),
        f"without `configs` datasets reads {what}; write `configs` with `data_files: data/*/*.parquet`",
    )
