"""A file that is larger than the Hub takes or recommends.

## What it does
Compares the size of every file with the Hub's limits; for a Git LFS pointer the size that it gives counts.

## Why it matters on the Hub
Files over 500 GB cannot be stored; over 200 GB up- and downloads often fail, and the Hub asks for smaller parts.

## Example
```text model.gguf
version https://git-lfs.github.com/spec/v1
oid sha256:0000000000000000000000000000000000000000000000000000000000000000
size 600000000000
```

## Use instead
```text model.gguf
version https://git-lfs.github.com/spec/v1
oid sha256:0000000000000000000000000000000000000000000000000000000000000000
size 100000000000
```

## Evidence
"recommended < 200 GB per file, hard limit 500 GB": https://huggingface.co/docs/hub/storage-limits (2026-08).
"""

from __future__ import annotations

from hublint.repository.git.ignored import ignores
from hublint.rule import Finding, Rule
from hublint_rules._places import at_file
from hublint_rules.repository._files import human_size

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="RP009",
    name="too-large-file",
    severity="error",
    effect="refused",
    subject="repository",
    since="0.1.0",
)

_GB = 10**9
_HARD, _RECOMMENDED = 500 * _GB, 200 * _GB
_TEXTS = (".md", ".py", ".txt", ".json", ".yml", ".yaml", ".js", ".ts", ".html", ".css", ".toml", ".sh", ".csv")


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each file over a limit."""
    for path, size in repository.files.items():
        if 100 <= size < 200 and not path.endswith(_TEXTS):
            from hublint.repository.git.pointers import pointed_size

            size = pointed_size(repository, path) or size
        if size > _RECOMMENDED and path not in ignores(repository):
            yield Finding(
                *at_file(path),
                f"`{path}` is {human_size(size)}: "
                + (
                    "the Hub refuses files over 500 GB"
                    if size > _HARD
                    else "the Hub recommends files below 200 GB, and refuses those over 500 GB"
                ),
                help="split it into parts",
                severity=None if size > _HARD else "warning",
            )
