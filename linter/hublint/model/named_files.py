"""Files of a model repository that its own JSON files and code name, and that its library opens.

Sources (PyPI, read 2026-11): transformers 5.24.0, dynamic_module_utils.py; sentence-transformers 6.2.0, base/model.py
and the modules' classes; diffusers 0.42.1, pipelines/pipeline_utils.py.
"""

from __future__ import annotations

import re

from hublint.model import library
from hublint.model.transformers_types import MODEL_TYPES
from hublint.records import NamedTuple
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hublint.repository.repository import Repository


class Named(NamedTuple):
    """A file, or a folder, that another file names.

    Attributes:
        by: the path of the file that names it.
        word: the text in there by which it does.
        path: where it should be.
        reader: what opens it, as people read it.
        optional: whether the model can be loaded without it as well.
    """

    by: str
    word: str
    path: str
    reader: str
    optional: bool = False


_AUTO_MAPS = ("config.json", "tokenizer_config.json", "preprocessor_config.json", "processor_config.json")
# Where a tokenizer's or processor's own class is named; transformers has none of that name for an own type of model.
_CLASSES = ("tokenizer_class", "image_processor_type", "feature_extractor_type", "processor_class")
_REFERENCE = lazy(r"([A-Za-z_]\w*)\.[A-Za-z_]\w*")
# As `get_relative_imports` looks for them, but for those of packages.
_RELATIVE = lazy(r"^[ \t]*(?:from[ \t]+\.(\w+)[ \t]+import\b|import[ \t]+\.(\w+)[ \t]*$)", re.MULTILINE)
# Modules of sentence-transformers whose class cannot be made without the values in their configuration.
_CONFIGURED = {
    "Pooling": "config.json",
    "Dense": "config.json",
    "WeightedLayerPooling": "config.json",
    "LayerNorm": "config.json",
    "BoW": "config.json",
    "WordWeights": "config.json",
    "CNN": "cnn_config.json",
    "LSTM": "lstm_config.json",
}
# Modules that load weights from their folder, and the names under which they look for them.
_WEIGHED = frozenset(("Dense", "LayerNorm", "WeightedLayerPooling", "CNN", "LSTM", "StaticEmbedding", "WordEmbeddings"))
_WEIGHTS = ("model.safetensors", "pytorch_model.bin")
_MOST_MODULES = 64


def absent_files(repository: Repository) -> Iterator[Named]:
    """What the repository's own files name and what is not in it, each path once."""
    seen = set()
    for named in (*_of_auto_maps(repository), *_of_modules(repository), *_of_pipeline(repository)):
        if named.path not in seen and not repository.exists(named.path):
            seen.add(named.path)
            yield named


def _of_auto_maps(repository: Repository) -> Iterator[Named]:
    decided = library.library_of(repository)
    if not _has_torch_weights(repository) or (
        decided is not None and decided.value not in ("transformers", "sentence-transformers", "peft")
    ):
        return
    for path in _AUTO_MAPS:
        config = library.read_json(repository, path)
        auto_map = config.get("auto_map")
        if not isinstance(auto_map, dict):
            continue
        model_type = library.read_json(repository, "config.json").get("model_type")
        reader = "`from_pretrained` with `trust_remote_code=True`"
        for reference, module in _modules_in(repository, auto_map):
            is_own = path == "config.json" or reference.rpartition(".")[2] in map(config.get, _CLASSES)
            optional = (isinstance(model_type, str) and model_type in MODEL_TYPES) or not is_own
            yield Named(path, reference, module, reader, optional)
            yield from _imported(repository, module, reader, optional)


def _modules_in(repository: Repository, auto_map: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each class of this repository that `auto_map` refers to, and its file; of two tokenizers one will do."""
    for value in auto_map.values():
        given = [name for name in (value if isinstance(value, list) else [value]) if isinstance(name, str)]
        modules = [(name, f"{found[1]}.py") for name in given if (found := _REFERENCE.fullmatch(name))]
        present = [pair for pair in modules if pair[1] in repository.files]
        yield from present or modules[:1]


def _imported(repository: Repository, path: str, reader: str, optional: bool) -> Iterator[Named]:
    """The modules that one of `auto_map` imports from beside it, and so on; all are fetched before it runs."""
    pending, seen = [path], {path}
    while pending and len(seen) < _MOST_MODULES:
        path = pending.pop()
        source = repository.source(path)
        if source is None or source.is_binary:
            continue
        code = repository.python(path)
        if code is None or code.tree is None:
            continue
        relative = {module for module in _imports(code.tree) if f"{module}/__init__.py" not in repository.files}
        for found in _RELATIVE.finditer(source.text):
            module = found[1] or found[2]
            other = f"{module}.py"
            if module in relative and other not in seen:
                seen.add(other)
                pending.append(other)
                yield Named(path, found[0].strip(), other, reader, optional)


def _imports(tree: object) -> Iterator[str]:
    """The modules that are imported from the same folder outside of `try`, which may foresee that they are absent."""
    import ast

    pending = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.ImportFrom) and node.level == 1 and node.module and "." not in node.module:
            yield node.module
        if isinstance(node, ast.AST) and not isinstance(node, ast.Try):
            pending.extend(ast.iter_child_nodes(node))


def _of_modules(repository: Repository) -> Iterator[Named]:
    """The configurations of sentence-transformers' modules; `Normalize` has none, so git does not keep its folder."""
    modules = repository.parsed("modules.json", library.parse_json)
    if not library.weights_of(repository) or not isinstance(modules, list):
        return
    for module in modules:
        folder, kind = (module.get("path"), module.get("type")) if isinstance(module, dict) else (None, None)
        if not isinstance(folder, str) or not isinstance(kind, str) or not kind.startswith("sentence_transformers."):
            continue
        kind = kind.rpartition(".")[2]
        name = _CONFIGURED.get(kind)
        if kind == "Transformer" and re.fullmatch(r"[\w.-]+", folder):
            yield Named("modules.json", folder, folder, "`SentenceTransformer(...)`")
        if folder and name and re.fullmatch(r"[\w.-]+", folder):
            yield Named("modules.json", folder, f"{folder}/{name}", "`SentenceTransformer(...)`")
        if kind in _WEIGHED and folder and folder in repository.folders and _has_torch_weights(repository):
            present = [path for name in _WEIGHTS if repository.exists(path := f"{folder}/{name}")]
            yield Named("modules.json", folder, (*present, f"{folder}/{_WEIGHTS[0]}")[0], "`SentenceTransformer(...)`")


def _of_pipeline(repository: Repository) -> Iterator[Named]:
    """The folders of a diffusers pipeline's components; a pipeline of which none is here is fetched from elsewhere."""
    index = library.read_json(repository, "model_index.json")
    if not isinstance(index.get("_class_name"), str):
        return
    folders = [
        name
        for name, value in index.items()
        if not name.startswith("_")
        and re.fullmatch(r"\w+", name)
        and isinstance(value, list)
        and len(value) == 2
        and all(isinstance(part, str) for part in value)
    ]
    if any(name in repository.folders for name in folders):
        for name in folders:
            yield Named("model_index.json", name, name, "`DiffusionPipeline.from_pretrained`")


def _has_torch_weights(repository: Repository) -> bool:
    return any(
        "/" not in path and path.endswith((".safetensors", ".bin", ".pt", ".pth"))
        for path in library.weights_of(repository)
    )
