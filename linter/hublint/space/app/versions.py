"""Which version of a library runs in a Space, as far as its files tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hublint.documents.requirements import Requirement
    from hublint.repository.repository import Repository

Version = tuple[int, ...]

# Libraries that say which huggingface_hub or datasets they work with: one of them at an older version holds it back.
_HOLDS = frozenset(
    "huggingface-hub transformers gradio datasets diffusers accelerate peft tokenizers sentence-transformers evaluate "
    "timm safetensors spaces setfit optimum trl pyarrow fsspec dill multiprocess".split()
)
_OTHER_LISTS = ("pyproject.toml", "setup.py", "environment.yml", "uv.lock", "poetry.lock", "Pipfile", "Pipfile.lock")
_MARKS = ("==", "<", "~=")


def version_of(text: str) -> Version | None:
    """The numbers of a final release; None for anything else."""
    return tuple(map(int, text.split("."))) if re.fullmatch(r"\d+(?:\.\d+)+", text) else None


def running_version(repository: Repository, library: str) -> str:
    """The version of a library: a number, `newest` where nothing holds it back, empty where that cannot be told.

    Args:
        library: `gradio`, `datasets` or `huggingface_hub`.
    """
    name = library.replace("_", "-")
    if any(path.rpartition("/")[2] in _OTHER_LISTS for path in repository.files):
        return ""
    lines = repository.once(_requirements)
    own = [line for line in lines if line.name == name]
    if any(line.url for line in own):
        return ""
    pins = {line.pin for line in own if line.specifier}
    is_pinned = len(pins) == 1 and None not in pins and not any(line.marker for line in own)
    if library == "gradio" and repository.sdk == "gradio":
        given = repository.card.data.get("sdk_version") if repository.card else None
        text = given if isinstance(given, str) else ""
        return text if version_of(text) and text.count(".") == 2 and pins <= {text} else ""
    dockerfile = repository.dockerfile.source.text if repository.sdk == "docker" and repository.dockerfile else ""
    if any(mark in dockerfile for mark in _MARKS):
        return ""
    if is_pinned:
        pin = str(next(iter(pins)))
        return pin if version_of(pin) else ""
    return "" if _is_held(repository, lines, name) or not _has_recent_python(repository) else "newest"


def _has_recent_python(repository: Repository) -> bool:
    """Whether the newest releases, which want Python 3.10 (PyPI, 2026-11-21), can be installed; a Space has 3.10."""
    if repository.sdk == "docker":
        stage = repository.dockerfile.final_stage if repository.dockerfile else None
        given = (stage.image or "").rpartition("python:")[2] if stage else ""
    else:
        given = str((repository.card.data.get("python_version") if repository.card else None) or "3.10")
    found = re.match(r"3\.(\d\d)(?!\d)", given)
    return found is not None and int(found[1]) >= 10


def _is_held(repository: Repository, lines: list[Requirement], name: str) -> bool:
    """Whether an old version may be installed, because it or a library around it is held back."""
    holders = _HOLDS if name != "gradio" else {line.name for line in lines}
    for line in lines:
        if line.url or (line.name in holders and any(mark in line.specifier for mark in _MARKS)):
            return True
    if repository.sdk != "gradio":
        return name != "huggingface-hub" and not any(line.name == name for line in lines)
    given = repository.card.data.get("sdk_version") if repository.card else None
    return given is not None and not str(given).startswith("6")


def _requirements(repository: Repository) -> list[Requirement]:
    from hublint.documents.requirements import Requirements

    found: list[Requirement] = []
    for path in repository.files:
        name = path.rpartition("/")[2]
        if "requirements" in name and name.endswith(".txt"):
            requirements = repository.parsed(path, Requirements)
            found += requirements.requirements if requirements else ()
    return found
