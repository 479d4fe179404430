"""The library that wrote a model repository's files, and which file says so.

`ROWS` is the decision table. Files that contradict each other decide nothing.
"""

from __future__ import annotations

import re

from hublint.model import architectures
from hublint.records import NamedTuple
from hublint.regexes import lazy
from hublint.repository.weights import is_weights

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from hublint.documents.source import Source
    from hublint.repository.repository import Repository

MAX_JSON = 16 * 1024 * 1024

_QUANTIZED = lazy(r"_(?:quantized|q4|q4f16|int8|uint8|bnb4|fp16|q8)\.onnx$")
# Data types that transformers.js names so; optimum writes `_quantized` and others `_int8` as well.
_QUANTIZED_FOR_BROWSERS = lazy(r"_(?:q4|q4f16|uint8|bnb4)\.onnx$", re.MULTILINE)
# Names by which `from_pretrained` looks for weights; `model.bin` is CTranslate2's.
_TRANSFORMERS_WEIGHTS = lazy(
    r"(?:model|pytorch_model|tf_model|flax_model)(?:\.[\w-]+)?(?:-\d{5}-of-\d{5})?\.(?:safetensors|h5|msgpack)$|pytorch_model.*\.bin$"
)
# Endings of the weights of PyTorch, TensorFlow, Flax and Rust, which transformers reads or once read.
_FRAMEWORKS = (".safetensors", ".bin", ".h5", ".msgpack", ".ot", ".pt", ".pth")
# Files of those who load the same weights otherwise: mistral-common with vLLM, NVIDIA's Model Optimizer, ColBERT.
_OTHER_LOADERS = ("tekken.json", "hf_quant_config.json", "artifact.metadata")
_OTHER_LIBRARY = lazy(r"mlx|cross-?encoder|rerank|colbert|splade", re.IGNORECASE)


class Decided(NamedTuple):
    """A value that files decide. `reason` names the file and its fact; `sure` is False where it is only likely."""

    value: str
    path: str
    reason: str
    sure: bool = True


class Row(NamedTuple):
    """One row of the decision table: `path` (a name at the root, or an ending such as `*.nemo`) speaks for `library`.

    `fact` is what is in the file, as people read it; `test` is asked for its JSON, the pattern `text` is sought in its
    text. `over` names libraries whose own files such a repository has as well; `likely` holds for files of which the
    conclusion is only likely; `weights` are the names of what the library loads, where its configuration is what ports
    to other runtimes copy: without such a file beside it the conclusion is only likely.
    """

    library: str
    path: str
    fact: str = ""
    test: Callable[[Any], bool] | None = None
    text: str = ""
    over: tuple[str, ...] = ()
    likely: Callable[[Any], bool] | None = None
    weights: str = ""


def _object(key: str) -> Callable[[Any], bool]:
    return lambda data: isinstance(data, dict) and isinstance(data.get(key), dict)


def _has(*keys: str) -> Callable[[Any], bool]:
    return lambda data: isinstance(data, dict) and all(key in data for key in keys)


