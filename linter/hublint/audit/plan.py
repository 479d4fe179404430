"""From the words of the command line to what is to be judged."""

from __future__ import annotations

import os
import sys
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from hublint.audit.dumps import Columns, units
from hublint.audit.folders import folders
from hublint.audit.judging import judge
from hublint.audit.records import Record
from hublint.audit.shards import Shard
from hublint.audit.targets import HOSTS, STANDARD_INPUT, Dump, Folder, Ids, OnHub, Owned, Target, target_of
from hublint.engine.workers import cores, run
from hublint.errors import UsageError
from hublint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from hublint.audit.folders import FolderUnit
    from hublint.audit.hub.units import HubUnit
    from hublint.audit.journal import Done
    from hublint.audit.judging import Unit
    from hublint.engine.discovery import Options
    from hublint.engine.elsewhere import Elsewhere
    from hublint_schemas import Kind

MOST_PROPOSALS = 100  # pull requests of one run
_LONGEST_LINE = 2000
_FEW, _SMALL = 20, 1 << 20  # folders, and bytes of a dump, that are not worth another process
_FOLDERS, _CARDS = 25, 64
_CARDS_OF_A_TASK = 200
_AT_A_TIME = 8
_MAIN = "main"  # the branch that the Hub shows


class Request(NamedTuple):
    """What is asked for.

    Attributes:
        words: what is to be judged.
        options: how folders are looked at, and the rules.
        kind: what ids and cards are of where nothing else tells.
        jobs: how many repositories are judged at the same time; 0 for one a processor, and eight of the Hub.
        engine: what judges the cards of dumps: `local` for processes of this machine, `ray` for a cluster.
        fixes: what is done with the safe fixes: they are applied to folders, proposed to the Hub, or nothing.
    """

    words: tuple[str, ...]
    options: Options
    kind: Kind | None = None
    columns: Columns = Columns()
    shard: Shard = Shard()
    jobs: int = 0
    engine: str = "local"
    fixes: Literal["", "applied", "proposed"] = ""


class Plan(NamedTuple):
    """What is to be judged.

    Attributes:
        failed: a line for each target that cannot be.
        sentences: what else is to be said.
        dumps: the paths of the dumps, which are read as the run goes.
        hub: the repositories on the Hub, of which owners were asked for the names.
    """

    folders: list[FolderUnit]
    dumps: list[str]
    hub: list[HubUnit]
    failed: list[Record]
    sentences: list[str]


def planned(request: Request, elsewhere: Elsewhere) -> Plan:
    """What is to be judged; of dumps no row is read yet.

    Raises:
        UsageError: a word names nothing, or an option cannot be used.
    """
    failed: list[Record] = []
    targets = [each for word in request.words for each in _targets(word, request, failed)]
    for each in targets:
        _see_that_fixes_fit(each, request)
    paths = [each.path for each in targets if isinstance(each, Folder)]
    found = folders(paths, request.options, request.jobs or cores(), request.fixes == "applied")
    return Plan(
        [each for each in found.units if request.shard.has(each.id)],
        list(dict.fromkeys(each.path for each in targets if isinstance(each, Dump))),
        _on_hub([each for each in targets if isinstance(each, OnHub | Owned)], request, elsewhere, failed),
        [*failed, *found.failed],
        found.sentences,
    )


def _see_that_fixes_fit(target: Target, request: Request) -> None:
    """See that what is to be done with fixes can be done where a target is.

    Raises:
        UsageError: it cannot.
    """
    if not request.fixes or isinstance(target, Ids):
        return
    if isinstance(target, Dump):
        raise UsageError(f"{target.path}: a dump holds copies of cards; --apply is for folders, --propose for the Hub")
    if request.fixes == "applied" and not isinstance(target, Folder):
        id = target.id if isinstance(target, OnHub) else f"{target.owner}/{target.names}"
        raise UsageError(f"{id}: is on the Hub, and --apply writes into folders; --propose opens pull requests there")
    if request.fixes == "proposed" and isinstance(target, Folder):
        raise UsageError(
            f"{target.path}: is a folder, and --propose opens pull requests on the Hub; --apply writes into folders"
        )


