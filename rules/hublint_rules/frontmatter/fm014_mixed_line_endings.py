"""Windows and Unix line breaks mixed in one metadata block.

## What it does
Counts the line breaks between the two `---` lines. One kind throughout is fine, whichever it is.

## Why it matters on the Hub
YAML reads both alike, but tools that edit the block by lines do not: diffs show lines that nobody changed, and
a value can end in an invisible carriage return.

## Example
```markdown README.md
---
license: mit
language: en\r
---
```

## Use instead
```markdown README.md
---
license: mit
language: en
---
```

## Fix safety
Safe: the rarer kind is replaced by the other; YAML reads the same values.

## Evidence
Advice. All of 29 files with Windows line breaks throughout were accepted by the Hub, and are not reported.
"""

from __future__ import annotations

from hublint.documents.source import Span
from hublint.regexes import lazy
from hublint.rule import Edit, Finding, Fix, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="FM014",
    name="mixed-line-endings",
    severity="info",
    effect="advice",
    subject="metadata",
    since="0.1.0",
    fix="safe",
)

_BREAK = lazy(r"\r\n|\n|\r")
_NAMES = {"\r\n": "CRLF", "\n": "LF", "\r": "CR"}


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding where the block has more than one kind of line break."""
    if card.block is None or "\r" not in card.text:
        return
    breaks: dict[str, list[Span]] = {}
    for found in _BREAK.finditer(card.text, card.block.opening.end, card.block.closing.start):
        breaks.setdefault(found[0], []).append(Span(*found.span()))
    if len(breaks) < 2:
        return
    usual = max(breaks, key=lambda kind: (len(breaks[kind]), kind == "\n"))
    rare = sorted(span for kind, spans in breaks.items() if kind != usual for span in spans)
    counts = ", ".join(f"{len(breaks[kind])} {_NAMES[kind]}" for kind in _NAMES if kind in breaks)
    line = card.line_span(card.position(rare[0].start).line)
    edits = tuple(Edit(card.path, span, usual) for span in rare)
    yield Finding(
        card,
        line,
        f"line breaks are mixed in the metadata block ({counts}); use {_NAMES[usual]} throughout",
        fix=Fix(f"Use {_NAMES[usual]}", edits),
    )
