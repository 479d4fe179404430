"""A `hublint: ignore` comment whose time is over.

## What it does
Reports suppression comments with `until=YYYY-MM-DD` once that day is over (in UTC). They silence nothing any more, so
what they hid is reported again.

## Why it matters on the Hub
Somebody put the fault off until that day; now it is due.

## Example
```yaml
sdk: gradio
colorFrom: teal # hublint: ignore[SP008] until=2024-06-30 the new theme brings another
```

## Use instead
```yaml
sdk: gradio
colorFrom: blue
```

## Fix safety
Safe: only the comment is removed, and it has no effect any more.

## Evidence
Advice. The day itself still counts.
"""

from __future__ import annotations

from hublint.rule import Edit, Finding, Fix, Rule
from hublint_rules.hublint._comment import goes_on, whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.comments import Review

RULE = Rule(
    code="HL005",
    name="expired-suppression",
    severity="warning",
    effect="advice",
    subject="suppressions",
    since="0.1.0",
    fix="safe",
)


def check(review: Review) -> Iterator[Finding]:
    """Yield a finding for each comment whose last day is over."""
    for comment in review.comments:
        if comment.valid and comment.expired(review.today):
            edit = Edit(comment.source.path, whole(comment), "")
            yield Finding(
                comment.source,
                comment,
                f"this comment was to silence until {comment.until}, so it no longer does; mend what it hid and remove "
                "it, or write a later day",
                fix=None if goes_on(comment) else Fix("Remove the comment", (edit,)),
            )
