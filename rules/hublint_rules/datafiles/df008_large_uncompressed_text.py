"""A very large file of plain text.

## What it does
Speaks about CSV, TSV, JSON, JSON Lines, text and XML files that are not compressed and larger than one gigabyte; the
size of a file in Git LFS is taken from its pointer.

## Why it matters on the Hub
The dataset viewer shows the first five gigabytes of what is not Parquet, and a single text file cannot be read in
parallel, nor by columns. Parquet is several times smaller.

## Example
```yaml
license: mit
```
```text data/train.jsonl
version https://git-lfs.github.com/spec/v1
oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
size 8589934592
```

## Use instead
```yaml
license: mit
```
```text data/train-00000-of-00016.parquet
version https://git-lfs.github.com/spec/v1
oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
size 268435456
```

## Evidence
https://huggingface.co/docs/hub/data-studio (2026-08-22): the first 5 GB in formats other than Parquet. From one
gigabyte on it is advice.
"""

from __future__ import annotations

from hublint.repository.git.pointers import SIZES, pointed_size
from hublint.rule import Finding, Rule
from hublint_rules._places import at_file
from hublint_rules._wording import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="DF008",
    name="large-uncompressed-text",
    severity="warning",
    effect="ignored",
    subject="repository",
    since="0.1.0",
    kinds=("dataset",),
)

_TEXT = (".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".txt", ".xml")
_GIGABYTE = 1_000_000_000
_SHOWN = 5 * _GIGABYTE
_MOST = 500


def check(repository: Repository) -> Iterator[Finding]:
    """Yield one finding, about the largest of the files."""
    large = sorted(
        ((size, path) for path, size in _sizes(repository) if size > _GIGABYTE), key=lambda each: (-each[0], each[1])
    )
    if not large:
        return
    size, path = large[0]
    more = f" (and {counted(len(large) - 1, 'more file')} like it)" if len(large) > 1 else ""
    shown = "the dataset viewer shows only its first 5 GB; " if size > _SHOWN else ""
    yield Finding(
        *at_file(path),
        f"this is {size / _GIGABYTE:.1f} GB of plain text{more}; {shown}publish it as Parquet, in several files",
        severity=None if size > _SHOWN else "info",
    )


def _sizes(repository: Repository) -> Iterator[tuple[str, int]]:
    """The text files' sizes, those in Git LFS with their true ones."""
    looked_at = 0
    for path, size in repository.files.items():
        if not path.lower().endswith(_TEXT):
            continue
        looked_at += size in SIZES
        yield path, (pointed_size(repository, path) if looked_at < _MOST else None) or size
