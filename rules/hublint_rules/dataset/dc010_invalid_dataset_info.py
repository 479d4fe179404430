"""A `dataset_info` that the datasets library cannot read.

## What it does
Reads `dataset_info` as datasets does: the types of the columns, the names of class labels, the splits, the version.
What the library accepts, however odd, is not reported.

## Why it matters on the Hub
`load_dataset` reads the card before any file and raises an error: nobody can load the dataset, and the dataset viewer
shows the error.

## Example
```yaml
dataset_info:
  features:
  - name: text
    dtype: str
  - name: label
    dtype:
      class_label:
        names:
          '1': good
          '2': bad
```

## Use instead
```yaml
dataset_info:
  features:
  - name: text
    dtype: string
  - name: label
    dtype:
      class_label:
        names:
          '0': good
          '1': bad
```

## Fix safety
Safe for a type's usual other name (`str`, `int`, `boolean`, `String`) and for a value that lacks quotes (a column
called `2020`, the type `null`). Anything else is left to you.

## Evidence
DatasetInfosDict.from_dataset_card_data and Features._from_yaml_list of PyPI datasets 5.2.0 with pyarrow 26, compared
with this rule in the project's tests.
"""

from __future__ import annotations

import re

from hublint.documents.yaml import edits as yaml_edits
from hublint.documents.yaml.nodes import Mapping, Scalar, Sequence, resolve
from hublint.documents.yaml.render import render_scalar
from hublint.rule import Finding, Fix, Rule
from hublint_rules._wording import shown
from hublint_rules.dataset._features import Problem, find_problems, is_template, python_entries, python_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.documents.yaml.nodes import Entry, Node
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DC010",
    name="invalid-dataset-info",
    severity="error",
    effect="broken",
    subject="metadata",
    since="0.1.0",
    kinds=("dataset",),
    fix="safe",
    only_if=("dataset_info",),
)

_KEY = "dataset_info"
_OVERRIDE = ".huggingface.yaml"  # What it says takes the place of the card's.
_SPLIT = frozenset(("name", "num_bytes", "num_examples", "shard_lengths", "original_shard_lengths", "dataset_name"))
_INLINE = ("plain", "single", "double")
_VERSION = re.compile(r"\d+\.\d+\.\d+")


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each place where datasets stops with an error."""
    node = card.get(_KEY)
    if node is None or is_template(node) or repository.exists(_OVERRIDE):
        return
    if isinstance(node, Scalar):
        if python_value(node) not in (None, ""):
            message = f"`{_KEY}` must be a mapping or a list of mappings, not {shown(node.value)}"
            yield Finding(card, node, message, severity="warning")
        return
    for problem in _problems(node):
        where = problem.node
        if is_template(where):
            continue
        edit = None
        if problem.meant and isinstance(where, Scalar) and where.style in _INLINE:
            edit = yaml_edits.replace_text(card, where, render_scalar(problem.meant, where.style, flow=True))
        yield Finding(
            card,
            where if where.span.start < where.span.end else card.place(*where.path),
            problem.message,
            hub_message=problem.raised,
            fix=Fix(f"Write `{problem.meant}`", (edit,)) if edit else None,
        )


def _problems(node: Node) -> Iterator[Problem]:
    for item in node.items if isinstance(node, Sequence) else [node]:
        info = resolve(item)
        if is_template(item):
            continue
        if not isinstance(info, Mapping):
            yield Problem(item, f"{shown(item.value)} is not a description of a subset; write a mapping")
        elif info.entry("<<") is None:
            yield from _of_subset(info)


def _of_subset(info: Mapping) -> Iterator[Problem]:
    for name, entry in python_entries(info).items():
        value = resolve(entry.value)
        if value is None:
            continue
        if name == "features" and python_value(value) is not None:
            yield from find_problems(value)
        elif name == "splits" and python_value(value) is not None:
            yield from _of_splits(value)
        elif name == "config_name" and not isinstance(value, Scalar):
            yield Problem(value, f"`config_name` must be one name, not {shown(value.value)}")
        elif name == "version" and not isinstance(value, Mapping):
            yield from _of_version(value)


def _of_version(node: Node) -> Iterator[Problem]:
    value = python_value(node)
    text = node.content if isinstance(node, Scalar) else ""
    if value is None or (isinstance(value, str) and _VERSION.fullmatch(value)):
        return
    yield Problem(node, f"{shown(text or node.value)} is not a dataset version; write three numbers, such as `1.0.0`")


def _of_splits(node: Node) -> Iterator[Problem]:
    if isinstance(node, Scalar):
        if python_value(node) != "":
            yield Problem(node, f"`splits` must be a list of mappings with `name`, not {shown(node.value)}")
        return
    seen: set[object] = set()
    parts = [entry.value for entry in node] if isinstance(node, Mapping) else getattr(node, "items", [])
    for item in parts:
        split = resolve(item)
        if not isinstance(split, Mapping):
            yield Problem(item, f"{shown(item.value)} is not a split; it needs `name`, `num_bytes` and `num_examples`")
            continue
        if split.entry("<<") is not None:
            continue
        entries = python_entries(split)
        for key, entry in entries.items():
            if key not in _SPLIT:
                yield Problem(entry.key, f"a split cannot have `{key}`; remove it")
        yield from _of_split_name(split, entries.get("name"), seen)


def _of_split_name(split: Mapping, entry: Entry | None, seen: set[object]) -> Iterator[Problem]:
    named = resolve(entry.value) if entry is not None else None
    if isinstance(named, (Mapping, Sequence)):
        yield Problem(named, f"the name of a split must be text, not {shown(named.value)}")
        return
    name = python_value(named) if named is not None else ""
    if name in seen:
        message = f"the split {shown(name)} is there twice" if named is not None and name else "the split has no `name`"
        yield Problem(named or split, message)
    seen.add(name)
