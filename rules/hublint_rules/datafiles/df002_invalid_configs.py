"""A `configs` that the datasets library cannot read.

## What it does
Checks the shape of `configs`: a list of mappings, each with a `config_name` and with `data_files` as a path, a list of
paths, or a list of mappings with exactly the keys `split` and `path`; names that the library accepts; no name twice; at
most one default subset.

## Why it matters on the Hub
`load_dataset` raises, and the dataset viewer shows an error instead of the data. Of two subsets of the same name only
the last can be loaded. A list of plain names is what `configs` meant in 2022.

## Example
```yaml
configs:
- config_name: default
  data_files:
    train: data/train.csv
```
```text data/train.csv
a,b
```

## Use instead
```yaml
configs:
- config_name: default
  data_files:
  - split: train
    path: data/train.csv
```
```text data/train.csv
a,b
```

## Evidence
PyPI datasets 5.2.0, utils/metadata.py (MetadataConfigs), data_files.py and builder.py; tests compare the rule with the
library. https://huggingface.co/docs/hub/datasets-manual-configuration (2026-08-22).
"""

from __future__ import annotations

from hublint.documents.placeholders import is_placeholder
from hublint.rule import Finding, Rule
from hublint_rules._wording import listed, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository
    from hublint_schemas.violation import Violation

RULE = Rule(
    code="DF002",
    name="invalid-configs",
    severity="error",
    effect="broken",
    subject="metadata",
    since="0.1.0",
    kinds=("dataset",),
    only_if=("configs",),
)

