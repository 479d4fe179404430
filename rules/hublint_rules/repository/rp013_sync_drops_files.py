"""A workflow that syncs to a Space pushes pointers in the place of files in Git LFS.

## What it does
Follows the job of a GitHub workflow that pushes the repository to a Space, as sync-without-frontmatter (RP010) does. It
reports a job whose `actions/checkout` has no `lfs: true` and that runs no `git lfs pull`, where .gitattributes hands
files of what is pushed to Git LFS. A file counts for nothing where git itself has its content: it was committed
without Git LFS, and .gitattributes alone makes no pointer of it.

## Why it matters on the Hub
Such a checkout holds, in the place of each file, a text of three lines that names it. `git push` is refused for objects
that nobody has sent, and an upload over HTTP stores the three lines as the file: the app finds no model and no picture.

## Example
```markdown README.md
---
title: My demo
sdk: gradio
---
```
```text .gitattributes
*.onnx filter=lfs diff=lfs merge=lfs -text
```
```listing
model.onnx 50000000
```
```yaml .github/workflows/sync.yml
on: push
jobs:
  sync:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
      - uses: huggingface/hub-sync@v0.1.0
        with:
          github_repo_id: ${{ github.repository }}
          huggingface_repo_id: alice/demo
          hf_token: ${{ secrets.HF_TOKEN }}
```

## Use instead
```markdown README.md
---
title: My demo
sdk: gradio
---
```
```text .gitattributes
*.onnx filter=lfs diff=lfs merge=lfs -text
```
```listing
model.onnx 50000000
```
```yaml .github/workflows/sync.yml
on: push
jobs:
  sync:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
        with:
          lfs: true
      - uses: huggingface/hub-sync@v0.1.0
        with:
          github_repo_id: ${{ github.repository }}
          huggingface_repo_id: alice/demo
          hf_token: ${{ secrets.HF_TOKEN }}
```

## Evidence
https://github.com/actions/checkout (2026-11): `lfs` is false by default;
https://huggingface.co/docs/hub/spaces-github-actions
(2026-08) checks out with `lfs: true`; action.yml in https://github.com/huggingface/hub-sync uploads the checkout.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

_MOST = 20  # files whose content is looked for in git

RULE = Rule(
    code="RP013",
    name="sync-drops-files",
    severity="warning",
    effect="broken",
    subject="repository",
    since="0.1.0",
    kinds=("space",),
    only_if=(".github/workflows/",),
    when_synced=True,
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for a job that pushes pointers."""
    if ".gitattributes" not in repository.listing:
        return
    from hublint.repository.git.gitattributes import Attributes
    from hublint.repository.git.ignored import ignores
    from hublint.repository.git.pointers import is_stored_whole
    from hublint.repository.workflows import space_push

    push = space_push(repository.sources)
    if push is None or not push.with_pointers:
        return
    attributes, ignored = Attributes(repository), ignores(repository)
    start = f"{push.folder}/" if push.folder else ""
    paths = [
        path
        for path in repository.files
        if path.startswith(start) and attributes.is_in_lfs(path) and path not in ignored
    ]
    looked_at = [path for path in paths[:_MOST] if not is_stored_whole(repository, path)]
    if looked_at:
        paths = looked_at + paths[_MOST:]
        more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
        yield Finding(
            push.source,
            push.span,
            f"this job checks out without `lfs: true`, so it pushes a pointer in the place of `{paths[0]}`{more}, "
            "which .gitattributes hands to Git LFS",
            help="give `actions/checkout` in this job `lfs: true`",
        )
