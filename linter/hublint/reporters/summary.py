"""What a run ends with: what was fixed, what is where, and in one line how many findings there are."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hublint.engine.report import Report
    from hublint.engine.reported import Applied
    from hublint.reporters.style import Style

_NAMES = {"space": "Space", "model": "model", "dataset": "dataset"}
_FEW = 3  # repositories, of which no table is made
_ROWS = 20
_INDENT = "    "


def render(report: Report, style: Style) -> str:
    """The summary; nothing where nothing was checked."""
    return f"{summary(report)}\n" if report.checked else ""


def closing(report: Report, style: Style) -> Iterator[str]:
    """The lines behind the findings; none where nothing was checked."""
    if report.fixes():
        yield from _fixed(report, style)
        yield ""
    if len(report.checked) > _FEW and any(checked.result.findings for checked in report.checked):
        yield from _table(report, style)
        yield ""
    if report.checked:
        line = summary(report)
        if not style.width or len(line) <= style.width:
            yield line
        else:
            from hublint.reporters.wrapping import wrapped

            yield from wrapped(line, style.width, _INDENT)


def summary(report: Report) -> str:
    """One line with the counts and how many findings can be fixed."""
    errors, warnings, infos = (report.count(severity) for severity in ("error", "warning", "info"))
    kinds: dict[str, int] = {}
    for checked in report.checked:
        kinds[checked.kind] = kinds.get(checked.kind, 0) + 1
    where = ", ".join(counted(number, _NAMES[kind]) for kind, number in kinds.items())
    parts = [counted(errors, "error"), counted(warnings, "warning"), *([counted(infos, "note")] if infos else [])]
    line = f"{', '.join(parts)} in {where}"
    if not errors and not warnings and not infos:
        line = f"no findings in {where}"
    if report.unread:
        line += f"; {counted(report.unread, 'file')} could not be read"
    fixes = report.fixes()
    if fixes:
        line = f"{counted(len(fixes), 'fix')} applied{late(fixes)}; {line}"
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


def would_apply(fixes: Sequence[Applied], offered: int, left: int) -> str:
    """What fixing would do, and why that may be another number than that of the fixable findings.

    Args:
        offered: how many findings have a fix.
        left: how many would have one still.
    """
    line = f"{counted(len(fixes), 'fix')} would be applied{late(fixes)}"
    early = sum(not fix.later for fix in fixes)
    if left:
        line += f"; {left} more cannot be applied to these files as they are"
    if early + left < offered:
        line += f"; {counted(offered - early - left, 'finding')} would be gone without a fix of its own"
    return line


def late(fixes: Sequence[Applied]) -> str:
    """How many fixes are for what shows only behind others."""
    number = sum(fix.later for fix in fixes)
    return f" ({number} for what shows once the others are in)" if number else ""


def counted(number: int, noun: str) -> str:
    """A number with its noun in the right form: "1 fix", "2 fixes"."""
    plural = f"{noun}es" if noun.endswith("x") else f"{noun[:-1]}ies" if noun.endswith("ry") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"


def _fixed(report: Report, style: Style) -> Iterator[str]:
    """A line for each file that was fixed, with the rules that asked for it."""
    from hublint.reporters.wrapping import wrapped

    files: dict[str, dict[str, int]] = {}
    for checked in report.checked:
        for fix in checked.fixes:
            for path in fix.paths:
                rules = files.setdefault(checked.at(path), {})
                rule = f"{fix.code} {fix.name}"
                rules[rule] = rules.get(rule, 0) + 1
    for path in sorted(files)[:_ROWS]:
        rules = files[path]
        told = ", ".join(f"{number} of {rule}" if number > 1 else rule for rule, number in sorted(rules.items()))
        yield from wrapped(told, style.width, _INDENT, f"fixed {style.shown(path)}: ")
    if len(files) > _ROWS:
        yield f"fixed {counted(len(files) - _ROWS, 'more file')}"


def _table(report: Report, style: Style) -> Iterator[str]:
    """The repositories with findings, the worst first."""
    counts = {
        checked.prefix or "./": tuple(checked.count(severity) for severity in ("error", "warning", "info"))
        for checked in report.checked
        if checked.result.findings
    }
    yield style("errors  warnings  notes  repository", "bold")
    for prefix in sorted(counts, key=lambda each: ([-count for count in counts[each]], each))[:_ROWS]:
        errors, warnings, notes = counts[prefix]
        yield f"{errors:6}  {warnings:8}  {notes:5}  {style.shown(prefix)}"
    more = len(counts) - _ROWS
    if more > 0:
        yield f"and {more} more with findings"
    clean = len(report.checked) - len(counts)
    if clean:
        yield f"{counted(clean, 'repository')} without findings"
