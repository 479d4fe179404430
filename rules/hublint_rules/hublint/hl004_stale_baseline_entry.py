"""An entry of the baseline that matches nothing any more.

## What it does
Reports each line of a baseline (`hublint check --baseline FILE`) for which nothing is found: the finding was mended,
its file was renamed or removed, or its rule is gone. It stands behind the other findings.

## Why it matters on the Hub
The entry silences one more finding of that kind at that place: a mistake that comes back would not be told.

## Example
```yaml
sdk: gradio
colorFrom: blue
```
```json .hublint-baseline.jsonl
{"rule": "SP008", "path": "README.md", "content": "5f0c9e6b13a4d872", "route": "colorFrom"}
```

## Use instead
```yaml
sdk: gradio
colorFrom: blue
```

## Fix safety
Safe: only the line of the baseline is removed. `hublint baseline --prune` does the same; `hublint baseline` also tells
what was moved to another file.

## Evidence
Advice. An entry is judged only where its repository was checked and its rule ran: with `--select`, or for a single
folder, nothing is said of the others.
"""

from __future__ import annotations

from hublint.documents.source import Span
from hublint.rule import Edit, Finding, Fix, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hublint.repository.comments import Stale

RULE = Rule(
    code="HL004",
    name="stale-baseline-entry",
    severity="warning",
    effect="advice",
    subject="baseline",
    since="0.1.0",
    fix="safe",
)


def check(entries: Sequence[Stale]) -> Iterator[Finding]:
    """Yield a finding for each entry."""
    for entry in entries:
        source = entry.source
        start, end = source.line_span(entry.line)
        edit = Edit(source.path, Span(start, source.offset(entry.line + 1)), "")
        yield Finding(
            source,
            Span(start, end),
            f"`{entry.rule}` no longer finds this in `{entry.path}`, so the entry would hide the next such finding; "
            "remove it with `hublint baseline --prune`",
            fix=Fix("Remove the entry", (edit,)),
        )
