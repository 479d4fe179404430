"""A benchmark's eval.yaml that the Hub refuses.

## What it does
Checks the eval.yaml of a dataset that is a benchmark against the schema that `hublint schema eval_yaml` prints: `name`,
`description`, `evaluation_framework` and `tasks`, each task with an `id`. What inspect-ai needs beyond that, and a
framework that differs from a known one in case or punctuation alone, are warnings.

## Why it matters on the Hub
The file is validated when it is pushed, and without it the dataset has no leaderboard. inspect-ai runs no task without
`field_spec`, `solvers` and `scorers`.

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
  field_spec:
    input: question
    target: answer
  solvers:
  - name: generate
  scorers:
  - name: exact
```

## Evidence
https://huggingface.co/docs/hub/eval-results (2026-08): "The file is validated at push time"; frameworks: npm
@huggingface/tasks 0.21.54, "could be your own". What it says beside the refusal is not recorded. Tasks of inspect-ai:
the same page ("one also requires to set") and `HFTask` of PyPI inspect_ai 0.3.285.
"""

from __future__ import annotations

from hublint.documents.source import Span
from hublint.documents.yaml.nodes import Mapping, Sequence, resolve
from hublint.rule import Finding, Rule
from hublint_rules._spelling import letters
from hublint_rules._wording import shown
from hublint_rules.evaluation._yaml_file import parse_yaml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.source import Source
    from hublint.repository.repository import Repository

RULE = Rule(
    code="EV010",
    name="invalid-eval-yaml",
    severity="error",
    effect="refused",
    subject="repository",
    since="0.1.0",
    kinds=("dataset",),
    only_if=("eval.yaml",),
)

_ABSENT = {
    "tasks.*.id": "the task has no `id`; add one",
    "tasks.*.field_spec": "the task has no `field_spec`; inspect-ai needs it to run the task",
    "tasks.*.solvers": "the task has no `solvers`; inspect-ai needs them to run the task",
    "tasks.*.scorers": "the task has no `scorers`; inspect-ai needs them to run the task",
    "tasks.*.solvers.*.name": "`name` is missing; inspect-ai needs it",
    "tasks.*.scorers.*.name": "`name` is missing; inspect-ai needs it",
}
_MISSING = "`{key}` is missing; a benchmark's eval.yaml needs it"
_WRONG = {
    "tasks": "`tasks` must be a list, not {value}",
    "tasks.*": "the task {value} is not a mapping; write its `id`",
}
_OTHER = "`{key}` must be {wanted}, not {value}"
_OF_THE_HUB = ("name", "description", "evaluation_framework", "tasks", "tasks.*", "tasks.*.id")


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each place that is missing or of a wrong kind; an eval.yaml of another kind is let be."""
    parsed = repository.parsed("eval.yaml", parse_yaml) if "eval.yaml" in repository.files else None
    if parsed is None:
        return
    if parsed.problem is not None:
        if "evaluation_framework:" in parsed.text:
            yield Finding(
                parsed.source, Span(parsed.problem, parsed.problem), "this is not YAML, so the benchmark cannot be read"
            )
    elif isinstance(parsed.root, Mapping) and _is_benchmark(parsed.root):
        yield from _benchmark(parsed.source, parsed.root)


def _is_benchmark(root: Mapping) -> bool:
    tasks = resolve(root.get("tasks"))
    listed = isinstance(tasks, Sequence) and any(isinstance(task, Mapping) and task.get("id") for task in tasks.items)
    return root.get("evaluation_framework") is not None or (listed and root.get("name") is not None)


def _benchmark(source: Source, root: Mapping) -> Iterator[Finding]:
    from hublint_rules.evaluation._schema_problems import problems

    for problem in problems(root, "eval_yaml"):
        message = problem.message(_ABSENT, _MISSING) if problem.absent else problem.message(_WRONG, _OTHER)
        yield Finding(source, problem.where, message, severity=None if problem.route in _OF_THE_HUB else "warning")
    framework = resolve(root.get("evaluation_framework"))
    meant = _framework_meant(framework.value) if framework is not None and isinstance(framework.value, str) else ""
    if framework is not None and meant:
        message = f"{shown(framework.value)} is not an evaluation framework that the Hub knows; write `{meant}`"
        yield Finding(source, framework, message, severity="warning")


def _framework_meant(name: str) -> str:
    import hublint_schemas

    known = hublint_schemas.table("libraries")["evaluation_frameworks"]
    if name in known:
        return ""
    return next((framework for framework in known if letters(framework) == letters(name)), "")
