"""A `license` that is not in the Hub's list.

## What it does
Checks `license`, one or a list, against the ids that the Hub knows, in models, datasets and Spaces.

## Why it matters on the Hub
The Hub refuses the whole push, so nothing else in the commit arrives either.

## Example
```yaml
license: Apache 2.0
```

## Use instead
```yaml
license: apache-2.0
```

## Fix safety
Safe where the value is a spelling of one license of the list (`MIT`, `GPLv3`, `CC BY 4.0`). A name without a version,
or of a license that the list lacks, is left to you: the message says what the Hub has instead.

## Evidence
The Hub's own message with all 83 ids, captured on 2026-07-25; the table in
https://huggingface.co/docs/hub/repositories-licenses (2026-08-22) has the same ids.
"""

from __future__ import annotations

import hublint_schemas
from hublint.documents.yaml import edits as yaml_edits
from hublint.rule import Finding, Fix, Rule
from hublint_rules._spelling import closest
from hublint_rules._wording import did_you_mean, shown
from hublint_rules.model import _licenses as licenses

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="MC008",
    name="invalid-license",
    severity="error",
    effect="refused",
    subject="violations",
    since="0.1.0",
    kinds=("model", "dataset", "space"),
    fix="safe",
)

_OTHER = (
    "for one that https://huggingface.co/docs/hub/repositories-licenses lacks write `license: other` with "
    "`license_name` and `license_link`"
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each license that the Hub refuses."""
    for violation in card.violations(repository.kind, RULE.code):
        value = violation.value
        if value == "":
            continue
        table = hublint_schemas.table("licenses")
        meant = licenses.id_of(value) if isinstance(value, str) else ""
        hint = "" if meant or not isinstance(value, str) else _hint(value, table["ambiguous"])
        if not isinstance(value, str):
            message = f"{shown(value)} is not a license id; write one, such as `mit`"
        elif meant:
            message = f"{shown(value)} is not a Hub license id; write `{meant}`"
        else:
            message = f"{shown(value)} is not a Hub license id" + (
                f"; {hint}" if hint else _slip(value, table["licenses"])
            )
        yield Finding(
            card,
            card.place(*violation.route),
            message,
            help="" if meant or hint else _OTHER,
            hub_message=f'"license" must be one of [{", ".join(table["licenses"])}, array]',
            fix=Fix(f"Write `{meant}`", (yaml_edits.set_value(card, violation.route, meant),)) if meant else None,
        )


def _slip(value: str, ids: dict[str, str]) -> str:
    """A question for the id that a value nearly is."""
    meant = closest(value, ids)
    return did_you_mean([meant] if meant else [])


def _hint(value: str, ambiguous: dict[str, str]) -> str:
    """What the list has instead of a license that cannot be told."""
    return ambiguous.get("-".join(value.lower().replace("_", " ").split()), "")
