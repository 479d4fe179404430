"""A metric of the author's own that has no name.

## What it does
Looks for metrics of `model-index` whose `type` is not a metric of the evaluate library and that have no `name`. Results
of the MTEB benchmark are left alone. Each type is reported once.

## Why it matters on the Hub
The page shows the metric's name. Without one readers see an id that they cannot look up.

## Example
```yaml
model-index:
- name: my-model
  results:
  - task: {type: text-generation}
    dataset: {type: my-data, name: My data}
    metrics:
    - type: strict_em_v2
      value: 0.41
```

## Use instead
```yaml
model-index:
- name: my-model
  results:
  - task: {type: text-generation}
    dataset: {type: my-data, name: My data}
    metrics:
    - type: strict_em_v2
      name: Exact match, punctuation included
      value: 0.41
```

## Evidence
Advice. modelcard.md in https://github.com/huggingface/hub-docs: `type` is a metric id from https://hf.co/metrics,
`name` a pretty name; ids: the metrics of https://github.com/huggingface/evaluate.
"""

from __future__ import annotations

import re

from hublint.documents.placeholders import is_placeholder
from hublint.rule import Finding, Rule
from hublint_rules._wording import shown
from hublint_rules.evaluation._model_index import results

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.documents.yaml.nodes import Step
    from hublint.repository.repository import Repository

RULE = Rule(
    code="EV004",
    name="unnamed-custom-metric",
    severity="info",
    effect="advice",
    subject="metadata",
    since="0.1.0",
    kinds=("model",),
    only_if=("model-index",),
)

_KNOWN = frozenset(
    "acc accuracy auc bertscore bleu bleurt brierscore cer character charcutmt chrf chrf++ codeeval comet "
    "competitionmath confusionmatrix coval cuad em exactmatch f1 f1macro f1micro f1weighted fid frugalscore glue "
    "googlebleu iou loss mae mahalanobis map mape mase matthewscorrelation mauve mcc meaniou meanreward meteor miou "
    "mrr mse ndcg nistmt pearson pearsonr perplexity poseval precision psnr r2 rsquared recall rmse rocauc rouge "
    "rouge1 rouge2 rougel rougelsum sacrebleu sari seqeval smape spearman spearmanr squad squadv2 ssim superglue "
    "ter top1accuracy top5accuracy treceval wer wikisplit xnli xtremes".split()
)
_AT = re.compile(r"(?:pass|recall|precision|ndcg|mrr|map|hits?|top|accuracy|acc)(?:@|at|k)?\d+|m?ap(?:@|at)?\d*")


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each type without a name, at its first place."""
    found: dict[str, tuple[Step, ...]] = {}
    for result in results(card):
        if result.is_mteb:
            continue
        for route, metric in result.metrics():
            kind = metric.get("type")
            if isinstance(kind, str) and kind.strip() and not metric.get("name") and not _is_known(kind):
                found.setdefault(kind, (*route, "type"))
    for kind, place in found.items():
        message = f"{shown(kind)} is not a metric of the evaluate library; give it a `name` that says what it is"
        yield Finding(card, card.place(*place), message)


def _is_known(kind: str) -> bool:
    bare = re.sub(r"[\s_-]", "", kind.lower())
    return bare in _KNOWN or _AT.fullmatch(bare) is not None or is_placeholder(kind)
