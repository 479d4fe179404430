"""A file of evaluation results that the Hub or huggingface_hub cannot read.

## What it does
Checks `.eval_results/*.yaml` of a model: a list of entries with `dataset.id`, `dataset.task_id` and `value`, an address
for each `source`, and a date in quotes.

## Why it matters on the Hub
The Hub marks such a file with an error and shows none of its results, huggingface_hub skips it or raises `KeyError`.

## Example
```yaml .eval_results/gpqa.yaml
- dataset:
    id: Idavidrein/gpqa
  value: 0.412
```

## Use instead
```yaml .eval_results/gpqa.yaml
- dataset:
    id: Idavidrein/gpqa
    task_id: gpqa_diamond
  value: 0.412
```

## Evidence
https://huggingface.co/docs/hub/eval-results (2026-08, "work in progress") and eval_results.yaml of hub-docs; `task_id`
is required since 2026-01. `parse_eval_result_entries` of PyPI huggingface_hub 2.4.0.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hublint.documents.placeholders import is_placeholder
from hublint.documents.source import Span
from hublint.documents.yaml_nodes import Mapping, Scalar, Sequence, resolve
from hublint.repository import hub_ids
from hublint.rule import Finding, Rule
from hublint_rules.evaluation import parse_yaml
from hublint_rules.wording import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.source import Source
    from hublint.documents.yaml_nodes import Node
    from hublint.repository.repository import Repository

RULE = Rule(
    code="EV009",
    name="invalid-eval-results",
    severity="error",
    effect="ignored",
    subject="repository",
    kinds=("model",),
)

_FILE = re.compile(r"\.eval_results/[^/]+\.yaml")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:?\d{2})?)?")


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each place of a result that is missing or of a wrong kind."""
    for path in repository.files:
        if not _FILE.fullmatch(path):
            continue
        parsed = repository.parsed(path, parse_yaml)
        if parsed is None:
            continue
        if parsed.problem is not None:
            yield Finding(
                parsed.source, Span(parsed.problem, parsed.problem), "this is no YAML, so none of the results are read"
            )
        elif isinstance(parsed.root, Sequence):
            for item in parsed.root.items:
                yield from _entry(parsed.source, item)
        elif parsed.root is not None:
            where = (
                parsed.root.entries[0].key if isinstance(parsed.root, Mapping) and parsed.root.entries else parsed.root
            )
            yield Finding(parsed.source, where, "the file has to be a list of results; begin each with `- dataset:`")


def _entry(source: Source, item: Node) -> Iterator[Finding]:
    entry = resolve(item)
    if not isinstance(entry, Mapping):
        yield Finding(source, item, f"{shown(item.value)} is no result; write `dataset` and `value`")
        return
    if "<<" in entry.value:
        return
    if entry.get("value") is None:
        yield Finding(source, _start(entry), "the result has no `value`")
    yield from _dataset(source, entry)
    given = resolve(entry.get("source"))
    if isinstance(given, Mapping):
        if given.get("url") is None and "<<" not in given.value:
            key = entry.entry("source")
            yield Finding(source, key.key if key else given, "`source` has no `url`; add it or remove the source")
    elif given is not None and given.value is not None:
        yield Finding(source, given, f"`source` is {shown(given.value)}; it takes a mapping with `url`")
    yield from _date(source, resolve(entry.get("date")))


def _dataset(source: Source, entry: Mapping) -> Iterator[Finding]:
    key = entry.entry("dataset")
    dataset = resolve(key.value) if key else None
    if key is None or dataset is None:
        yield Finding(source, _start(entry), "the result has no `dataset`; write its `id` and `task_id`")
        return
    if not isinstance(dataset, Mapping):
        yield Finding(source, key, f"`dataset` is {shown(dataset.value)}; it takes a mapping with `id` and `task_id`")
        return
    if "<<" in dataset.value:
        return
    for name, what in (("id", "the benchmark's dataset id"), ("task_id", "the id of a task in its eval.yaml")):
        node = resolve(dataset.get(name))
        if node is None or node.value is None:
            yield Finding(source, key.key, f"`dataset` has no `{name}`; write {what}")
        elif name == "id" and not hub_ids.is_repo_id(node.value) and not is_placeholder(node.value):
            yield Finding(source, node, f"{shown(node.value)} is no dataset id; write `owner/name`")


def _date(source: Source, node: Node | None) -> Iterator[Finding]:
    if not isinstance(node, Scalar) or node.value is None or is_placeholder(node.value):
        return
    if not isinstance(node.value, str) or not _DATE.fullmatch(node.value):
        message = f"{shown(node.value)} is no ISO 8601 date; write it as `2025-01-15`, in quotes"
        yield Finding(source, node, message, severity="warning")
    elif node.style == "plain" and not node.tag:
        message = f"{shown(node.value)} without quotes is a date for YAML, and the Hub takes a text; write it in quotes"
        yield Finding(source, node, message, severity="warning")


def _start(entry: Mapping) -> Node:
    """The first key, so that a finding about what is missing does not mark the whole result."""
    return entry.entries[0].key if entry.entries else entry
