"""Findings with a code frame, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.reporters.style import Style, printable
from hublint.reporters.summary import summary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.engine.report import Checked, Report
    from hublint.engine.reported import Frame, Reported

_COLORS = {"error": "red", "warning": "yellow", "info": "cyan"}
_WIDTH = 160
_SHOWN = 20


def render(report: Report, style: Style) -> str:
    """The whole report as text: a line for each repository, its findings, and a summary."""
    lines: list[str] = []
    for checked in report.checked:
        if checked.result.findings or checked.result.crashes:
            head = style(f"{checked.kind} {printable(checked.name)}", "bold")
            lines += [f"{head} ({printable(checked.reason)})", ""]
        for finding in _capped(checked, lines, style):
            lines += [*_finding(checked, finding, style), ""]
    lines += map(printable, report.ordinary)
    if report.checked:
        lines.append(summary(report))
    return "".join(f"{line}\n" for line in lines)


def _capped(checked: Checked, lines: list[str], style: Style) -> Iterator[Reported]:
    """At most `_SHOWN` findings of one rule in one file; a line says how many more there are."""
    seen: dict[tuple[str, str], int] = {}
    for finding in checked.result.findings:
        key = (finding.place.path, finding.code)
        seen[key] = seen.get(key, 0) + 1
        if seen[key] <= _SHOWN:
            yield finding
    for (path, code), count in seen.items():
        if count > _SHOWN:
            more = f"{count - _SHOWN} more of {code}; --output-format concise shows all"
            lines += [style(f"{printable(checked.prefix + path)}: {more}", "dim"), ""]


def _finding(checked: Checked, finding: Reported, style: Style) -> Iterator[str]:
    position = finding.place
    mark = f" [{'*' if finding.fix.safety == 'safe' else '?'}]" if finding.fix else ""
    place = style(f"{printable(checked.path(finding))}:{position.line}:{position.column}", "bold")
    head = style(f"{finding.severity}[{finding.code}]", _COLORS[finding.severity])
    yield f"{place}: {head} {finding.name}: {printable(finding.message)}{style(mark, 'green')}"
    gutter = " " * len(str(position.line))
    bar = style("|", "blue")
    if finding.frame is not None:
        yield from _frame(finding, finding.frame, gutter, bar, style)
    notes = []
    if finding.hub_message:
        notes.append(f"the Hub says: {finding.hub_message}")
    if finding.help:
        notes.append(f"help: {finding.help}")
    elif finding.fix:
        notes.append(f"help: {finding.fix.title[0].lower()}{finding.fix.title[1:]}")
    for note in notes:
        yield f" {gutter} {style('=', 'blue')} {printable(note)}"


def _frame(finding: Reported, frame: Frame, gutter: str, bar: str, style: Style) -> Iterator[str]:
    line, start, end, _ = frame
    cut = max(0, start - _WIDTH // 2) if len(line) > _WIDTH else 0
    shown = line[cut : cut + _WIDTH]
    end = min(end, cut + _WIDTH)
    before = printable(shown[: start - cut]).expandtabs(4)
    marked = printable(shown[start - cut : end - cut]).expandtabs(4)
    after = printable(shown[end - cut :]).expandtabs(4)
    goes_on = frame.cut[0] or cut > 0, frame.cut[1] or cut + _WIDTH < len(line)
    dots = ["..." if there else "" for there in goes_on]
    carets = "^" * max(_columns(marked), 1)
    label = f" {printable(finding.label)}" if finding.label else ""
    yield f" {gutter} {bar}"
    yield f" {style(str(finding.place.line), 'blue')} {bar} {dots[0]}{before}{marked}{after}{dots[1]}"
    color = _COLORS[finding.severity]
    yield f" {gutter} {bar} {' ' * (_columns(before) + len(dots[0]))}{style(carets + label, color)}"
    if finding.hub_message or finding.help or finding.fix:
        yield f" {gutter} {bar}"


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(
        0
        if unicodedata.combining(char) or char in "\u200d\ufe0f"
        else 2
        if unicodedata.east_asian_width(char) in "WF"
        else 1
        for char in text
    )
