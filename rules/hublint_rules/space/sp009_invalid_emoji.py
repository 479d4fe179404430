"""A Space whose `emoji` is absent or is not one emoji.

## What it does
Checks that `emoji` is a single emoji after YAML's escapes are read: flags, keycaps, skin tones and joined sequences are
one. Characters that Unicode draws as text by default (`♟`, `©`) are accepted.

## Why it matters on the Hub
The emoji is the Space's icon in lists and in the browser's tab. Text, a shortcode or several emojis are not what the
Hub's reference allows; without one the icon is not yours to choose.

## Example
```yaml
title: Speech demo
emoji: ":studio_microphone:"
sdk: gradio
```

## Use instead
```yaml
title: Speech demo
emoji: 🎙️
sdk: gradio
```

## Evidence
https://huggingface.co/docs/hub/spaces-config-reference (2026-08-22): "emoji-only character allowed"; emoji-data.txt of
Unicode 16.0. What the Hub does with anything else is not recorded.
"""

from __future__ import annotations

from hublint.documents.placeholders import is_placeholder
from hublint.rule import Finding, Rule
from hublint_rules._card import lacks_value
from hublint_rules._wording import shown
from hublint_rules.space._emoji import emojis, is_emoji

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="SP009",
    name="invalid-emoji",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("space",),
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding where `emoji` is absent or anything but one emoji."""
    place = card.place("emoji")
    if lacks_value(card, "space", "emoji"):
        yield Finding(card, place, "the Space has no `emoji`; choose one as its icon", severity="info")
        return
    value = card.data.get("emoji")
    if value is None or value == "" or is_placeholder(value) or (isinstance(value, str) and is_emoji(value)):
        return
    several = isinstance(value, str) and len(emojis(value)) > 1
    yield Finding(
        card, place, f"{shown(value)} is {'more than one' if several else 'not an'} emoji; write a single one"
    )
