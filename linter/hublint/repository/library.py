"""The library that wrote a model repository's files, and which file says so.

`ROWS` is the decision table. Files that contradict each other decide nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from hublint.repository import architectures

if TYPE_CHECKING:
    from collections.abc import Callable

    from hublint.documents.source import Source
    from hublint.repository.repository import Repository

MAX_JSON = 16 * 1024 * 1024

WEIGHTS = re.compile(
    r"\.(?:safetensors|gguf|ggml|bin|pt|pth|ckpt|onnx|h5|msgpack|keras|tflite|nemo|mlmodel|mlpackage/.*|joblib|pkl|skops|pdparams"
    r"|npz|engine|rkllm|litertlm|sentis|mxq|pte|ot|llamafile)$"
)
_NO_WEIGHTS = re.compile(
    r"(?:^|/)(?:optimizer|scheduler|scaler|rng_state|training_args|random_states|imatrix|tokenizer|vocab|spm)[^/]*$"
    r"|(?:^|/)(?:venv|\.venv|node_modules|__pycache__)/|^runs/"
)
_QUANTIZED = re.compile(r"_(?:quantized|q4|q4f16|int8|uint8|bnb4|fp16|q8)\.onnx$")


class Decided(NamedTuple):
    """A value that files decide. `reason` names the file and its fact; `sure` is False where it is only likely."""

    value: str
    path: str
    reason: str
    sure: bool = True


class Row(NamedTuple):
    """One row of the decision table: `path` (a name at the root, or an ending such as `*.nemo`) speaks for `library`.

    `fact` is what is in the file, as people read it; `test` is asked for its JSON, `text` is sought in its text. `over`
    names libraries whose own files such a repository has as well; `sure` is False for files that were not read in the
    library itself.
    """

    library: str
    path: str
    fact: str = ""
    test: Callable[[Any], bool] | None = None
    text: str = ""
    over: tuple[str, ...] = ()
    sure: bool = True


def _object(key: str) -> Callable[[Any], bool]:
    return lambda data: isinstance(data, dict) and isinstance(data.get(key), dict)


def _has(*keys: str) -> Callable[[Any], bool]:
    return lambda data: isinstance(data, dict) and all(key in data for key in keys)


def _modules(data: Any) -> bool:
    return isinstance(data, list) and any(
        isinstance(module, dict) and str(module.get("type")).startswith("sentence_transformers.") for module in data
    )


def _is(key: str, value: str) -> Callable[[Any], bool]:
    return lambda data: isinstance(data, dict) and data.get(key) == value


def _begins(key: str, *starts: str) -> Callable[[Any], bool]:
    return lambda data: isinstance(data, dict) and isinstance(data.get(key), str) and data[key].startswith(starts)


def _mlx(data: Any) -> bool:
    quantization = data.get("quantization") if isinstance(data, dict) else None
    return isinstance(quantization, dict) and "group_size" in quantization and "bits" in quantization


def _timm(data: Any) -> bool:
    return _has("architecture", "pretrained_cfg")(data) and "model_type" not in data


_BELOW = ("transformers",)

# Sources: what the libraries' own `save_pretrained` and `push_to_hub` write, read in PyPI transformers 5.23.0,
# diffusers 0.42.1, sentence-transformers 6.2.0, setfit 1.2.0, span-marker 1.8.1, gliner 0.2.29, model2vec 0.10.0,
# timm 1.0.31, open-clip-torch 3.3.0, mlx-lm 0.32.2, lerobot 0.4.4 and the documentation of skops' hub module; the files
# by which the Hub counts a library's downloads (npm @huggingface/tasks 0.21.54), which alone make a row unsure.
ROWS = (
    Row("peft", "adapter_config.json", "peft_type", _has("peft_type"), over=_BELOW),
    Row(
        "setfit",
        "config_setfit.json",
        over=("sentence-transformers", "transformers"),
    ),
    Row("sentence-transformers", "modules.json", "sentence_transformers", _modules, over=("transformers", "peft")),
    Row(
        "sentence-transformers",
        "config.json",
        "sentence_transformers",
        _object("sentence_transformers"),
        over=_BELOW,
    ),
    Row(
        "span-marker",
        "config.json",
        "model_type: span-marker",
        _is("model_type", "span-marker"),
        over=_BELOW,
    ),
    Row("gliner", "gliner_config.json", over=_BELOW),
    Row("model2vec", "config.json", "model_type: model2vec", _is("model_type", "model2vec"), over=_BELOW),
    Row("chronos-forecasting", "config.json", "chronos_config", _has("chronos_config"), over=_BELOW, sure=False),
    Row("mlx", "config.json", "quantization.group_size", _mlx, over=_BELOW),
    Row("diffusers", "model_index.json", "_class_name", _has("_class_name", "_diffusers_version")),
    Row("diffusers", "config.json", "_diffusers_version", _has("_class_name", "_diffusers_version")),
    Row("timm", "config.json", "pretrained_cfg", _timm),
    Row("open_clip", "open_clip_config.json", "model_cfg", _has("model_cfg")),
    Row(
        "sklearn",
        "config.json",
        "sklearn",
        _object("sklearn"),
    ),
    Row(
        "keras-hub", "config.json", "a class of keras_hub", _begins("module", "keras_hub", "keras_nlp"), over=("keras",)
    ),
    Row("keras", "metadata.json", "keras_version", _has("keras_version")),
    Row("tf-keras", "keras_metadata.pb"),
    Row("spacy", "meta.json", "spacy_version", _has("spacy_version")),
    Row("fastai", "pyproject.toml", "fastai", text="fastai", sure=False),
    Row(
        "lerobot",
        "config.json",
        "normalization_mapping",
        _has("normalization_mapping", "input_features"),
    ),
    Row("allennlp", "config.json", "dataset_reader", _has("dataset_reader", "model"), sure=False),
    Row("mamba-ssm", "config.json", "ssm_cfg", _has("ssm_cfg", "d_model"), sure=False),
    Row("pythae", "environment.json", "name: EnvironmentConfig", _is("name", "EnvironmentConfig"), sure=False),
    Row("paddlenlp", "config.json", "paddlenlp_version", _has("paddlenlp_version"), over=_BELOW, sure=False),
    Row("sample-factory", "checkpoint_p0/*", sure=False),
    Row("ml-agents", "run_logs/training_status.json", sure=False),
    Row("stable-baselines3", "*/_stable_baselines3_version", sure=False),
    Row("speechbrain", "hyperparams.yaml", "speechbrain", text="speechbrain.", sure=False),
    Row("espnet", "meta.yaml", "espnet", text="espnet: ", sure=False),
    Row("pyannote-audio", "config.yaml", "pyannote.audio", text="pyannote.audio", sure=False),
    Row("nemo", "*.nemo"),
    Row("mlc-llm", "mlc-chat-config.json", over=_BELOW, sure=False),
    Row("unity-sentis", "*.sentis", sure=False),
    Row("litert-lm", "*.litertlm", sure=False),
    Row("rkllm", "*.rkllm", sure=False),
    Row("saelens", "sae_weights.safetensors", sure=False),
)
_FOUND_BY_HUB = frozenset(("nemo",))


def parse_json(source: Source) -> Any:
    """A JSON file's data; None where it is none, nested beyond all reason or huge."""
    import json

    if len(source.raw) > MAX_JSON:
        return None
    try:
        return json.loads(source.text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return None


def read_json(repository: Repository, path: str) -> dict[str, Any]:
    """The object in a JSON file; empty where there is none to be read."""
    data = repository.parsed(path, parse_json)
    return data if isinstance(data, dict) else {}


def weights_of(repository: Repository) -> list[str]:
    """Paths of the files that hold weights; what a training run leaves beside them is left out."""
    return [path for path in repository.files if WEIGHTS.search(path) and not _NO_WEIGHTS.search(path)]


def is_adapter(repository: Repository) -> bool:
    """Whether the repository holds an adapter of another model."""
    return "adapter_config.json" in repository.files or any(
        path.startswith(("adapter_model.", "pytorch_lora_weights.")) for path in repository.files
    )


def is_gguf_only(repository: Repository) -> bool:
    """Whether all weights are llama.cpp's."""
    weights = weights_of(repository)
    return bool(weights) and all(path.lower().endswith(".gguf") for path in weights)


def library_of(repository: Repository) -> Decided | None:
    """The library that wrote the repository's files, as the Hub names it."""
    found: dict[str, Decided] = {}
    outranked: set[str] = set()
    for row in ROWS:
        decided = _judge(repository, row)
        if decided is not None:
            found.setdefault(row.library, decided)
            outranked.update(row.over)
    transformers = _transformers(repository)
    if transformers is not None:
        found.setdefault(transformers.value, transformers)
    left = [decided for library, decided in found.items() if library not in outranked]
    return left[0] if len(left) == 1 else None


def is_found_by_hub(library: Decided) -> bool:
    """Whether the Hub is documented to find that library by its files.

    Source: https://huggingface.co/docs/hub/model-cards#specifying-a-library (2026-08).
    """
    return library.value in _FOUND_BY_HUB


def _judge(repository: Repository, row: Row) -> Decided | None:
    path = _matching(repository, row.path)
    if path is None:
        return None
    if row.test is not None and not row.test(repository.parsed(path, parse_json)):
        return None
    if row.text:
        source = repository.source(path)
        if source is None or source.is_binary or row.text not in source.text[:200_000]:
            return None
    return Decided(row.library, path, f"{path} has `{row.fact}`" if row.fact else f"there is {path}", row.sure)


def _matching(repository: Repository, pattern: str) -> str | None:
    if "*" not in pattern:
        return pattern if pattern in repository.files else None
    start, _, end = pattern.partition("*")
    return next((path for path in repository.files if path.startswith(start) and path.endswith(end)), None)


def _transformers(repository: Repository) -> Decided | None:
    """A config.json as transformers writes it, beside weights that transformers or transformers.js loads."""
    config = read_json(repository, "config.json")
    model_type = config.get("model_type")
    names = architectures.architectures_of(config)
    if not isinstance(model_type, str) or not (names or isinstance(config.get("transformers_version"), str)):
        return None
    method = quantization_of(config)
    if method.startswith("exl"):
        return None
    weights = weights_of(repository)
    fact = f"config.json names {names[0]}" if names else f"config.json has `model_type: {model_type}`"
    if weights and all(path.endswith(".onnx") for path in weights):
        quantized = next((path for path in weights if path.startswith("onnx/") and _QUANTIZED.search(path)), None)
        if quantized is None:
            return None
        return Decided("transformers.js", quantized, f"all weights are ONNX in the folder onnx, {quantized} for one")
    if weights and not any(
        path.endswith((".safetensors", ".bin", ".h5", ".msgpack", ".ot", ".pt", ".pth")) and "openvino" not in path
        for path in weights
    ):
        return None
    from hublint.repository.transformers_types import MODEL_TYPES

    remote = isinstance(config.get("auto_map"), dict)
    sure = remote or (model_type in MODEL_TYPES and not _is_library(model_type))
    return Decided("transformers", "config.json", fact, sure)


def _is_library(name: str) -> bool:
    """Whether a model type has a library of that name on the Hub, which may have written the file."""
    import hublint_schemas

    return name in hublint_schemas.table("libraries")["libraries"]


def quantization_of(config: dict[str, Any]) -> str:
    """The method in a config.json's `quantization_config`, in lower case; empty where there is none."""
    quantization = config.get("quantization_config")
    method = quantization.get("quant_method") if isinstance(quantization, dict) else None
    return method.lower() if isinstance(method, str) else ""
