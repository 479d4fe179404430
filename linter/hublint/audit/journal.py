"""The file of a run: begun, or gone on with where it was broken off."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hublint.audit.placing import replacing
from hublint.audit.records import End, Record, Run, Writer, line_of, read
from hublint.audit.totals import Totals
from hublint.errors import UsageError
from hublint.reporters.summary import counted

if TYPE_CHECKING:
    from hublint.audit.judging import Unit


class Done:
    """Which repositories a file has already.

    Attributes:
        proposed: how many of them got a pull request.
    """

    def __init__(self) -> None:
        self.proposed = 0
        self._keys: set[int] = set()
        self._asked: set[int] = set()
        self._lines: set[int] = set()

    def add(self, record: Record) -> None:
        """Note one."""
        self.proposed += bool(record.proposed)
        self._keys.add(hash((record.source, *record.key)))
        self._lines.add(hash((record.source, *record.key, record.reason)))
        self._asked.update((hash((record.source, record.kind, record.id)), hash((record.source, "", record.id))))

    def has(self, unit: Unit) -> bool:
        """Whether a repository need not be judged again; what a branch or tag names may have to be asked first."""
        if unit.revision:
            return hash((unit.source, unit.kind, unit.id, unit.revision)) in self._keys
        return hash((unit.source, unit.kind, unit.id)) in self._asked

    def __contains__(self, record: Record) -> bool:
        return hash((record.source, *record.key, record.reason)) in self._lines


def begun(path: str, run: Run, totals: Totals) -> Writer:
    """A new file, in the place of one of a run that came to its end.

    Raises:
        UsageError: it cannot be written, or what is there is something else, or was broken off.
    """
    repositories, ended = spared(path)
    if repositories and not ended:
        raise UsageError(
            f"{path}: was broken off after {counted(repositories, 'repository')}; --resume goes on with it, and if it "
            "is removed the run begins anew"
        )
    try:
        os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
        return Writer(open(path, "wb"), run, totals)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from None


def spared(path: str) -> tuple[int, bool]:
    """How many repositories are in a file, and whether its run came to its end, as that of no file did.

    Raises:
        UsageError: it is not the file of an audit, so that nothing may be put in its place.
    """
    repositories, ended = 0, True
    if os.path.lexists(path) and (not os.path.isfile(path) or os.path.getsize(path)):
        try:
            for each in read(path):
                repositories += isinstance(each, Record)
                ended = isinstance(each, End)
        except UsageError as error:
            raise UsageError(f"{error}; it is left as it is") from None
    return repositories, ended


def resumed(path: str, run: Run, totals: Totals) -> tuple[Writer, Done]:
    """A file that is gone on with, without what was not checked in it, which is tried again.

    Raises:
        UsageError: it is of another run, or cannot be read or written.
    """
    done = Done()
    if not os.path.lexists(path):
        return begun(path, run, totals), done
    with replacing(path) as file:
        for each in read(path):
            if isinstance(each, Run):
                _agree(path, each, run)
                file.write(line_of(each).encode("ascii"))
            elif isinstance(each, Record) and each.status == "checked" and each not in done:
                file.write(line_of(each).encode("ascii"))
                done.add(each)
                totals.add(each)
    try:
        return Writer(open(path, "ab"), None, totals), done
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from None


def _agree(path: str, there: Run, run: Run) -> None:
    for what, before, now in (
        ("targets", there.targets, run.targets),
        ("selection", dict(there.selection), dict(run.selection)),
        ("part", there.shard, run.shard),
        ("version of hublint", there.tool.get("version"), run.tool.get("version", there.tool.get("version"))),
    ):
        if before != now:
            raise UsageError(f"{path}: is of a run with another {what}; --resume needs the same command")
