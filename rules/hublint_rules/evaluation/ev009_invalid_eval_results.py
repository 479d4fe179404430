"""A file of evaluation results that the Hub or huggingface_hub cannot read.

## What it does
Checks `.eval_results/*.yaml` of a model against the schema that `hublint schema eval_results` prints: a list of entries
with `dataset.id`, `dataset.task_id` and `value`, an address for each `source`, and a date in quotes.

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

from hublint.documents.source import Span
from hublint.documents.yaml.nodes import Mapping, Scalar, Sequence, resolve
from hublint.rule import Finding, Rule
from hublint_rules._wording import shown
from hublint_rules.evaluation._yaml_file import parse_yaml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.source import Source
    from hublint.documents.yaml.nodes import Node
    from hublint.repository.repository import Repository

RULE = Rule(
    code="EV009",
    name="invalid-eval-results",
    severity="error",
    effect="ignored",
    subject="repository",
    since="0.1.0",
    kinds=("model",),
    only_if=(".eval_results/",),
)

_FILE = re.compile(r"\.eval_results/[^/]+\.yaml")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:?\d{2})?)?")
_ABSENT = {
    "*.value": "the result has no `value`; add it",
    "*.dataset": "the result has no `dataset`; write its `id` and `task_id`",
    "*.dataset.id": "`dataset` has no `id`; write the benchmark's dataset id",
    "*.dataset.task_id": "`dataset` has no `task_id`; write the id of a task in its eval.yaml",
    "*.source.url": "`source` has no `url`; add it or remove the source",
}
_WRONG = {
    "": "the file must be a list of results; begin each with `- dataset:`",
    "*": "{value} is not a result; write `dataset` and `value`",
    "*.dataset": "`dataset` must be a mapping with `id` and `task_id`, not {value}",
    "*.dataset.id": "{value} is not a dataset id; write `owner/name`",
    "*.source": "`source` must be a mapping with `url`, not {value}",
    "*.date": "{value} is not an ISO 8601 date; write it as `2025-01-15`, in quotes",
}
_OTHER = "`{key}` must be {wanted}, not {value}"


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
                parsed.source, Span(parsed.problem, parsed.problem), "this is not YAML, so none of the results are read"
            )
        elif parsed.root is not None:
            yield from _results(parsed.source, parsed.root)


def _results(source: Source, root: Node) -> Iterator[Finding]:
    from hublint_rules.evaluation._schema_problems import problems

    for problem in problems(root, "eval_results"):
        message = problem.message(_ABSENT if problem.absent else _WRONG, _OTHER)
        where = (problem.route == "*.dataset" and problem.entry) or problem.where
        yield Finding(source, where, message, severity="warning" if problem.key == "date" else None)
    for item in root.items if isinstance(root, Sequence) else ():
        result = resolve(item)
        date = resolve(result.get("date")) if isinstance(result, Mapping) else None
        if isinstance(date, Scalar) and date.style == "plain" and not date.tag and _DATE.fullmatch(date.text):
            message = (
                f"{shown(date.value)} without quotes is a date for YAML, but the Hub takes text; write it in quotes"
            )
            yield Finding(source, date, message, severity="warning")
