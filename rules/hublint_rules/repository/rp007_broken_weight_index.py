"""A weight index that names shards which are not there, or shards without an index.

## What it does
Compares the `weight_map` of files such as `model.safetensors.index.json` with the files beside them. An index without
any weights beside it (a checkout without them) is left alone. A warning where the index puts a tensor into a shard
whose own header does not have it, and for shards of a format without an index, beside the configuration of a model of
transformers or diffusers.

## Why it matters on the Hub
`from_pretrained` downloads every shard that the index names and fails on the first that is missing; shards without an
index are not found at all. Whoever follows the index to a single tensor does not find it in the wrong shard;
transformers reads the shards' own names.

## Example
```json model.safetensors.index.json
{
  "metadata": {"total_size": 40},
  "weight_map": {
    "a": "model-00001-of-00002.safetensors",
    "b": "model-00002-of-00002.safetensors"
  }
}
```
```text model-00001-of-00002.safetensors
weights
```

## Use instead
```json model.safetensors.index.json
{
  "metadata": {"total_size": 40},
  "weight_map": {
    "a": "model-00001-of-00002.safetensors",
    "b": "model-00002-of-00002.safetensors"
  }
}
```
```text model-00001-of-00002.safetensors
weights
```
```text model-00002-of-00002.safetensors
weights
```

## Evidence
`get_checkpoint_shard_files` and `_get_resolved_checkpoint_files` in transformers 5.23.0 (PyPI): every file of
`weight_map` is fetched, and without an index only `model.safetensors` and `pytorch_model.bin` are looked for; so does
`from_pretrained` of diffusers 0.42.1 (models/modeling_utils.py) with `diffusion_pytorch_model` (2026-11). Tensors
in the wrong shard: https://github.com/huggingface/huggingface_hub/issues/4725 (2026)."""

from __future__ import annotations

from hublint.documents.source import Span
from hublint.regexes import lazy
from hublint.repository.marks import safetensors_header
from hublint.rule import Finding, Rule
from hublint_rules._places import at_file
from hublint_rules._wording import listed, shown
from hublint_rules.repository._files import by_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.source import Source
    from hublint.repository.repository import Repository

RULE = Rule(
    code="RP007",
    name="broken-weight-index",
    severity="error",
    effect="broken",
    subject="repository",
    since="0.1.0",
    kinds=("model",),
    only_if=(
        ".index.",
        "-of-",
    ),
)

_INDEX = lazy(r"\.(safetensors|bin|h5|msgpack)\.index(?:\.[\w-]+)?\.json$")
_SHARD = lazy(r"^(?:model|pytorch_model|diffusion_pytorch_model)(?:\.\w+)?-(\d{5})-of-(\d{5})\.(?:safetensors|bin)$")
_UPWARDS = lazy(r"^[/~]|^\w:|(?:^|/)\.\.?(?:/|$)|//")
_MOST_SHARDS = 300
_WHOLE = ("model.safetensors", "pytorch_model.bin", "diffusion_pytorch_model.safetensors")


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each index that names absent files, and for each folder of shards without an index."""
    indexes: dict[str, list[str]] = {}
    shards: dict[str, list[str]] = {}
    for name, paths in by_name(repository).items():
        group = indexes if name.endswith(".json") and _INDEX.search(name) else shards if _SHARD.search(name) else None
        if group is not None:
            for path in paths:
                group.setdefault(path[: -len(name)], []).append(path)
    whole = {folder for folder, paths in indexes.items() if any(_is_whole(repository, folder, path) for path in paths)}
    for folder, paths in indexes.items():
        for path in paths:
            finding = _absent(repository, folder, path, shards.get(folder, []), folder in whole)
            if finding is not None:
                yield finding
            elif path.endswith(".json") and ".safetensors." in path:
                yield from _misplaced(repository, folder, path)
    for folder, paths in shards.items():
        if folder not in whole:
            yield from _unfound(repository, folder, _without_index(paths, indexes.get(folder, [])))


def _unfound(repository: Repository, folder: str, paths: list[str]) -> Iterator[Finding]:
    """Shards that no index names, in a folder that has no other weights."""
    if paths and not _has_whole_file(repository, folder) and _is_loaded(repository, folder):
        first = min(paths)
        yield Finding(
            *at_file(first),
            f"no index names {listed(sorted(path[len(folder) :] for path in paths), 2)}: "
            "`from_pretrained` does not find them",
            help="`save_pretrained` writes the index, here `" + _index_name(first[len(folder) :]) + "`",
            severity="warning",
        )


def _without_index(shards: list[str], indexes: list[str]) -> list[str]:
    """The shards of a format that none of a folder's indexes is for."""
    formats = {found[1] for path in indexes if (found := _INDEX.search(path))}
    return [path for path in shards if path.rpartition(".")[2] not in formats]


