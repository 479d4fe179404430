"""A key without a value.

## What it does
Reports top-level keys whose value is nothing, `null`, `""` or an empty list.

## Why it matters on the Hub
A key with nothing behind it makes every later commit of a model or dataset fail with no reason given, while
huggingface_hub loads the card without complaint. An empty list says nothing and is harmless.

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

from typing import TYPE_CHECKING

from hublint.documents.yaml import edits as yaml_edits
from hublint.documents.yaml.nodes import Mapping, Scalar, resolve
from hublint.rule import Finding, Fix, Rule

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
    subject="frontmatter",
    fix="safe",
)

_NULLABLE = frozenset(("paperswithcode_id", "thumbnail", "description", "instance_prompt"))
_REFUSED = frozenset(("language", "license", "base_model", "datasets"))
_COLORS = frozenset(("colorFrom", "colorTo"))
# Rules about Spaces speak about these keys themselves.
_OWNED = frozenset(("sdk", "title", "emoji"))


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each empty value; pedantic for lists that merely say nothing."""
    card = repository.card
    if card is None or card.metadata is None or card.metadata.flow:
        return
    for entry in card.metadata:
        if isinstance(entry.key, Mapping) or _is_owned(repository, entry.name):
            continue
        if getattr(resolve(entry.value), "items", None) or isinstance(resolve(entry.value), Mapping):
            continue
        value = entry.value.value
        if value not in (None, "", []) or isinstance(value, bool) or (value is None and entry.name in _NULLABLE):
            continue
        if value == []:
            message = f"the list `{entry.name}` is empty; fill it or remove the key"
            yield Finding(card, entry.value, message, severity="info", pedantic=True, fix=_fix(card, entry))
            continue
        severity, hub_message = _verdict(repository, entry, value)
        yield Finding(
            card,
            entry.value if entry.value.span.start < entry.value.span.end else entry.key,
            f"`{entry.name}` has no value; fill it or remove the key",
            severity=severity,
            hub_message=hub_message,
            fix=_fix(card, entry),
        )


def _verdict(repository: Repository, entry: Entry, value: object) -> tuple[Severity | None, str]:
    if repository.kind == "space":
        return ("error", "") if value == "" and entry.name in _COLORS else (None, "")
    if entry.name not in _REFUSED:
        return None, ""
    if entry.name == "base_model" and value == "":
        return "error", '"base_model" is not allowed to be empty'
    return "error", "Invalid metadata in README.md."


def _fix(card: Card, entry: Entry) -> Fix | None:
    """Removing the only key would leave a block that the Hub refuses."""
    metadata = card.metadata
    if metadata is None or len(metadata.entries) < 2 or sum(other.name == entry.name for other in metadata) > 1:
        return None
    if isinstance(entry.value, Scalar) and entry.value.tag:
        return None
    return Fix(f"Remove `{entry.name}`", (yaml_edits.remove_entry(card, (entry.name,)),))


def _is_owned(repository: Repository, name: str) -> bool:
    """Whether a rule about Spaces says that the key is missing: SP001, SP010, SP009, SP004."""
    if repository.kind != "space":
        return False
    return name in _OWNED or (name == "sdk_version" and repository.sdk == "gradio")