def _modules(data: Any) -> bool:
    """Modules of sentence-transformers; PyLate writes them among its own."""
    kinds = [str(module.get("type")) for module in data if isinstance(module, dict)] if isinstance(data, list) else []
    return any(kind.startswith("sentence_transformers.") for kind in kinds) and not any(
        kind.startswith("pylate.") for kind in kinds
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


def _mamba(data: Any) -> bool:
    return _has("ssm_cfg", "d_model", "n_layer")(data) and "model_type" not in data


# Projects whose models inherit diffusers' classes write its version under names of their own.
_DIFFUSERS_MODELS = lazy(
    r"Autoencoder\w+|VQModel|PriorTransformer|\w*(?:ControlNet|UNet|Transformer[23]D)\w*Model|T2IAdapter|MotionAdapter"
)


def _other_model(data: Any) -> bool:
    return not _DIFFUSERS_MODELS.fullmatch(str(data["_class_name"]))


def _other_pipeline(data: Any) -> bool:
    name = data["_class_name"]
    return not isinstance(name, str) or name.startswith(("OV", "ORT", "Neuron", "Gaudi", "IPEX"))


_BELOW = ("transformers",)
_TORCH = r"\.(?:safetensors|bin|pt|pth)$"

# docs/inference.md gives the source of each row.
ROWS = (
    Row("peft", "adapter_config.json", "peft_type", _has("peft_type"), over=_BELOW),
    Row("setfit", "config_setfit.json", over=("sentence-transformers", "transformers")),
    Row("sentence-transformers", "modules.json", "sentence_transformers", _modules, over=("transformers", "peft")),
    Row(
        "sentence-transformers",
        "config.json",
        "sentence_transformers",
        _object("sentence_transformers"),
        over=_BELOW,
        weights=_TORCH,
    ),
    Row(
        "span-marker",
        "config.json",
        "model_type: span-marker",
        _is("model_type", "span-marker"),
        over=_BELOW,
        weights=_TORCH,
    ),
    Row("gliner", "gliner_config.json", over=_BELOW, weights=_TORCH),
    Row(
        "model2vec",
        "config.json",
        "model_type: model2vec",
        _is("model_type", "model2vec"),
        over=_BELOW,
        weights=r"\.safetensors$",
    ),
    Row("chronos-forecasting", "config.json", "chronos_config", _object("chronos_config"), over=_BELOW, weights=_TORCH),
    Row("mlx", "config.json", "quantization.group_size", _mlx, over=_BELOW, weights=r"\.(?:safetensors|npz)$"),
    Row(
        "diffusers",
        "model_index.json",
        "_class_name",
        _has("_class_name", "_diffusers_version"),
        likely=_other_pipeline,
        weights=r"\.safetensors$|(?:^|/)(?!openvino)[^/]*\.bin$|\.(?:ckpt|msgpack)$",
    ),
    Row(
        "diffusers",
        "config.json",
        "_diffusers_version",
        _has("_class_name", "_diffusers_version"),
        likely=_other_model,
        weights=_TORCH,
    ),
    Row("timm", "config.json", "pretrained_cfg", _timm, weights=_TORCH),
    Row("open_clip", "open_clip_config.json", "model_cfg", _has("model_cfg"), weights=_TORCH),
    Row("sklearn", "config.json", "sklearn", _object("sklearn")),
    Row(
        "keras-hub", "config.json", "a class of keras_hub", _begins("module", "keras_hub", "keras_nlp"), over=("keras",)
    ),
    Row("keras", "metadata.json", "keras_version", _has("keras_version")),
    Row("tf-keras", "keras_metadata.pb"),
    Row("spacy", "meta.json", "spacy_version", _has("spacy_version")),
    Row("fastai", "pyproject.toml", "fastai=", text=r'"fastai=\d', weights=r"^model\.pkl$"),
    Row("lerobot", "config.json", "normalization_mapping", _has("normalization_mapping", "input_features")),
    Row("mamba-ssm", "config.json", "ssm_cfg", _mamba, weights=_TORCH),
    Row("sample-factory", "checkpoint_p0/*.pth"),
    Row("ml-agents", "run_logs/training_status.json"),
    Row("stable-baselines3", "*/_stable_baselines3_version"),
    Row("speechbrain", "hyperparams.yaml", "speechbrain", text=r"!(?:new|name|apply):speechbrain\."),
    Row("espnet", "meta.yaml", "espnet", text=r"(?m)^espnet: "),
    Row("pyannote-audio", "config.yaml", "pyannote.audio", text=r"(?:name|_target_): pyannote\.audio\."),
    Row("nemo", "*.nemo"),
    Row("mlc-llm", "mlc-chat-config.json", over=_BELOW),
    Row("unity-sentis", "*.sentis"),
    Row("litert-lm", "*.litertlm"),
    Row("rkllm", "*.rkllm"),
    Row("saelens", "*sae_weights.safetensors"),
)
# Keras: cards of 2022 that do not name it were shown with it, by their SavedModel.
_FOUND_BY_HUB = frozenset(("nemo", "tf-keras"))


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
    return repository.once(_weights)


def _weights(repository: Repository) -> list[str]:
    return [path for path in repository.files if is_weights(path)]


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
    """Whether the Hub finds that library by its files.

    Source: https://huggingface.co/docs/hub/model-cards#specifying-a-library (2026-08); stable-diffusion-xl-base-1.0,
    whose card names none, is shown with `diffusers` and the class in its model_index.json (crawl of 2026-08).
    """
    return library.value in _FOUND_BY_HUB or library.path == "model_index.json"


def _judge(repository: Repository, row: Row) -> Decided | None:
    path = _matching(repository, row.path)
    if path is None:
        return None
    data = repository.parsed(path, parse_json) if row.test is not None else None
    if row.test is not None and not row.test(data):
        return None
    if row.text:
        source = repository.source(path)
        if source is None or source.is_binary or not re.search(row.text, source.text[:200_000]):
            return None
    sure = not (row.likely is not None and row.likely(data)) and (
        not row.weights or any(re.search(row.weights, path) for path in weights_of(repository))
    )
    return Decided(row.library, path, f"{path} has `{row.fact}`" if row.fact else f"there is {path}", sure)


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
    if weights and all(path.endswith(".onnx") for path in weights):
        return _transformers_js(weights)
    if weights and not any(path.endswith(_FRAMEWORKS) and "openvino" not in path for path in weights):
        return None
    fact = f"config.json names {names[0]}" if names else f"config.json has `model_type: {model_type}`"
    sure = (
        any(_TRANSFORMERS_WEIGHTS.match(path) for path in weights)
        and not any(name in repository.files for name in _OTHER_LOADERS)
        and not _OTHER_LIBRARY.search(f"{repository.repo_id}\n{repository.name}")
        and _is_transformers_model(config, model_type, names)
    )
    return Decided("transformers", "config.json", fact, sure)


def _transformers_js(weights: list[str]) -> Decided | None:
    """What ONNX weights alone say: transformers.js loads quantized ones from the folder onnx."""
    quantized = next((path for path in weights if path.startswith("onnx/") and _QUANTIZED.search(path)), None)
    if quantized is None:
        return None
    sure = bool(_QUANTIZED_FOR_BROWSERS.search("\n".join(weights)))
    told = f"all weights are ONNX in the folder onnx, {quantized} for one"
    return Decided("transformers.js", quantized, told, sure)


def _is_transformers_model(config: dict[str, Any], model_type: str, names: list[str]) -> bool:
    """Whether the class is transformers' own, by the model type that it begins with, or comes with its code."""
    if isinstance(config.get("auto_map"), dict):
        return True
    from hublint.model.transformers_types import MODEL_TYPES

    if model_type not in MODEL_TYPES or _is_library(model_type):
        return False
    begins = re.sub(r"_(?:text|vision|audio)(?:_model|_encoder)?$|[^a-z0-9]", "", model_type.lower())
    plain = [name.lower().replace("_", "").removeprefix("tf").removeprefix("flax") for name in names]
    return all(name.startswith(begins) for name in plain)


def _is_library(name: str) -> bool:
    """Whether a model type has a library of that name on the Hub, which may have written the file."""
    import hublint_schemas

    return name in hublint_schemas.table("libraries")["libraries"]


def quantization_of(config: dict[str, Any]) -> str:
    """The method in a config.json's `quantization_config`, in lower case; empty where there is none."""
    quantization = config.get("quantization_config")
    method = quantization.get("quant_method") if isinstance(quantization, dict) else None
    return method.lower() if isinstance(method, str) else ""
