"""Findings with a code frame, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.reporters.style import Style, printable
from hublint.reporters.summary import summary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.engine.masking import Mask
    from hublint.engine.report import Checked, Report
    from hublint.rule import Finding

_COLORS = {"error": "red", "warning": "yellow", "info": "cyan"}
_WIDTH = 160
_SHOWN = 20


def render(report: Report, style: Style) -> str:
    """The whole report as text: a line for each repository, its findings, and a summary."""
    lines: list[str] = []
    for checked in report.checked:
        repository = checked.repository
        if checked.findings or checked.crashes:
            lines += [
                style(f"{repository.kind} {printable(repository.name)}", "bold") + f" ({printable(repository.reason)})",
                "",
            ]
        if not checked.findings:
            continue
        from hublint.engine.masking import Mask

        mask = Mask(repository)
        for finding in _capped(checked, lines, style):
            lines += [*_finding(checked, finding, style, mask), ""]
    lines += [
        f"{folder}: no Hub repository: no metadata of the Hub in a README.md, no Hub remote"
        for folder in report.ordinary
    ]
    if report.checked:
        lines.append(summary(report))
    return "\n".join(lines) + "\n"


def _capped(checked: Checked, lines: list[str], style: Style) -> Iterator[Finding]:
    """At most `_SHOWN` findings of one rule in one file; a line says how many more there are."""
    seen: dict[tuple[str, str], int] = {}
    for finding in checked.findings:
        key = (finding.path, finding.rule.code if finding.rule else "")
        seen[key] = seen.get(key, 0) + 1
        if seen[key] <= _SHOWN:
            yield finding
    for (path, code), count in seen.items():
        if count > _SHOWN:
            more = f"{count - _SHOWN} more of {code}; --output-format concise shows all"
            lines += [style(f"{checked.prefix}{printable(path)}: {more}", "dim"), ""]


def _finding(checked: Checked, finding: Finding, style: Style, mask: Mask) -> Iterator[str]:
    rule, severity = finding.rule, finding.severity or ""
    position = finding.source.position(finding.span.start)
    mark = f" [{'*' if finding.fix.safety == 'safe' else '?'}]" if finding.fix else ""
    place = style(f"{printable(checked.path(finding))}:{position.line}:{position.column}", "bold")
    head = style(f"{severity}[{rule.code if rule else ''}]", _COLORS.get(severity, "bold"))
    name = rule.name if rule else ""
    yield f"{place}: {head} {name}: {printable(finding.message)}{style(mark, 'green')}"
    gutter = " " * len(str(position.line))
    bar = style("|", "blue")
    if finding.source.text:
        yield from _frame(finding, gutter, bar, style, mask)
    notes = []
    if finding.hub_message:
        notes.append(f"the Hub says: {finding.hub_message}")
    if finding.help:
        notes.append(f"help: {finding.help}")
    elif finding.fix:
        notes.append(f"help: {finding.fix.title[0].lower()}{finding.fix.title[1:]}")
    for note in notes:
        yield f" {gutter} {style('=', 'blue')} {printable(note)}"


def _frame(finding: Finding, gutter: str, bar: str, style: Style, mask: Mask) -> Iterator[str]:
    source = finding.source
    position = source.position(finding.span.start)
    line = mask(source.line(position.line))
    start = position.column - 1
    end = min(start + max(finding.span.end - finding.span.start, 1), max(len(line), start + 1))
    cut = max(0, start - _WIDTH // 2) if len(line) > _WIDTH else 0
    shown = line[cut : cut + _WIDTH]
    end = min(end, cut + _WIDTH)
    before = printable(shown[: start - cut]).expandtabs(4)
    marked = printable(shown[start - cut : end - cut]).expandtabs(4)
    after = printable(shown[end - cut :]).expandtabs(4)
    dots = ("..." if cut else "", "..." if cut + _WIDTH < len(line) else "")
    carets = "^" * max(_columns(marked), 1)
    label = f" {printable(finding.label)}" if finding.label else ""
    yield f" {gutter} {bar}"
    yield f" {style(str(position.line), 'blue')} {bar} {dots[0]}{before}{marked}{after}{dots[1]}"
    color = _COLORS.get(finding.severity or "", "bold")
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
