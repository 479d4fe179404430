"""Files that nothing names but that a library asks for when it loads a model.

Sources (PyPI, read 2026-11): transformers 5.24.0 (modeling_utils.py, models/auto/), peft 0.21.2 (config.py),
sentence-transformers 6.2.0 (base/model.py). What may come from elsewhere - the base model, a subfolder, code of the
repository's own - is taken to be there.
"""

from __future__ import annotations

import re

from hublint.model import architectures, library
from hublint.model.transformers_types import MODEL_TYPES
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

# Weights that `from_pretrained` looks for in a folder, whole, in shards or as a variant.
_TRANSFORMERS = lazy(
    r"(?:model(?:\.[\w-]+)?(?:-\d{5}-of-\d{5})?\.safetensors|pytorch_model(?:\.[\w-]+)?(?:-\d{5}-of-\d{5})?\.bin"
    r"|model\.safetensors\.index(?:\.\w+)?\.json|pytorch_model\.bin\.index(?:\.\w+)?\.json)"
)
_ADAPTERS = lazy(r"adapter_model(?:-\d{5}-of-\d{5})?\.(?:safetensors|bin)")
# Names that hint at a tokenizer or a vocabulary of whatever kind, in any folder, and those that hold no vocabulary.
_TOKENIZERS = lazy(
    r"tokeni[sz]|vocab|merges|spiece|sentencepiece|tekken|\.(?:model|spm|tiktoken|bpe|vocab|codes|dict)$|dict\.txt$",
    re.IGNORECASE | re.MULTILINE,
)
_NO_VOCABULARY = frozenset(("tokenizer_config.json", "special_tokens_map.json"))
# Tokenizers that answer nonsense, or raise, without a vocabulary (run with each, 2026-11-29).
_NEEDING = lazy(
    r"(?:(?:Bert|DistilBert|Roberta|XLMRoberta|Bart|GPT2|Qwen2|Llama|Gemma|T5|DebertaV2|MBart50)Tokenizer(?:Fast)?"
    r"|PreTrainedTokenizerFast|TokenizersBackend)"
)
_PROCESSORS = lazy(r"processor|feature_extract|image_process|mmproj", re.IGNORECASE)
# What loads the same files in another way, or is only a part of a model.
_OTHERWISE = lazy(
    r"^(?:params\.json|consolidated[^/]*|open_clip[^/]*|modules\.json|model_index\.json|adapter_config\.json"
    r"|quantize_config\.json|shared_vocabulary[^/]*|openvino[^/]*|[^/]*\.gguf|[^/]*\.onnx|[^/]*\.nemo|[^/]*\.mlmodel"
    r"|[^/]*\.py|onnx/.*|hyperparams\.yaml|mergekit[^/]*)$",
    re.IGNORECASE | re.MULTILINE,
)
_PARTS = lazy(
    r"eagle|draft|medusa|specul|\bmtp\b|head|encoder|decoder|expert|delta|diff|patch|lora|adapter|vae|probe", re.I
)
# Types whose tokenizer needs no file, or works on characters and bytes.
_WITHOUT_VOCABULARY = frozenset(("canine", "perceiver", "byt5", "bytelatent", "blt", "esm", "mamba"))
_TEXT_TASKS = frozenset(
    "text-generation fill-mask token-classification text-classification question-answering multiple-choice "
    "translation summarization".split()
)
_SEQUENCES = lazy(
    r"(?:T5|MT5|Bart|MBart|Pegasus|Marian|M2M100|LED|BigBirdPegasus|LongT5)(?:MTModel|ForConditionalGeneration)"
)
_SEEN_OR_HEARD = lazy(
    r"(?:ViT|DeiT|Swin|Swinv2|Beit|ConvNext|ConvNextV2|ResNet|MobileNetV[12]|MobileViT|MobileViTV2|EfficientNet|LeViT|Dinov2"
    r"|RegNet|PoolFormer|CvT|Segformer|Detr|ConditionalDetr|DeformableDetr|RTDetr|Yolos|TableTransformer|Mask2Former"
    r"|MaskFormer|DPT|GLPN|DepthAnything|VideoMAE|Timesformer|Wav2Vec2|Wav2Vec2Bert|Wav2Vec2Conformer|Hubert|WavLM"
    r"|UniSpeech|UniSpeechSat|SEW|SEWD|ASTFor|AST|Whisper)"
    r"For(?:ImageClassification|ObjectDetection|SemanticSegmentation|UniversalSegmentation|InstanceSegmentation"
    r"|DepthEstimation|VideoClassification|CTC|AudioClassification|SequenceClassification|ConditionalGeneration)"
)
_VISION_TENSOR = lazy(r"^(?:model\.)?(?:visual|vision_tower|vision_model|image_newline|vision_embed_tokens)\b")


