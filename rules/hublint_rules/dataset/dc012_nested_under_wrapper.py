"""Metadata that stand under the key `YAML tags`.

## What it does
Finds a key `YAML tags` that holds the metadata, as an old tagging app wrote it, or the app's instruction to paste them
there.

## Why it matters on the Hub
The Hub accepts any key, and reads nothing below this one: the dataset has no license, no language and no task.

## Example
```yaml
YAML tags:
  license: mit
  language:
  - en
```

## Use instead
```yaml
license: mit
language:
- en
```

## Fix safety
Safe: the line with `YAML tags:` goes, what is below it moves to the left. There is none where keys would then stand
twice or where the metadata would read differently.

## Evidence
Cards on the Hub, such as https://huggingface.co/datasets/toddmorrill/github-issues; the card template of
https://github.com/huggingface/datasets before 2023.
"""

from __future__ import annotations

import re

from hublint.documents.edits import apply_edits
from hublint.documents.source import Span
from hublint.documents.yaml import places as yaml_places
from hublint.documents.yaml.nodes import Mapping
from hublint.rule import Edit, Finding, Fix, Rule
from hublint_rules._card import wrapper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.documents.yaml.nodes import Entry
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DC012",
    name="nested-under-wrapper",
    severity="error",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("dataset",),
    fix="safe",
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for the wrapper."""
    entry = wrapper(card.metadata)
    if entry is None:
        return
    if isinstance(entry.value, Mapping):
        message = f"`{entry.name}` hides the keys below it from the Hub; write the keys without it"
        yield Finding(card, entry.key, message, label="nothing below is read", fix=_fix(card, entry))
    else:
        message = f"`{entry.name}` holds the instruction of a template; write the metadata in its place"
        yield Finding(card, entry.key, message, severity="warning")


def _fix(card: Card, entry: Entry) -> Fix | None:
    """Dedent what is nested; None unless the metadata stay the same but for the wrapper."""
    nested, metadata = entry.value, card.metadata
    if not isinstance(nested, Mapping) or nested.flow or metadata is None or metadata.flow:
        return None
    names = [other.name for other in (*metadata, *nested) if other is not entry]
    text = card.text
    first = yaml_places.next_line(text, entry.key.span.end)
    begins_below = first <= nested.span.start and yaml_places.begins_line(text, nested.span.start)
    if len(set(names)) < len(names) or not begins_below or "#" in text[entry.key.span.end : first]:
        return None
    title = f"Remove `{entry.name}:` and move the keys to the left"
    line = Edit(card.path, Span(yaml_places.line_start(text, entry.key.span.start), first), "", entry.name)
    fix = Fix(title, (line, *_dedent(card, nested, first)))
    after = type(card)(card.path, card.encode(apply_edits(text, fix.edits)))
    wanted = {name: value for name, value in card.data.items() if name != entry.name} | nested.value
    return fix if after.metadata is not None and after.data == wanted else None


def _dedent(card: Card, nested: Mapping, first: int) -> Iterator[Edit]:
    """Take the indentation of the nested keys from every line of theirs."""
    text, at = card.text, first
    indent = yaml_places.column(text, nested.span.start)
    end = yaml_places.below(text, nested, 0)
    while at < min(end, card.block.content.end if card.block else end):
        blanks = re.compile(f" {{1,{indent}}}").match(text, at)
        if blanks:
            yield Edit(card.path, Span(*blanks.span()), "", nested.route)
        at = yaml_places.next_line(text, at)
