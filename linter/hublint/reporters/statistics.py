"""How often each rule fired."""

from __future__ import annotations

from collections import Counter

from hublint.reporters.style import printable
from hublint.reporters.summary import summary
from hublint.reporters.wording import SEVERITY_WORDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.engine.report import Report
    from hublint.reporters.style import Style


def render(report: Report, style: Style) -> str:
    """`count code severity name`, most frequent first, then the summary."""
    counts = Counter((finding.code, finding.severity, finding.name) for _, finding in report.findings())
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    lines = [f"{count:6} {code} {SEVERITY_WORDS[severity]:7} {name}" for (code, severity, name), count in ranked]
    lines += map(printable, report.ordinary)
    if report.checked:
        lines.append(summary(report))
    return "".join(f"{line}\n" for line in lines)
