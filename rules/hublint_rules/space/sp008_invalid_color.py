"""A `colorFrom` or `colorTo` that is not one of the Hub's eight colors.

## What it does
Checks `colorFrom` and `colorTo` against the names that the Hub knows.

## Why it matters on the Hub
The Hub refuses the whole push, so nothing else in the commit arrives either.

## Example
```yaml
sdk: gradio
colorFrom: Blue
```

## Use instead
```yaml
sdk: gradio
colorFrom: blue
```

## Fix safety
Safe where the value is a color of the Hub in another spelling (`Blue`, `grey`). Any other color is left to you.

## Evidence
The Hub's own message, seen in deploy logs of 2025-08 and 2026-07; list in
https://huggingface.co/docs/hub/spaces-config-reference (2026-08-22).
"""

from __future__ import annotations

from hublint.documents.yaml import edits as yaml_edits
from hublint.rule import Finding, Fix, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="SP008",
    name="invalid-color",
    severity="error",
    effect="refused",
    subject="violations",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
    only_if=("colorFrom", "colorTo"),
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each color that the Hub refuses."""
    for violation in card.violations(repository.kind, RULE.code):
        colors = [color for color in violation.expected if color]
        meant = str(violation.value).strip().lower().replace("grey", "gray")
        advice = f"write `{meant}`" if meant in colors else "write another, such as `blue`"
        place = card.place(*violation.route)
        yield Finding(
            card,
            place,
            f"`{violation.value}` is not one of the Hub's colors; {advice}",
            hub_message=f'"{place.route}" must be one of [{", ".join(colors)}]',
            fix=Fix(f"Write `{meant}`", (yaml_edits.set_value(card, violation.route, meant),))
            if meant in colors
            else None,
        )
