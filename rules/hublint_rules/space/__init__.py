"""A Space's metadata and the files it names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hublint.documents.yaml.nodes import Mapping
    from hublint.repository.repository import Repository


def applies(repository: Repository) -> bool:
    """Whether there is a Space's metadata to look at."""
    return repository.kind == "space"


def lacks(metadata: Mapping, name: str) -> bool:
    """Whether metadata has no value for a key, nor the same key in another spelling or with a slip (FM008)."""
    given = metadata.get(name)
    if given is not None:
        return given.value in (None, "")
    return not any(_is_close(_bare(entry.name), _bare(name)) for entry in metadata)


def shown(value: Any) -> str:
    """A value of the metadata as messages name it: on one line, of readable length."""
    if isinstance(value, (dict, list)):
        return "a mapping" if isinstance(value, dict) else "a list"
    text = str(value).lower() if isinstance(value, bool) else str(value)[:1000]
    if not text.isprintable():
        text = " ".join(text.split())
    return f"`{text}`" if len(text) <= 60 else f"`{text[:57]}...`"


def _is_close(name: str, wanted: str) -> bool:
    if name == wanted or len(wanted) < 5 or abs(len(name) - len(wanted)) > 1 or len(set(name) ^ set(wanted)) > 2:
        return name == wanted
    from difflib import SequenceMatcher

    return SequenceMatcher(None, name, wanted, autojunk=False).ratio() >= 0.8


def _bare(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "").replace(" ", "")
