"""An `sdk` that the Hub does not know.

## What it does
Checks `sdk` against `gradio`, `docker` and `static`. `streamlit` is deprecated-streamlit-sdk (SP003).

## Why it matters on the Hub
Without an SDK that it knows the Hub builds nothing. Flask, FastAPI, Next.js and everything else run with `docker`.

## Example
```yaml
sdk: Docker
```

## Use instead
```yaml
sdk: docker
```

## Fix safety
Safe where the value is an SDK of the Hub in another spelling or with a slip (`Gradio`, `dokcer`). A framework's name is
left to you.

## Evidence
https://huggingface.co/docs/hub/spaces-config-reference (2026-08-22); SPACES_SDK_TYPES of PyPI huggingface_hub 2.4.0.
Whether the push is refused or the Space stops at a configuration error is not recorded.
"""

from __future__ import annotations

from hublint.documents.yaml import edits as yaml_edits
from hublint.rule import Finding, Fix, Rule
from hublint_rules._spelling import closest
from hublint_rules._wording import either, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="SP002",
    name="invalid-sdk",
    severity="error",
    effect="broken",
    subject="violations",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
)

_SDKS = ("gradio", "docker", "static")


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for an `sdk` that is not one of the Hub's; an empty one is SP001's."""
    for violation in card.violations(repository.kind, RULE.code):
        value = violation.value
        if value is None or value == "":
            continue
        word = value.strip().lower() if isinstance(value, str) else ""
        meant = closest(word, _SDKS, len("gradio") - 1)
        yield Finding(
            card,
            card.place("sdk"),
            f"{shown(value)} is not an SDK of the Hub; write {either([meant] if meant else _SDKS)}",
            help="what depends on the SDK is checked once there is one",
            label="use `docker` with the Hub's Streamlit template" if word == "streamlit" else "",
            fix=Fix(f"Write `{meant}`", (yaml_edits.set_value(card, ("sdk",), meant),)) if meant else None,
        )
