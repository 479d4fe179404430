"""A `pipeline_tag` that the class in config.json cannot do.

## What it does
Holds `pipeline_tag` against the one class that config.json names, where its head allows few tasks: a
`ForTokenClassification` does not translate. Silent where the task is a narrower or a usual second use of the same
head, for the repository's own code, and for vision-language models, which vlm-as-text-generation (MC005) owns.

## Why it matters on the Hub
The tag overrides what the Hub infers from config.json: the widget, the code snippet and the filter are then those of
a task that the weights have no head for.

## Example
```yaml
library_name: transformers
pipeline_tag: text-generation
```

```json config.json
{"architectures": ["BertForTokenClassification"], "model_type": "bert"}
```

## Use instead
```yaml
library_name: transformers
pipeline_tag: token-classification
```

```json config.json
{"architectures": ["BertForTokenClassification"], "model_type": "bert"}
```

## Fix safety
Unsafe: config.json may be the one that is wrong.

## Evidence
The classes of each task in PyPI transformers 5.23.0 (models/auto/modeling_auto.py);
https://huggingface.co/docs/hub/models-widgets#enabling-a-widget (2026-08).
"""

from __future__ import annotations

from hublint.documents.yaml import edits as yaml_edits
from hublint.model import architectures
from hublint.model.library import library_of, read_json
from hublint.rule import Finding, Fix, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="MC006",
    name="pipeline-tag-contradicts-config",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("model",),
    fix="unsafe",
    only_if=("pipeline_tag",),
)

_WRITING = "text-generation summarization translation"
_READING = "text-classification token-classification question-answering fill-mask"
_SEEING = "image-classification object-detection image-segmentation depth-estimation"
_HEARING = "automatic-speech-recognition audio-classification text-to-speech"

# For the task of a head those that it surely cannot do. Left out is what people do with it: a classifier that ranks, a
# masked model that writes by diffusion or only embeds, a causal model that answers or classifies in words.
_IMPOSSIBLE = {
    "text-classification": f"token-classification question-answering fill-mask {_WRITING} {_SEEING} {_HEARING}",
    "token-classification": f"question-answering fill-mask {_WRITING} {_SEEING} {_HEARING}",
    "question-answering": f"token-classification fill-mask text-classification {_WRITING} {_SEEING} {_HEARING}",
    "fill-mask": f"question-answering summarization translation {_SEEING} {_HEARING}",
    "text-generation": f"fill-mask {_SEEING}",
    "image-classification": f"object-detection image-segmentation depth-estimation {_READING} {_WRITING} {_HEARING}",
    "object-detection": f"image-classification depth-estimation {_READING} {_WRITING} {_HEARING}",
    "image-segmentation": f"image-classification {_READING} {_WRITING} {_HEARING}",
    "depth-estimation": f"image-classification object-detection {_READING} {_WRITING} {_HEARING}",
    "automatic-speech-recognition": f"text-to-speech text-to-audio {_READING} {_SEEING} text-generation",
    "audio-classification": f"automatic-speech-recognition text-to-speech {_READING} {_WRITING} {_SEEING}",
}


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding where the tag and the head of the model exclude each other."""
    tag = card.data.get("pipeline_tag")
    if not isinstance(tag, str):
        return
    config = read_json(repository, "config.json")
    found = architectures.task_of(config)
    if found is None or isinstance(config.get("auto_map"), dict) or tag not in _IMPOSSIBLE.get(found[0], "").split():
        return
    library = library_of(repository)
    if library is not None and library.value not in ("transformers", "transformers.js", "mlx"):
        return
    task, name = found
    yield Finding(
        card,
        card.place("pipeline_tag"),
        f"config.json names {name}, a class that cannot do `{tag}`; write `{task}`, which it is made for",
        fix=Fix(f"Write `{task}`", (yaml_edits.set_value(card, ("pipeline_tag",), task),), "unsafe"),
    )
