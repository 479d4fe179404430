"""A `base_path` that does not begin with a slash.

## What it does
Checks that `base_path` is a path from the root of the Space's own address.

## Why it matters on the Hub
`base_path` is appended to `https://owner-name.hf.space` to get the page that visitors see first. Without the slash the
result is not an address of the Space.

## Example
```yaml
sdk: docker
base_path: web
```

## Use instead
```yaml
sdk: docker
base_path: /web
```

## Fix safety
Safe where only the slash is missing. A whole URL is left to you.

## Evidence
https://huggingface.co/docs/hub/spaces-config-reference (2026-08-22): "Needs to start with `/`". Whether the push is
refused or the page just fails to open is not recorded.
"""

from __future__ import annotations

import re

from hublint.documents.yaml import edits as yaml_edits
from hublint.rule import Finding, Fix, Rule
from hublint_rules._wording import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="SP015",
    name="invalid-base-path",
    severity="error",
    effect="broken",
    subject="violations",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
    only_if=("base_path",),
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for a `base_path` that is not a path from the root."""
    for violation in card.violations(repository.kind, RULE.code):
        value = violation.value
        if value == "":
            continue
        text = value.strip() if isinstance(value, str) else ""
        path = f"/{text.removeprefix('./')}"
        fits = bool(re.fullmatch(r"(?:\./)?[A-Za-z0-9_~-][A-Za-z0-9_.~/?=&%-]*", text)) and "://" not in text
        if text.startswith("/"):
            path, fits = text, True
        yield Finding(
            card,
            card.place("base_path"),
            f"`base_path` must be a path that begins with `/`, not {shown(value)}",
            fix=Fix(f"Write `{path}`", (yaml_edits.set_value(card, violation.route, path),)) if fits else None,
        )
