"""A configuration file of a model that is not valid JSON.

## What it does
Reads the JSON files from which the libraries load a model, at the root and beside weights, as Python's `json` does:
`NaN` and `Infinity` are accepted; comments, trailing commas, single quotes, a byte order mark and other encodings
than UTF-8 are not.

## Why it matters on the Hub
`from_pretrained` fails on the file, and the Hub can read neither the architecture nor the library from it. For
`generation_config.json` alone it is a warning: transformers loads the model and generates without those settings.

## Example
```json config.json
{
  "model_type": "bert",
  "hidden_size": 768,
}
```

## Use instead
```json config.json
{
  "model_type": "bert",
  "hidden_size": 768
}
```

## Evidence
`_dict_from_json_file` of configuration_utils.py in transformers 5.23.0 (PyPI) reads the file as UTF-8, hands it to
`json.loads`, and ends with "is not valid JSON file" where that fails. `adjust_generation_fn` of generation/utils.py
catches that OSError for `generation_config.json` and only logs it.
"""

from __future__ import annotations

from hublint.documents.source import Span
from hublint.rule import Finding, Rule
from hublint_rules.repository._files import by_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.source import Source
    from hublint.repository.repository import Repository

RULE = Rule(
    code="RP008",
    name="broken-config-json",
    severity="error",
    effect="broken",
    subject="repository",
    since="0.1.0",
    kinds=("model",),
    only_if=(".json",),
)

_NAMES = (
    "config.json generation_config.json tokenizer_config.json special_tokens_map.json added_tokens.json "
    "adapter_config.json preprocessor_config.json processor_config.json video_preprocessor_config.json "
    "model_index.json modules.json sentence_bert_config.json config_sentence_transformers.json scheduler_config.json"
).split()
_OPTIONAL = "generation_config.json"
_LARGEST = 16 * 1024 * 1024


def check(repository: Repository) -> Iterator[Finding]:
    """Yield one finding for each file that Python's `json` refuses."""
    if _is_jsonnet(repository):
        return
    names = by_name(repository)
    for name in _NAMES:
        for path in names.get(name, ()):
            folder = path[: -len(name)]
            if folder and not _has_weights(repository, folder):
                continue
            source = repository.source(path)
            if source is None or len(source.raw) > _LARGEST or source.is_pointer:
                continue
            problem = _problem(source)
            if problem:
                yield _finding(source, *problem)


def _finding(source: Source, where: Span, problem: str) -> Finding:
    if source.path.rpartition("/")[2] == _OPTIONAL:
        message = f"{problem}, so transformers generates without the settings of `{source.path}`"
        return Finding(source, where, message, severity="warning")
    return Finding(source, where, f"{problem}, so `from_pretrained` cannot read `{source.path}`")


def _problem(source: Source) -> tuple[Span, str] | None:
    """What is wrong with a JSON file and where; None where Python reads it or it is a template."""
    if source.text.startswith("\ufeff"):
        encoding = "" if source.encoding == "utf-8" else " and is UTF-16"
        return Span(0, 0), f"the file begins with a byte order mark{encoding}, and JSON is UTF-8 without one"
    if not source.is_utf8:
        at = next((index for index, character in enumerate(source.text) if "\ud800" <= character <= "\udfff"), 0)
        return Span(at, at + 1), "the file is not UTF-8"
    text = source.text
    if not text.strip():
        return Span(0, 0), "the file is empty"
    import json

    try:
        json.loads(text)
    except RecursionError:
        return None
    except json.JSONDecodeError as error:
        at = min(error.pos, len(text))
        if text[at : at + 1] in ("}", "]") and text[:at].rstrip().endswith(","):  # Python 3.13 points at the comma
            at = text[:at].rindex(",")
        if "{{" in text[max(at - 2, 0) : at + 2] or "{%" in text[max(at - 2, 0) : at + 2]:
            return None
        return Span(at, min(at + 1, len(text))), f"this is not valid JSON: {_reason(text, at, error.msg)}"
    except ValueError:  # a number of too many digits
        return None
    return None


def _reason(text: str, at: int, message: str) -> str:
    """Why Python stops at an offset, in words for the usual slips."""
    rest = text[at : at + 12].lstrip()
    if text.startswith(("<<<<<<<", "=======", ">>>>>>>"), at):
        return "it has conflict markers of git"
    if rest.startswith(("//", "/*", "#")):
        return "JSON has no comments"
    if rest[:1] == "," and text[at + 1 : at + 200].lstrip()[:1] in ("}", "]"):
        return "a comma stands before a closing bracket"
    if rest[:1] == "'":
        return "JSON takes double quotes only"
    if rest.startswith(("True", "False", "None")):
        return "JSON writes `true`, `false` and `null`"
    if not rest:
        return "it ends too early"
    return message[:1].lower() + message[1:]


def _has_weights(repository: Repository, folder: str) -> bool:
    names = by_name(repository)
    return any(
        f"{folder}{stem}{suffix}" in repository.files
        for stem, suffix in (
            ("model", ".safetensors"),
            ("model.safetensors", ".index.json"),
            ("diffusion_pytorch_model", ".safetensors"),
            ("diffusion_pytorch_model", ".bin"),
            ("adapter_model", ".safetensors"),
            ("adapter_model", ".bin"),
            ("pytorch_model", ".bin"),
            ("pytorch_model.bin", ".index.json"),
        )
    ) or (f"{folder}scheduler_config.json" in repository.files and "model_index.json" in names)


def _is_jsonnet(repository: Repository) -> bool:
    """Whether the configuration is AllenNLP's, which is Jsonnet."""
    return repository.card is not None and repository.card.data.get("library_name") == "allennlp"
