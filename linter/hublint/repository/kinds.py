"""What kind of Hub repository a set of files is, and why one may think so."""

from __future__ import annotations

import re

from hublint.records import NamedTuple
from hublint.regexes import lazy
from hublint_schemas import keys, own_keys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import Any

    from hublint.documents.card import Card
    from hublint_schemas import Kind

# Keys that pages of other tools have as well; they count beside others only.
_COMMON = frozenset(
    "base_path benchmark buckets configs emoji inference metaTitle metrics model_name model_type pinned viewer "
    "widget".split()
)
# Keys that few cards of the Hub have, and pages of other tools as well: they tell nothing.
_RARE = frozenset("benchmark buckets finetuned_from model_type viewer_display_urls".split())
_SPACE = own_keys("space") - _COMMON
# `YAML tags` and `config_names` are of cards of 2021; a dataset made by a model may name it, and seldom does.
_DATASET = (own_keys("dataset") | {"YAML tags", "config_names"}) - _RARE
_MODEL = (own_keys("model") | {"base_model"}) - _RARE
_TELLING = (_DATASET | _MODEL) - _COMMON
# Shared, or too common to decide alone; together with nothing foreign they make a model card.
_SHARED = ((keys()["model"] & keys()["dataset"]) - {"description"}) | {"datasets", "licence", "arxiv"}
_DECISIVE = frozenset("language license datasets licence".split())
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

_WEIGHT_NAMES = lazy(
    r"(?:^|/)(?:pytorch_model|model|adapter_model|diffusion_pytorch_model|tf_model|flax_model|open_clip_)[^/]*$"
)
_CONFIGURATIONS = ("adapter_config.json", "config.json", "config_sentence_transformers.json")
# As `push_to_hub` of datasets names what it writes: <split>-<number>-of-<how many>, in `data` or the subset's folder.
_SHARD = lazy(r"^(?P<folder>[^/]+/)?[\w.-]+-\d{5}-of-\d{5}(?:-[0-9a-f]+)?\.parquet$")
_TELLING_NAMES = frozenset((*_CONFIGURATIONS, "model_index.json", "data", "README.md"))
_LOOKED_AT = frozenset((*_TELLING_NAMES, "app.py", "streamlit_app.py", "main.py", "Dockerfile", ".git", ".github"))
_TABLES = lazy(r"\.(?:parquet|arrow)$")


class Evidence(NamedTuple):
    """A kind and the reason for it, as shown to people."""

    kind: Kind
    reason: str


def metadata_keys(card: Card) -> list[str]:
    """Top-level keys of a README's metadata; read line by line where it is not valid YAML or the fences are off."""
    if card.metadata is not None:
        return [entry.name for entry in card.metadata]
    if card.block is not None:
        text = card.text[card.block.content.start : card.block.content.end]
    else:
        miss = card.near_miss
        if miss is None:
            return []
        text = card.text[miss.content.start : miss.content.end]
    return _KEY.findall(text[:_SCANNED])


def kind_of_metadata(names: Collection[str], data: Mapping[str, Any], files: Collection[str]) -> Evidence | None:
    """The kind that a README's metadata keys speak for, None where they are not the Hub's."""
    return _space(names, data) or _by_own_keys(names, files) or _by_shared_keys(names, files)


def _space(names: Collection[str], data: Mapping[str, Any]) -> Evidence | None:
    own, sdk = [name for name in names if name in _SPACE], data.get("sdk")
    if "sdk" in own and (len(own) > 1 or "emoji" in names or not isinstance(sdk, str) or sdk.lower() in _SDKS):
        return Evidence("space", f"`sdk: {sdk}` in README.md" if isinstance(sdk, str) else "`sdk` in README.md")
    return Evidence("space", f"`{own[0]}` and `{own[1]}` in README.md") if len(own) > 1 else None


def _by_own_keys(names: Collection[str], files: Collection[str]) -> Evidence | None:
    """The kind of which there are more keys; of as many it is a model's if weights are there."""
    dataset, model = ([name for name in names if name in own] for own in (_DATASET, _MODEL))
    surely = any(name in _TELLING or name in _DECISIVE for name in names)
    if not (dataset or model) or not (surely or all(name in _DATASET | _MODEL | _SHARED for name in names)):
        return None
    if len(dataset) > len(model) or (len(dataset) == len(model) and not _has_weights(files)):
        return Evidence("dataset", f"`{dataset[0]}` in README.md")
    return Evidence("model", f"`{model[0]}` in README.md")


def _by_shared_keys(names: Collection[str], files: Collection[str]) -> Evidence | None:
    decisive = [name for name in names if name in _DECISIVE]
    if not decisive or not all(name in _SHARED for name in names):
        return None
    if any(map(_TABLES.search, files)) and not _has_weights(files):
        return Evidence("dataset", f"`{decisive[0]}` in README.md, and Parquet files")
    return Evidence("model", f"`{decisive[0]}` in README.md")


def _has_weights(files: Collection[str]) -> bool:
    """Whether there are weights; arrays of NumPy may as well be data."""
    from hublint.repository.weights import is_weights

    return any(is_weights(path) and not path.endswith(".npz") for path in files)


def kind_of_files(files: Collection[str]) -> Evidence | None:
    """The kind that files alone speak for: weights beside a configuration that a library wrote for them, or shards."""
    names = {path for path in files if "/" not in path}
    if is_program(names):
        return None
    beside = weights_beside(names)
    if beside:
        return Evidence("model", beside)
    if "model_index.json" in names and _has_weights(files):
        return Evidence("model", "model_index.json beside weights")
    ggufs = [name for name in names if name.endswith(".gguf")]
    if ggufs and not any(name.endswith((".py", ".toml", ".cpp", ".c", ".js")) for name in names):
        return Evidence("model", f"{min(ggufs)}")
    folders = (None, "data/")
    found = filter(None, map(_SHARD.search, files))
    shards = [shard[0] for shard in found if shard["folder"] in folders or "README.md" in names]
    if shards and not any(path.endswith((".py", ".ipynb")) for path in files):  # code that uses data lies in folders
        return Evidence("dataset", f"{min(shards)}")
    return None


def weights_beside(names: Collection[str]) -> str:
    """Which configuration lies at the root beside weights, whatever else does; empty where none does."""
    if not _has_weights([name for name in names if _WEIGHT_NAMES.search(name)]):
        return ""
    return next((f"{marker} beside weights" for marker in _CONFIGURATIONS if marker in names), "")


def is_program(names: Collection[str]) -> bool:
    """Whether what lies in a folder builds, serves or starts a program."""
    return not _PROGRAM.isdisjoint(names)


def may_tell(names: Collection[str]) -> bool:
    """Whether `kind_of_files` could say anything of a folder in which files and folders of these names lie."""
    return not is_program(names) and (
        not _TELLING_NAMES.isdisjoint(names) or any(name.endswith((".gguf", ".parquet")) for name in names)
    )


def may_look(names: Collection[str]) -> bool:
    """Whether a folder in which files and folders of these names lie could be, or look like, a Hub repository."""
    return not _LOOKED_AT.isdisjoint(names) or may_tell(names)
