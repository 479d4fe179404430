"""What a run ends with: how many repositories, what is where, the worst of them and the commonest rules."""

from __future__ import annotations

from heapq import heappushpop
from typing import TYPE_CHECKING

from hublint.audit.records import Counts
from hublint.reporters.style import Style
from hublint.reporters.summary import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.audit.records import Record

_WORST = 10
_RULES = 10
_REASONS = 5
_NAMES = {"space": "Space", "model": "model", "dataset": "dataset"}


class Totals(Counts):
    """Counts records as they go by; what it keeps does not grow with their number.

    Attributes:
        kinds: how many there are of each kind.
        rules: of each rule its name, its findings, and in how many repositories they are.
    """

    def __init__(self) -> None:
        super().__init__()
        self.kinds: dict[str, int] = {}
        self.rules: dict[str, tuple[str, int, int]] = {}
        self._worst: list[tuple[tuple[int, ...], _Backwards]] = []
        self._reasons: list[str] = []

    def add(self, record: Record) -> None:
        """Count a repository."""
        super().add(record)
        self.kinds[record.kind] = self.kinds.get(record.kind, 0) + 1
        if record.status == "failed" and len(self._reasons) < _REASONS:
            self._reasons.append(f"{record.id}: {record.reason}")
        for code in {finding["code"] for finding in record.findings}:
            found = [finding for finding in record.findings if finding["code"] == code]
            name, findings, repositories = self.rules.get(code, (found[0]["name"], 0, 0))
            self.rules[code] = (name, findings + len(found), repositories + 1)
        numbers = tuple(record.count(severity) for severity in self.findings)
        if any(numbers):
            entry = (numbers, _Backwards(f"{record.id} ({record.kind})"))
            if len(self._worst) < _WORST:
                self._worst.append(entry)
                self._worst.sort()
            else:
                heappushpop(self._worst, entry)

    def lines(self, style: Style) -> Iterator[str]:
        """The summary for people."""
        if self._worst:
            yield style("errors  warnings  notes  the worst repositories", "bold")
            for (errors, warnings, notes), shown in sorted(self._worst, reverse=True):
                yield f"{errors:6}  {warnings:8}  {notes:5}  {style.shown(shown.text)}"
            yield ""
            yield style("findings  repositories  the commonest rules", "bold")
            commonest = sorted(self.rules.items(), key=lambda each: (-each[1][2], -each[1][1], each[0]))
            for code, (name, findings, repositories) in commonest[:_RULES]:
                yield f"{findings:8}  {repositories:12}  {code} {name}"
            yield ""
        yield from (f"not checked: {style.shown(reason)}" for reason in self._reasons)
        if self.failed > len(self._reasons):
            yield f"not checked: {self.failed - len(self._reasons)} more"
        yield self._last()

    def _last(self) -> str:
        kinds = [counted(number, _NAMES[kind]) for kind, number in sorted(self.kinds.items()) if kind in _NAMES]
        where = counted(self.repositories, "repository") + (f" ({', '.join(kinds)})" if kinds else "")
        failed = f", {self.failed} of them not checked as a whole" if self.failed else ""
        errors, warnings, notes = self.findings.values()
        found = f"{counted(errors, 'error')}, {counted(warnings, 'warning')}, {counted(notes, 'note')}"
        return f"{where}{failed}: {found if errors or warnings or notes else 'no findings'}"


class _Backwards:
    """A text that is less than those that come before it, so that of equals the first by name is the worst."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __lt__(self, other: _Backwards) -> bool:
        return self.text > other.text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Backwards) and self.text == other.text

    __hash__ = None  # type: ignore[assignment]
