"""A `thumbnail` that is not a web address.

## What it does
Checks that `thumbnail` is an absolute URL.

## Why it matters on the Hub
The picture is shown where links to the Space are shared. Other sites fetch it from there, so a path within the
repository leads them nowhere.

## Example
```yaml
sdk: gradio
thumbnail: assets/cover.png
```

## Use instead
```yaml
sdk: gradio
thumbnail: https://huggingface.co/spaces/owner/name/resolve/main/assets/cover.png
```

## Evidence
https://huggingface.co/docs/hub/spaces-config-reference (2026-08-22): "URL for defining a custom thumbnail for social
sharing". What the Hub does with a relative path is not recorded.
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
    code="SP024",
    name="invalid-thumbnail",
    severity="warning",
    effect="ignored",
    subject="violations",
    since="0.1.0",
    kinds=("space",),
    only_if=("thumbnail",),
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for a thumbnail that other sites cannot fetch."""
    for violation in card.violations(repository.kind, RULE.code):
        value = violation.value
        if value == "" or (isinstance(value, str) and value.lower().startswith(("http://", "https://"))):
            continue
        path = value.strip().removeprefix("./").lstrip("/") if isinstance(value, str) else ""
        owner = repository.repo_id or "owner/name"
        yield Finding(
            card,
            card.place("thumbnail"),
            f"`thumbnail` must be a web address that begins with `https://`, not {shown(value)}",
            help=f"the file's own address is https://huggingface.co/spaces/{owner}/resolve/main/{path}"
            if path in repository.files
            else "",
        )
