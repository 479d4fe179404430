"""Files of an audit put together: sorted, each repository once."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from hublint.audit.records import End, Run, at, indexed, read
from hublint.audit.shards import shard_of
from hublint.errors import UsageError
from hublint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hublint.audit.records import Writer


class Parts(NamedTuple):
    """What files are of: the run that they make together, and what is amiss in them, a sentence each."""

    run: Run
    amiss: list[str]


def parts(paths: Sequence[str]) -> Parts:
    """What the files of an audit are of.

    Raises:
        UsageError: one cannot be read, is something else, or was judged by other rules.
    """
    runs, amiss = [], []
    for path in paths:
        run, ended = None, False
        for each in read(path):
            run = each if isinstance(each, Run) else run
            ended = isinstance(each, End)
        assert run is not None
        runs.append(run)
        if not ended:
            amiss.append(f"{path}: was broken off; --resume goes on with it")
    first = runs[0]
    for path, run in zip(paths, runs, strict=True):
        if (run.selection, run.tool) != (first.selection, first.tool):
            what = "rules" if run.selection != first.selection else "version of hublint"
            raise UsageError(f"{path}: is of another {what} than {paths[0]}; judge both alike")
    amiss += _missing([run.shard for run in runs])
    targets = dict.fromkeys(target for run in runs for target in run.targets)
    return Parts(first._replace(started=min(run.started for run in runs), targets=tuple(targets), shard=""), amiss)


def _missing(shards: Iterable[str]) -> list[str]:
    """Which parts are not there."""
    there: dict[int, set[int]] = {}
    for shard in filter(None, shards):
        part = shard_of(shard)
        there.setdefault(part.total, set()).add(part.number)
    return [
        f"part {number}/{total} is missing"
        for total, numbers in there.items()
        for number in range(1, total + 1)
        if number not in numbers
    ]


def merge(paths: Sequence[str], writer: Writer) -> None:
    """Write the repositories of files sorted by kind, id and revision; of equals one, checked ones before others.

    Raises:
        UsageError: a file cannot be read.
    """
    places = sorted(
        (record.key, record.status, not record.reason, number, offset)
        for number, path in enumerate(paths)
        for offset, record in indexed(path)
    )
    with ExitStack() as stack:
        files = [stack.enter_context(open(path, "rb")) for path in paths]
        last = None
        for key, *_, number, offset in places:
            if key != last:
                writer.write(at(files[number], offset))
            last = key
