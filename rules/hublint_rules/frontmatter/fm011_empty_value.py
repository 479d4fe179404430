"""A key without a value.

## What it does
Reports top-level keys whose value is nothing, `null` or `""`. Of empty lists, which are harmless, FM016 speaks.

## Why it matters on the Hub
A key with nothing behind it makes every later commit of a model or dataset fail with no reason given, while
huggingface_hub loads the card without complaint.

## Example
```yaml
sdk: gradio
short_description:
```

## Use instead
```yaml
sdk: gradio
```

## Fix safety
Safe: the key is removed, which is how the Hub reads it.

## Evidence
"Invalid metadata in README.md." for `language:` in https://github.com/espnet/espnet_model_zoo/pull/102;
`"base_model" is not allowed to be empty` in https://github.com/huggingface/transformers/pull/25961. Keys that
may be null: types of npm @huggingface/hub 2.17.5.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule
from hublint_rules.frontmatter._empty import judged, removal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.documents.yaml.nodes import Entry
    from hublint.repository.repository import Repository
    from hublint.rule import Severity

RULE = Rule(
    code="FM011",
    name="empty-value",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    fix="safe",
)

_NULLABLE = frozenset(("paperswithcode_id", "thumbnail", "description", "instance_prompt"))
_REFUSED = frozenset(("language", "license", "base_model", "datasets"))
_COLORS = frozenset(("colorFrom", "colorTo"))


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each empty value."""
    for entry in judged(card, repository):
        value = entry.value.value
        if isinstance(value, (bool, list)) or (value is None and entry.name in _NULLABLE):
            continue
        severity, hub_message = _verdict(repository, entry, value)
        yield Finding(
            card,
            entry.value if entry.value.span.start < entry.value.span.end else entry.key,
            f"`{entry.name}` has no value; fill it or remove the key",
            severity=severity,
            hub_message=hub_message,
            fix=removal(card, entry),
        )


def _verdict(repository: Repository, entry: Entry, value: object) -> tuple[Severity | None, str]:
    if repository.kind == "space":
        return ("error", "") if value == "" and entry.name in _COLORS else (None, "")
    if entry.name not in _REFUSED:
        return None, ""
    if entry.name == "base_model" and value == "":
        return "error", '"base_model" is not allowed to be empty'
    return "error", "Invalid metadata in README.md."
