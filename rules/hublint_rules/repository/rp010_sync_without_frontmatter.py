"""A GitHub workflow pushes the repository to a Space, but its README.md has no Space's metadata.

## What it does
Looks in an ordinary repository's `.github/workflows` for a job that pushes the repository itself to a Space: `git push`
to `huggingface.co/spaces/...`, `hf upload ... --repo-type space`, the action `huggingface/hub-sync`, a clone of the
Space into which everything is copied, `upload_folder` of huggingface_hub, in a script of the repository too. Of a
folder that `git subtree` or the action's `subdirectory` pushes, it is the folder's own README.md that counts. A job in
which anything else is done that may bring another README.md along - a commit, a copy of a part, another branch - is
silent. Such a repository is checked by this rule alone; with `--repo-type space`, or once README.md has its block, by
all rules for Spaces.

## Why it matters on the Hub
The Hub reads a Space's configuration from README.md at the root. The push replaces the one that was there when the
Space was made, and the Space stops at a configuration error.

## Example
```markdown README.md
# My demo
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

# My demo
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

## Evidence
https://huggingface.co/docs/hub/spaces-github-actions and https://huggingface.co/docs/hub/repositories-github-actions
(2026-08); action.yml in https://github.com/huggingface/hub-sync uploads the checkout as it is and deletes all else. The
Space stage CONFIG_ERROR with "Missing configuration in README" (runtime API, 2026-10).
"""

from __future__ import annotations

from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository
    from hublint.repository.workflows import Push

RULE = Rule(
    code="RP010",
    name="sync-without-frontmatter",
    severity="warning",
    effect="broken",
    subject="repository",
    since="0.1.0",
    kinds=("space",),
    only_if=(".github/workflows/",),
    when_synced=True,
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding where no `sdk` is pushed; of what is a Space already, FM001, RP001 and SP001 speak."""
    card = repository.card
    block = card.block if card is not None else None
    if block is not None and not repository.synced:
        return
    from hublint.repository.workflows import space_push

    push = space_push(repository.sources)
    if push is not None and push.folder:
        yield _of_folder(repository, push)
        return
    if push is None or (repository.repo_id and push.space in ("", repository.repo_id)):
        return
    space = f"the Space `{push.space}`" if push.space else "a Space"
    absent = "there is no README.md"
    if card is not None:
        absent = "README.md has no metadata block" if block is None else "README.md has no `sdk`"
    yield Finding(
        card or push.source,
        card.fence if card is not None else push.span,
        f"`{push.source.path}` pushes this repository to {space}, but {absent}, so the Space does not start",
        help="put `sdk` and a title between two `---` lines at the very top of README.md",
        hub_message="Missing configuration in README",
    )


def _of_folder(repository: Repository, push: Push) -> Finding:
    """The finding for a folder that is pushed by itself, whose own README.md has no block."""
    path = f"{push.folder}/README.md"
    readme = repository.source(path)
    absent = f"{path} has no metadata block" if readme is not None else f"there is no {path}"
    space = f"the Space `{push.space}`" if push.space else "a Space"
    return Finding(
        readme or push.source,
        readme.line_span(1) if readme is not None else push.span,
        f"`{push.source.path}` pushes the folder `{push.folder}` to {space}, but {absent}, so the Space does not start",
        help=f"put `sdk` and a title between two `---` lines at the very top of {path}",
        hub_message="Missing configuration in README",
    )
