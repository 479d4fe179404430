"""A Space's metadata and the files it names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hublint.documents.yaml_nodes import Mapping
    from hublint.repository.repository import Repository


def applies(repository: Repository) -> bool:
    """Whether there is a Space's metadata to look at."""
    return repository.kind == "space"


def lacks(metadata: Mapping, name: str) -> bool:
    """Whether metadata has no value for a key, nor for the same key in another spelling, which FM008 reports."""
    return not any(
        _bare(entry.name) == _bare(name) and (entry.name != name or entry.value.value not in (None, ""))
        for entry in metadata
    )


def shown(value: Any) -> str:
    """A value of the metadata as messages name it: on one line, of readable length."""
    if isinstance(value, (dict, list)):
        return "a mapping" if isinstance(value, dict) else "a list"
    words = str(value).lower() if isinstance(value, bool) else " ".join(str(value)[:1000].split())
    return f"`{words}`" if len(words) <= 60 else f"`{words[:57]}...`"


def _bare(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "").replace(" ", "")
