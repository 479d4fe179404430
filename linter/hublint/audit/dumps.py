"""Dumps of cards: Parquet and JSON Lines, a row for each repository, read a few at a time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hublint.audit.cards import CardUnit
from hublint.audit.records import Record
from hublint.errors import UsageError
from hublint.model.hub_ids import is_repo_id
from hublint.records import NamedTuple
from hublint_schemas import KINDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from typing import BinaryIO

    from hublint.engine.elsewhere import Elsewhere
    from hublint_schemas import Kind

# In the order in which they are looked for; those of the dumps that librarian-bots publishes (2026-11) first.
_CARDS = ("card", "readme", "readme.md", "card_text", "content", "text", "markdown")
_IDS: dict[str, Kind | str] = {
    "modelid": "model", "model_id": "model", "datasetid": "dataset", "dataset_id": "dataset", "spaceid": "space",
    "space_id": "space", "repo_id": "", "repoid": "", "id": "", "name": "",
}  # fmt: skip
_KINDS = ("kind", "repo_type", "repotype", "repository_type")
_WORDS: dict[object, Kind] = {word: kind for kind in KINDS for word in (kind, f"{kind}s")}
_ROWS = 256
_BUFFER = 1 << 20
_LONGEST = 64 * 1024 * 1024  # of a line
_SHOWN = 200
_LISTED = 5


class Columns(NamedTuple):
    """The names of the columns, empty for those that are to be found."""

    id: str = ""
    card: str = ""
    kind: str = ""


class _Row(NamedTuple):
    """What stands in the columns; `told` is the kind that the name of the id's column tells."""

    id: object
    card: object
    kind: object
    told: str


def units(path: str, wanted: Columns, kind: Kind | None, elsewhere: Elsewhere) -> Iterator[CardUnit | Record]:
    """The cards of a dump; where one, or the rest of the file, cannot be had, a line that says so.

    Args:
        kind: what they are of, where no column tells.

    Raises:
        UsageError: a column is not there, or pyarrow is not.
    """
    rows = _parquet(path, wanted) if path.lower().endswith(".parquet") else _lines(path, wanted)
    for number, row in enumerate(rows, 1):
        yield row if isinstance(row, Record) else _unit(row, f"{path}, row {number}", kind, elsewhere)


def _unit(row: _Row, place: str, kind: Kind | None, elsewhere: Elsewhere) -> CardUnit | Record:
    id, card, given, told = row
    known = _WORDS.get(given.lower() if isinstance(given, str) else given, "") or kind or told
    if not isinstance(id, str) or not is_repo_id(id):
        shown = id[:_SHOWN] if isinstance(id, str) else ""
        return _failed(shown or place, "its id is not one of the Hub (`owner/name`)", known)
    if isinstance(card, str):
        card = card.encode("utf-8", "surrogatepass")
    if not isinstance(card, bytes):
        return _failed(id, "its row in the dump has no card", known)
    return CardUnit(id, known, card, elsewhere.settings(id))


def _failed(id: str, reason: str, kind: str = "") -> Record:
    return Record(id, kind, "dump", status="failed", reason=reason)


def _columns(path: str, names: Sequence[str], wanted: Columns) -> Columns:
    """Which columns hold what; a kind may be in none.

    Raises:
        UsageError: one is not there.
    """
    lower = {name.lower(): name for name in reversed(names)}

    def found(given: str, usual: Collection[str], option: str) -> str:
        if given and given not in names:
            raise UsageError(f"{path}: no column `{given}`{_there(names)}")
        name = given or next((lower[each] for each in usual if each in lower), "")
        if not name and option:
            raise UsageError(f"{path}: which column holds the {option}? --{option}-column says it{_there(names)}")
        return name

    return Columns(found(wanted.id, _IDS, "id"), found(wanted.card, _CARDS, "card"), found(wanted.kind, _KINDS, ""))


def _told(columns: Columns) -> str:
    return _IDS.get(columns.id.lower(), "")


def _there(names: Sequence[str]) -> str:
    more = len(names) - _LISTED
    return f"; there are {', '.join(names[:_LISTED])}{f' and {more} more' if more > 0 else ''}"


def _parquet(path: str, wanted: Columns) -> Iterator[_Row | Record]:
    """The rows of a Parquet file. What is read ahead, and by threads, would be in memory."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise UsageError(f"{path} needs pyarrow: pip install 'hublint[audit]'") from None
    pyarrow.set_memory_pool(pyarrow.system_memory_pool())
    try:
        with parquet.ParquetFile(path, pre_buffer=False, buffer_size=_BUFFER) as file:
            found = _columns(path, file.schema_arrow.names, wanted)
            names = [name for name in found if name]
            for batch in file.iter_batches(_ROWS, columns=names, use_threads=False):
                columns = {name: batch.column(name).to_pylist() for name in names}
                kinds = columns[found.kind] if found.kind else [None] * batch.num_rows
                for id, card, kind in zip(columns[found.id], columns[found.card], kinds, strict=True):
                    yield _Row(id, card, kind, _told(found))
    except (pyarrow.ArrowException, OSError) as error:
        yield _failed(path, f"it cannot be read as Parquet to its end: {_first(error)}")


def _first(error: Exception) -> str:
    lines = str(error).splitlines() or [type(error).__name__]
    return lines[0][:_SHOWN].rstrip(".")


def _lines(path: str, wanted: Columns) -> Iterator[_Row | Record]:
    """The rows of a JSON Lines file."""
    found: Columns | None = None
    try:
        with open(path, "rb") as file:
            for number, row in _objects(file):
                if row is None:
                    yield _failed(f"{path}, row {number}", "its line is not a JSON object")
                    continue
                if found is None:
                    found = _columns(path, list(row), wanted)
                yield _Row(row.get(found.id), row.get(found.card), row.get(found.kind), _told(found))
    except OSError as error:
        yield _failed(path, f"it cannot be read to its end: {error.strerror}")


def _objects(file: BinaryIO) -> Iterator[tuple[int, Mapping[str, Any] | None]]:
    """Each line with its number; None for one that is too long or not an object. Empty lines are none."""
    number = 0
    while line := file.readline(_LONGEST):
        number += 1
        if len(line) == _LONGEST and not line.endswith(b"\n"):
            while (rest := file.readline(_LONGEST)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        elif line.strip():
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                row = None
            yield number, row if isinstance(row, dict) else None
