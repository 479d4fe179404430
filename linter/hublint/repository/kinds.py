"""What kind of Hub repository a set of files is, and why one may think so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from hublint.regexes import lazy

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from hublint.documents.card import Card
    from hublint_schemas import Kind

# Sources of the keys: facts on Space configuration, model cards and dataset cards (hub-docs, 2026-08).
_SPACE = frozenset(
    (
        "sdk sdk_version app_file app_port app_build_command colorFrom colorTo python_version suggested_hardware "
        "hf_oauth hf_oauth_scopes short_description fullWidth custom_headers preload_from_hub "
        "startup_duration_timeout disable_embedding"
    ).split()
)
_DATASET = frozenset(
    (
        "dataset_info configs task_categories task_ids size_categories annotations_creators language_creators "
        "multilinguality source_datasets pretty_name train-eval-index paperswithcode_id config_names viewer"
    ).split()
) | {"YAML tags"}
_MODEL = frozenset(
    (
        "pipeline_tag library_name base_model base_model_relation model-index widget co2_eq_emissions inference "
        "new_version metrics mask_token instance_prompt model_name"
    ).split()
)
# Shared or too common to decide alone; together with nothing foreign they make a model card.
_WEAK = frozenset(
    "language license license_name license_link datasets thumbnail tags licence language_bcp47 arxiv".split()
)
_WEAK_DECIDES = frozenset("language license datasets licence".split())
# Words that pages of other tools have among their own keys.
_COMMON = frozenset("configs viewer metrics inference widget model_name".split())
_SDKS = frozenset("gradio docker static streamlit".split())
# What builds, serves or starts a program lies at the root of a program that brings a model along.
_PROGRAM = frozenset(
    (
        "pyproject.toml setup.py setup.cfg MANIFEST.in Makefile CMakeLists.txt Cargo.toml go.mod pom.xml package.json "
        "app.py main.py server.py api.py manage.py streamlit_app.py index.html Procfile netlify.toml vercel.json "
        "Dockerfile docker-compose.yml docker-compose.yaml compose.yml compose.yaml"
    ).split()
)

_KEY = lazy(r"^([A-Za-z][\w .-]*?)[ \t]*:(?=\s|$)", re.MULTILINE)
_SCANNED = 20_000

WEIGHTS = lazy(r"\.(?:safetensors|gguf|bin|pt|pth|ckpt|onnx|h5|msgpack|keras|tflite|nemo|mlmodel|joblib|pkl)$")
_WEIGHT_NAMES = lazy(
    r"(?:^|/)(?:pytorch_model|model|adapter_model|diffusion_pytorch_model|tf_model|flax_model|open_clip_)[^/]*$"
)
_TABLES = lazy(r"\.(?:parquet|arrow)$")


class Evidence(NamedTuple):
    """A kind and the reason for it, as shown to people."""

    kind: Kind
    reason: str


def metadata_keys(card: Card) -> list[str]:
    """Top-level keys of a README's metadata; read line by line where it is no valid YAML or the fences are off."""
    if card.metadata is not None:
        return [entry.name for entry in card.metadata]
    if card.block is not None:
        text = card.text[card.block.content.start : card.block.content.end]
    else:
        from hublint.documents.near_miss import near_miss

        miss = near_miss(card.text)
        if miss is None:
            return []
        text = card.text[miss.content.start : miss.content.end]
    return _KEY.findall(text[:_SCANNED])


def kind_of_metadata(keys: Collection[str], data: Mapping[str, Any], files: Collection[str]) -> Evidence | None:
    """The kind that a README's metadata keys speak for, None where they are not the Hub's."""
    space, dataset, model = ([key for key in keys if key in known] for known in (_SPACE, _DATASET, _MODEL))
    sdk = data.get("sdk")
    if "sdk" in space and (len(space) > 1 or "emoji" in keys or not isinstance(sdk, str) or sdk.lower() in _SDKS):
        return Evidence("space", f"`sdk: {sdk}` in README.md" if isinstance(sdk, str) else "`sdk` in README.md")
    if len(space) >= 2:
        return Evidence("space", f"`{space[0]}` and `{space[1]}` in README.md")
    telling = [key for key in keys if key in _WEAK_DECIDES or (key in _DATASET | _MODEL and key not in _COMMON)]
    if (dataset or model) and (telling or all(key in _DATASET | _MODEL | _WEAK for key in keys)):
        if len(dataset) > len(model) or (len(dataset) == len(model) and not any(map(WEIGHTS.search, files))):
            return Evidence("dataset", f"`{dataset[0]}` in README.md")
        return Evidence("model", f"`{model[0]}` in README.md")
    weak = [key for key in keys if key in _WEAK_DECIDES]
    if weak and all(key in _WEAK for key in keys):
        if any(map(_TABLES.search, files)) and not any(map(WEIGHTS.search, files)):
            return Evidence("dataset", f"`{weak[0]}` in README.md, and Parquet files")
        return Evidence("model", f"`{weak[0]}` in README.md")
    return None


def kind_of_files(files: Collection[str]) -> Evidence | None:
    """The kind that files alone speak for: weights beside the configuration that a library wrote for them."""
    names = {path for path in files if "/" not in path}
    if not names.isdisjoint(_PROGRAM):
        return None
    weights = any(WEIGHTS.search(name) and _WEIGHT_NAMES.search(name) for name in names)
    for marker in ("adapter_config.json", "config.json", "config_sentence_transformers.json"):
        if marker in names and weights:
            return Evidence("model", f"{marker} beside weights")
    if "model_index.json" in names and any(WEIGHTS.search(path) for path in files):
        return Evidence("model", "model_index.json beside weights")
    ggufs = [name for name in names if name.endswith(".gguf")]
    if ggufs and not any(name.endswith((".py", ".toml", ".cpp", ".c", ".js")) for name in names):
        return Evidence("model", f"{min(ggufs)}")
    return None
