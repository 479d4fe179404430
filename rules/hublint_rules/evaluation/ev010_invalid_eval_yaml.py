"""A benchmark's eval.yaml that the Hub refuses.

## What it does
Checks the eval.yaml of a dataset that is a benchmark: `name`, `description`, `evaluation_framework` and `tasks`, each
task with an `id`. A framework that differs from a known one in case or punctuation alone is a warning.

## Why it matters on the Hub
The file is validated when it is pushed, and without it the dataset has no leaderboard.

## Example
```yaml eval.yaml
name: My benchmark
evaluation_framework: inspect_ai
tasks:
- split: test
```

## Use instead
```yaml eval.yaml
name: My benchmark
description: Questions about the Hub.
evaluation_framework: inspect-ai
tasks:
- id: hub_questions
  split: test
```

## Evidence
https://huggingface.co/docs/hub/eval-results (2026-08): "The file is validated at push time"; frameworks: npm
@huggingface/tasks 0.21.54, "could be your own". What it says beside the refusal is not recorded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.documents.placeholders import is_placeholder
from hublint.documents.source import Span
from hublint.documents.yaml_nodes import Mapping, Sequence, resolve
from hublint.rule import Finding, Rule
from hublint_rules.evaluation import parse_yaml
from hublint_rules.wording import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.source import Source
    from hublint.documents.yaml_nodes import Node
    from hublint.repository.repository import Repository

RULE = Rule(
    code="EV010",
    name="invalid-eval-yaml",
    severity="error",
    effect="refused",
    subject="repository",
    kinds=("dataset",),
)

_REQUIRED = ("name", "description", "evaluation_framework", "tasks")


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each place that is missing or of a wrong kind; an eval.yaml of another kind is let be."""
    parsed = repository.parsed("eval.yaml", parse_yaml) if "eval.yaml" in repository.files else None
    if parsed is None:
        return
    if parsed.problem is not None:
        if "evaluation_framework:" in parsed.text:
            yield Finding(parsed.source, Span(parsed.problem, parsed.problem), "this is no YAML")
    elif isinstance(parsed.root, Mapping) and _is_benchmark(parsed.root):
        yield from _benchmark(parsed.source, parsed.root)


def _is_benchmark(root: Mapping) -> bool:
    tasks = resolve(root.get("tasks"))
    listed = isinstance(tasks, Sequence) and any(isinstance(task, Mapping) and task.get("id") for task in tasks.items)
    return root.get("evaluation_framework") is not None or (listed and root.get("name") is not None)


def _benchmark(source: Source, root: Mapping) -> Iterator[Finding]:
    start = root.entries[0].key
    for name in _REQUIRED:
        node = root.get(name)
        if node is None or node.value in (None, ""):
            entry = root.entry(name)
            yield Finding(
                source, entry.key if entry else start, f"`{name}` is missing; a benchmark's eval.yaml needs it"
            )
    framework = resolve(root.get("evaluation_framework"))
    if framework is not None and isinstance(framework.value, str):
        meant = _framework_meant(framework.value)
        if meant:
            message = f"{shown(framework.value)} is no evaluation framework that the Hub knows; write `{meant}`"
            yield Finding(source, framework, message, severity="warning")
    tasks = resolve(root.get("tasks"))
    if isinstance(tasks, Sequence):
        for task in tasks.items:
            yield from _task(source, task)
    elif tasks is not None and tasks.value not in (None, "") and not is_placeholder(tasks.value):
        yield Finding(source, tasks, f"`tasks` is {shown(tasks.value)}; it has to be a list")


def _task(source: Source, task: Node) -> Iterator[Finding]:
    node = resolve(task)
    if not isinstance(node, Mapping):
        yield Finding(source, task, f"the task {shown(task.value)} is no mapping; write its `id`")
    elif (node.get("id") is None or node.value["id"] in (None, "")) and "<<" not in node.value:
        yield Finding(source, node.entries[0].key if node.entries else node, "the task has no `id`")


def _framework_meant(name: str) -> str:
    import hublint_schemas

    known = hublint_schemas.table("libraries")["evaluation_frameworks"]
    if name in known:
        return ""
    bare = _bare(name)
    return next((framework for framework in known if _bare(framework) == bare), "")


def _bare(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "").replace(" ", "")
