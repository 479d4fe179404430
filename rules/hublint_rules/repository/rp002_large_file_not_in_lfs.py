"""A large or binary file that .gitattributes does not hand to Git LFS.

## What it does
Asks .gitattributes, as git does, about every file over 10 MiB and every binary file that git would commit. It looks
only into clones of Hub repositories, folders with a .gitattributes, and those with a workflow that pushes to the Hub
with git. A large file is an error in a clone, where it cannot have been pushed yet, a warning where a workflow pushes
it, and else a hint. A binary file is a warning in a clone none of whose remote-tracking branches holds it, so that the
next push brings it; a hint where a workflow pushes it, since the Hub may have accepted it long ago; elsewhere RP017's.

## Why it matters on the Hub
The Hub refuses a `git push` with such a file in any of its commits. `hf upload` and the browser are not concerned: they
store large and binary files the right way by themselves.

## Example
```text .gitattributes
*.bin filter=lfs diff=lfs merge=lfs -text
```
```listing
model.onnx 50000000
```

## Use instead
```text .gitattributes
*.bin filter=lfs diff=lfs merge=lfs -text
*.onnx filter=lfs diff=lfs merge=lfs -text
```
```listing
model.onnx 50000000
```

## Fix safety
Safe for a file that a clone has not pushed yet, else unsafe: a line is added to .gitattributes, which changes how git
stores the files that match, from their next commit on. What is committed already needs `git lfs migrate import`.
There is no fix where a workflow pushes whose checkout has no `lfs: true`: it would push pointers.

## Evidence
The Hub's own messages, seen in logs of pushes to Spaces; the limit of 10 MB in
https://huggingface.co/docs/hub/repositories-getting-started (2026-08). Three of 388 Spaces that the Hub had accepted
hold a larger file outside of LFS, and one that a workflow pushes holds a small picture outside of it.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule
from hublint_rules._places import at_file
from hublint_rules.repository._files import human_size
from hublint_rules.repository._lfs import (
    about_binary,
    binary,
    is_pushed_by_git,
    large,
    pushes_with_git,
    tracking,
    unpushed,
    way_out,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="RP002",
    name="large-file-not-in-lfs",
    severity="error",
    effect="refused",
    subject="repository",
    since="0.1.0",
    fix="safe",
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield one finding for each suffix of large files, and one for each of binary files."""
    if not is_pushed_by_git(repository):
        return
    pushes = pushes_with_git(repository)
    for paths in large(repository):
        yield _large(repository, paths, pushes)
    for paths in binary(repository) if pushes else ():
        finding = about_binary(repository, paths)
        finding.severity = "info"
        yield finding
    for paths in unpushed(repository) if not pushes else ():
        finding = about_binary(repository, paths, "safe")
        finding.severity = "warning"
        yield finding


def _large(repository: Repository, paths: list[str], pushes: bool) -> Finding:
    first = max(paths, key=repository.files.__getitem__)
    more = f" and {len(paths) - 1} more like it" if len(paths) > 1 else ""
    return Finding(
        *at_file(first),
        f"`{first}` ({human_size(repository.files[first])}){more} {'are' if more else 'is'} not in Git LFS: "
        "the Hub refuses a `git push` with files over 10 MiB; `hf upload` takes them",
        help=way_out(repository),
        hub_message="Your push was rejected because it contains files larger than 10 MiB.",
        severity=None if repository.repo_id else "warning" if pushes else "info",
        fix=tracking(repository, first, "safe" if repository.repo_id else "unsafe"),
    )
