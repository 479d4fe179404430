"""A metadata block that was meant and is not read, because its fences are not what the Hub looks for.

## What it does
Finds blocks with keys of the Hub that some or all readers miss: a byte order mark or text before the first `---`,
fences written `--`, `----`, `—`, `--- ` or indented, a block that is never closed, a YAML code block in its place,
merge conflict markers, a second block right below the first.

## Why it matters on the Hub
The block is shown as text and its metadata are lost; a Space stops at a configuration error. Where a later
`---` in the text happens to close the block, the Hub reads the text between as YAML and refuses the push. Of two
blocks, one below the other, only the first is read. The Hub reads past a byte order mark: it is a note, and for a
dataset a warning, as `load_dataset` may not see `configs`.

## Example
```markdown README.md
---
title: My demo
sdk: gradio
----

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

## Fix safety
Safe: only the fences are mended, or the block is moved to the top; the metadata and the text stay as they are.
No fix is offered for conflict markers, where the end of the metadata is not certain, or where two blocks have a key
in common.

## Evidence
The pattern of huggingface_hub 2.4.0 and that of the Hub's server, which it was copied from until
https://github.com/huggingface/huggingface_hub/pull/4526 (2026-07). The two differ: blanks before the line break
of the closing fence are only in the former, a byte order mark is white space only in the latter. huggingface_hub leaves
the mark out since 2.3.0, and 2.2.0 finds no metadata behind it (PyPI, 2026-11-29), so the other rules read on.
"""

from __future__ import annotations

from hublint.rule import Edit, Finding, Fix, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository
    from hublint.rule import Severity

RULE = Rule(
    code="FM002",
    name="frontmatter-not-recognised",
    severity="warning",
    effect="ignored",
    subject="readme",
    since="0.1.0",
    fix="safe",
)

_UNREAD = "so the Hub reads no metadata"
_MESSAGES = {
    "byte-order-mark": (
        "a byte order mark is before the metadata block, so huggingface_hub before 2.3, and datasets with it, read no "
        "metadata; remove it",
        "Remove the byte order mark",
    ),
    "conflict-markers": ("there are merge conflict markers around the metadata; resolve the conflict", ""),
    "text-before": (
        f"text stands before the metadata block, {_UNREAD}; the block must be first",
        "Move the block to the top",
    ),
    "leading-blank": (
        "the metadata block does not begin on the first line; start README.md with `---`",
        "Remove the spaces",
    ),
    "opening-fence": (f"the metadata block does not begin with a line `---`, {_UNREAD}", "Write `---`"),
    "closing-fence": (f"the metadata block does not end with a line `---`, {_UNREAD}", "Write `---`"),
    "closing-text": (f"text follows the closing `---` on its line, {_UNREAD}", "Put `---` on its own line"),
    "closing-blanks": (
        "there are spaces after the closing `---`, so the Hub may read no metadata; remove them",
        "Remove the spaces",
    ),
    "unclosed": (f"the metadata block is never closed, {_UNREAD}; end it with a line `---`", "Close it with `---`"),
    "code-fence": (
        f"the metadata is in a code block, {_UNREAD}; put it between two `---` lines",
        "Write `---` fences",
    ),
}
_READ_BY_SOME = ("byte-order-mark", "closing-blanks")


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding where a block was surely meant and is not read as it was meant."""
    if _is_sound(card):
        yield from _second(card)
        return
    miss = card.near_miss
    if miss is None or miss.cause == "comment":
        return
    message, title = _MESSAGES[miss.cause]
    severity: Severity | None = None
    hub_message = ""
    if miss.cause == "leading-blank" or _is_read_by_the_hub(miss.cause, card, repository):
        severity = "info"
    elif miss.misread:
        severity = "error"
        message = message.replace(_UNREAD, "so the Hub takes text below it for YAML and refuses the push")
    elif card.encoding != "utf-8":
        message, title = (
            f"README.md is {card.encoding.upper()}, but the Hub reads UTF-8 and finds no metadata",
            "Save as UTF-8",
        )
    if miss.cause not in _READ_BY_SOME or card.encoding != "utf-8":
        if repository.kind == "space" and severity is None:
            severity, hub_message = "error", "Missing configuration in README"
        elif severity is None:
            hub_message = "empty or missing yaml metadata in repo card"
    edits = tuple(Edit(card.path, span, text) for span, text in miss.repairs)
    encoding = "utf-8" if card.encoding != "utf-8" else ""
    fix = Fix(title, edits, encoding=encoding) if edits else None
    yield Finding(card, miss.where, message, hub_message=hub_message, severity=severity, fix=fix)


def _second(card: Card) -> Iterator[Finding]:
    """What stands in a block of its own below the one that is read."""
    from hublint.documents.second_block import second_block

    found = second_block(card.text, card.block) if card.block else None
    if found is not None:
        line = card.position(found.opening.start).line
        yield Finding(
            card,
            card.fence,
            f"a second metadata block begins on line {line}, and the Hub reads the first only; "
            "put its keys into the first",
            fix=Fix("Join the blocks", (Edit(card.path, found.between, ""),)) if found.between else None,
        )


def _is_read_by_the_hub(cause: str, card: Card, repository: Repository) -> bool:
    """Whether only old versions of libraries miss the block, and of a repository whose use does not hang on them."""
    return cause == "byte-order-mark" and card.block is not None and repository.kind != "dataset"


def _is_sound(card: Card) -> bool:
    """Whether there is a block that parses, on the first line and with clean fences: no need for a closer look."""
    block = card.block
    if block is None or card.error is not None or block.opening.start > 0:
        return False
    return not card.text[block.closing.end : block.end].strip("\r\n")
