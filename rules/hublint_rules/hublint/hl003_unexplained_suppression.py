"""A suppression without a reason.

## What it does
Asks for a few words after the brackets of `hublint: ignore[CODE]`.

## Why it matters on the Hub
Nobody can tell later whether the finding was wrong, accepted, or put off.

## Example
```yaml
sdk: gradio
colorFrom: teal # hublint: ignore[SP008]
```

## Use instead
```yaml
sdk: gradio
colorFrom: teal # hublint: ignore[SP008] kept to show how a refused push looks
```

## Evidence
Advice; off by default.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.comments import Review


RULE = Rule(
    code="HL003",
    name="unexplained-suppression",
    severity="info",
    effect="advice",
    subject="suppressions",
    since="0.1.0",
    default=False,
)


def check(review: Review) -> Iterator[Finding]:
    """Yield a finding for each valid suppression without a reason."""
    for comment in review.comments:
        if comment.valid and not comment.reason:
            yield Finding(
                comment.source, comment, "this suppression gives no reason; say in a few words why it is right"
            )
