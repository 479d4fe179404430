"""What a dataset's card says of the columns and splits of a subset."""

from __future__ import annotations

from hublint.dataset.subsets import STANDALONE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from hublint.dataset.subsets import Subset
    from hublint.documents.yaml.nodes import Step
    from hublint.repository.repository import Repository

LEGACY = "dataset_infos.json"


def info_of(repository: Repository, subset: Subset) -> tuple[tuple[Step, ...], dict[str, Any]] | None:
    """Route and content of what `dataset_info` says of a subset; None where it says nothing that is read."""
    card = repository.card
    if card is None or repository.exists(STANDALONE):
        return None
    given = card.data.get("dataset_info")
    found: tuple[tuple[Step, ...], dict[str, Any]] | None = None
    if isinstance(given, dict) and given.get("config_name", "default") == subset.name:
        found = ("dataset_info",), given
    for number, info in enumerate(given if isinstance(given, list) else ()):
        if isinstance(info, dict) and info.get("config_name", "default") == subset.name:
            found = ("dataset_info", number), info
    return found


def describes_columns(repository: Repository, subset: Subset) -> bool:
    """Whether the columns are told elsewhere than in the files: in the card, or in a file beside it."""
    card = repository.card
    if repository.exists(STANDALONE) or repository.exists(LEGACY):
        return True
    configs = card.data.get("configs") if card is not None and subset.number >= 0 else None
    if isinstance(configs, list) and configs[subset.number].get("features") is not None:
        return True
    info = info_of(repository, subset)
    return info is not None and info[1].get("features") is not None
