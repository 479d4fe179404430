"""Zip archives among the files of a subset, and what its builder makes of them.

Source: load.py, json.py, csv.py, parquet.py and folder_based_builder.py of PyPI datasets 5.2.0, run on such folders
(2026-11-29); tests compare the two.
"""

from __future__ import annotations

from collections import Counter

from hublint.dataset.data_formats import ARCHIVE, builder_of, format_of, is_metadata, media_builders, suffixes
from hublint.dataset.loading import found_splits, told_format
from hublint.dataset.subsets import subsets_of
from hublint.records import NamedTuple
from hublint.repository.archives import zip_members

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.dataset.data_formats import Format
    from hublint.dataset.subsets import Subset
    from hublint.repository.repository import Repository

_READ = 10
_TABLES = ("csv", "json", "parquet", "text")


class Foreign(NamedTuple):
    """An archive that the builder of tables opens though it holds something else."""

    archive: str
    table: str
    builder: str
    member: str


class Classes(NamedTuple):
    """An archive of pictures or sounds in folders that datasets takes for labels."""

    archive: str
    labels: list[str]


def foreign_archive(repository: Repository) -> Foreign | None:
    """A zip beside tables in a split that names or nothing at all make; None where there is none."""
    for subset in subsets_of(repository)[:1]:
        form = told_format(repository, subset) if subset.patterns is None and not subset.folder else None
        if form is None or form.builder not in _TABLES:
            continue
        for paths in found_splits(repository, subset).values():
            found = _foreign(repository, paths, form)
            if found is not None:
                return found
    return None


def format_in(repository: Repository, paths: list[str]) -> Format:
    """The format of a split; where the contents of zips decide, that of the one extension that most of them have.

    `.zip` where that cannot be told.
    """
    form = format_of(paths)
    if form.builder != ARCHIVE:
        return form
    members = [zip_members(repository, path) for path in [path for path in paths if path.endswith(ARCHIVE)][:_READ]]
    counts = Counter(suffix.lower() for each in members for name in each or () for suffix in suffixes(name))
    ranked = counts.most_common(2)
    if None in members or not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return form
    inside = format_of((ranked[0][0],))
    return inside if inside.builder else form


def _foreign(repository: Repository, paths: list[str], form: Format) -> Foreign | None:
    table = next((path for path in paths if builder_of(path) == form.builder), "")
    for archive in [path for path in paths if path.endswith(ARCHIVE)][: _READ if table else 0]:
        if form.builder == "parquet":
            return Foreign(archive, table, form.builder, "")
        for member in _visible(zip_members(repository, archive) or []):
            if builder_of(member) in media_builders():
                return Foreign(archive, table, form.builder, member)
    return None


def archive_of_classes(repository: Repository, subset: Subset) -> Classes | None:
    """The first archive of a subset of nothing but zips whose folders become labels; None where none do."""
    paths = [path for found in found_splits(repository, subset).values() for path in found]
    if not paths or len(paths) > _READ or not all(path.endswith(ARCHIVE) for path in paths) or subset.parameters:
        return None
    members = [zip_members(repository, path) for path in paths]
    names = [name for each in members for name in _visible(each or [])]
    if None in members or any(map(is_metadata, names)):
        return None
    labels = _labels(names)
    return Classes(paths[0], labels) if len(labels) > 1 and not any(_folder(path) in labels for path in paths) else None


def _labels(names: list[str]) -> list[str]:
    """The labels that datasets sees in the folders of archived pictures or sounds; none at different depths."""
    if format_of(names).builder not in media_builders():
        return []
    media = [name for name in names if builder_of(name) in media_builders() and name == name.lower()]
    deep = {name.count("/") for name in media}
    return sorted({name.split("/")[-2] for name in media}) if len(deep) == 1 and 0 not in deep else []


def _folder(path: str) -> str:
    return path.rpartition("/")[0].rpartition("/")[2]


def _visible(names: list[str]) -> list[str]:
    """What datasets reads of an archive: what neither begins with a dot or `__` nor lies in a folder that does."""
    return [name for name in names if not any(part.startswith((".", "__")) for part in name.split("/"))]
