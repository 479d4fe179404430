"""How two runs differ, told: as text, as JSON, or in Markdown for a comment."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hublint.audit.records import Run, read
from hublint.audit.results.diff import Change, Sums, compare
from hublint.reporters.json import tool
from hublint.reporters.markdown import LONGEST, as_code, as_text
from hublint.reporters.style import printable
from hublint.reporters.summary import counted
from hublint.reporters.wording import SEVERITY_WORDS
from hublint.rule import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.audit.results.diff import Row
    from hublint.reporters.style import Style

FORMATS = ("text", "json", "markdown")
VERSION = 1
_STATES = {"came": "is new", "went": "is gone", "unknown": "not checked in both runs", "both": ""}
_KEYS = ("code", "name", "severity", "path", "line", "column", "message", "fingerprint")
_NAMED = 5  # repositories of which nothing can be said
_ROOM = 2_000  # characters of a comment that are left for its end


def told(before: str, after: str, format: str, style: Style) -> tuple[Sums, Iterator[str]]:
    """The text in pieces, and what counts them while they are taken.

    Raises:
        UsageError: as it is taken: a file cannot be read, or is not the file of an audit.
    """
    totals = Sums()

    def counting() -> Iterator[Change]:
        for change in compare(before, after):
            totals.add(change)
            yield change

    if format == "json":
        return totals, _json(before, after, counting(), totals)
    if format == "markdown":
        return totals, _markdown(counting(), totals)
    return totals, _text(counting(), totals, style)


def _text(changes: Iterator[Change], totals: Sums, style: Style) -> Iterator[str]:
    unknown: list[str] = []
    for change in changes:
        if change.state == "unknown":
            unknown += [change.id] if len(unknown) < _NAMED else []
            continue
        lines = list(_lines(change, style))
        if lines:
            yield "".join(f"{line}\n" for line in (*lines, ""))
    if unknown:
        more = totals.repositories["unknown"] - len(unknown)
        names = ", ".join(map(style.shown, unknown)) + (f" and {more} more" if more else "")
        yield f"{_STATES['unknown']}: {names}\n\n"
    yield f"{_findings(totals)}\n{_repositories(totals)}\n"


def _lines(change: Change, style: Style) -> Iterator[str]:
    if change.state != "both" or change.new or change.gone or change.moved:
        state = _STATES[change.state]
        kind = f" ({style.shown(change.kind)})" if change.kind else ""
        yield style(style.shown(change.id), "bold") + kind + (f" {state}" if state else "")
    for row in change.new:
        yield style("  + ", "red") + _shown(row, style)
    for row in change.gone:
        yield style("  - ", "green") + _shown(row, style)
    for was, now in change.moved:
        yield style("  > ", "cyan") + _shown(now, style) + f" (was {style.shown(_where(was))})"


def _shown(row: Row, style: Style) -> str:
    head = f"{_where(row)}: {SEVERITY_WORDS[row['severity']]}[{row['code']}] {row['name']}"
    return style.shown(f"{head}: {row['message']}")


def _json(before: str, after: str, changes: Iterator[Change], totals: Sums) -> Iterator[str]:
    head = {"version": VERSION, "tool": tool(), "before": _run(before), "after": _run(after)}
    yield f"{json.dumps(head)[:-1]}, " + '"repositories": ['
    between = "\n"
    for change in changes:
        if change.state == "both" and not (change.new or change.gone or change.moved):
            continue
        entry = {
            **{key: getattr(change, key) for key in ("id", "kind", "state")},
            "new": [_entry(row) for row in change.new],
            "gone": [_entry(row) for row in change.gone],
            "moved": [{**_entry(now), "from": {key: was[key] for key in _KEYS[3:6]}} for was, now in change.moved],
            "stayed": change.stayed,
        }
        yield between + json.dumps(entry)
        between = ",\n"
    counts = {**totals.findings, "new_by_severity": totals.severities, "repositories": totals.repositories}
    yield f'\n], "counts": {json.dumps(counts)}}}\n'


def _entry(row: Row) -> dict[str, Any]:
    return {key: row[key] for key in _KEYS}


def _run(path: str) -> dict[str, Any]:
    run = next(read(path))
    assert isinstance(run, Run)
    return {"started": run.started, "targets": list(run.targets), "shard": run.shard, "tool": dict(run.tool)}


def _markdown(changes: Iterator[Change], totals: Sums) -> Iterator[str]:
    """It fits a comment; what has no room is counted."""
    room, left = LONGEST - _ROOM, 0
    rows = []
    for change in changes:
        for line in _rows(change):
            if len(line) < room:
                room -= len(line)
                rows.append(line)
            else:
                room, left = 0, left + 1
    lines = ["## hublint audit diff", "", _findings(totals) + ".", "", _repositories(totals) + "."]
    if rows:
        lines += ["", "| | repository | rule | where | what |", "|---|---|---|---|---|"]
    yield "".join(f"{line}\n" for line in lines)
    yield "".join(rows)
    if left:
        yield f"\nNo room for {counted(left, 'more line')}: `hublint audit diff` shows all.\n"


def _rows(change: Change) -> Iterator[str]:
    name = as_code(printable(change.id))
    if change.state != "both":
        yield f"| {change.state} | {name} | | | {_STATES[change.state]} |\n"
    for state, rows in (("new", change.new), ("gone", change.gone), ("moved", [now for _, now in change.moved])):
        for row in rows:
            rule = f"{SEVERITY_WORDS[row['severity']]} {as_text(row['code'])} {as_text(row['name'])}"
            yield f"| {state} | {name} | {rule} | {as_code(printable(_where(row)))} | {as_text(row['message'])} |\n"


def _where(row: Row) -> str:
    return f"{row['path']}:{row['line']}"


def _findings(totals: Sums) -> str:
    numbers = totals.findings
    worst = ", ".join(
        counted(number, SEVERITY_WORDS[level]) for level in SEVERITIES if (number := totals.severities[level])
    )
    new = f"{numbers['new']} new" + (f" ({worst})" if worst else "")
    return f"{new}, {numbers['gone']} gone, {numbers['moved']} moved, {numbers['stayed']} as before"


def _repositories(totals: Sums) -> str:
    numbers = totals.repositories
    parts = [f"{counted(numbers['both'], 'repository')} compared"]
    parts += [f"{numbers[state]} {what}" for state, what in (("came", "new"), ("went", "gone")) if numbers[state]]
    if numbers["unknown"]:
        parts.append(f"{numbers['unknown']} not checked in both runs")
    return ", ".join(parts)
