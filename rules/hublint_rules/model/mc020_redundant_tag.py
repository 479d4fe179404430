"""A tag that the Hub adds by itself.

## What it does
Looks among `tags` for the values of `pipeline_tag` and `library_name`, for `license:`, `base_model:` and `dataset:`
with what those keys hold, and for computed tags such as `region:us`. Off unless it is selected.

## Why it matters on the Hub
Nothing is lost. The Hub adds these tags from the other keys, and two places to change disagree sooner or later.

## Example
```yaml
license: mit
library_name: transformers
tags:
- transformers
- license:mit
- poetry
```

## Use instead
```yaml
license: mit
library_name: transformers
tags:
- poetry
```

## Fix safety
Safe: the tag is removed; what it says stands elsewhere in the card.

## Evidence
Advice. https://huggingface.co/docs/hub/model-cards (2026-08); computed tags: modelcard.md of hub-docs. `arxiv:` tags
are made of links in the text, so one whose paper is not linked there is let be.
"""

from __future__ import annotations

from hublint.documents.yaml import edits as yaml_edits
from hublint.documents.yaml.nodes import Sequence
from hublint.rule import Finding, Fix, Rule
from hublint_rules._card import strings
from hublint_rules._wording import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="MC020",
    name="redundant-tag",
    severity="info",
    effect="advice",
    subject="metadata",
    since="0.1.0",
    kinds=("model",),
    fix="safe",
    default=False,
)

_COMPUTED = frozenset(("region:us", "region:eu", "endpoints_compatible", "autotrain_compatible"))
_KEYS = ("pipeline_tag", "library_name")
_PREFIXED = {"license": "license", "base_model": "base_model", "dataset": "datasets"}


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each such tag."""
    tags = card.data.get("tags")
    if not isinstance(tags, list) or not isinstance(card.get("tags"), Sequence):
        return
    for index, tag in enumerate(tags):
        reason = _reason(card, tag) if isinstance(tag, str) else ""
        if reason:
            edit = yaml_edits.remove_item(card, ("tags", index))
            message = f"the tag {shown(tag)} is not needed: {reason}; remove it"
            yield Finding(card, card.place("tags", index), message, fix=Fix(f"Remove {shown(tag)}", (edit,)))


def _reason(card: Card, tag: str) -> str:
    for key in _KEYS:
        if tag == card.data.get(key):
            return f"`{key}` says it"
    if tag in _COMPUTED:
        return "the Hub adds it by itself"
    prefix, colon, value = tag.partition(":")
    if colon and prefix in _PREFIXED and value in strings(card.data.get(_PREFIXED[prefix])):
        return f"`{_PREFIXED[prefix]}` says it"
    if prefix == "arxiv" and value and f"arxiv.org/abs/{value}" in card.text[slice(*card.body)]:
        return "the Hub finds the link in the text"
    return ""
