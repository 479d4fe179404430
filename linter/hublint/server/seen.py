"""Ids of models and datasets that a repository's own files name, as suggestions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hublint.model.hub_ids import is_repo_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

_CALL = re.compile(
    r"\b(from_pretrained|load_dataset|pipeline|hf_hub_download|snapshot_download|InferenceClient|SentenceTransformer)"
    r"\([^()]{0,200}?[\"']([\w.-]+/[\w.-]+)[\"']"
)
_CONFIG = re.compile(r"\"(?:base_model_name_or_path|_name_or_path)\"\s*:\s*\"([\w.-]+/[\w.-]+)\"")
_CONFIGS = ("config.json", "adapter_config.json")
_FILES = 50
_LARGEST = 200_000


def ids_of(repository: Repository, dataset: bool) -> list[str]:
    """The ids of datasets, or of models, in a repository's code and configurations."""
    return repository.once(_datasets if dataset else _models)


def _datasets(repository: Repository) -> list[str]:
    return sorted({repo_id for call, repo_id in _named(repository) if call == "load_dataset"})


def _models(repository: Repository) -> list[str]:
    return sorted({repo_id for call, repo_id in _named(repository) if call != "load_dataset"})


def _named(repository: Repository) -> Iterator[tuple[str, str]]:
    paths = [path for path in repository.files if path.endswith(".py") or path in _CONFIGS][:_FILES]
    for path in paths:
        if repository.files[path] > _LARGEST:
            continue
        source = repository.glance(path)
        if source is None or source.is_binary:
            continue
        found = [(call, repo_id) for call, repo_id in _CALL.findall(source.text)]
        found += [("", repo_id) for repo_id in _CONFIG.findall(source.text)]
        yield from ((call, repo_id) for call, repo_id in found if is_repo_id(repo_id))
