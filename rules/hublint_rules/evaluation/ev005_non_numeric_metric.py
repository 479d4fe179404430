"""A metric whose value is a number in disguise, or none.

## What it does
Finds values of `model-index` metrics that are numbers in quotes, with a percent sign or a comma, and values such as
`NaN` and `N/A`. Texts such as `20.0 ± 1.2` are what the format allows.

## Why it matters on the Hub
Tables and charts compare numbers. A text is shown as it stands, is not sorted and is not compared.

## Example
```yaml
model-index:
- name: my-model
  results:
  - task: {type: text-classification}
    dataset: {type: imdb, name: IMDb}
    metrics: [{type: accuracy, value: "82.3 %"}]
```

## Use instead
```yaml
model-index:
- name: my-model
  results:
  - task: {type: text-classification}
    dataset: {type: imdb, name: IMDb}
    metrics: [{type: accuracy, value: 82.3}]
```

## Fix safety
Safe: quotes and a percent sign at the end are taken away. `1,234` is left to you: it may be a thousand or a fraction.

## Evidence
modelcard.md in https://github.com/huggingface/hub-docs: "Required. Example: 20.90"; `EvalResult` of PyPI
huggingface_hub 2.4.0: "0.9 or "20.0 ± 1.2"".
"""

from __future__ import annotations

import re

from hublint.documents.yaml import edits as yaml_edits
from hublint.documents.yaml.nodes import Scalar
from hublint.rule import Finding, Fix, Rule
from hublint_rules._wording import shown
from hublint_rules.evaluation._model_index import results

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.documents.yaml.nodes import Step
    from hublint.repository.repository import Repository

RULE = Rule(
    code="EV005",
    name="non-numeric-metric",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("model",),
    fix="safe",
    only_if=("model-index",),
)

_NUMBER = re.compile(r"([+-]?(?:0|[1-9]\d{0,30})(?:\.\d{1,60})?)\s*(%?)", re.ASCII)
_WITH_COMMA = re.compile(r"[+-]?\d{1,30}(?:[.,]\d{1,30}){0,10},\d{1,30}(?:\.\d{1,30})?\s*%?", re.ASCII)
_NOTHING = frozenset(("nan", "n/a", "na", "-", "--", "tbd", "none", "null", "?", "inf"))


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each such value."""
    for result in results(card):
        for route, metric in result.metrics():
            value = metric.get("value")
            if value != value and result.is_mteb:  # mteb's own, of a score that is not defined
                continue
            finding = _judge(card, (*route, "value"), value)
            if finding is not None:
                yield finding


def _judge(card: Card, route: tuple[Step, ...], value: object) -> Finding | None:
    if isinstance(value, float) and value != value:
        return Finding(card, card.place(*route), "the metric's value is not a number; write the result or remove it")
    if not isinstance(value, str):
        return None
    text = value.strip()
    number = _NUMBER.fullmatch(text)
    if number is not None:
        plain = number[1].removeprefix("+")
        given = "text because of the percent sign" if number[2] else "in quotes, so it is text"
        return Finding(
            card,
            card.place(*route),
            f"{shown(value)} is {given}, not a number; write `{plain}`{'' if number[2] else ' without quotes'}",
            fix=_fix(card, route, plain),
        )
    if _WITH_COMMA.fullmatch(text):
        message = f"{shown(value)} is text, not a number; write it without other marks than a decimal point"
        return Finding(card, card.place(*route), message)
    if text.lower() in _NOTHING:
        return Finding(
            card, card.place(*route), f"{shown(value)} is not a number; write the result as one, or remove the metric"
        )
    return None


def _fix(card: Card, route: tuple[Step, ...], number: str) -> Fix | None:
    node = card.get(*route)
    if not isinstance(node, Scalar) or node.tag or node.style in ("literal", "folded"):
        return None
    return Fix(f"Write `{number}`", (yaml_edits.replace_text(card, node, number),))
