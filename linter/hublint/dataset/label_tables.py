"""Tables that tell of pictures, sounds or videos, and that datasets does not read, as they are not called metadata."""

from __future__ import annotations

from itertools import islice

from hublint.dataset.columns import Seen
from hublint.dataset.data_files import tells_split
from hublint.dataset.data_formats import ARCHIVE, builder_of, is_metadata, media_builders
from hublint.dataset.heads import head_of
from hublint.dataset.loading import loads_of
from hublint.records import NamedTuple
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hublint.dataset.heads import Head
    from hublint.dataset.loading import Load
    from hublint.repository.repository import Repository

# Tables that list files for other ends than to tell of them.
_LISTS = lazy(r"(?:checksum|hash|md5|sha\d|manifest|file_?list|sources|credits|attribution|licen[cs]e)[^/]*$")
_MOST_TABLES = 16
_MOST_ITEMS = 500
_LEAST = 2
_SHARE = 0.8


class LabelTable(NamedTuple):
    """A table whose rows are about files.

    Attributes:
        path: the table.
        column: the column that names them; empty where the keys of an object do.
        value: a name as it stands there.
        file: the file that it names.
        builder: what reads the files.
    """

    path: str
    column: str
    value: str
    file: str
    builder: str


def label_table_of(repository: Repository) -> LabelTable | None:
    """The first table beside pictures, sounds or videos that names them in a column, and is not read; None for none."""
    return repository.once(_find)


def _find(repository: Repository) -> LabelTable | None:
    load = _media_load(repository)
    tables = _tables(repository) if load is not None else []
    if load is None or not tables:
        return None
    names = _names(load.paths)
    for path in tables:
        head = head_of(repository, path, builder_of(path), {"sep": "\t"} if path.endswith(".tsv") else {})
        for column, seen in _columns(head) if head is not None else ():
            found = [(value, names[value]) for value in seen.texts if value in names]
            if len(found) >= max(_LEAST, _SHARE * len(seen.texts)):
                return LabelTable(path, column, *found[0], load.form.builder)
    return None


def _media_load(repository: Repository) -> Load | None:
    """The only subset, where it is files of pictures, sounds or videos without metadata and without labels."""
    loads, card = loads_of(repository), repository.card
    if len(loads) != 1 or loads[0].form.builder not in media_builders():
        return None
    if (card is not None and card.data.get("viewer") is False) or "features" in loads[0].parameters:
        return None
    media = loads[0].paths
    if len(media) < _LEAST or any(is_metadata(path) or path.endswith(ARCHIVE) for path in media):
        return None
    return None if _is_labelled_by_folders(media) else loads[0]


def _is_labelled_by_folders(media: list[str]) -> bool:
    """Whether the names of folders are labels, and not only those of splits."""
    folders = {path.rpartition("/")[0] for path in media}
    names = {folder.rpartition("/")[2] for folder in folders}
    return len(names) > 1 and len({f.count("/") for f in folders}) == 1 and not all(map(tells_split, names))


def _names(media: list[str]) -> dict[str, str]:
    """What may stand for a file in a table: its name, its path, the end of that, and a stem that is not a number."""
    names: dict[str, str] = {}
    for path in media:
        parts = path.split("/")
        for start in range(len(parts)):
            names.setdefault("/".join(parts[start:]), path)
        names.setdefault(f"./{path}", path)
        stem = parts[-1].rpartition(".")[0]
        if len(stem) > 3 and not stem.isdigit():
            names.setdefault(stem, path)
    return names


def _tables(repository: Repository) -> list[str]:
    tables = [
        path
        for path in repository.files
        if path.endswith((".csv", ".tsv", ".json", ".jsonl"))
        and not is_metadata(path)
        and not _LISTS.search(path.lower())
        and not any(part.startswith((".", "__")) for part in path.split("/"))
    ]
    return sorted(tables, key=lambda path: (path.count("/"), path))[:_MOST_TABLES]


def _columns(head: Head) -> Iterator[tuple[str, Seen]]:
    """The columns of a table, and of the only object of a JSON file its keys and the lists of objects in it."""
    if len(head.columns) > 1:
        yield from head.columns.items()
    only = head.first if head.rows <= 1 and isinstance(head.first, dict) else {}
    if only:
        yield "", _of_keys(only)
    for item in only.values():
        if isinstance(item, list) and all(isinstance(each, dict) for each in item):
            columns = _of_list(item)
            yield from columns.items() if len(columns) > 1 else ()


def _of_keys(data: dict[str, Any]) -> Seen:
    seen = Seen()
    for key in islice(data, _MOST_ITEMS):
        seen.add(key, 0)
    return seen


def _of_list(rows: list[dict[str, Any]]) -> dict[str, Seen]:
    columns: dict[str, Seen] = {}
    for row in rows[:_MOST_ITEMS]:
        for name, value in row.items():
            columns.setdefault(name, Seen()).add(value, 0)
    return columns
