"""Recordings of robots in LeRobot's layout, and what datasets makes of them where the card does not tell which files.

Source: https://huggingface.co/docs/lerobot/lerobot-dataset-v3 (2026-11): `meta/info.json`, tables in `meta/`, and the
recordings in `data/chunk-000/`.
"""

from __future__ import annotations

from hublint.dataset.data_formats import builder_of, media_builders
from hublint.dataset.loading import told_format
from hublint.dataset.subsets import subsets_of
from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.repository.repository import Repository


class LeRobot(NamedTuple):
    """Recordings that datasets does not read as they are meant.

    Attributes:
        builder: what it reads instead, or reads them with.
        other: a file that it reads beside the recordings, or instead of them.
    """

    builder: str
    other: str


def lerobot_of(repository: Repository) -> LeRobot | None:
    """What goes wrong with recordings whose card has no `configs`; None where nothing does."""
    return repository.once(_lerobot)


def _lerobot(repository: Repository) -> LeRobot | None:
    files = repository.files
    if "meta/info.json" not in files or not any(path.startswith("data/chunk-") for path in files):
        return None
    subsets = subsets_of(repository)
    form = told_format(repository, subsets[0]) if len(subsets) == 1 and subsets[0].number < 0 else None
    if form is None:
        return None
    where = "" if form.builder in media_builders() else "meta/"
    other = next((path for path in files if path.startswith(where) and builder_of(path) == form.builder), "")
    return LeRobot(form.builder, other) if other else None
