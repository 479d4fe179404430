"""The subsets that a dataset card names."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from hublint.documents.card import Card

DEFAULT = "default"


def infos(card: Card) -> list[tuple[tuple[str | int, ...], dict[str, Any]]]:
    """Route and content of each description in `dataset_info`; none where one is not a mapping."""
    given = card.data.get("dataset_info")
    found: list[tuple[tuple[str | int, ...], Any]] = (
        [(("dataset_info", index), info) for index, info in enumerate(given)]
        if isinstance(given, list)
        else [(("dataset_info",), given)]
    )
    return found if all(isinstance(info, dict) for _, info in found) else []


def config_names(card: Card) -> list[str] | None:
    """The names in `configs`; empty where there is no such key, None where it is not what datasets reads."""
    given = card.data.get("configs")
    if given is None:
        return []
    if not isinstance(given, list) or not all(isinstance(item, dict) for item in given):
        return None
    names = [item.get("config_name") for item in given]
    return [name for name in names if isinstance(name, str)] if all(isinstance(name, str) for name in names) else None


def name_of(info: dict[str, Any]) -> str:
    """The subset that a description is about."""
    return str(info.get("config_name", DEFAULT))