def weights_at_root(repository: Repository) -> list[str]:
    """The weights that lie in no folder."""
    return [path for path in library.weights_of(repository) if "/" not in path]


def has_transformers_weights(repository: Repository) -> bool:
    """Whether weights lie at the root under a name that `from_pretrained` of transformers looks for."""
    return any(_TRANSFORMERS.fullmatch(path) for path in weights_at_root(repository))


def is_loaded_otherwise(repository: Repository) -> bool:
    """Whether files hint at another way in, or at an own one, than `from_pretrained` with config.json and weights."""
    return _OTHERWISE.search("\n".join(repository.files)) is not None


def adapters_without_config(repository: Repository) -> list[str]:
    """Adapter weights of peft with no adapter_config.json anywhere."""
    if any(path.rpartition("/")[2] == "adapter_config.json" for path in repository.files):
        return []
    return [path for path in repository.files if "/" not in path and _ADAPTERS.fullmatch(path)]


def lacks_tokenizer(repository: Repository) -> str:
    """The class of a text model that has weights but no file of a tokenizer; empty where that is not sure."""
    name = _native_class(repository)
    if not name or _has_vocabulary(repository):
        return ""
    config = library.read_json(repository, "config.json")
    if str(config.get("model_type")) in _WITHOUT_VOCABULARY or _is_bytes(config):
        return ""
    task = architectures.task_of(config)
    is_text = (task is not None and task[0] in _TEXT_TASKS) or _SEQUENCES.fullmatch(name) is not None
    return name if is_text else ""


def _has_vocabulary(repository: Repository) -> bool:
    """Whether there may be a tokenizer with all that it needs, in any folder."""
    named = [path for path in repository.files if _TOKENIZERS.search(path)]
    if not named or not _NO_VOCABULARY.issuperset(named):
        return bool(named)
    config = library.read_json(repository, "tokenizer_config.json")
    kind = config.get("tokenizer_class")
    return not isinstance(kind, str) or not _NEEDING.fullmatch(kind) or "auto_map" in config


def lacks_processor(repository: Repository) -> str:
    """The class of a model of pictures or sound that has weights but no preprocessor; empty where that is not sure."""
    name = _native_class(repository)
    if not name or _PROCESSORS.search("\n".join(repository.files)):
        return ""
    if _SEEN_OR_HEARD.fullmatch(name):
        return name
    config = library.read_json(repository, "config.json")
    return name if architectures.vision_fact(config) is not None and _has_vision_weights(repository) else ""


def is_bare_encoder(repository: Repository) -> bool:
    """Whether config.json has one class without a head, such as BertModel, which sentence-transformers pools itself."""
    name = _native_class(repository)
    return name.endswith("Model") and "sentence_transformers" not in library.read_json(repository, "config.json")


def odd_weights(repository: Repository) -> list[str]:
    """The weights at the root, where a config.json of transformers is there and none has a name it looks for."""
    if not _native_class(repository, with_weights=False) or _is_quantized(repository):
        return []
    weights = weights_at_root(repository)
    is_odd = weights and all(path.endswith((".safetensors", ".bin")) for path in weights)
    return weights if is_odd and not any(map(_TRANSFORMERS.fullmatch, repository.files)) else []


def _native_class(repository: Repository, with_weights: bool = True) -> str:
    """The one class of a transformers config.json that transformers has itself, beside its weights; else empty."""
    config = library.read_json(repository, "config.json")
    names = architectures.architectures_of(config)
    model_type = config.get("model_type")
    if len(names) != 1 or not isinstance(model_type, str) or model_type not in MODEL_TYPES or "auto_map" in config:
        return ""
    if is_loaded_otherwise(repository) or (with_weights and not has_transformers_weights(repository)):
        return ""
    if _PARTS.search(f"{repository.repo_id} {repository.name}") or config.get("num_hidden_layers") == 1:
        return ""
    return names[0]


def _is_quantized(repository: Repository) -> bool:
    return bool(library.quantization_of(library.read_json(repository, "config.json")))


def _is_bytes(config: dict[str, object]) -> bool:
    """Whether a T5 is a ByT5, whose vocabulary are the bytes."""
    kind = config.get("tokenizer_class")
    return config.get("vocab_size") == 384 or (isinstance(kind, str) and kind.startswith("ByT5"))


def _has_vision_weights(repository: Repository) -> bool:
    """Whether the part that sees is among the weights, by the index or the header of the one file."""
    return any(map(_VISION_TENSOR.search, _tensors(repository)))


def _tensors(repository: Repository) -> Iterator[str]:
    weights = library.read_json(repository, "model.safetensors.index.json").get("weight_map")
    if isinstance(weights, dict):
        yield from weights
    elif "model.safetensors" in repository.files:
        from hublint.repository.marks import safetensors_header

        header = safetensors_header(repository, "model.safetensors")
        yield from header.tensors if header is not None else ()