def _absent(repository: Repository, folder: str, path: str, shards: list[str], is_replaced: bool) -> Finding | None:
    named = repository.parsed(path, _shards)
    source = repository.source(path)
    if any("/" in name for name in named or ()) and not _is_loaded(repository, folder):
        return None
    absent = [name for name in named or () if folder + name not in repository.files]
    if source is None or not absent or not named:
        return None
    suffix = named[0][named[0].rfind(".") :]
    if len(absent) == len(named) and not any(shard.endswith(suffix) for shard in shards):
        return None
    replaced = is_replaced or _has_whole_file(repository, folder)
    at = source.text.find(f'"{absent[0]}"')
    return Finding(
        source,
        Span(at, at + len(absent[0]) + 2) if at >= 0 else Span(0, 0),
        f"the index names {listed(absent, 2)}, {'which is' if len(absent) == 1 else 'which are'} not there"
        + ("; other weights of this folder are complete" if replaced else ": `from_pretrained` fails"),
        help=f"upload the missing {'shard' if len(absent) == 1 else 'shards'}, or remove the index with what it names",
        severity="info" if replaced else None,
    )


def _misplaced(repository: Repository, folder: str, path: str) -> Iterator[Finding]:
    """A tensor that the index puts into a shard that does not hold it."""
    source = repository.source(path)
    weights = repository.parsed(path, _weight_map) or {}
    held: dict[str, frozenset[str]] = {}
    for shard in sorted(set(weights.values()))[:_MOST_SHARDS]:
        header = safetensors_header(repository, folder + shard)
        if header is not None:
            held[shard] = header.tensors
    wrong = [tensor for tensor, shard in weights.items() if shard in held and tensor not in held[shard]]
    if source is None or not wrong:
        return
    tensor, shard = wrong[0], weights[wrong[0]]
    at = source.text.find(f'"{tensor}"')
    place = next((other for other, tensors in held.items() if tensor in tensors), "")
    more = f" and {len(wrong) - 1} more" if len(wrong) > 1 else ""
    message = f"the index puts {shown(tensor)}{more} into {shown(shard)}, which does not hold it" + (
        f": it is in {shown(place)}" if place else ""
    )
    span = Span(at, at + len(tensor) + 2) if at >= 0 else Span(0, 0)
    yield Finding(source, span, f"{message}; write the index anew with `save_pretrained`", severity="warning")


def _weight_map(source: Source) -> dict[str, str]:
    """Tensors and the files that an index puts them into."""
    from hublint.model.library import parse_json

    data = parse_json(source)
    weights = data.get("weight_map") if isinstance(data, dict) else None
    found = weights if isinstance(weights, dict) else {}
    return {tensor: shard for tensor, shard in found.items() if isinstance(shard, str) and not _UPWARDS.search(shard)}


def _shards(source: Source) -> list[str]:
    """The files that an index names, each once."""
    return [name for name in dict.fromkeys(_weight_map(source).values()) if name and "\\" not in name]


def _is_whole(repository: Repository, folder: str, path: str) -> bool:
    named = repository.parsed(path, _shards)
    return bool(named) and all(folder + name in repository.files for name in named or ())


def _has_whole_file(repository: Repository, folder: str) -> bool:
    return any(folder + name in repository.files for name in _WHOLE)


def _is_loaded(repository: Repository, folder: str) -> bool:
    """Whether transformers or diffusers would load the folder: its configuration names a type or a class."""
    from hublint.model.library import read_json

    config = read_json(repository, f"{folder}config.json")
    return "model_type" in config or (
        "_class_name" in config and ("_diffusers_version" in config or "model_index.json" in repository.files)
    )


def _index_name(shard: str) -> str:
    stem, _, rest = shard.partition("-")
    return f"{stem}.{rest.rpartition('.')[2]}.index.json"
