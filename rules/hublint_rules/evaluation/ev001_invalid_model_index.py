"""A `model-index` that the Hub or huggingface_hub refuses.

## What it does
Checks the shape of the evaluation results in a model card: required keys, lists, mappings and texts. A result without
`dataset` is one that only huggingface_hub refuses; the Hub seems to take it, as the models of spaCy show. `args` of
another type are a warning: huggingface_hub reads them, and models of 2022 have them.

## Why it matters on the Hub
The Hub refuses the whole push, and `ModelCard.load` of huggingface_hub raises on such a card.

## Example
```yaml
model-index:
- name: my-model
  results:
  - task:
      type: text-classification
    dataset:
      type: imdb
      name: IMDb
      revision: 1111111111111111111111111111111111111111
    metrics:
      type: accuracy
      value: 0.91
```

## Use instead
```yaml
model-index:
- name: my-model
  results:
  - task:
      type: text-classification
    dataset:
      type: imdb
      name: IMDb
      revision: "1111111111111111111111111111111111111111"
    metrics:
    - type: accuracy
      value: 0.91
```

## Fix safety
Safe: one mapping becomes a list of one, a number where text is wanted is put in quotes as it stands, an optional key
without a value is removed, the address or the task alone becomes the mapping around it.

## Evidence
The Hub's messages for `name`, `results`, `metrics`, `value`, `config`, `revision` and `source.url` (measured 2026-09,
malaiwah/quant-fidelity-suite; huu4ontocord/MDEL issue 34); `model_index_to_eval_results` of PyPI huggingface_hub 2.4.0,
which raises KeyError 'dataset'. spaCy's own push writes results without `dataset`, and the Hub takes them
(spacy_huggingface_hub/push.py, `_create_model_index`, 2026-11): one warning for all of them.
"""

from __future__ import annotations

from hublint.documents.yaml import edits as yaml_edits
from hublint.documents.yaml.nodes import Mapping, Node, Scalar
from hublint.rule import Finding, Fix, Rule
from hublint_rules._card import strings
from hublint_rules._wording import shown, typed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository
    from hublint_schemas.violation import Violation

RULE = Rule(
    code="EV001",
    name="invalid-model-index",
    severity="error",
    effect="refused",
    subject="violations",
    since="0.1.0",
    kinds=("model",),
    fix="safe",
)

_NOUNS = {"string": "text", "array": "a list", "object": "a mapping", "boolean": "true or false"}
_HUB_WORDS = {"string": "a string", "array": "an array"}


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each place of the results that is of a wrong shape."""
    violations = card.violations(repository.kind, RULE.code)
    without = [each for each in violations if each.keyword == "required" and each.expected == "dataset"]
    together = len(without) > 1 and len(without) == _count_of_results(card)
    if together:
        yield _without_datasets(card, without)
    for violation in violations:
        if violation.keyword == "required":
            if "<<" not in violation.value and not (together and violation in without):
                yield _missing(card, violation)
        elif len(violation.route) > 1 or violation.value != "":
            yield _wrong_type(card, violation)


def _count_of_results(card: Card) -> int:
    entries = card.data.get("model-index")
    known = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    return sum(len(entry["results"]) for entry in known if isinstance(entry.get("results"), list))


def _without_datasets(card: Card, violations: list[Violation]) -> Finding:
    """One cause in many places: a card whose results all lack their dataset, as spaCy writes it."""
    by_spacy = card.data.get("library_name") == "spacy" or "spacy" in strings(card.data.get("tags"))
    message = (
        f"none of the {len(violations)} results has a `dataset`; `ModelCard.load` of huggingface_hub raises without "
        "it, and the page shows no dataset for the results"
    )
    place = card.place(*violations[0].route, "dataset")
    return Finding(card, place, message, severity="warning" if by_spacy else None)


def _missing(card: Card, violation: Violation) -> Finding:
    key = str(violation.expected)
    place = card.place(*violation.route, key)
    if key == "dataset":
        message = (
            f"`{place.route}` is missing: `ModelCard.load` of huggingface_hub fails without it, "
            "and the page shows no dataset for the result"
        )
        return Finding(card, place, message)
    return Finding(
        card,
        place,
        f"`{place.route}` is missing, but the Hub requires it; add it",
        hub_message=f'"{place.route}" is required',
    )


def _wrong_type(card: Card, violation: Violation) -> Finding:
    place = card.place(*violation.route)
    expected = [violation.expected] if isinstance(violation.expected, str) else list(violation.expected)
    wanted = [name for name in expected if name != "null"]
    node = card.get(*violation.route)
    hub_word = _HUB_WORDS.get(wanted[0], "") if len(wanted) == 1 else ""
    return Finding(
        card,
        place,
        f"`{place.route}` must be {' or '.join(_NOUNS[name] for name in wanted)}, not {_given(node, violation.value)}",
        hub_message=f'"{place.route}" must be {hub_word}' if hub_word else "",
        severity="warning" if violation.route[-1] == "args" else None,
        fix=_fix(card, violation, wanted),
    )


def _given(node: Node | None, value: object) -> str:
    """A value as it is written, with its type."""
    if isinstance(node, Scalar) and isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"the number {shown(node.content)}"
    return "an empty value" if value is None else typed(value)


def _fix(card: Card, violation: Violation, wanted: list[str]) -> Fix | None:
    route, value = violation.route, violation.value
    node = card.get(*route)
    if wanted == ["array"] and isinstance(node, Mapping) and node.entries:
        return Fix("Make it a list", (yaml_edits.wrap_in_list(card, route),))
    if "string" in wanted and value is None:
        return _remove(card, violation)
    if wanted == ["string"] and isinstance(node, Scalar) and node.style == "plain" and not node.tag:
        return Fix(f'Write `"{node.text[:60]}"`', (yaml_edits.quote(card, node),))
    if wanted == ["object"] and isinstance(value, str) and value:
        if route[-1] == "source" and value.startswith(("https://", "http://")):
            return Fix("Write it as `url`", (yaml_edits.set_value(card, route, {"url": value}),))
        if route[-1] == "task":
            return Fix("Write it as `type`", (yaml_edits.set_value(card, route, {"type": value}),))
    return None


def _remove(card: Card, violation: Violation) -> Fix | None:
    """Take an optional key without a value away."""
    *outer, key = violation.route
    mapping = card.get(*outer)
    if not isinstance(mapping, Mapping) or not isinstance(key, str) or len(mapping.entries) < 2:
        return None
    if key in ("type", "url") or (key == "name" and (len(outer) == 2 or outer[-1] == "dataset")):
        return None
    return Fix(f"Remove `{key}`", (yaml_edits.remove_entry(card, tuple(violation.route)),))
