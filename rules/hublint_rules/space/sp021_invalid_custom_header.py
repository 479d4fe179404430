"""An entry of `custom_headers` that the Hub does not send.

## What it does
Checks the names and values of `custom_headers` against the three cross-origin headers that Spaces may set.

## Why it matters on the Hub
Only these headers, in lower case, are added to the Space's answers. Without them `SharedArrayBuffer` and WebAssembly
threads do not work in the browser.

## Example
```yaml
sdk: static
custom_headers:
  Cross-Origin-Embedder-Policy: require-corp
```

## Use instead
```yaml
sdk: static
custom_headers:
  cross-origin-embedder-policy: require-corp
```

## Fix safety
Safe where lower case is all that is missing.

## Evidence
https://huggingface.co/docs/hub/spaces-config-reference (2026-08-22): "only" three headers "are allowed", "all headers
and values must be lowercase"; values from the types of npm @huggingface/hub 2.17.5. Whether the push is refused is not
recorded.
"""

from __future__ import annotations

import hublint_schemas
from hublint.documents.placeholders import is_placeholder
from hublint.documents.yaml import edits as yaml_edits
from hublint.rule import Finding, Fix, Rule
from hublint_rules._wording import either, listed, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="SP021",
    name="invalid-custom-header",
    severity="error",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
    only_if=("custom_headers",),
)

_KEY = "custom_headers"


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each header or value outside the list."""
    headers = card.data.get(_KEY)
    if headers in (None, "") or is_placeholder(headers):
        return
    if not isinstance(headers, dict):
        message = f"`{_KEY}` must be a mapping from header names to values, not {shown(headers)}"
        yield Finding(card, card.place(_KEY), message)
        return
    allowed = hublint_schemas.table("space")[_KEY]
    for name, value in headers.items():
        lower = name.strip().lower()
        if lower in allowed and name != lower:
            yield _name(card, name, lower, headers)
        elif lower not in allowed:
            yield Finding(
                card,
                card.place(_KEY, name),
                f"`{name}` is not a header that Spaces can set; they can set {listed(allowed)}",
            )
        if lower in allowed and value is not None and not is_placeholder(value) and value not in allowed[lower]:
            yield _value(card, name, value, allowed[lower])


def _name(card: Card, name: str, lower: str, headers: dict[str, Any]) -> Finding:
    entry = card.metadata.get(_KEY) if card.metadata else None
    key = entry.entry(name) if entry is not None and hasattr(entry, "entry") else None
    edit = () if lower in headers else (yaml_edits.rename_key(card, (_KEY, name), lower),)
    return Finding(
        card,
        key.key if key else card.place(_KEY),
        f"`{name}` must be in lower case; write `{lower}`",
        fix=Fix(f"Write `{lower}`", edit) if edit else None,
    )


def _value(card: Card, name: str, value: Any, allowed: list[str]) -> Finding:
    meant = value.strip().lower() if isinstance(value, str) else ""
    return Finding(
        card,
        card.place(_KEY, name),
        f"`{name}` cannot be {shown(value)}; write {either(allowed)}",
        fix=Fix(f"Write `{meant}`", (yaml_edits.set_value(card, (_KEY, name), meant),)) if meant in allowed else None,
    )
