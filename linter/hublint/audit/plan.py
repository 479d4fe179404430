"""From the words of the command line to what is to be judged."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from hublint.audit.dumps import Columns, units
from hublint.audit.folders import folders
from hublint.audit.judging import judge
from hublint.audit.records import Record
from hublint.audit.shards import Shard
from hublint.audit.targets import STANDARD_INPUT, Dump, Folder, Ids, OnHub, Owned, Target, target_of
from hublint.errors import UsageError
from hublint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from hublint.audit.folders import FolderUnit
    from hublint.audit.journal import Done
    from hublint.audit.judging import Unit
    from hublint.engine.discovery import Options
    from hublint.engine.elsewhere import Elsewhere
    from hublint_schemas import Kind

_LONGEST_LINE = 2000


class Request(NamedTuple):
    """What is asked for.

    Attributes:
        words: what is to be judged.
        options: how folders are looked at, and the rules.
        kind: what ids and cards are of where nothing else tells.
    """

    words: tuple[str, ...]
    options: Options
    kind: Kind | None = None
    columns: Columns = Columns()
    shard: Shard = Shard()


class Plan(NamedTuple):
    """What is to be judged.

    Attributes:
        failed: a line for each target that cannot be.
        sentences: what else is to be said.
        dumps: the paths of the dumps, which are read as the run goes.
    """

    folders: list[FolderUnit]
    dumps: list[str]
    hub: list[OnHub]
    owners: list[Owned]
    failed: list[Record]
    sentences: list[str]


def planned(request: Request) -> Plan:
    """What is to be judged; of dumps no row is read yet.

    Raises:
        UsageError: a word names nothing, or an option cannot be used.
    """
    failed: list[Record] = []
    targets = [each for word in request.words for each in _targets(word, request, failed)]
    found = folders([each.path for each in targets if isinstance(each, Folder)], request.options)
    return Plan(
        [each for each in found.units if request.shard.has(each.id)],
        list(dict.fromkeys(each.path for each in targets if isinstance(each, Dump))),
        list(dict.fromkeys(each for each in targets if isinstance(each, OnHub))),
        list(dict.fromkeys(each for each in targets if isinstance(each, Owned))),
        [*failed, *found.failed],
        found.sentences,
    )


def _targets(word: str, request: Request, failed: list[Record]) -> Iterator[Target]:
    target = target_of(word, request.kind)
    if not isinstance(target, Ids):
        yield target
        return
    shown = "standard input" if target.path == STANDARD_INPUT else target.path
    for number, line in enumerate(_lines(target.path), 1):
        if not line or line.startswith("#"):
            continue
        try:
            each = target_of(line, request.kind)
            if isinstance(each, Ids):
                raise UsageError("a file of ids names no other one")
            yield each
        except UsageError as error:
            failed.append(Record(line[:200], "", "hub", status="failed", reason=f"{shown}, line {number}: {error}"))


def _lines(path: str) -> Iterator[str]:
    """The lines of a file of ids, without the blanks around them."""
    try:
        if path != STANDARD_INPUT:
            with open(path, encoding="utf-8-sig", errors="replace") as file:
                yield from _bounded(file)
        elif sys.stdin is None:
            raise UsageError("standard input is closed")
        else:
            yield from _bounded(sys.stdin)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from None


def _bounded(file: Any) -> Iterator[str]:
    while line := file.readline(_LONGEST_LINE):
        yield line.strip()


def results(plan: Plan, request: Request, elsewhere: Elsewhere, done: Done) -> Iterator[Record]:
    """A line for each repository that is not done yet, as they finish."""
    yield from plan.failed
    yield from _judged(plan.folders, done)
    for path in plan.dumps:
        rows = units(path, request.columns, request.kind, elsewhere)
        yield from _judged(_wanted(rows, request.shard, elsewhere.excluded), done)


def _wanted(rows: Iterable[Unit | Record], shard: Shard, excluded: Callable[[str], bool]) -> Iterator[Unit | Record]:
    """The rows of this part that the configuration does not exclude."""
    for row in rows:
        if shard.has(row.id) and not excluded(row.id):
            yield row


def _judged(units: Iterable[Unit | Record], done: Done) -> Iterator[Record]:
    """A line for each of them that is not done; what is a line already stays one."""
    for unit in units:
        if isinstance(unit, Record):
            yield unit
        elif not done.has(unit):
            yield judge(unit)


def is_inside(output: str, plan: Plan) -> str:
    """The folder that is judged and in which a file would lie; empty where there is none."""
    place = os.path.realpath(output)
    return next(
        (each.id for each in plan.folders if place.startswith(os.path.join(os.path.realpath(each.folder), ""))), ""
    )
