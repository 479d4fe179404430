"""A model card's metadata, and what the model's files say about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hublint.documents.yaml.nodes import Mapping
    from hublint.repository.repository import Repository


def applies(repository: Repository) -> bool:
    """Whether there is a card to look at; of a Space's card only the license is these rules' matter."""
    if repository.kind != "space":
        return True
    card = repository.card
    return card is not None and bool(card.violations("space", "MC008"))


def lacks(metadata: Mapping, name: str) -> bool:
    """Whether metadata has neither a key nor, in its place, one that looks like it, which FM008 reports.

    A key without a value is FM011's: it is not lacking.
    """
    import hublint_schemas

    wanted = _bare(name)
    known = hublint_schemas.table("keys")["model"]["look_alikes"]
    return not any(known.get(entry.name) == name or _bare(entry.name) == wanted for entry in metadata)


def strings(value: object) -> list[str]:
    """A value that may be one string or a list of them, as a list."""
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]


def _bare(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "").replace(" ", "")


def shown(value: object) -> str:
    """A value of the metadata as messages name it: on one line, of readable length."""
    if isinstance(value, (dict, list)):
        return "a mapping" if isinstance(value, dict) else "a list"
    words = str(value).lower() if isinstance(value, bool) else " ".join(str(value)[:1000].split())
    return f"`{words}`" if len(words) <= 60 else f"`{words[:57]}...`"
