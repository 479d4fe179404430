"""Where people read on."""

from __future__ import annotations

HOME = "https://github.com/hublint/hublint"
DOCS = f"{HOME}/blob/main/docs"


def rule_url(code: str) -> str:
    """The documentation page of a rule."""
    return f"{DOCS}/rules/{code}.md"
