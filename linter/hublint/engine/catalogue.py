"""The rules as data, for `hublint rule`, the documentation and reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hublint.links import rule_url

if TYPE_CHECKING:
    from hublint.engine.registry import Loaded


def summary_of(docs: str) -> str:
    """The first sentence of a rule's documentation."""
    return docs.strip().partition("\n\n")[0].replace("\n", " ")


def describe(loaded: Loaded) -> dict[str, Any]:
    """A rule's metadata and documentation as plain data."""
    return {
        **loaded.rule._asdict(),
        "kinds": list(loaded.rule.kinds),
        "summary": summary_of(loaded.docs),
        "documentation": loaded.docs.strip(),
        "url": rule_url(loaded.rule.code),
    }
