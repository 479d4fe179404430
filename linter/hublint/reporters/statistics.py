"""How often each rule fired."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.reporters.summary import summary

if TYPE_CHECKING:
    from hublint.engine.report import Report
    from hublint.reporters.style import Style
    from hublint.rule import Rule


def render(report: Report, style: Style) -> str:
    """`count code severity name`, most frequent first, then the summary."""
    counts: dict[tuple[Rule, str], int] = {}
    for _, finding in report:
        if finding.rule is not None:
            key = (finding.rule, finding.severity or "")
            counts[key] = counts.get(key, 0) + 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0][0].code, item[0][1]))
    lines = [f"{count:6} {rule.code} {severity:7} {rule.name}" for (rule, severity), count in ranked]
    lines += [f"{folder}: no Hub repository" for folder in report.ordinary]
    if report.checked:
        lines.append(summary(report))
    return "\n".join(lines) + "\n"
