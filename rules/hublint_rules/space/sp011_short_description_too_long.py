"""A `short_description` of more than 60 characters.

## What it does
Measures `short_description` after YAML's folding and escapes, as JavaScript counts: an emoji is two characters or more.

## Why it matters on the Hub
The Hub refuses the whole push, so nothing else in the commit arrives either. The limit is not in its documentation.

## Example
```yaml
sdk: gradio
short_description: Transcribes speech in ninety languages, with speakers and time stamps
```

## Use instead
```yaml
sdk: gradio
short_description: Transcribes speech in ninety languages
```

## Evidence
The Hub's own message, seen in deploy logs and in https://github.com/qdonnars/ohmywind/pull/160 and
https://github.com/nekuda-ai/WindTunnel/pull/20; a text of 61 characters was refused. That emojis count twice follows
from the validator's library (joi measures a string's `length`) and is a warning where only they are too many.
"""

from __future__ import annotations

from hublint.documents.placeholders import is_placeholder
from hublint.rule import Finding, Rule
from hublint_rules._wording import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="SP011",
    name="short-description-too-long",
    severity="error",
    effect="refused",
    subject="metadata",
    since="0.1.0",
    kinds=("space",),
    only_if=("short_description",),
)

_MAXIMUM = 60


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for a short description that the Hub refuses."""
    value = card.data.get("short_description")
    if value is None or is_placeholder(value):
        return
    place = card.place("short_description")
    if not isinstance(value, str):
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            yield Finding(card, place, f"`short_description` must be text, not {shown(value)}")
        return
    units = len(value) + sum(character > "\uffff" for character in value)
    if units <= _MAXIMUM:
        return
    certain = len(value) > _MAXIMUM
    yield Finding(
        card,
        place,
        f"`short_description` has {units} characters{'' if certain else ', an emoji counted as two'};"
        f" the Hub takes at most {_MAXIMUM}; shorten it by {units - _MAXIMUM}",
        hub_message=f'"short_description" length must be less than or equal to {_MAXIMUM} characters long',
        severity=None if certain else "warning",
    )
