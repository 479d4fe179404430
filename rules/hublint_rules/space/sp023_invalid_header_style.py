"""A `header` that is neither `mini` nor `default`.

## What it does
Checks `header` against the two styles of a Space's header.

## Why it matters on the Hub
`header: mini` shows the Space on the full screen with a small floating header. Any other word does not.

## Example
```yaml
sdk: gradio
header: Mini
```

## Use instead
```yaml
sdk: gradio
header: mini
```

## Fix safety
Safe where the value is one of the two in another spelling (`Mini`, `mini-header`). Any other is left to you.

## Evidence
https://huggingface.co/docs/hub/spaces-config-reference (2026-08-22): "Can be either `mini` or `default`"; the types of
npm @huggingface/hub 2.17.5 have the same two. Whether the push is refused is not recorded.
"""

from __future__ import annotations

from hublint.documents.yaml import edits as yaml_edits
from hublint.rule import Finding, Fix, Rule
from hublint_rules._wording import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="SP023",
    name="invalid-header-style",
    severity="error",
    effect="ignored",
    subject="violations",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
    only_if=("header",),
)

_MEANT = {
    "mini": "mini",
    "mini-header": "mini",
    "minimal": "mini",
    "minimum": "mini",
    "default": "default",
    "defaults": "default",
}


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for a header style that the Hub does not have."""
    for violation in card.violations(repository.kind, RULE.code):
        value = violation.value
        if value == "":
            continue
        meant = _MEANT.get(value.strip().lower().replace("_", "-")) if isinstance(value, str) else None
        yield Finding(
            card,
            card.place("header"),
            f"`header` must be `mini` or `default`, not {shown(value)}",
            fix=Fix(f"Write `{meant}`", (yaml_edits.set_value(card, violation.route, meant),)) if meant else None,
        )
