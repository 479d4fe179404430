"""A `hublint: ignore` comment that silences nothing.

## What it does
Reports each rule, or family of rules (`SE`), that a suppression comment names although it found nothing there.

## Why it matters on the Hub
A stale comment hides the next, real problem on its line, and tells readers of a fault that is no longer there.

## Example
```yaml
sdk: gradio
colorFrom: blue # hublint: ignore[SP008] we like orange
```

## Use instead
```yaml
sdk: gradio
colorFrom: blue
```

## Fix safety
Safe: only the comment, or the unused code in it, is removed.

## Evidence
Advice. What a comment silences is told by the rules that run without `--select`; a rule that is off, or not for this
kind of repository and sdk, is never called unused. Of a family that a comment names, all rules are asked, also those
that are off.
"""

from __future__ import annotations

from hublint.documents.source import Span
from hublint.rule import Edit, Finding, Fix, Rule
from hublint_rules.hublint._comment import goes_on, whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.comments import Review, Suppression

RULE = Rule(
    code="HL001",
    name="unused-suppression",
    severity="warning",
    effect="advice",
    subject="suppressions",
    since="0.1.0",
    fix="safe",
)


def check(review: Review) -> Iterator[Finding]:
    """Yield a finding for each suppression with unused codes."""
    for comment in review.comments:
        if not comment.valid or comment.expired(review.today):
            continue
        if comment.codes is None:
            if not review.used[comment]:
                yield _finding(comment, [], "this comment silences nothing in this file; remove it")
            continue
        unused = [code for code in comment.codes if review.is_unused(comment, code)]
        if unused:
            names = ", ".join(f"`{code}`" for code in unused)
            yield _finding(comment, unused, f"{names} reports nothing here, so this comment has no effect; remove it")


def _finding(comment: Suppression, unused: list[str], message: str) -> Finding:
    source = comment.source
    kept = [code for code in comment.codes or () if code not in unused]
    if kept:
        text = source.text[comment.span.start : comment.span.end]
        start = comment.span.start + text.index("[") + 1
        end = comment.span.start + text.index("]")
        edit = Edit(source.path, Span(start, end), ", ".join(kept))
    else:
        edit = Edit(source.path, whole(comment), "")
    fix = Fix("Remove what is unused", (edit,)) if kept or not goes_on(comment) else None
    return Finding(source, comment, message, fix=fix)
