"""What a run comes to: its findings by level, rule, kind and owner, and its worst repositories."""

from __future__ import annotations

from heapq import nsmallest
from typing import TYPE_CHECKING

from hublint.audit.changed import Changed
from hublint.audit.records import SEVERITIES, End, Record, Run
from hublint.audit.results.rows import owner_of, text
from hublint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORST = 20
_REASONS = 100
_KINDS = ("model", "dataset", "space")


class Count(NamedTuple):
    """How many findings of each level there are, and in how many repositories."""

    error: int = 0
    warning: int = 0
    info: int = 0
    repositories: int = 0

    @property
    def findings(self) -> int:
        """All findings."""
        return self.error + self.warning + self.info

    def plus(self, other: Count) -> Count:
        """Both together."""
        return Count(*map(sum, zip(self, other, strict=True)))


class Rule(NamedTuple):
    """A rule that found something."""

    code: str
    name: str
    url: str


class Kind(NamedTuple):
    """The repositories of a kind by the worst that was found in them, and what was found."""

    error: int = 0
    warning: int = 0
    info: int = 0
    clean: int = 0
    failed: int = 0
    findings: int = 0

    @property
    def repositories(self) -> int:
        """All of them."""
        return sum(self[:5])


class Repository(NamedTuple):
    """A repository with what was found in it."""

    id: str
    kind: str
    found: Count


class Tally:
    """Counts the lines of an audit's file as they go by.

    Attributes:
        run: the first line.
        complete: whether the last line was there.
        rules, owners, kinds: what was found by each.
        worst: the repositories with most errors, then warnings, then notes.
        failed: which could not be checked, and why; of many only the first.
        safe, unsafe: how many findings have a fix of that kind.
        files: how many were read.
        changed: what was written into them or proposed.
        having: in how many repositories there are findings of each level.
        touched: in how many there are findings at all.
    """

    def __init__(self) -> None:
        self.run = Run("", ())
        self.complete = False
        self.total = Count()
        self.rules: dict[Rule, Count] = {}
        self.owners: dict[str, Count] = {}
        self.kinds: dict[str, Kind] = {}
        self.worst: list[Repository] = []
        self.failed: list[tuple[str, str]] = []
        self.safe = self.unsafe = 0
        self.files = 0
        self.changed = Changed()
        self.touched = 0
        self.having = dict.fromkeys(SEVERITIES, 0)
        self._best: list[Repository] = []

    @classmethod
    def of(cls, lines: Iterable[Run | Record | End]) -> Tally:
        """The tally of a whole file."""
        tally = cls()
        for line in lines:
            tally.add(line)
        tally.close()
        return tally

    def add(self, line: Run | Record | End) -> None:
        """Count a line."""
        if isinstance(line, Run):
            self.run = line
        elif isinstance(line, End):
            self.complete = True
        else:
            self._add(line)

    def close(self) -> None:
        """Bring rules, owners, kinds and repositories into the order in which they are shown."""
        self.worst = _first([*self.worst, *self._best])
        self.rules = dict(sorted(self.rules.items(), key=lambda item: (-item[1].findings, item[0])))
        self.owners = dict(sorted(self.owners.items(), key=lambda item: (_badness(item[1]), item[0])))
        order = [*_KINDS, *sorted(self.kinds)]
        self.kinds = {kind: self.kinds[kind] for kind in dict.fromkeys(order) if kind in self.kinds}

    def _add(self, record: Record) -> None:
        name, kind = text(record.id), text(record.kind)
        errors, warnings, notes = map(record.count, SEVERITIES)
        levels = Count(errors, warnings, notes, 1)
        for level in SEVERITIES:
            self.having[level] += getattr(levels, level) > 0
        worst = next((level for level in SEVERITIES if getattr(levels, level)), "clean")
        if record.status == "failed":
            worst = "failed"
            if len(self.failed) < _REASONS:
                self.failed.append((name, text(record.reason)))
        known = self.kinds.get(kind, Kind())
        self.kinds[kind] = known._replace(
            **{worst: getattr(known, worst) + 1}, findings=known.findings + levels.findings
        )
        self.files += record.files
        self.changed.add(record)
        self.total = self.total.plus(levels)
        owner = owner_of(name)
        self.owners[owner] = self.owners.get(owner, Count()).plus(levels)
        self._add_rules(record)
        if levels.findings:
            self.touched += 1
            self._best.append(Repository(name, kind, levels))
            if len(self._best) > 50 * _WORST:
                self.worst = _first([*self.worst, *self._best])
                self._best.clear()

    def _add_rules(self, record: Record) -> None:
        seen: dict[Rule, list[int]] = {}
        for finding in record.findings:
            rule = Rule(*(text(finding.get(name)) for name in Rule._fields))
            seen.setdefault(rule, [0, 0, 0])[SEVERITIES.index(finding["severity"])] += 1
            fix = finding.get("fix")
            safety = fix.get("safety") if isinstance(fix, dict) else ""
            self.safe += safety == "safe"
            self.unsafe += safety == "unsafe"
        for rule, (errors, warnings, notes) in seen.items():
            self.rules[rule] = self.rules.get(rule, Count()).plus(Count(errors, warnings, notes, 1))


def _first(repositories: list[Repository]) -> list[Repository]:
    return nsmallest(_WORST, repositories, key=lambda each: (_badness(each.found), each.id))


def _badness(count: Count) -> tuple[int, ...]:
    return tuple(-number for number in count[:3])
