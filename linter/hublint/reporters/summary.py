"""One line: how many findings there are, and how many can be fixed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hublint.engine.report import Report
    from hublint.reporters.style import Style

_NAMES = {"space": "Space", "model": "model", "dataset": "dataset"}


def render(report: Report, style: Style) -> str:
    """The summary; nothing where nothing was checked."""
    return f"{summary(report)}\n" if report.checked else ""


def summary(report: Report) -> str:
    """One line with the counts and how many findings can be fixed."""
    errors, warnings, infos = (report.count(severity) for severity in ("error", "warning", "info"))
    kinds: dict[str, int] = {}
    for checked in report.checked:
        kinds[checked.kind] = kinds.get(checked.kind, 0) + 1
    where = ", ".join(_count(number, _NAMES[kind]) for kind, number in kinds.items())
    parts = [_count(errors, "error"), _count(warnings, "warning"), *([_count(infos, "note")] if infos else [])]
    line = f"{', '.join(parts)} in {where}"
    if not errors and not warnings and not infos:
        line = f"no findings in {where}"
    if report.applied:
        line = f"{_count(report.applied, 'fix')} applied; {line}"
    safe, unsafe = report.fixable("safe"), report.fixable("unsafe")
    if safe:
        line += f"; [*] {safe} fixable with `hublint fix`"
    if unsafe:
        line += (
            f"; [?] {unsafe} more with `--unsafe-fixes`"
            if safe
            else f"; [?] {unsafe} fixable with `hublint fix --unsafe-fixes`"
        )
    return line


def _count(number: int, noun: str) -> str:
    plural = f"{noun}es" if noun.endswith("x") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"
