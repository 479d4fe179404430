"""A key that looks like one of the Hub's and is none.

## What it does
Finds misspelt keys and the look-alikes that people write: `licence`, `pipline_tag`, `colourFrom`, `languages`,
`model_index`. Selected by its own code, it also reports every key that the Hub does not document.

## Why it matters on the Hub
The Hub accepts any key without a word, so the license, the task or the color that was meant is simply absent.

## Example
```yaml
sdk: gradio
app-file: app.py
```

## Use instead
```yaml
sdk: gradio
app_file: app.py
```

## Fix safety
Safe: the key is renamed only where one key can be meant, that key is absent, and the value is one that it
takes, or the name of one license or language, which is then written as its id.

## Evidence
Unknown keys are accepted (answers of /api/validate-yaml, measured 2026-08). Keys from
https://huggingface.co/docs/hub/spaces-config-reference, modelcard.md and datasetcard.md of hub-docs, and the
types of npm @huggingface/hub 2.17.5; look-alikes seen in real cards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import hublint_schemas
from hublint.documents.yaml import edits as yaml_edits
from hublint.documents.yaml.nodes import Scalar
from hublint.rule import Finding, Fix, Rule
from hublint_rules.frontmatter import FOREIGN, NOUNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.documents.yaml.nodes import Entry
    from hublint.repository.repository import Repository
    from hublint_schemas import Kind

RULE = Rule(
    code="FM008",
    name="unknown-key",
    severity="warning",
    effect="ignored",
    subject="frontmatter",
    fix="safe",
)

# Other rules speak about these keys: SP016, SP018, DC012.
_OWNED = frozenset(("hardware", "oauth", "YAML tags"))
# Keys that nobody should be led to.
_OBSOLETE = frozenset(
    (
        "config_names",
        "model_name",
        "model_type",
        "finetuned_from",
        "license_details",
        "duplicated_from",
        "train-eval-index",
    )
)
_SHORTEST = 5


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each key of no meaning, pedantic where it resembles no other."""
    card = repository.card
    kind = repository.kind
    foreign = [entry for entry in card.metadata or () if not hublint_schemas.is_key(kind, entry.name)] if card else []
    keys = hublint_schemas.table("keys")[kind] if foreign else {}
    for entry in foreign:
        name = entry.name
        if card is None or name in keys["known"] or name in FOREIGN[kind] or name in _OWNED:
            continue
        if not isinstance(entry.key, Scalar) or name == "<<":
            continue
        meant = _meant(name, keys["known"], keys["look_alikes"])
        if not meant:
            message = f"`{name}` is no key that the Hub documents for a {NOUNS[kind]}; it has no effect there"
            yield Finding(card, entry.key, message, severity="info", pedantic=True)
        elif card.entry(meant) is None:
            message = f"the Hub does not read `{name}` in a {NOUNS[kind]}; write `{meant}`"
            yield Finding(card, entry.key, message, fix=_fix(card, kind, entry, meant))
        elif name in keys["look_alikes"]:
            message = f"the Hub does not read `{name}` in a {NOUNS[kind]}, and `{meant}` is there; remove it"
            yield Finding(card, entry.key, message)


def _meant(name: str, known: list[str], look_alikes: dict[str, str]) -> str:
    if name in look_alikes:
        return look_alikes[name]
    bare = _bare(name)
    same = [key for key in known if _bare(key) == bare]
    if not same and len(name) >= _SHORTEST:
        same = [key for key in known if len(key) >= _SHORTEST and _is_slip(bare, _bare(key))]
    same = [key for key in same if key not in _OBSOLETE]
    return same[0] if len(same) == 1 else ""


def _bare(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "").replace(" ", "").replace("colour", "color")


def _is_slip(one: str, other: str) -> bool:
    """Whether one letter added, left out, replaced, or swapped with its neighbour turns one word into the other."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    left, right = one[start:], other[start:]
    if left[1:] == right[1:] or left[1:] == right or left == right[1:]:
        return True
    return left[:2] == right[1::-1] and left[2:] == right[2:]


def _fix(card: Card, kind: Kind, entry: Entry, meant: str) -> Fix | None:
    assert card.metadata is not None
    if sum(other.name == entry.name for other in card.metadata) > 1:
        return None
    value = entry.value.value
    rename = yaml_edits.rename_key(card, (entry.name,), meant)
    if not _is_refused(kind, meant, value):
        return Fix(f"Rename it to `{meant}`", (rename,))
    right = _in_the_hubs_words(meant, value)
    if right is None or right == [] or _is_refused(kind, meant, right):
        return None
    edits = [rename]
    given, wanted = (value, right) if isinstance(value, list) else ([value], [right])
    for index, (old, new) in enumerate(zip(given, wanted, strict=True)):
        if old != new:
            route = (entry.name, index) if isinstance(value, list) else (entry.name,)
            edits.append(yaml_edits.set_value(card, route, new))
    return Fix(f"Rename it to `{meant}`, in the Hub's words", tuple(edits))


def _is_refused(kind: Kind, key: str, value: object) -> bool:
    return any(violation.route[:1] == (key,) for violation in hublint_schemas.violations(kind, {key: value}))


def _in_the_hubs_words(key: str, value: object) -> Any:
    """Licenses and languages by their ids, as MC008 and MC011 would write them; None where one cannot be told."""
    if key not in ("license", "language"):
        return None
    if isinstance(value, list):
        found = [_in_the_hubs_words(key, item) for item in value]
        return found if all(isinstance(item, str) for item in found) and len(set(found)) == len(found) else None
    from hublint_rules.model import _languages as languages
    from hublint_rules.model import _licenses as licenses

    if not isinstance(value, str):
        return None
    return (licenses.id_of(value) if key == "license" else languages.code_of(value)) or None
