"""A tar archive whose members do not make one sample after the other.

## What it does
Where a subset is read as WebDataset, reads the headers of the first archive of the last split, which is the one that
datasets looks at. The members of a sample stand one after the other, with the same name up to the first dot, and the
first five samples must have the same endings. Silent where `dataset_info` has `features`.

## Why it matters on the Hub
`load_dataset` raises for the whole dataset, as does the dataset viewer. It happens where all pictures come first and
all labels then, where names have dots of their own (`1.1.jpg`, `1.2.jpg`), where a caption is missing, and where one
picture is `.PNG` among `.png`.

## Example
```yaml
license: mit
```
```tar train.tar
cat.jpg
dog.jpg
cat.txt
dog.txt
```

## Use instead
```yaml
license: mit
```
```tar train.tar
cat.jpg
cat.txt
dog.jpg
dog.txt
```

## Evidence
webdataset.py of PyPI datasets 5.2.0, and what it raised in each case (2026-11-29): tests/test_load_files.py. Reports:
https://github.com/huggingface/datasets/issues/7055, https://github.com/webdataset/webdataset/issues/11.
"""

from __future__ import annotations

from hublint.dataset.infos import describes_columns
from hublint.dataset.loading import loads_of
from hublint.dataset.webdataset import odd_samples
from hublint.rule import Finding, Rule
from hublint_rules._places import at_file
from hublint_rules._wording import listed, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.dataset.webdataset import Sample
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DF018",
    name="broken-webdataset",
    severity="error",
    effect="broken",
    subject="repository",
    since="0.1.0",
    kinds=("dataset",),
    only_if=(".tar",),
)

_HUB = (
    "The TAR archives of the dataset should be in WebDataset format, but the files in the archive don't share the same "
    "prefix or the same types."
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each subset whose samples are unlike."""
    for load in loads_of(repository, "webdataset"):
        if describes_columns(repository, load.subset):
            continue
        path = list(load.splits.values())[-1][0]
        found = odd_samples(repository, path)
        if found is not None:
            yield _finding(path, *found)


def _finding(path: str, first: Sample, other: Sample) -> Finding:
    way = "put the files of a sample one after the other, with one name up to the first dot and the same endings"
    if other.twice:
        message = (
            f"the sample {shown(other.key)} in {shown(path)} has {shown(other.twice)} twice: `load_dataset` raises"
        )
        return Finding(*at_file(path), f"{message}; {way}", hub_message="Duplicate field")
    message = (
        f"the sample {shown(first.key)} in {shown(path)} has {listed(list(first.fields))}, and {shown(other.key)} has "
        f"{listed(list(other.fields))}: `load_dataset` raises; {way}"
    )
    return Finding(*at_file(path), message, hub_message=_HUB)
