"""A small binary file that .gitattributes does not hand to Git LFS.

## What it does
Asks .gitattributes, as git does, about every binary file that git would commit. It looks only into clones of Hub
repositories and folders with a .gitattributes; where a workflow pushes the repository with git, and of files that a
clone has not pushed yet, RP002 speaks.

## Why it matters on the Hub
The Hub refuses a `git push` that brings such a file. One that is there already may stay, and nothing in the files tells
which of them are; so this is only advice.

## Example
```text .gitattributes
*.bin filter=lfs diff=lfs merge=lfs -text
```
```text logo.gif
GIF89a
```

## Use instead
```text .gitattributes
*.bin filter=lfs diff=lfs merge=lfs -text
*.gif filter=lfs diff=lfs merge=lfs -text
```
```text logo.gif
GIF89a
```

## Fix safety
Unsafe: a line is added to .gitattributes, which changes how git stores the files that match, from their next commit on.

## Evidence
The Hub's own message, seen in logs of pushes to Spaces (2026-08): "Your push was rejected because it contains binary
files." Advice; off by default.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule
from hublint_rules.repository._lfs import about_binary, binary, is_pushed_by_git, pushes_with_git, unpushed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="RP017",
    name="binary-file-not-in-lfs",
    severity="info",
    effect="refused",
    subject="repository",
    since="0.1.0",
    fix="unsafe",
    default=False,
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each suffix of binary files."""
    if is_pushed_by_git(repository) and not pushes_with_git(repository):
        new = {path for paths in unpushed(repository) for path in paths}
        for paths in binary(repository):
            others = [path for path in paths if path not in new]
            if others:
                yield about_binary(repository, others)
