"""A dataset pushed as `save_to_disk` wrote it.

## What it does
Recognises the layout of `Dataset.save_to_disk`: state.json, dataset_info.json and *.arrow side by side, and
dataset_dict.json above the splits of a `DatasetDict`. Silent where `data_files` of the card name the Arrow files.

## Why it matters on the Hub
That layout is meant for `load_from_disk`. `load_dataset` reads the Arrow files on the Hub, but refuses a downloaded
copy of a single dataset, and takes the splits of a `DatasetDict` for one split `train` where no name of theirs holds
train, validation or test. `push_to_hub` writes Parquet, which is smaller and which the dataset viewer can search.

## Example
```text state.json
{"_data_files": [{"filename": "data-00000-of-00001.arrow"}]}
```
```text dataset_info.json
{}
```
```text data-00000-of-00001.arrow
...
```

## Use instead
```yaml
configs:
- config_name: default
  data_files: data/train-*
```
```text data/train-00000-of-00001.parquet
...
```

## Evidence
PyPI datasets 5.2.0: load_dataset raises on state.json of a local folder; a repository saved so was resolved with the
library itself: the Arrow reader, all splits of other names in `train`.
"""

from __future__ import annotations

from hublint.dataset.subsets import splits_of, subsets_of
from hublint.rule import Finding, Rule
from hublint_rules._places import at_file
from hublint_rules._wording import listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="DF007",
    name="saved-with-save-to-disk",
    severity="warning",
    effect="broken",
    subject="repository",
    since="0.1.0",
    kinds=("dataset",),
)

_LOCAL = "You are trying to load a dataset that was saved using `save_to_disk`. Please use `load_from_disk` instead."


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for the topmost folder that save_to_disk wrote."""
    saved = _saved(repository)
    if not saved or _is_named(repository):
        return
    if "" in saved:
        yield Finding(
            *at_file("state.json"),
            "this is the output of `save_to_disk`, and `load_dataset` refuses a downloaded copy of it; publish it with "
            "`push_to_hub`, which writes Parquet",
            hub_message=_LOCAL,
        )
        return
    above = {folder.rpartition("/")[0] for folder in saved}
    top = min(above)
    file = f"{top}/dataset_dict.json".lstrip("/")
    names = sorted(folder.rpartition("/")[2] for folder in saved if folder.rpartition("/")[0] == top)
    subsets = subsets_of(repository)
    splits = splits_of(repository, subsets[0]) if len(subsets) == 1 else {}
    if not splits:
        return
    merged = len(names) > 1 and len(splits) < len(names)
    yield Finding(
        *at_file(file if file in repository.files else f"{min(saved)}/state.json"),
        f"this is the output of `save_to_disk`{_of(top)}; "
        + (f"`load_dataset` makes one split of {listed(names)}; " if merged else "")
        + "publish it with `push_to_hub`, which writes Parquet",
        severity=None if merged else "info",
    )


def _of(folder: str) -> str:
    return f" in `{folder}`" if folder else ""


def _saved(repository: Repository) -> set[str]:
    """The folders that hold one saved dataset each."""
    files = repository.files
    arrows = {path.rpartition("/")[0] for path in files if path.endswith(".arrow")}
    return {
        folder
        for folder in arrows
        if all(f"{folder}/{name}".lstrip("/") in files for name in ("state.json", "dataset_info.json"))
    }


def _is_named(repository: Repository) -> bool:
    """Whether the card says which files to load, so that the layout does not matter."""
    return any(subset.patterns for subset in subsets_of(repository))
