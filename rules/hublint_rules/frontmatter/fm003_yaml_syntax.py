"""Metadata that is not valid YAML.

## What it does
Names the line that breaks the metadata's YAML and why: a colon in a value without quotes, a dash glued to its
item, a tab for indentation, a quote or bracket that is never closed, a comment that begins with `//`, and so on.

Where the line is the fault of one key alone, such as `title` or `license`, the other rules speak about the other
keys all the same, and none of them says that this key is missing.

## Why it matters on the Hub
The Hub refuses the whole push. Where only its own parser copes, huggingface_hub and datasets fail to load the
card, and this is a warning: a tab after a dash (but not before a list or a key on the same line), a value that begins
with a colon inside brackets, a list or mapping as a key, one of U+0085, U+2028 and U+2029, which nobody sees: they are
text for the Hub and line breaks for Python's tools.

## Example
```yaml
license: mit
pretty_name: Iberian CamTrap: Revision 1
```

## Use instead
```yaml
license: mit
pretty_name: "Iberian CamTrap: Revision 1"
```

## Fix safety
Safe, and offered only where the cause is certain and the block is YAML afterwards.

## Evidence
"Invalid YAML in README.md: bad indentation of a mapping entry" and its like, recorded in pushes; causes seen in
the history of real cards; compared with js-yaml 4.3.2 and 5.5.0 in the tests. Which of the two the Hub runs is not
known, so nothing is an error that one of them reads: `? [a, b]` as a key, which js-yaml 5 and huggingface_hub 2.4.0
refuse, is a warning; `[a, b]` whose closing bracket stands at the start of a line, and `[a, b]#x`, which js-yaml 5
alone refuses, are none (run on 2026-11-29).
"""

from __future__ import annotations

from hublint.documents.placeholders import is_placeholder
from hublint.regexes import lazy
from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="FM003",
    name="yaml-syntax",
    severity="error",
    effect="refused",
    subject="unreadable",
    since="0.1.0",
    fix="safe",
)


_READ_BY_THE_HUB = "the Hub reads it so, but huggingface_hub and datasets do not"
_LENIENT = {"odd-break": "put a space in its place"}
_BRACES = lazy(r"\{[^{}\r\n]*\}")


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for the first fault of a block that does not parse and whose fences are right."""
    if card.block is None or card.error is None or card.error.kind not in ("syntax", "key", "break"):
        return
    from hublint.documents.yaml.diagnosis import diagnose

    miss = card.near_miss
    if miss is not None and miss.misread:
        return
    found = diagnose(card, card.error)
    lenient = card.root is not None and not card.unknown
    if lenient and (found.cause == "template" or _is_template(card, card.error.offset)):  # FM012 speaks of it
        return
    told = "" if card.root is not None else "the rest of the metadata is checked once this line is right"
    yield Finding(
        card,
        found.span,
        found.message,
        help=_LENIENT.get(found.cause, _READ_BY_THE_HUB) if lenient else told,
        hub_message="" if lenient else found.hub_message,
        severity="warning" if lenient else None,
        fix=found.fix,
    )


def _is_template(card: Card, offset: int) -> bool:
    """Whether a template's `{placeholder}` stands at an offset, which YAML takes for a mapping."""
    found = _BRACES.match(card.text, offset)
    return found is not None and is_placeholder(found[0])
