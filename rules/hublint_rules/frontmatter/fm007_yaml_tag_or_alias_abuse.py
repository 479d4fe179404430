"""A YAML tag that the Hub does not know, or aliases and nesting without bound.

## What it does
Reports tags such as `!!python/tuple`, standard tags on values they do not fit, aliases that contain themselves
or expand to more than 100,000 values, and nesting deeper than 100 levels.

## Why it matters on the Hub
The Hub refuses a push with an unknown tag. No reader should be made to expand a bomb of aliases.

## Example
```yaml
license: mit
language: !!python/tuple
- en
- pt
```

## Use instead
```yaml
license: mit
language:
- en
- pt
```

## Evidence
"unknown tag !<tag:yaml.org,2002:python/tuple>" in https://github.com/huggingface/huggingface_hub/issues/1950
and https://github.com/huggingface/datasets/issues/6112. The bounds on aliases and nesting are advice.
"""

from __future__ import annotations

from hublint.documents.source import Span
from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="FM007",
    name="yaml-tag-or-alias-abuse",
    severity="error",
    effect="refused",
    subject="unreadable",
    since="0.1.0",
)

_STANDARD = "tag:yaml.org,2002:"
_KNOWN = ("str", "int", "float", "bool", "null", "map", "seq")


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding where the parser stopped at a tag, an alias or a depth rather than at broken syntax."""
    error = card.error
    if error is None or error.kind in ("syntax", "key", "break"):
        return
    end = error.offset
    while end < len(card.text) and not card.text[end].isspace():
        end += 1
    where = Span(error.offset, end)
    if error.kind != "tag":
        yield Finding(card, where, f"the metadata cannot be read as YAML: {error.problem}")
        return
    tag, name = error.problem, error.problem.removeprefix(_STANDARD)
    shown = f"!!{name}" if tag.startswith(_STANDARD) else tag
    if name in _KNOWN:
        yield Finding(card, where, f"the value does not fit its tag `{shown}`; remove the tag")
        return
    hub_message = f"Invalid YAML in README.md: unknown tag !<{tag}>"
    yield Finding(
        card,
        where,
        f"`{shown}` is a YAML tag that the Hub does not know; write the plain value",
        hub_message=hub_message,
    )
