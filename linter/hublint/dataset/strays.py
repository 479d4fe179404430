"""Files that are not data, whose names make splits all the same, so that datasets does not read the data.

Source: get_data_patterns (data_files.py) and infer_module_for_data_files (load.py) of PyPI datasets 5.2.0, run on such
folders (2026-11-29): tests/test_load_files.py.
"""

from __future__ import annotations

from hublint.dataset.data_files import PatternError, files_of
from hublint.dataset.data_formats import ARCHIVE, builder_of, format_of, is_metadata, is_supported, media_builders
from hublint.dataset.subsets import data_paths, subsets_of
from hublint.records import NamedTuple
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.dataset.subsets import Subset
    from hublint.repository.repository import Repository

# Formats of what people write about data; `harbor` is what datasets 5 takes .md and .toml files for.
_PROSE = frozenset(("harbor", "text", "pdffolder"))
_REPORT = lazy(
    r"(?:^|[^a-z])(?:results?|metrics?|reports?|stat(?:s|istics)?|scores?|log(?:s|ging)?|config(?:s|uration)?|args|"
    r"arguments|state|summary|requirements?|notes?|readme|licen[cs]e|changelog|todo|output|stdout|stderr|curves?|"
    r"docs?|documentation|assets?|papers?|teaser|banner|logo|overview|loss(?:es)?|plots?|charts?|fig(?:ure)?s?|confusion|histogram|accuracy|screenshots?)(?:$|[^a-z])"
)
_MOST_FIGURES = 20


class Stray(NamedTuple):
    """Files that make a split without being data.

    Attributes:
        split: the split that they make.
        paths: the files.
        hidden: data that are not read because of them.
        raised: what `load_dataset` says; empty where it loads something else.
        loaded: how many files it reads instead.
    """

    split: str
    paths: list[str]
    hidden: list[str]
    raised: str
    loaded: int = 0


def stray_of(repository: Repository) -> Stray | None:
    """Files that are not data and make a split where the first subset lists no `data_files`; None where none do."""
    return repository.once(_stray)


def _stray(repository: Repository) -> Stray | None:
    subsets = subsets_of(repository)
    told = _told(repository, subsets)
    kept = {split: [path for path in paths if is_supported(path)] for split, paths in told.items()}
    every = frozenset(path for paths in kept.values() for path in paths)
    if not told or any(path.endswith((ARCHIVE, ".eval")) for path in every) or _is_for_tasks(repository):
        return None
    hidden = [path for path in data_paths(repository) if path not in every]
    builders = {split: format_of(paths).builder for split, paths in kept.items()}
    unread = next((split for split, builder in builders.items() if not builder), "")
    if unread:
        return _unread(repository, unread, told, builders, hidden)
    found = _of_other_formats(kept, builders, hidden)
    if found is None and len(subsets) == 1 and not subsets[0].folder:
        found = _hiding(kept, builders, hidden)
    return found


def _told(repository: Repository, subsets: tuple[Subset, ...]) -> dict[str, list[str]]:
    """The files of each split as names tell it; none where the card lists files, or turns the viewer off."""
    card = repository.card
    if not subsets or subsets[0].patterns is not None or (card is not None and card.data.get("viewer") is False):
        return {}
    try:
        return files_of(repository).by_split()
    except PatternError:
        return {}


def _is_for_tasks(repository: Repository) -> bool:
    return any(path.rpartition("/")[2] in ("task.toml", "instruction.md") for path in repository.files)


def _unread(
    repository: Repository, split: str, told: dict[str, list[str]], builders: dict[str, str], hidden: list[str]
) -> Stray | None:
    """A split of files none of which datasets reads: it raises, where there are others that it would."""
    if any(builders.values()):
        return Stray(split, told[split], [], "Couldn't infer the same data file format for all splits.")
    media = [path for path in repository.files if builder_of(path) in media_builders() and path not in told[split]]
    hidden = hidden or (media if len(media) > _MOST_FIGURES or any(map(is_metadata, repository.files)) else [])
    return Stray(split, told[split], hidden, "No (supported) data files found") if hidden else None


def _of_other_formats(kept: dict[str, list[str]], builders: dict[str, str], hidden: list[str]) -> Stray | None:
    """A split of prose or of a few pictures beside splits of tables, or alone where it is taken for tasks."""
    tables = [split for split, builder in builders.items() if builder not in _PROSE | media_builders()]
    for split, builder in builders.items():
        if tables and split not in tables and (builder in _PROSE or len(kept[split]) <= _MOST_FIGURES):
            return Stray(split, kept[split], [], "Couldn't infer the same data file format for all splits.")
        if set(builders.values()) == {"harbor"} and hidden:
            return Stray(split, kept[split], hidden, "No task.toml or instruction.md files found")
    return None


def _hiding(kept: dict[str, list[str]], builders: dict[str, str], hidden: list[str]) -> Stray | None:
    """Reports, logs or figures that are all that is read, while there are data."""
    paths = [path for found in kept.values() for path in found if not is_metadata(path)]
    if not hidden or not paths or len(set(builders.values())) > 1 or len(paths) > _MOST_FIGURES:
        return None
    if not all(_REPORT.search(path.lower()) for path in paths):
        return None
    return Stray(next(iter(kept)), paths, hidden, "", len(paths))
