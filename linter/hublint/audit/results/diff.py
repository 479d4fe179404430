"""Two runs compared: of each repository what is new, gone and moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hublint.audit.records import SEVERITIES, at, indexed
from hublint.audit.results.rows import finding_row
from hublint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Literal

    from hublint.audit.records import Record

Row = dict[str, Any]


class Change(NamedTuple):
    """What became of one repository.

    Attributes:
        state: `both` where it was checked in both runs, `came` and `went` where only one of them has it, `unknown`
            where one of them could not check it: then nothing is said of its findings.
        new: the findings that only the second run has, as rows.
        gone: those that only the first has.
        moved: from where to where.
        stayed: how many are where they were.
    """

    id: str
    kind: str
    state: Literal["both", "came", "went", "unknown"]
    new: tuple[Row, ...] = ()
    gone: tuple[Row, ...] = ()
    moved: tuple[tuple[Row, Row], ...] = ()
    stayed: int = 0


class Sums:
    """Counts changes as they go by."""

    def __init__(self) -> None:
        self.repositories = dict.fromkeys(("both", "came", "went", "unknown"), 0)
        self.findings = dict.fromkeys(("new", "gone", "moved", "stayed"), 0)
        self.severities = dict.fromkeys(SEVERITIES, 0)  # of what is new

    def add(self, change: Change) -> None:
        """Count what became of a repository."""
        self.repositories[change.state] += 1
        for name in ("new", "gone", "moved"):
            self.findings[name] += len(getattr(change, name))
        self.findings["stayed"] += change.stayed
        for row in change.new:
            self.severities[row["severity"]] += 1


def compare(before: str, after: str) -> Iterator[Change]:
    """What became of each repository, in the order of the second file; last come those that only the first has.

    Of the first file only the names of repositories are kept in memory. All findings of a repository that came are
    new, and of one that went are gone.

    Raises:
        UsageError: a file cannot be read, or is not the file of an audit.
    """
    places: dict[str, list[tuple[str, int]]] = {}
    for offset, record in indexed(before):
        places.setdefault(record.id, []).append((record.kind, offset))
    with open(before, "rb") as file:
        for _, record in indexed(after):
            place = _taken(places.get(record.id, []), record.kind)
            yield _came(record) if place is None else _compared(at(file, place), record)
        for left in places.values():
            for _, offset in left:
                yield _went(at(file, offset))


def _taken(places: list[tuple[str, int]], kind: str) -> int | None:
    """Where the first file has a repository of that id and kind; one that could not be checked may have no kind."""
    for number, (other, offset) in enumerate(places):
        if other == kind or not other or not kind:
            del places[number]
            return offset
    return None


def _came(record: Record) -> Change:
    if record.status == "failed":
        return Change(record.id, record.kind, "unknown")
    return Change(record.id, record.kind, "came", new=_rows(record))


def _went(record: Record) -> Change:
    if record.status == "failed":
        return Change(record.id, record.kind, "unknown")
    return Change(record.id, record.kind, "went", gone=_rows(record))


def _compared(old: Record, new: Record) -> Change:
    if "failed" in (old.status, new.status):
        return Change(new.id, new.kind, "unknown")
    known: dict[str, list[Row]] = {}
    for row in reversed(_rows(old)):
        known.setdefault(row["fingerprint"], []).append(row)
    left: list[Row] = []
    moved: list[tuple[Row, Row]] = []
    stayed = 0
    for row in _rows(new):
        same = known.get(row["fingerprint"])
        if not same:
            left.append(row)
        elif _place(was := same.pop()) == _place(row):
            stayed += 1
        else:
            moved.append((was, row))
    gone = [row for rows in known.values() for row in rows]
    elsewhere = _elsewhere(gone, left)
    paired = {id(row) for pair in elsewhere for row in pair}
    gone, left = ([row for row in rows if id(row) not in paired] for rows in (gone, left))
    return Change(new.id, new.kind, "both", tuple(left), tuple(gone), (*moved, *elsewhere), stayed)


def _elsewhere(gone: list[Row], new: list[Row]) -> list[tuple[Row, Row]]:
    """Pairs of what is gone and what is new in another file, and the same but for that."""
    waiting: dict[tuple[Any, ...], list[Row]] = {}
    for row in reversed(new):
        waiting.setdefault(_content(row), []).append(row)
    pairs = []
    for row in gone:
        found = waiting.get(_content(row), [])
        if found and found[-1]["path"] != row["path"]:
            pairs.append((row, found.pop()))
    return pairs


def _rows(record: Record) -> tuple[Row, ...]:
    return tuple(map(finding_row, record.findings))


def _place(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["path"], row["line"], row["column"]


def _content(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """What a finding says, its file and line left out."""
    line = next((line.partition("|")[2] for line in row["frame"].splitlines() if line.partition("|")[0].strip()), "")
    return row["code"], row["route"], row["message"].replace(row["path"], ""), line.strip()
