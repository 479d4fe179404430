"""A zip archive of pictures in class folders, without metadata.

## What it does
Where a subset is nothing but zip archives of pictures, sounds or videos, looks into their directories: files in two or
more folders of the same depth, and no metadata file. Silent where the card sets parameters such as `drop_labels`.

## Why it matters on the Hub
datasets takes the folders for labels, and then looks for the label of each file in the archive's own path, where it is
not: `load_dataset` and the dataset viewer raise. Folders that are not packed work, and so do archives with metadata.

## Example
```yaml
license: mit
```
```zip train.zip
stop/a.png
exit/b.png
```

## Use instead
```yaml
license: mit
```
```text train/stop/a.png
...
```
```text train/exit/b.png
...
```

## Evidence
folder_based_builder.py of PyPI datasets 5.2.0, which raised "Invalid string class label" for such archives
(2026-11-29): tests/test_load_files.py.
"""

from __future__ import annotations

from hublint.dataset.infos import describes_columns
from hublint.dataset.subsets import subsets_of
from hublint.dataset.zips import archive_of_classes
from hublint.rule import Finding, Rule
from hublint_rules._places import at_file
from hublint_rules._wording import listed, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="DF022",
    name="archive-of-class-folders",
    severity="error",
    effect="broken",
    subject="repository",
    since="0.1.0",
    kinds=("dataset",),
    only_if=(".zip",),
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each subset whose archives hold class folders."""
    seen: set[str] = set()
    for subset in subsets_of(repository):
        found = archive_of_classes(repository, subset)
        if found is None or found.archive in seen or describes_columns(repository, subset):
            continue
        seen.add(found.archive)
        yield Finding(
            *at_file(found.archive),
            f"the folders in {shown(found.archive)}, {listed(found.labels)}, become labels, which datasets cannot find "
            "for the files of an archive: `load_dataset` raises; unpack it, put metadata.csv into it, or set "
            "`drop_labels: true` in `configs`",
            hub_message="Invalid string class label",
        )
