"""A metadata block that holds something else than `key: value` lines.

## What it does
Reports a block whose YAML is a list or a scalar, and a block that holds only blank lines or comments.

## Why it matters on the Hub
The Hub refuses the whole push, although README.md without any block would only get a warning.

## Example
```markdown README.md
---
- title: My demo
- sdk: gradio
---

# My demo
```

## Use instead
```markdown README.md
---
title: My demo
sdk: gradio
---

# My demo
```

## Evidence
Answers of /api/validate-yaml for `- a`, `hello` and an empty block, recorded in
https://github.com/strukto-ai/mirage/pull/971 (2026-08); "repo card metadata block should be a dict" in
huggingface_hub 2.4.0 (repocard.py).
"""

from __future__ import annotations

from hublint.documents.yaml.nodes import Mapping, Sequence
from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="FM005",
    name="not-a-mapping",
    severity="error",
    effect="refused",
    subject="unreadable",
    since="0.1.0",
)

_INVALID = "The YAML metadata of your README.md is invalid."


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding where the block parses, but is not a mapping."""
    if card.block is None or card.error is not None or isinstance(card.root, Mapping):
        return
    if card.position(card.block.closing.start).line == card.position(card.block.opening.start).line + 1:
        return  # `---` directly followed by `---`, which FM001 reports.
    root = card.root
    if root is None:
        message = "the metadata block is empty, which the Hub refuses; fill it or remove both `---` lines"
        yield Finding(card, card.block.opening, message, hub_message=_INVALID)
        return
    miss = card.near_miss
    if miss is not None and miss.misread:
        return
    listed = isinstance(root, Sequence)
    message = f"the metadata block is {'a list' if listed else 'plain text'}, but the Hub wants `key: value` lines"
    yield Finding(card, root, message, hub_message='"value" must be of type object' if listed else _INVALID)
