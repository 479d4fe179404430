"""An `app_port` that is not a port the Hub can use.

## What it does
Checks that `app_port` is a whole number from 1025 to 65535.

## Why it matters on the Hub
The Hub refuses a push with a port below 1025, because the container runs without the rights to open one. Larger numbers
than 65535 do not exist.

## Example
```yaml
sdk: docker
app_port: 80
```

## Use instead
```yaml
sdk: docker
app_port: 8080
```

## Fix safety
Safe where the number is right and only stands in quotes. Any other port must change in the Dockerfile too.

## Evidence
The Hub's own message, kept in a public deploy guide; https://huggingface.co/docs/hub/spaces-config-reference
(2026-08-22): an integer, 7860 by default. Whether a number in quotes is refused is not recorded: a warning.
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
    code="SP013",
    name="invalid-app-port",
    severity="error",
    effect="refused",
    subject="violations",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
    only_if=("app_port",),
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for an `app_port` that a Space cannot use."""
    for violation in card.violations(repository.kind, RULE.code):
        value = violation.value
        text = value.strip() if isinstance(value, str) else ""
        if isinstance(value, str) and not text:
            continue
        place = card.place("app_port")
        port = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
        if port is not None and 1025 <= port <= 65535:
            if repository.sdk != "docker":
                continue
            yield Finding(
                card,
                place,
                f"`app_port` is the text {shown(value)}; write the number {port} without quotes",
                severity="warning",
                fix=Fix(f"Write `{port}`", (yaml_edits.set_value(card, violation.route, port),)),
            )
            continue
        yield Finding(
            card,
            place,
            f"{shown(value)} is not a port that a Space can use; choose one from 1025 to 65535 (the default is 7860)",
            hub_message='"app_port" must be greater than or equal to 1025' if violation.keyword == "minimum" else "",
        )
