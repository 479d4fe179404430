"""A model without a file that its library asks for: tokenizer, preprocessor, configuration, or weights by their name.

## What it does
Where config.json names one class of transformers' own and the weights lie beside it, looks for any file of a tokenizer
(text models) or of a preprocessor (models of pictures and sound; of a vision-language model only where the weights
hold the part that sees), and for weights under a name that `from_pretrained` looks for. Where the card says
`library_name: transformers`, looks for config.json itself; beside the weights of an adapter, for adapter_config.json;
where it says `sentence-transformers`, a missing modules.json is a note. Other layouts (GGUF, ONNX, own code, parts of
models) and files in subfolders are left alone, and so is a model whose card loads the tokenizer of another one.

## Why it matters on the Hub
`from_pretrained` raises, or worse: transformers 5 makes an empty tokenizer for many classes, and the model answers
nonsense without a word.

## Example
```yaml
library_name: transformers
```
```json config.json
{"architectures": ["BertForSequenceClassification"], "model_type": "bert"}
```
```text model.safetensors
weights
```

## Use instead
```yaml
library_name: transformers
```
```json config.json
{"architectures": ["BertForSequenceClassification"], "model_type": "bert"}
```
```text model.safetensors
weights
```
```json tokenizer.json
{}
```

## Evidence
PyPI transformers 5.24.0 without a tokenizer's files (run, 2026-11): BERT gives `[UNK]` for every word, Qwen2 and GPT-2
give no ids, Llama raises; twelve classes do the same beside a tokenizer_config.json without a vocabulary (run,
2026-11-29). Without preprocessor_config.json `AutoImageProcessor` raises OSError; without config.json
`from_pretrained` raises. peft 0.21.2, config.py: "Can't find 'adapter_config.json'". huggingface/course#432,
huggingface/transformers#25804 and #25439, huggingface/peft#420, huggingface/sentence-transformers#2779.
"""

from __future__ import annotations

from re import IGNORECASE

from hublint.model import loading
from hublint.regexes import lazy
from hublint.rule import Finding, Rule
from hublint_rules._card import strings
from hublint_rules._places import at_file
from hublint_rules._wording import listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository

RULE = Rule(
    code="MC024",
    name="loading-file-missing",
    severity="warning",
    effect="broken",
    subject="metadata",
    since="0.1.0",
    kinds=("model",),
)

_PEFT_USERS = (None, "peft", "transformers")
_PICTURES = ("text-to-image", "image-to-image", "text-to-video")
# Code by which people load weights in a way of their own.
_OWN_LOADING = lazy(
    r"hf_hub_download|snapshot_download|load_file\(|load_state_dict|torch\.load|safe_open|PyTorchModelHubMixin"
    r"|model_hub_mixin|from_pretrained\([^)]*config=|AutoConfig\.|vllm|sglang|mlx"
)
_FROM = lazy(r"(?:[Tt]okenizer|[Pp]rocessor|[Ff]eature_?[Ee]xtractor)\w*\.from_pretrained\(\s*([^,)\s]+)")
_SENTENCES = lazy(r"CrossEncoder|cross-encoder|rerank|SparseEncoder|splade|colbert", IGNORECASE)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each file that is surely asked for and absent."""
    named = card.data.get("library_name")
    adapters = loading.adapters_without_config(repository)
    if adapters:
        yield from _adapter(card, adapters, named)
        return
    if named == "transformers" and "config.json" not in repository.files:
        yield from _no_config(card, repository)
    elif named in (None, "transformers"):
        yield from _beside_config(card, repository)
    elif named == "sentence-transformers":
        yield from _no_modules(card, repository)


def _adapter(card: Card, adapters: list[str], named: object) -> Iterator[Finding]:
    if named in _PEFT_USERS and card.data.get("pipeline_tag") not in _PICTURES and not _loads_by_itself(card):
        yield Finding(
            *at_file(adapters[0]),
            f"`{adapters[0]}` is an adapter, but there is no adapter_config.json: peft cannot load it",
            help="upload the adapter_config.json that `save_pretrained` wrote beside it",
            severity="error",
        )


def _no_config(card: Card, repository: Repository) -> Iterator[Finding]:
    if (
        loading.has_transformers_weights(repository)
        and not any(path.rpartition("/")[2] == "config.json" for path in repository.files)
        and not loading.is_loaded_otherwise(repository)
        and not _loads_by_itself(card)
    ):
        yield Finding(
            card,
            card.place("library_name"),
            "`library_name` is `transformers`, but there is no config.json beside the weights: `from_pretrained` fails",
            help="upload the config.json that `save_pretrained` wrote, or name the library that loads these weights",
            severity="error",
        )


def _beside_config(card: Card, repository: Repository) -> Iterator[Finding]:
    text = loading.lacks_tokenizer(repository)
    if text and not _takes_from_elsewhere(card, repository):
        yield Finding(
            *at_file("config.json"),
            f"there is no tokenizer, which {text} needs: `AutoTokenizer` fails, or makes one that knows no words",
            help="save it beside the model: `tokenizer.save_pretrained(...)`",
        )
    seen = loading.lacks_processor(repository)
    if seen and not _takes_from_elsewhere(card, repository):
        yield Finding(
            *at_file("config.json"),
            f"there is no preprocessor_config.json, which {seen} needs: `AutoProcessor` and `pipeline` fail",
            help="save it beside the model: `processor.save_pretrained(...)`",
        )
    odd = loading.odd_weights(repository) if card.data.get("library_name") == "transformers" else []
    if odd and not _loads_by_itself(card):
        yield Finding(
            *at_file(odd[0]),
            f"`from_pretrained` looks for `model.safetensors` or `pytorch_model.bin`, not for {listed(odd, 5)}",
            help="rename the file, or write the model with `save_pretrained`",
        )


def _no_modules(card: Card, repository: Repository) -> Iterator[Finding]:
    words = " ".join([*strings(card.data.get("tags")), str(card.data.get("pipeline_tag")), card.text[:50_000]])
    if (
        "modules.json" not in repository.files
        and "config.json" in repository.files
        and loading.has_transformers_weights(repository)
        and not loading.is_loaded_otherwise(repository)
        and not _SENTENCES.search(words)
        and loading.is_bare_encoder(repository)
    ):
        yield Finding(
            card,
            card.place("library_name"),
            "there is no modules.json: `SentenceTransformer` then takes the mean of all tokens, trained so or not",
            help="write the model with `SentenceTransformer.save_pretrained`",
            severity="info",
        )


def _loads_by_itself(card: Card) -> bool:
    return _OWN_LOADING.search(card.text) is not None


def _takes_from_elsewhere(card: Card, repository: Repository) -> bool:
    """Whether code in the card loads a tokenizer or processor from another repository than this one."""
    name = repository.repo_id or repository.name
    for found in _FROM.finditer(card.text):
        given = found[1].strip("\"'")
        if found[1][0] in "\"'" and given.rpartition("/")[2] != name.rpartition("/")[2]:
            return True
        if found[1][0] not in "\"'":
            return True
    return _loads_by_itself(card)
