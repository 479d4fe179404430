"""A vision-language model that is tagged as a text generator.

## What it does
Holds `pipeline_tag: text-generation` against what the files and the card say about the model: config.json, or where
there is none the names of the base models, where every one is unmistakable (Qwen2.5-VL, LLaVA, InternVL ...), or an
`mmproj` beside GGUF weights, which is the part that sees. Silent where only the language part is there: GGUF files
without an `mmproj`, weights without a vision tower, a class of the language part. A note where config.json describes
a vision tower and no file says how pictures are prepared: some publish the language part with such a config.json.
Silent, too, for models that hear, embed or rank. `image-to-text` for such a model, and `text-generation` where
nothing but a tag like `vlm` speaks, are notes.

## Why it matters on the Hub
The tag decides the filter and the widget. With `text-generation` the model is missing where people look for models
that take pictures, and its page offers no way to give it one.

## Example
```yaml
base_model: Qwen/Qwen2.5-VL-7B-Instruct
pipeline_tag: text-generation
```

## Use instead
```yaml
base_model: Qwen/Qwen2.5-VL-7B-Instruct
pipeline_tag: image-text-to-text
```

## Fix safety
Safe where config.json, an `mmproj` or every base model decides. Unsafe without any image processor, for
`image-to-text`, which is right for captions without a prompt, and where only a tag speaks.

## Evidence
https://huggingface.co/docs/hub/models-widgets (2026-08): the chat widget goes with `image-text-to-text`; classes of
vision-language models from PyPI transformers 5.23.0 (MODEL_FOR_IMAGE_TEXT_TO_TEXT_MAPPING_NAMES). llama.cpp,
docs/multimodal.md (2026-08): `--mmproj` names the projector of a model that takes pictures or sounds.
"""

from __future__ import annotations

from hublint.documents.yaml import edits as yaml_edits
from hublint.model import inference
from hublint.model.library import is_gguf_only
from hublint.rule import Finding, Fix, Rule
from hublint_rules._card import strings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository
    from hublint.rule import Safety, Severity

RULE = Rule(
    code="MC005",
    name="vlm-as-text-generation",
    severity="warning",
    effect="ignored",
    subject="metadata",
    since="0.1.0",
    kinds=("model",),
    fix="safe",
    only_if=("pipeline_tag",),
)

_TAGS = frozenset(("vlm", "vision-language", "vision-language-model", "image-text-to-text"))


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding where a model that sees is called one that only reads or only describes."""
    tag = card.data.get("pipeline_tag")
    if tag not in ("text-generation", "image-to-text"):
        return
    decided = inference.vision_language_of(repository)
    if tag == "image-to-text":
        if decided is not None:
            yield _finding(
                card,
                f"this model takes a prompt with the image ({decided.reason}), which is `image-text-to-text`; "
                "`image-to-text` is for captions without a prompt",
                "info",
                "unsafe",
            )
    elif decided is not None:
        yield _finding(
            card,
            f"this model accepts images ({decided.reason}), so `text-generation` hides it from people who look for "
            "vision models; write `image-text-to-text`",
            None if decided.sure else "info",
            "safe" if decided.sure else "unsafe",
        )
    elif "config.json" not in repository.files and not is_gguf_only(repository):
        tags = [word for word in strings(card.data.get("tags")) if word.lower() in _TAGS]
        if tags:
            yield _finding(
                card,
                f"the tag `{tags[0]}` says that this model accepts images; if it does, write `image-text-to-text`",
                "info",
                "unsafe",
            )


def _finding(card: Card, message: str, severity: Severity | None, safety: Safety) -> Finding:
    edit = yaml_edits.set_value(card, ("pipeline_tag",), "image-text-to-text")
    fix = Fix("Write `image-text-to-text`", (edit,), safety)
    return Finding(card, card.place("pipeline_tag"), message, severity=severity, fix=fix)
