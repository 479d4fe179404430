"""The file of an audit: JSON Lines, written as the run goes, and read back a line at a time; see docs/audit.md.

The first line is a `run`, then comes a `repository` for each one in the order in which they were done, last `end`. A
file without `end` was broken off, and its last line may be torn.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal

from hublint.errors import UsageError
from hublint.records import NamedTuple
from hublint.reporters.door import passed
from hublint.reporters.json import finding_of, tool
from hublint.reporters.style import Style
from hublint.reporters.text import framed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType
    from typing import BinaryIO

    from hublint.engine.report import Checked

VERSION = 1
Where = Literal["folder", "hub", "dump"]
Status = Literal["checked", "failed"]
SEVERITIES = ("error", "warning", "info")


class Run(NamedTuple):
    """What was asked for; the only line with a clock.

    Attributes:
        started: when, in ISO form, UTC.
        targets: the words of the command line.
        shard: `1/4` where only a part was judged, else empty.
        selection: the settings that were given, by their names in a configuration.
        tool: `name` and `version`.
    """

    started: str
    targets: tuple[str, ...]
    shard: str = ""
    selection: Mapping[str, Any] = {}
    tool: Mapping[str, str] = {}


class Record(NamedTuple):
    """One repository.

    Attributes:
        id: `owner/name` on the Hub or in a dump, else the folder's path from the working folder.
        kind: empty where that is not known.
        revision: the commit on the Hub, else empty.
        status: `failed` where it was not checked as a whole: what was found in the rest is there.
        reason: why it was not checked, a sentence; empty where it was, but for what is to be known of it all the same.
        files: how many of its files were read.
        findings: each as `hublint.reporters.json.finding_of` gives it, with `path` as it is within the repository,
            `fingerprint`, and `frame`, the code frame as text.
        applied: the fixes that were written, each with `code`, `name` and `paths`; the findings are what is left.
        proposed: the address of the pull request that the run opened.
        undone: why safe fixes that were to be applied or proposed were not, a sentence.
    """

    id: str
    kind: str
    source: Where
    revision: str = ""
    status: Status = "checked"
    reason: str = ""
    files: int = 0
    findings: tuple[Mapping[str, Any], ...] = ()
    applied: tuple[Mapping[str, Any], ...] = ()
    proposed: str = ""
    undone: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What a repository is sorted by, and known by in two files: kind, id and revision."""
        return self.kind, self.id, self.revision

    def count(self, severity: str) -> int:
        """How many findings have that severity."""
        return sum(finding["severity"] == severity for finding in self.findings)


class End(NamedTuple):
    """How many repositories there are, of how many no judgement was possible, and the findings by severity."""

    repositories: int
    failed: int
    counts: Mapping[str, int]


def findings_of(checked: Checked) -> tuple[dict[str, Any], ...]:
    """The findings of a repository as a record has them."""
    within, style = checked._replace(prefix=""), Style()
    return tuple(
        {
            **finding_of(within, finding),
            "frame": "\n".join(framed(finding, finding.frame, style)[0]) if finding.frame is not None else "",
            "fingerprint": finding.fingerprint,
        }
        for finding in checked.result.findings
    )


class Writer:
    """Writes a file line by line; each line is on its way to the disk before the next one is judged.

    Args:
        file: open for writing, at its end.
        run: the first line; None where there is one already.
        before: what was counted in the lines that are there already.
    """

    def __init__(self, file: BinaryIO, run: Run | None, before: Counts | None = None) -> None:
        self._file = file
        self.counts = before or Counts()
        if run is not None:
            self._write(line_of(run))

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._write(line_of(self.counts.end()))
        self._file.close()

    def write(self, record: Record) -> None:
        """Add a repository."""
        self._write(line_of(record))
        self.counts.add(record)

    def _write(self, line: str) -> None:
        self._file.write(line.encode("ascii"))
        self._file.flush()


class Counts:
    """Counts records as they go by."""

    def __init__(self) -> None:
        self.repositories = self.failed = 0
        self.findings = dict.fromkeys(SEVERITIES, 0)

    def add(self, record: Record) -> None:
        """Count a repository."""
        self.repositories += 1
        self.failed += record.status == "failed"
        for finding in record.findings:
            self.findings[finding["severity"]] += 1

    def end(self) -> End:
        """The last line of what was counted."""
        return End(self.repositories, self.failed, dict(self.findings))


