"""A key that looks like one of the Hub's, but is not.

## What it does
Finds misspelt keys and the look-alikes that people write: `licence`, `pipline_tag`, `colourFrom`, `languages`,
`model_index`, `tite`. A slip in a word as short as `title` counts only where the value is one that the key takes. Of
two such keys for one the first is named. FM015 names every other key that the Hub does not document.

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

import hublint_schemas
from hublint.documents.yaml import edits as yaml_edits
from hublint.rule import Finding, Fix, Rule
from hublint_rules._card import NOUNS, is_refused, meant, strings, unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hublint.documents.card import Card
    from hublint.documents.yaml.nodes import Entry
    from hublint.repository.repository import Repository
    from hublint_schemas import Kind

RULE = Rule(
    code="FM008",
    name="unknown-key",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    fix="safe",
)

_PLACEHOLDER = "license"  # what TRL writes as the value of `licence`


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each key that stands for one of the Hub's."""
    kind = repository.kind
    told: dict[str, str] = {}
    for entry in unknown(card, kind):
        name, key = entry.name, meant(kind, entry)
        if not key or name in told.values():
            continue
        first = told.get(key, "")
        if not first and card.entry(key) is None:
            told[key] = name
            yield Finding(card, entry.key, _message(kind, entry, key), fix=_fix(card, kind, entry, key))
        elif name in hublint_schemas.table("keys")[kind]["look_alikes"]:
            told.setdefault(name, name)
            there = f"`{key}` is there; remove it" if not first else f"neither is `{first}`; write `{key}` once"
            yield Finding(card, entry.key, f"`{name}` is not a key that the Hub reads in a {NOUNS[kind]}, and {there}")


def _message(kind: Kind, entry: Entry, key: str) -> str:
    told = f"`{entry.name}` is not a key that the Hub reads in a {NOUNS[kind]}"
    if key == "license" and strings(entry.value.value) == [_PLACEHOLDER]:
        return f"{told}, and its value is a trainer's placeholder; write `license: mit`, or the license that it has"
    return f"{told}; write `{key}`"


def _fix(card: Card, kind: Kind, entry: Entry, key: str) -> Fix | None:
    if sum(other.name == entry.name for other in card.entries) > 1:
        return None
    value = entry.value.value
    rename = yaml_edits.rename_key(card, (entry.name,), key)
    if not is_refused(kind, key, value):
        return Fix(f"Rename it to `{key}`", (rename,))
    right = _in_the_hubs_words(key, value)
    if right is None or right == [] or is_refused(kind, key, right):
        return None
    edits = [rename]
    given, wanted = (value, right) if isinstance(value, list) else ([value], [right])
    for index, (old, new) in enumerate(zip(given, wanted, strict=True)):
        if old != new:
            route = (entry.name, index) if isinstance(value, list) else (entry.name,)
            edits.append(yaml_edits.set_value(card, route, new))
    return Fix(f"Rename it to `{key}`, in the Hub's words", tuple(edits))


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
