"""Workflow commands that GitHub Actions shows as annotations."""

from __future__ import annotations

from hublint.reporters.style import printable
from hublint.reporters.summary import summary
from hublint.reporters.wording import told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.engine.report import Report
    from hublint.reporters.style import Style

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def render(report: Report, style: Style) -> str:
    """One `::error file=...::message` line for each finding, then the summary for the log."""
    lines = []
    for checked, finding in report.findings():
        place = finding.place
        properties: dict[str, str | int] = {
            "title": f"hublint ({finding.code} {finding.name})",
            "file": checked.path(finding),
            "line": place.line,
        }
        if place.line == place.end_line:
            properties |= {"col": place.column, "endLine": place.end_line, "endColumn": place.end_column}
        else:
            properties |= {"endLine": place.end_line}
        text = "\n".join(told(finding))
        level = _LEVELS[finding.severity]
        shown = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
        lines.append(f"::{level} {shown}::{_data(text)}")
    if report.checked:
        lines.append(summary(report))
    return "".join(f"{line}\n" for line in lines)


def _data(text: str) -> str:
    lines = text.replace("\r\n", "\n").split("\n")
    return "%0A".join(printable(line).replace("%", "%25") for line in lines)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
