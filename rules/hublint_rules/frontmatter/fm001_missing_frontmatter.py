"""A README.md without a metadata block.

## What it does
Looks for the block between two `---` lines at the top of README.md. A block inside an HTML comment, `---`
directly followed by `---`, and a README.md that is only a Git LFS pointer count as none.

## Why it matters on the Hub
A Space without a block has no `sdk` and stops at a configuration error. A model or dataset has no license,
language or task: filters do not find it and the page shows a warning.

## Example
```markdown README.md
# My demo

Try it.
```
```python app.py
import gradio as gr
```

## Use instead
```markdown README.md
---
title: My demo
sdk: gradio
app_file: app.py
---

# My demo

Try it.
```
```python app.py
import gradio as gr
```

## Fix safety
Unsafe: the block is guessed from the repository's name and files, and holds only what they say.

## Evidence
The warning "empty or missing yaml metadata in repo card" (answers of /api/validate-yaml, recorded 2026-08) and
the Space stage CONFIG_ERROR with "Missing configuration in README" (runtime API, 2026-10); the block's pattern
in https://github.com/huggingface/huggingface_hub/blob/main/src/huggingface_hub/repocard.py
"""

from __future__ import annotations

from hublint.documents.source import Span
from hublint.rule import Edit, Finding, Fix, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="FM001",
    name="missing-frontmatter",
    severity="warning",
    effect="ignored",
    subject="unreadable",
    since="0.1.0",
    fix="unsafe",
)

_LOSSES = {
    "space": "without `sdk` the Space does not start",
    "model": "the Hub does not know its license, task and language",
    "dataset": "the Hub does not know its license, task and language",
}
_LIBRARIES = {
    "adapter_config.json": "peft",
    "model_index.json": "diffusers",
    "modules.json": "sentence-transformers",
}


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding where the Hub reads no metadata and the author did not try to give any."""
    if card.block is not None and not _is_empty(card):
        return
    where, problem, fixable = card.fence, "README.md has no metadata block", True
    if card.is_pointer:
        problem, fixable = (
            "README.md is a Git LFS pointer, so the Hub reads no metadata from it; keep it out of LFS",
            False,
        )
    elif _is_empty(card):
        where, problem = _fences(card), "the metadata block between the two `---` lines is missing"
    else:
        miss = card.near_miss
        if miss is not None and miss.cause != "comment":
            return
        if miss is not None:
            where, fixable = miss.where, False
            problem = "the metadata block is hidden in an HTML comment; move it to the very top of README.md"
    space = repository.kind == "space"
    yield Finding(
        card,
        where,
        f"{problem}; {_LOSSES[repository.kind]}",
        help="write one between two `---` lines at the very top" if fixable else "",
        hub_message="Missing configuration in README" if space else "empty or missing yaml metadata in repo card",
        severity="error" if space else None,
        fix=_skeleton(repository, card, where) if fixable else None,
    )


def _is_empty(card: Card) -> bool:
    lines = card.text.lstrip().splitlines()[:2]
    return lines == ["---", "---"]


def _fences(card: Card) -> Span:
    start = card.text.index("---")
    return Span(start, card.text.index("---", start + 3) + 3)


def _skeleton(repository: Repository, card: Card, where: Span) -> Fix | None:
    from hublint.documents.yaml.render import render_pair

    entries = _space(repository) if repository.kind == "space" else _model(repository)
    if not entries or card.is_binary:
        return None
    newline = card.newline
    block = newline.join(["---", *(render_pair(name, value) for name, value in entries.items()), "---"])
    if where.start < where.end:
        return Fix("Fill the metadata block", (Edit(card.path, where, block),), "unsafe")
    end = 1 if card.text.startswith("\ufeff") else 0
    mark = Span(0 if card.encoding == "utf-8" else end, end)  # without its mark UTF-16 cannot be read
    gap = newline * 2 if card.text[end:] and card.text[end] not in "\r\n" else newline
    return Fix("Write a metadata block", (Edit(card.path, mark, block + gap),), "unsafe")


def _space(repository: Repository) -> dict[str, str]:
    title = repository.name.rpartition("/")[2].replace("-", " ").replace("_", " ").strip()
    entries = {"title": title} if title else {}
    if "Dockerfile" in repository.files:
        return {**entries, "sdk": "docker"}
    if "app.py" in repository.files:
        source = repository.source("app.py")
        if source is not None and "gradio" in source.text:
            return {**entries, "sdk": "gradio", "app_file": "app.py"}
    if "index.html" in repository.files and "package.json" not in repository.files:
        return {**entries, "sdk": "static"}
    return {}


def _model(repository: Repository) -> dict[str, str]:
    if repository.kind != "model":
        return {}
    return next(({"library_name": library} for file, library in _LIBRARIES.items() if file in repository.files), {})