_UNNAMED = "Each config must include `config_name` field with a string name of a config"
_FILES = "Expected data_files in YAML to be either a string or a list of strings"
_BLACKLIST = r"<>:/\|?*"


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield what is wrong with the shape of `configs`; one finding for a list of plain names."""
    configs = card.data.get("configs")
    if not configs or is_placeholder(configs):
        return
    if isinstance(configs, list) and all(isinstance(config, (str, int, float)) for config in configs):
        yield _old_meaning(card, [str(config) for config in configs])
        return
    for violation in card.violations(repository.kind, RULE.code):
        yield _violation(card, violation)
    if isinstance(configs, list):
        counting = _counting(configs)
        for number in counting:
            yield from _of_subset(card, number, configs[number], number == counting[0])
        yield from _names(card, configs)
        yield from _defaults(card, configs)


def _old_meaning(card: Card, names: list[str]) -> Finding:
    entry = card.entry("configs")
    return Finding(
        card,
        entry.key if entry else card.fence,
        f"`configs` is a list of names ({listed(names)}), as it was in 2022, and datasets now fails on that; describe "
        "each subset by `config_name` and `data_files`, or rename the key to `config_names`",
        severity="warning",
        hub_message=_UNNAMED,
    )


def _violation(card: Card, violation: Violation) -> Finding:
    route, value = violation.route, violation.value
    place = card.place(*route)
    key = next((step for step in reversed(route) if isinstance(step, str)), "configs")
    if violation.keyword == "required":
        if violation.expected == "config_name":
            return Finding(card, place, "a subset needs a `config_name`", hub_message=_UNNAMED)
        message = f"an item of `data_files` needs both `split` and `path`; `{violation.expected}` is missing"
        return Finding(card, place, message, hub_message=_FILES)
    if violation.keyword == "additionalProperties":
        extra = listed([str(name) for name in value if name not in ("split", "path")])
        message = f"an item of `data_files` can have only `split` and `path`; remove {extra}"
        return Finding(card, place, message, hub_message=_FILES)
    if key == "config_name" and violation.keyword == "pattern":
        found = sorted(set(value) & set(_BLACKLIST), key=_BLACKLIST.index)
        message = f"{shown(value)} cannot be the name of a subset; take out {listed(found, 5)}"
        hub = f"Bad characters from black list '{_BLACKLIST}' found in '{value}'."
        return Finding(card, place, message, hub_message=hub)
    if key == "default":
        message = (
            f"`default` must be `true`, not {shown(value)}: any text counts as true; write `true`, or leave the key out"
        )
        return Finding(card, place, message, severity="warning")
    if key == "config_name":
        return Finding(card, place, f"`config_name` must be text, not {_kind(value)}; put it in quotes")
    if key == "configs":
        what = "a list of subsets" if len(route) == 1 else "a list of mappings with `config_name` and `data_files`"
        hub = f"Expected configs to be a list, but got '{value}'" if isinstance(value, str) and len(route) == 1 else ""
        return Finding(card, place, f"`configs` must be {what}, not {_kind(value)}", hub_message=hub)
    if key == "data_files":
        message = (
            f"`data_files` must be a path, a list of paths or of mappings with `split` and `path`, not {_kind(value)}"
        )
        return Finding(card, place, message, hub_message=_FILES)
    return Finding(card, place, f"`{key}` of a subset cannot be {_kind(value)}")


def _kind(value: Any) -> str:
    return f"the number {shown(value)}" if type(value) in (int, float) else shown(value)


def _of_subset(card: Card, number: int, config: dict[str, Any], is_first: bool) -> Iterator[Finding]:
    route = ("configs", number, "data_files")
    if config.get("config_name") == "":
        yield Finding(
            card, card.place("configs", number, "config_name"), "a subset needs a name; `config_name` is empty"
        )
    if "data_files" not in config:
        return
    given = config["data_files"]
    if given is None and is_first:
        message = (
            "`data_files` of the first subset is empty, and datasets fails on it; name the files or remove the key"
        )
        yield Finding(card, card.place(*route), message)
    if given == []:
        yield Finding(card, card.place(*route), "`data_files` is an empty list; name the files or remove the key")
    if not isinstance(given, list):
        return
    mappings = [item for item in given if isinstance(item, dict)]
    if mappings and any(isinstance(item, str) for item in given):
        place = next(place for place, item in enumerate(given) if isinstance(item, str))
        message = f"{shown(given[place])} is a path among mappings; all items of `data_files` must be of one kind"
        yield Finding(card, card.place(*route, place), message)
    splits: set[str] = set()
    for place, item in enumerate(given):
        split = item.get("split") if isinstance(item, dict) else None
        if isinstance(split, str) and split in splits:
            message = f"the split `{split}` is there twice in `data_files`; give it one item with a list of paths"
            yield Finding(card, card.place(*route, place, "split"), message)
        elif isinstance(split, str):
            splits.add(split)


def _counting(configs: list[Any]) -> list[int]:
    """The numbers of the subsets that count: of those that share a name the last, at the place of the first."""
    named: dict[str, int] = {}
    for number, config in enumerate(configs):
        if isinstance(config, dict):
            named[str(config.get("config_name", number))] = number
    return list(named.values())


def _names(card: Card, configs: list[Any]) -> Iterator[Finding]:
    seen: set[str] = set()
    for number, config in enumerate(configs):
        name = config.get("config_name") if isinstance(config, dict) else None
        if isinstance(name, str) and name in seen:
            message = f"the subset `{name}` is there twice, and only the last of the two can be loaded; rename one"
            yield Finding(card, card.place("configs", number, "config_name"), message, severity="warning")
        elif isinstance(name, str):
            seen.add(name)


def _defaults(card: Card, configs: list[Any]) -> Iterator[Finding]:
    named = {
        config["config_name"]: (number, config)
        for number, config in enumerate(configs)
        if isinstance(config, dict) and isinstance(config.get("config_name"), str)
    }
    defaults = [
        (name, number) for name, (number, config) in named.items() if name == "default" or config.get("default")
    ]
    if len(named) < 2 or len(defaults) < 2:
        return
    (first, _), (second, number) = defaults[:2]
    step = "default" if configs[number].get("default") else "config_name"
    why = "a subset called `default` is one already" if "default" in (first, second) else "there can be one only"
    yield Finding(
        card,
        card.place("configs", number, step),
        f"`{first}` and `{second}` are both the default subset; {why}",
        hub_message=f"Dataset has several default configs: '{first}' and '{second}'.",
    )
