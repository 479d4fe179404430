"""A task of the evaluation results that is not one of the Hub's tasks.

## What it does
Compares `task.type` in `model-index` with the Hub's tasks. The names that mteb and the
evaluators of sentence-transformers write are left alone. Each name is reported once.

## Why it matters on the Hub
The Hub takes any name, but only its own tasks lead to a task page and to other results of the same task.

## Example
```yaml
model-index:
- name: my-model
  results:
  - task:
      type: ASR
    dataset: {type: librispeech_asr, name: LibriSpeech}
    metrics: [{type: wer, value: 4.2}]
```

## Use instead
```yaml
model-index:
- name: my-model
  results:
  - task:
      type: automatic-speech-recognition
    dataset: {type: librispeech_asr, name: LibriSpeech}
    metrics: [{type: wer, value: 4.2}]
```

## Fix safety
Safe for another spelling or a common short form of one of the Hub's tasks.

## Evidence
Advice. The Hub does not check the name (measured 2026-09, malaiwah/quant-fidelity-suite). Tasks: npm
@huggingface/tasks 0.21.54; generated names: PyPI mteb and sentence-transformers.
"""

from __future__ import annotations

from hublint.documents.placeholders import is_placeholder
from hublint.documents.yaml import edits as yaml_edits
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
    code="EV002",
    name="non-standard-task-type",
    severity="info",
    effect="advice",
    subject="metadata",
    since="0.1.0",
    kinds=("model",),
    fix="safe",
    only_if=("model-index",),
)

# What mteb and the evaluators of sentence-transformers write by themselves.
_GENERATED = frozenset(
    "bitext-mining classification clustering instruction-retrieval multilabel-classification pair-classification "
    "reranking retrieval sts summarization summeval binary-classification information-retrieval knowledge-distillation "
    "label-accuracy nano-beir paraphrase-mining semantic-similarity sparse-information-retrieval triplet "
    "bitextmining pairclassification multilabelclassification instructionretrieval".split()
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each name that is not a task, at its first place."""
    found: dict[str, list[tuple[Step, ...]]] = {}
    for result in results(card):
        name = result.part("task").get("type")
        if isinstance(name, str) and name.strip() and not is_placeholder(name) and not result.is_mteb:
            found.setdefault(name, []).append((*result.route, "task", "type"))
    if not found:
        return
    import hublint_schemas

    tasks = hublint_schemas.table("pipeline_tags")
    for name, routes in found.items():
        bare = name.strip().lower().replace("_", "-").replace(" ", "-")
        if name in tasks["tags"] or bare in _GENERATED:
            continue
        meant = bare if bare in tasks["tags"] else tasks["suggestions"].get(bare, "")
        edits = [yaml_edits.set_value(card, route, meant) for route in routes] if meant else []
        once = tuple({edit.span: edit for edit in edits}.values())  # one mapping may serve several results
        retired = tasks["retired"].get(bare)
        why = f"is {retired['text']}" if retired else f"is not a Hub task{f'; write `{meant}`' if meant else ''}"
        yield Finding(
            card, card.place(*routes[0]), f"{shown(name)} {why}", fix=Fix(f"Write `{meant}`", once) if meant else None
        )
