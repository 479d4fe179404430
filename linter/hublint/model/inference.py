"""What a model repository's files say about its task, its base model and whether it sees, and which file says so."""

from __future__ import annotations

import re

from hublint.model import architectures
from hublint.model.hub_ids import is_in_folder, is_repo_id
from hublint.model.library import Decided, is_adapter, is_gguf_only, library_of, quantization_of, read_json, weights_of
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.repository.repository import Repository

_TASKS = {
    "setfit": "text-classification",
    "span-marker": "token-classification",
    "gliner": "token-classification",
    "lerobot": "robotics",
    "stable-baselines3": "reinforcement-learning",
    "sample-factory": "reinforcement-learning",
    "ml-agents": "reinforcement-learning",
    "chronos-forecasting": "time-series-forecasting",
}
_SENTENCE_TASKS = {
    "SentenceTransformer": "sentence-similarity",
    "SparseEncoder": "feature-extraction",
    "MultiVectorEncoder": "feature-extraction",
}
_OTHER_USES = lazy(
    r"embed|rerank|retriev|reward|similarity|feature-extraction|text-ranking|colbert|splade|cross-encoder"
    r"|zero[-_ ]?shot|[-_/]x?nli(?![a-z])|mnli|[-_/]stsb?(?![a-z])|text-to-speech|\btts\b|speech|audio|protein"
    r"|molecule|\bdna\b|robotics|translation|summariz"
)


def pipeline_tag_of(repository: Repository) -> Decided | None:
    """The task that the files decide; a hint at another use in names and tags leaves it open."""
    library = library_of(repository)
    if library is None or is_gguf_only(repository):
        return None
    if library.value == "sentence-transformers":
        path = "config_sentence_transformers.json"
        kind = read_json(repository, path).get("model_type")
        task = _SENTENCE_TASKS.get(kind) if isinstance(kind, str) else None
        return Decided(task, path, f"{path} has `model_type: {kind}`") if task else None
    if library.value == "diffusers":
        name = read_json(repository, "model_index.json").get("_class_name")
        task = architectures.task_of_pipeline(name) if isinstance(name, str) else None
        return Decided(task, "model_index.json", f"model_index.json names {name}") if task else None
    if library.value == "sklearn":
        skops = read_json(repository, "config.json").get("sklearn")
        task = skops.get("task") if isinstance(skops, dict) else None
        if task in ("tabular-classification", "tabular-regression", "text-classification"):
            return Decided(task, "config.json", f"config.json has `task: {task}`")
        return None
    if library.value in ("transformers", "transformers.js", "mlx"):
        found = architectures.task_of(read_json(repository, "config.json"))
        if found is None or _OTHER_USES.search(_words(repository)):
            return None
        return Decided(found[0], "config.json", f"config.json names {found[1]}", library.sure)
    fixed = _TASKS.get(library.value)
    return Decided(fixed, library.path, library.reason) if fixed else None


def _words(repository: Repository) -> str:
    """Names and tags that hint at the use of a model, in lower case."""
    data = repository.card.data if repository.card else {}
    words = [repository.repo_id, repository.name]
    for key in ("base_model", "tags", "model_name"):
        value = data.get(key)
        words += [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]
    return "\n".join(words)[:20_000].lower()


def base_model_of(repository: Repository) -> Decided | None:
    """The model on the Hub that an adapter belongs to; None for a folder of the machine that trained it.

    Source: `base_model_name_or_path` as PyPI peft writes it, which is whatever was given to `from_pretrained`.
    """
    name = read_json(repository, "adapter_config.json").get("base_model_name_or_path")
    if not isinstance(name, str) or "/" not in name or not is_repo_id(name) or is_in_folder(name):
        return None
    return Decided(name, "adapter_config.json", f"adapter_config.json has `base_model_name_or_path: {name}`")


def relation_of(repository: Repository) -> Decided | None:
    """How the repository's model relates to its base model: `adapter`, `quantized` or `merge`.

    Source: https://huggingface.co/docs/hub/model-cards#specifying-a-base-model; formats that models are released in at
    first hand (fp8, mxfp4, compressed-tensors) decide nothing.
    """
    if is_adapter(repository):
        path = next(path for path in repository.files if path.startswith(("adapter_", "pytorch_lora_weights.")))
        return Decided("adapter", path, f"there is {path}")
    method = quantization_of(read_json(repository, "config.json"))
    if method in ("awq", "gptq", "exl2", "exl3", "hqq", "aqlm", "vptq", "spqr", "eetq"):
        return Decided("quantized", "config.json", f"config.json has `quant_method: {method}`")
    if is_gguf_only(repository):
        path = weights_of(repository)[0]
        return Decided("quantized", path, f"there is {path}", False)
    for path in ("mergekit_config.yml", "mergekit_config.yaml"):
        if path in repository.files:
            return Decided("merge", path, f"there is {path}")
    return None


def vision_language_of(repository: Repository) -> Decided | None:
    """Why the repository's model writes text about pictures; `value` is the task that fits it.

    config.json decides, unless the weights' index shows that only the language part is there; without any processor
    that is not sure. Without one the names of the base models do, where all are unmistakable, or GGUF's own part that
    sees, unless a name or tag says that it hears.
    """
    if re.search(r"embed|rerank|retriev|reward|similarity|feature-extraction|text-ranking", _words(repository)):
        return None
    if "modules.json" in repository.files:
        return None
    task = "image-text-to-text"
    sees = ""
    if is_gguf_only(repository):
        sees = next((path for path in weights_of(repository) if "mmproj" in path.lower()), "")
        if not sees:
            return None
    elif "config.json" in repository.files:
        config = read_json(repository, "config.json")
        fact = architectures.vision_fact(config)
        if fact is None or architectures.is_captioner(config) or _is_language_part(repository):
            return None
        if weights_of(repository) and not any(name in repository.files for name in _PROCESSORS):
            if not architectures.has_vision_part(config) or "text-only" in _words(repository):
                return None
            return Decided(task, "config.json", fact, False)
        return Decided(task, "config.json", fact)
    bases = _bases(repository)
    if bases and all(map(architectures.is_vision_language_name, bases)):
        return Decided(task, "README.md", f"its base model is {bases[0]}")
    if sees and not _HEARS.search("\n".join((_words(repository), *weights_of(repository))).lower()):
        return Decided(task, sees, f"{sees} is the part of a model that sees")
    return None


def _bases(repository: Repository) -> list[str]:
    given = repository.card.data.get("base_model") if repository.card else None
    bases = given if isinstance(given, list) else [given]
    return [base for base in bases if isinstance(base, str)]


def _is_language_part(repository: Repository) -> bool:
    """Whether weights are there but none of a part that sees."""
    keys = read_json(repository, "model.safetensors.index.json").get("weight_map")
    return isinstance(keys, dict) and bool(keys) and not any(_VISION_WEIGHTS.search(key) for key in keys)


_PROCESSORS = ("preprocessor_config.json", "processor_config.json", "image_processor_config.json")
# Models whose `mmproj` hears, or may.
_HEARS = lazy(r"audio|ultravox|voxtral|omni|whisper|speech|\basr\b|granite-speech|music")
_VISION_WEIGHTS = lazy(r"vis|image|img|vit\b|patch|visual|siglip|clip|mm_proj|multi_modal")
