"""The heads of a dataset's tables: which columns they have, what is in them, and where they cannot be read."""

from __future__ import annotations

import zlib
from itertools import islice

from hublint.dataset.columns import Seen
from hublint.documents.source import Source
from hublint.documents.tables import bounds
from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from hublint.documents.tables.json import Broken, Records
    from hublint.documents.tables.parquet import Footer
    from hublint.repository.repository import Repository

# Reading a footer takes so many times as long as reading as much text.
_FOOTER_COST = 4
_CSV = frozenset(("sep", "delimiter", "names", "column_names", "skiprows", "header"))


class Head:
    """What is known of one table.

    Attributes:
        source: its text as far as it was read; empty for Parquet.
        columns: its columns with what is in them.
        named: whether these are surely all of its columns.
        complete: whether all of it was read.
        shape: how the rows of a JSON file are written, `field` for those under a key of its only object.
        rows: how many rows were read.
        broken: where a JSON file is not JSON.
        footer: a Parquet file's.
        first: the first row of a JSON file.
        strange: whether it is in no form of which the types of the columns are known.
        lacks_field: whether a JSON file surely has not the key under which the card has its rows looked for.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.columns: dict[str, Seen] = {}
        self.named = self.complete = False
        self.rows = 0
        self.shape = ""
        self.broken: Broken | None = None
        self.footer: Footer | None = None
        self.first: Any = None
        self.strange = self.lacks_field = False


def head_of(repository: Repository, path: str, builder: str, parameters: Mapping[str, Any]) -> Head | None:
    """What is known of a file of a subset; None where nothing is: it is not here, or read in a way of its own."""
    known = repository.once(_known)
    key = (path, builder, repr(sorted(parameters.items(), key=lambda each: each[0])))
    if key not in known.heads:
        known.heads[key] = _read(repository, known, path, builder, parameters)
    return known.heads[key]


class _Known:
    """The heads that were read, and how many bytes may still be."""

    def __init__(self) -> None:
        self.heads: dict[tuple[str, str, str], Head | None] = {}
        self.left = bounds.ALL


def _known(_repository: Repository) -> _Known:
    return _Known()


def _read(repository: Repository, known: _Known, path: str, builder: str, parameters: Mapping[str, Any]) -> Head | None:
    if builder == "parquet":
        return _parquet(repository, known, path, parameters)
    source, complete = _text(repository, known, path)
    if source is None or source.is_pointer:
        return None
    head = Head(source)
    head.complete = complete
    if builder == "csv":
        return head if _csv(head, parameters) else None
    if builder == "json":
        return head if _json(head, parameters) else None
    return head if builder == "text" and _lines(head, parameters) else None


def _text(repository: Repository, known: _Known, path: str) -> tuple[Source | None, bool]:
    """The head of a text file, and whether it is the whole."""
    size = repository.files.get(path, -1)
    if size < 0 or known.left < min(size, bounds.HEAD):
        return None, False
    known.left -= min(size, bounds.HEAD)
    if size <= bounds.HEAD and not path.endswith(".gz"):
        return repository.glance(path), True
    data = repository.part(path, 0, bounds.HEAD)
    if data is None:
        return None, False
    if path.endswith(".gz"):
        return _unzipped(path, data)
    return Source(path, _cut(data)), False


def _unzipped(path: str, data: bytes) -> tuple[Source | None, bool]:
    unzip = zlib.decompressobj(31)
    try:
        text = unzip.decompress(data, bounds.HEAD)
    except zlib.error:
        return None, False
    whole = unzip.eof and not unzip.unused_data
    return Source(path, text if whole else _cut(text)), whole


def _cut(data: bytes) -> bytes:
    """Bytes up to the last character of UTF-8 that is whole."""
    end = len(data)
    while end and len(data) - end < 4 and data[end - 1] & 0xC0 == 0x80:
        end -= 1
    return data[: end - 1] if end and data[end - 1] >= 0xC0 else data


class _Dialect(NamedTuple):
    """How the card has a CSV file read."""

    separator: str
    names: list[str] | None
    skipped: int


def _dialect(parameters: Mapping[str, Any]) -> _Dialect | None:
    """What parameters say of the reading of a CSV file; None where we cannot read it so."""
    separator = parameters.get("delimiter", parameters.get("sep", ","))
    names = parameters.get("column_names", parameters.get("names"))
    skipped = parameters.get("skiprows", 0)
    if not _CSV.issuperset(parameters) or not isinstance(separator, str) or len(separator) != 1 or separator in '"\n\r':
        return None
    if parameters.get("header", 0) not in (0, "infer") or type(skipped) is not int or not 0 <= skipped < 1000:
        return None
    if names is not None and ("header" in parameters or not isinstance(names, list)):
        return None
    return _Dialect(separator, names if names is None else [str(name) for name in names], skipped)


def _csv(head: Head, parameters: Mapping[str, Any]) -> bool:
    """Read the rows of a CSV file; tell whether the columns are known."""
    from hublint.documents.tables import csv

    dialect = _dialect(parameters)
    if dialect is None or not head.source.is_utf8 or head.source.is_binary:
        return False
    text, skipped = head.source.text, dialect.skipped
    for _ in range(skipped):
        text = text.partition("\n")[2]
    try:
        rows = [(line + skipped, row) for line, row in islice(csv.rows(text, dialect.separator), bounds.ROWS + 2)]
    except ValueError:
        return False
    if not head.complete:
        rows = rows[:-1]
    names = dialect.names
    if names is None:
        if not rows:
            return False
        names = csv.header(rows.pop(0)[1])
    head.complete = head.complete and len(rows) <= bounds.ROWS
    head.columns = {name: Seen() for name in names}
    head.named = True
    head.rows = min(len(rows), bounds.ROWS)
    return len(head.columns) == len(names) and _add_cells(head, rows[: bounds.ROWS])


def _add_cells(head: Head, rows: list[tuple[int, list[str]]]) -> bool:
    columns = list(head.columns.values())
    for line, fields in rows:
        if len(fields) > len(columns):  # an index without a name, or a row that pandas refuses
            return False
        for seen, cell in zip(columns, fields, strict=False):
            seen.add_cell(cell, line)
        for seen in columns[len(fields) :]:
            seen.note("null", line, "")
    return True


def _lines(head: Head, parameters: Mapping[str, Any]) -> bool:
    """Count the lines of a text file; tell whether they are its rows."""
    if parameters:
        return False
    if not head.source.is_utf8:
        return _unreadable(head)
    text = head.source.text.replace("\r\n", "\n").replace("\r", "\n")
    head.rows = text.count("\n") + (not text.endswith("\n") and bool(text))
    head.columns = {"text": Seen()}
    head.named = True
    return True


def _json(head: Head, parameters: Mapping[str, Any]) -> bool:
    """Read the rows of a JSON file; tell whether they are known."""
    from hublint.documents.tables import json

    field = parameters.get("field")
    if set(parameters) - {"field"}:
        return False
    if not head.source.is_utf8 or head.source.is_binary:
        return _unreadable(head)
    found = json.records(head.source.text, head.complete, bounds.ROWS)
    if field is not None:
        head.lacks_field = _lacks(found, field)
        found = _of_field(found, field)
    head.broken, head.shape, rows = found.broken, found.shape, found.rows
    head.first = rows[0][1] if rows else None
    head.complete = found.complete
    head.named = found.complete
    if rows and found.shape == "array" and isinstance(rows[0][1], str):
        rows = [(line, {"text": row}) for line, row in rows]
    head.strange = found.shape == "stream" or not all(isinstance(row, dict) for _, row in rows)
    head.rows = len(rows)
    if all(isinstance(row, dict) for _, row in rows):
        _add_rows(head, rows)
    return True


def _lacks(found: Records, field: Any) -> bool:
    """Whether what was read whole is a list, or one object without a key."""
    if not found.complete or found.broken is not None:
        return False
    alone = len(found.rows) == 1 and isinstance(found.rows[0][1], dict)
    return found.shape == "array" or (alone and field not in found.rows[0][1])


def _unreadable(head: Head) -> bool:
    """Note that the text cannot be decoded; what is in it stays unknown."""
    head.strange = True
    head.complete = False
    return True


def _of_field(found: Records, field: Any) -> Records:
    """The rows under one key of the only object of a file."""
    inner = found.rows[0][1].get(field) if len(found.rows) == 1 and isinstance(found.rows[0][1], dict) else None
    rows = [(found.rows[0][0], row) for row in inner] if isinstance(inner, list) else []
    return found._replace(rows=rows, shape="field" if rows else "stream")


def _add_rows(head: Head, rows: list[tuple[int, dict[str, Any]]]) -> None:
    for line, row in rows[: bounds.ROWS]:
        for name, value in row.items():
            if name not in head.columns:
                head.columns[name] = Seen()
            head.columns[name].add(value, line, lines=head.shape == "lines")


def _parquet(repository: Repository, known: _Known, path: str, parameters: Mapping[str, Any]) -> Head | None:
    from hublint.documents.tables import parquet

    columns = parameters.get("columns")
    if set(parameters) - {"columns"} or not isinstance(columns, (list, type(None))):
        return None
    tail = repository.part(path, -parquet.TAIL, parquet.TAIL) if repository.files.get(path, 0) > 12 else None
    length = parquet.footer_length(tail) if tail is not None else -1
    if not 0 < length <= bounds.HEAD or known.left < length * _FOOTER_COST:
        return None
    known.left -= length * _FOOTER_COST
    data = repository.part(path, -length - parquet.TAIL, length)
    footer = parquet.footer(data) if data is not None and len(data) == length else None
    if footer is None:
        return None
    head = Head(Source(path, b""))
    head.footer = footer
    head.columns = {name: Seen() for name in footer.columns if columns is None or name in columns}
    head.named = head.complete = True
    head.rows = footer.rows
    return head


def rows_of(repository: Repository, paths: list[str], builder: str, parameters: Mapping[str, Any]) -> int | None:
    """How many rows some files have together; None where one of them was not read whole."""
    if len(paths) > bounds.FILES or builder not in ("csv", "json", "parquet", "text"):
        return None
    total = 0
    for path in paths:
        head = head_of(repository, path, builder, parameters)
        if head is None or not head.complete or head.strange or head.broken is not None:
            return None
        total += head.rows
    return total


def is_gzip(repository: Repository, path: str) -> bool | None:
    """Whether a file that is named so is compressed; None for another name, and where it is not here."""
    if not path.endswith(".gz") or repository.files.get(path, 0) <= 0:
        return None
    mark = repository.part(path, 0, 2)
    return None if mark is None or mark == b"ve" else mark == b"\x1f\x8b"


def lacks_key(repository: Repository, path: str, head: Head, name: str) -> bool:
    """Whether a JSON file of which the head was read has surely no object with a key, as far as datasets reads it."""
    size = repository.files[path]
    if not name.isascii() or not name.replace("_", "").isalnum() or path.endswith(".gz"):
        return False
    if head.shape != "lines" and size > bounds.DECIDING:
        return False
    data = repository.part(path, 0, bounds.DECIDING + bounds.HEAD)
    return data is not None and f'"{name}"'.encode() not in data
