"""A zip archive beside a table, which the table's reader opens.

## What it does
Where the first subset lists no files and its split holds tables and a zip archive of pictures, sounds or videos, tells
that the reader of the tables gets the archive too. Beside Parquet every zip archive is one too many. The archive is
judged by the directory at its end.

## Why it matters on the Hub
`load_dataset` and the dataset viewer raise: the pictures in `images.zip` are read as JSON or CSV. It is the layout in
which LLaVA and its like publish: `data.json` and `images.zip`.

## Example
```yaml
license: mit
```
```text data.json
[{"image": "a.png", "q": "What is this?"}, {"image": "b.png", "q": "And this?"}]
```
```zip images.zip
a.png
b.png
```

## Use instead
```yaml
license: mit
configs:
- config_name: default
  data_files: data.json
```
```text data.json
[{"image": "a.png", "q": "What is this?"}, {"image": "b.png", "q": "And this?"}]
```
```zip images.zip
a.png
b.png
```

## Evidence
load.py and json.py of PyPI datasets 5.2.0, which raised "JSON parse error: Invalid value. in row 0" for this folder
(2026-11-29): tests/test_load_files.py.
"""

from __future__ import annotations

from hublint.dataset.zips import foreign_archive
from hublint.rule import Finding, Rule
from hublint_rules._places import at_card
from hublint_rules._wording import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="DF021",
    name="archive-beside-table",
    severity="error",
    effect="broken",
    subject="repository",
    since="0.1.0",
    kinds=("dataset",),
    only_if=(".zip",),
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield one finding about the first archive that is read as a table."""
    found = foreign_archive(repository)
    if found is None:
        return
    held = f", in which is {shown(found.member)}," if found.member else ""
    yield Finding(
        *at_card(repository),
        f"datasets reads {shown(found.archive)}{held} as {found.builder}, as it does {shown(found.table)} beside it: "
        f"`load_dataset` raises; list the tables in `configs`: `data_files: {found.table}`",
    )
