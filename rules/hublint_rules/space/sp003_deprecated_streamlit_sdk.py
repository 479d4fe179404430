"""A Space that still uses the Streamlit SDK.

## What it does
Looks for `sdk: streamlit`.

## Why it matters on the Hub
The built-in Streamlit SDK is deprecated since 2025-04-30. New Streamlit Spaces are Docker Spaces made from the Hub's
Streamlit template; there a Dockerfile installs and starts Streamlit, and its file uploader needs
`enableXsrfProtection = false` inside the Hub's frame.

## Example
```yaml
sdk: streamlit
sdk_version: 1.40.1
app_file: app.py
```

## Use instead
```yaml
sdk: docker
app_port: 8501
```

## Evidence
https://huggingface.co/docs/hub/spaces-sdks-streamlit and https://huggingface.co/docs/hub/spaces-changelog (2026-08-22).
"""

from __future__ import annotations

from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="SP003",
    name="deprecated-streamlit-sdk",
    severity="warning",
    effect="advice",
    subject="metadata",
    since="0.1.0",
    kinds=("space",),
    sdks=("streamlit",),
    only_if=("sdk",),
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for `sdk: streamlit`."""
    yield Finding(
        card,
        card.place("sdk"),
        "`sdk: streamlit` is deprecated since 2025-04-30; use `sdk: docker` with the Hub's Streamlit template",
        help="https://huggingface.co/docs/hub/spaces-sdks-streamlit",
    )