def _on_hub(
    targets: Sequence[OnHub | Owned], request: Request, elsewhere: Elsewhere, failed: list[Record]
) -> list[HubUnit]:
    """The repositories on the Hub; an owner of whom the Hub tells nothing is a line."""
    if not targets:
        return []
    from hublint.audit.hub.client import hub
    from hublint.audit.hub.errors import HubError
    from hublint.audit.hub.listing import owned
    from hublint.audit.hub.units import HubUnit

    asked = hub()
    found: dict[OnHub, None] = {}
    for target in targets:
        if isinstance(target, OnHub):
            found[target] = None
            continue
        try:
            found.update(dict.fromkeys(owned(asked, target)))
        except HubError as error:
            kind = target.kinds[0] if len(target.kinds) == 1 else ""
            failed.append(Record(f"{target.owner}/{target.names}", kind, "hub", status="failed", reason=error.reason))
    named = {(each.kind, each.id) for each in found if each.revision}
    return [
        HubUnit(
            each.id,
            each.kind,
            elsewhere.settings(each.id),
            each.revision or (_MAIN if (each.kind, each.id) in named else ""),
            each.commit,
        )
        for each in found
        if request.shard.has(each.id) and not elsewhere.excluded(each.id)
    ]


def _targets(word: str, request: Request, failed: list[Record]) -> Iterator[Target]:
    hosts = (*HOSTS, urlsplit(os.environ.get("HF_ENDPOINT", "")).netloc.lower())
    target = target_of(word, request.kind, hosts)
    if not isinstance(target, Ids):
        yield target
        return
    shown = "standard input" if target.path == STANDARD_INPUT else target.path
    for number, line in enumerate(_lines(target.path), 1):
        if not line or line.startswith("#"):
            continue
        try:
            each = target_of(line, request.kind, hosts)
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
    jobs = request.jobs or cores()
    yield from plan.failed
    yield from _judged(plan.folders, done, jobs if len(plan.folders) > _FEW else 1, _FOLDERS)
    for path in plan.dumps:
        rows = units(path, request.columns, request.kind, elsewhere)
        wanted = _wanted(path, rows, request.shard, elsewhere.excluded)
        small = not os.path.isfile(path) or os.path.getsize(path) < _SMALL
        if request.engine == "ray":
            yield from _judged_on_ray(wanted, done)
        else:
            yield from _judged(wanted, done, 1 if small else jobs, _CARDS)
    if plan.hub:
        from hublint.audit.hub.fetching import judged

        yield from judged([each for each in plan.hub if not done.has(each)], request.jobs or _AT_A_TIME)


def _wanted(
    path: str, rows: Iterable[Unit | Record], shard: Shard, excluded: Callable[[str], bool]
) -> Iterator[Unit | Record]:
    """The rows of this part that the configuration does not exclude; every part says that a dump cannot be read."""
    for row in rows:
        if row.id == path or (shard.has(row.id) and not excluded(row.id)):
            yield row


def _judged(units: Iterable[Unit | Record], done: Done, jobs: int, at_once: int) -> Iterator[Record]:
    """A line for each of them that is not done; what is a line already stays one.

    Args:
        at_once: so many are handed to another process together, since what they share is handed over once then.
    """
    for lines in run(lines_of, _batches(units, done, at_once if jobs > 1 else 1), jobs):
        yield from lines


def _judged_on_ray(units: Iterable[Unit | Record], done: Done) -> Iterator[Record]:
    from hublint.audit.on_ray import run as run_on_ray

    for lines in run_on_ray(lines_of, _batches(units, done, _CARDS_OF_A_TASK)):
        yield from lines


def _batches(units: Iterable[Unit | Record], done: Done, at_once: int) -> Iterator[list[Unit | Record]]:
    left = (unit for unit in units if isinstance(unit, Record) or not done.has(unit))
    return iter(lambda: list(islice(left, at_once)), [])


def lines_of(units: Sequence[Unit | Record]) -> list[Record]:
    """The lines of some of them, one after the other."""
    return [unit if isinstance(unit, Record) else judge(unit) for unit in units]


def is_inside(output: str, plan: Plan) -> str:
    """The folder that is judged and in which a file would lie; empty where there is none."""
    place = os.path.realpath(output)
    return next(
        (each.id for each in plan.folders if place.startswith(os.path.join(os.path.realpath(each.folder), ""))), ""
    )
