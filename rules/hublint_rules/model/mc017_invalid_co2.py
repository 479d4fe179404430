"""CO2 emissions that the Hub cannot read, or in the wrong unit.

## What it does
Checks `co2_eq_emissions`: a number, or a mapping with a number in `emissions`. Numbers that a comment or their own text
gives in kilograms, and small ones that CodeCarbon measured, are pointed out: the unit is grams.

## Why it matters on the Hub
The model's page and the filter by emissions show grams. CodeCarbon reports kilograms, so a value taken over as it is
says a thousandth.

## Example
```yaml
co2_eq_emissions:
  emissions: 12 kg
  source: CodeCarbon
```

## Use instead
```yaml
co2_eq_emissions:
  emissions: 12000
  source: CodeCarbon
```

## Evidence
https://huggingface.co/docs/hub/model-cards-co2 (2026-08): "in grams of CO2"; PyPI codecarbon: `stop()` returns
kilograms.
"""

from __future__ import annotations

from re import IGNORECASE

from hublint.documents.placeholders import is_placeholder
from hublint.regexes import lazy
from hublint.rule import Finding, Rule
from hublint_rules._wording import shown, typed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.documents.yaml.nodes import Step
    from hublint.repository.repository import Repository
    from hublint_schemas.violation import Violation

RULE = Rule(
    code="MC017",
    name="invalid-co2",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("model",),
    only_if=("co2_eq_emissions",),
)

_KEY = "co2_eq_emissions"
_KILOGRAMS = lazy(r"\bkgs?\b|\bkilo(?:gram)?s?\b|\bkgCO2", IGNORECASE)
_UNIT = lazy(r"\d[\d.,]*\s*(?:[kmt]?gs?|tons?|tonnes?|kilo\w*|grams?)\b", IGNORECASE)
_FEW_GRAMS = 10


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each value of a wrong shape, else one for the unit."""
    if card.data.get(_KEY) in (None, "") or is_placeholder(card.data[_KEY]):
        return
    violations = [item for item in card.violations(repository.kind, RULE.code) if item.value is not None]
    for violation in violations:
        yield _shape(card, violation)
    if not violations:
        yield from _unit(card)


def _shape(card: Card, violation: Violation) -> Finding:
    value = violation.value
    if violation.keyword == "required":
        place = card.place(_KEY, "emissions")
        return Finding(card, place, f"`{_KEY}` has no `emissions`; write the grams of CO2 as a number")
    key = violation.route[-1]
    place = card.place(*violation.route)
    if key not in (_KEY, "emissions"):
        return Finding(card, place, f"`{key}` must be text, not {typed(value)}")
    if isinstance(value, str) and _UNIT.search(value):
        return Finding(card, place, f"{shown(value)} has a unit; write the grams of CO2 as a bare number")
    return Finding(card, place, f"`{key}` must be the grams of CO2 as a number, not {typed(value)}")


def _unit(card: Card) -> Iterator[Finding]:
    data = card.data[_KEY]
    route: tuple[Step, ...] = (_KEY, "emissions") if isinstance(data, dict) else (_KEY,)
    value = data["emissions"] if isinstance(data, dict) else data
    node = card.get(*route)
    if node is None or not isinstance(value, (int, float)) or isinstance(value, bool):
        return
    line = card.line(card.position(node.span.end).line)
    comment = line.partition(" #")[2]
    source = str(data.get("source", "")) if isinstance(data, dict) else ""
    if _KILOGRAMS.search(comment) and "gram" not in comment.lower().replace("kilogram", ""):
        yield Finding(
            card,
            node,
            f"`{value}` is in kilograms, as the comment says, but the Hub reads grams; write it in grams",
        )
    elif 0 < value < _FEW_GRAMS and "codecarbon" in source.lower().replace(" ", ""):
        message = f"{value} grams are very little; CodeCarbon reports kilograms, so {value * 1000:g} may be meant"
        yield Finding(card, node, message, severity="info")
