"""An item of `preload_from_hub` that the Hub cannot read.

## What it does
Checks each item against the grammar `repository`, `repository file1,file2` or `repository file1,file2 commit`: parts
parted by blanks, no blank within the list of files.

## Why it matters on the Hub
The files are fetched while the Space is built. What is not a repository cannot be fetched, and a file after a blank is
taken for a commit.

## Example
```yaml
sdk: gradio
preload_from_hub:
  - openai-community/gpt2 config.json, model.safetensors
```

## Use instead
```yaml
sdk: gradio
preload_from_hub:
  - openai-community/gpt2 config.json,model.safetensors
```

## Evidence
https://huggingface.co/docs/hub/spaces-config-reference (2026-08-22), with an example of each form; the example's commit
is a git hash of 40 digits. What else may stand there is not documented, so a branch or a tag is left alone.
"""

from __future__ import annotations

import re

from hublint.documents.placeholders import is_placeholder
from hublint.model.hub_ids import is_repo_id
from hublint.rule import Finding, Rule
from hublint_rules._wording import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="SP020",
    name="invalid-preload",
    severity="error",
    effect="broken",
    subject="metadata",
    since="0.1.0",
    kinds=("space",),
    only_if=("preload_from_hub",),
)

_KEY = "preload_from_hub"
_REVISION = r"[\w./-]+"
_FILE = r".*\.(?:json|txt|bin|safetensors|pt|pth|ckpt|onnx|gguf|model|msgpack|h5|parquet|py|jinja|yaml)"


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each item outside the grammar, or for a value that is not a list."""
    value = card.data.get(_KEY)
    if value in (None, "") or is_placeholder(value):
        return
    if not isinstance(value, list):
        yield Finding(card, card.place(_KEY), f"`{_KEY}` must be a list of repositories, not {shown(value)}")
        return
    for index, item in enumerate(value):
        problem = "" if item in (None, "") or is_placeholder(item) else _problem(item)
        if problem:
            yield Finding(
                card,
                card.place(_KEY, index),
                problem,
                help="write `owner/name`, `owner/name file1,file2` or `owner/name file1,file2 commit`",
            )


def _problem(item: object) -> str:
    if not isinstance(item, str):
        return f"{shown(item)} is not text; an item begins with `owner/name`"
    repository, *rest = item.split()
    if not is_repo_id(repository):
        return f"{shown(repository)} is not a repository id; an item begins with `owner/name`"
    files, *after = rest or [""]
    apart = files.endswith(",") or any(
        part.startswith(",") or part.endswith(",") or "," in part or re.fullmatch(_FILE, part) for part in after
    )
    if apart:
        return "the list of files has a blank in it; write `file1,file2`"
    if len(after) > 1:
        return f"{shown(item)} has more than three parts: a repository, its files, a commit"
    if ",," in files or files.startswith(","):
        return f"{shown(files)} has an empty name in its list of files"
    if after and not re.fullmatch(_REVISION, after[0]):
        return f"{shown(after[0])} is not a commit"
    return ""
