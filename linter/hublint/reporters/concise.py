"""One line for each finding."""

from __future__ import annotations

from hublint.reporters.style import Style, printable
from hublint.reporters.summary import summary
from hublint.reporters.wording import SEVERITY_WORDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.engine.report import Report


def render(report: Report, style: Style) -> str:
    """`path:line:column: severity[CODE] name: message`, then the summary."""
    lines = []
    for checked, finding in report.findings():
        place = f"{printable(checked.path(finding))}:{finding.place.line}:{finding.place.column}"
        mark = " [*]" if finding.fix and finding.fix.safety == "safe" else ""
        head = f"{SEVERITY_WORDS[finding.severity]}[{finding.code}] {finding.name}"
        lines.append(f"{style(place, 'bold')}: {head}: {printable(finding.message)}{mark}")
    lines += map(printable, report.ordinary)
    if report.checked:
        lines.append(summary(report))
    return "".join(f"{line}\n" for line in lines)
