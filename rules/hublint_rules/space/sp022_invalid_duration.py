"""A `startup_duration_timeout` that is not a duration.

## What it does
Checks that `startup_duration_timeout` is a number with a unit of time, such as `45m` or `1h30m`.

## Why it matters on the Hub
The Hub gives a Space 30 minutes to start. A Space that loads more than that allows is stopped as unhealthy unless this
value says otherwise.

## Example
```yaml
sdk: docker
startup_duration_timeout: 3600
```

## Use instead
```yaml
sdk: docker
startup_duration_timeout: 1h
```

## Evidence
https://huggingface.co/docs/hub/spaces-config-reference (2026-08-22): a string, "any valid duration (like `1h`, `30m`)".
Which units there are is not documented, so every usual spelling passes; whether the push is refused is not recorded.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule
from hublint_rules._wording import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="SP022",
    name="invalid-duration",
    severity="warning",
    effect="ignored",
    subject="violations",
    since="0.1.0",
    kinds=("space",),
    only_if=("startup_duration_timeout",),
)

_UNITS = {"week", "weeks", "w", "month", "months"}


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for a value without a number or without a unit."""
    for violation in card.violations(repository.kind, RULE.code):
        value = violation.value
        text = value.strip().lower() if isinstance(value, str) else ""
        if value == "" or _may_be_duration(text):
            continue
        number = type(value) in (int, float) or text.isdigit()
        yield Finding(
            card,
            card.place("startup_duration_timeout"),
            f"{shown(value)} is not a duration{': it lacks a unit' if number else ''}; write one such as `45m` or `1h`",
        )


def _may_be_duration(text: str) -> bool:
    """Whether a text is more than the schema knows, though perhaps not more than the Hub: ISO 8601, words, capitals."""
    import re

    if re.fullmatch(r"p(?:\d+d)?(?:t(?:\d+h)?(?:\d+m)?(?:\d+s)?)?", text) and len(text) > 2:
        return True
    parts = re.findall(r"[a-z]+", text)
    known = r"ms|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|and|an?"
    return (
        bool(re.match(r"\d|an? ", text))
        and bool(parts)
        and all(part in _UNITS or re.fullmatch(known, part) for part in parts)
    )