def line_of(record: Run | Record | End) -> str:
    """A line of the file, with its line break: ASCII, credentials covered."""
    fields: dict[str, Any] = {"type": _TYPES[type(record)]}
    if isinstance(record, Run):
        fields |= {"version": VERSION, "tool": record.tool or tool()}
        record = record._replace(tool={})
    fields |= {
        key: value for key, value in record._asdict().items() if key != "tool" and (value or key not in _WHERE_CHANGED)
    }
    return passed(f"{json.dumps(fields)}\n", "jsonl")


_WHERE_CHANGED = ("applied", "proposed", "undone")  # keys of those repositories alone of which they tell something
_TYPES = {Run: "run", Record: "repository", End: "end"}


def read(path: str) -> Iterator[Run | Record | End]:
    """The lines of a file, the `run` first; a torn last line is left out, and so is what one does not know.

    Raises:
        UsageError: it cannot be read, or is not the file of an audit.
    """
    try:
        with open(path, "rb") as file:
            yield from _read(path, file)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from None


def repositories(path: str) -> Iterator[Record]:
    """The repositories of a file, in its order.

    Raises:
        UsageError: it cannot be read, or is not the file of an audit.
    """
    return (each for each in read(path) if isinstance(each, Record))


def indexed(path: str) -> Iterator[tuple[int, Record]]:
    """The repositories of a file, each with the offset at which `at` finds it again.

    Raises:
        UsageError: it cannot be read, or is not the file of an audit.
    """
    try:
        with open(path, "rb") as file:
            yield from ((offset, each) for offset, each in _placed(path, file) if isinstance(each, Record))
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from None


def at(file: BinaryIO, offset: int) -> Record:
    """The repository at an offset of `indexed`.

    Raises:
        UsageError: the file was changed meanwhile.
    """
    file.seek(offset)
    with suppress(ValueError, TypeError, KeyError, RecursionError):
        found = _parsed(file.readline())
        if isinstance(found, Record):
            return found
    raise UsageError(f"{file.name}: changed while hublint was at work")


def _read(path: str, file: BinaryIO) -> Iterator[Run | Record | End]:
    return (each for _, each in _placed(path, file))


def _placed(path: str, file: BinaryIO) -> Iterator[tuple[int, Run | Record | End]]:
    number = offset = 0
    for number, line in enumerate(file, 1):
        if not line.endswith(b"\n") and number > 1:
            return
        try:
            found = _parsed(line)
        except (ValueError, TypeError, KeyError, RecursionError):
            raise UsageError(f"{path}, line {number}: not a line of an audit's file") from None
        if (number == 1) != isinstance(found, Run):
            raise UsageError(f"{path}: not the file of an audit; its first line, and no other, is a `run`")
        if found is not None:
            yield offset, found
        offset += len(line)
    if not number:
        raise UsageError(f"{path}: not the file of an audit; it is empty")


def _parsed(line: bytes) -> Run | Record | End | None:
    """A line's record; None for a type that a later version may add."""
    data = json.loads(line)
    kind = data["type"]
    if kind == "run":
        if data["version"] != VERSION:
            raise ValueError
        return Run(
            str(data["started"]), tuple(map(str, data["targets"])), str(data["shard"]), data["selection"], data["tool"]
        )
    if kind == "repository":
        findings = tuple(data["findings"])
        if any(finding["severity"] not in SEVERITIES for finding in findings):
            raise ValueError
        texts: Any = {key: str(data[key]) for key in ("id", "kind", "source", "revision", "status", "reason")}
        texts |= {key: str(data.get(key, "")) for key in ("proposed", "undone")}
        applied = tuple({**each, "paths": list(map(str, each["paths"]))} for each in data.get("applied", ()))
        return Record(**texts, files=int(data["files"]), findings=findings, applied=applied)
    if kind == "end":
        return End(
            int(data["repositories"]), int(data["failed"]), {each: int(data["counts"][each]) for each in SEVERITIES}
        )
    return None
