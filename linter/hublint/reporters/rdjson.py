"""The report that reviewdog reads: https://github.com/reviewdog/reviewdog/tree/master/proto/rdf."""

from __future__ import annotations

import json

from hublint.links import HOME
from hublint.reporters.paths import shown
from hublint.reporters.wording import told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from hublint.engine.report import Checked, Report
    from hublint.engine.reported import Place, Reported
    from hublint.reporters.style import Style

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}


def render(report: Report, style: Style) -> str:
    """One JSON object; columns count UTF-8 bytes from 1, the end is exclusive.

    A fix is a suggestion where it is in the finding's own file and shows no credential.
    """
    document = {
        "source": {"name": "hublint", "url": HOME},
        "diagnostics": [_diagnostic(checked, finding) for checked, finding in report.findings()],
    }
    return json.dumps(document, indent=2) + "\n"


def _diagnostic(checked: Checked, finding: Reported) -> dict[str, Any]:
    located = finding.located
    place = finding.place
    if located is not None:
        place = place._replace(column=located.column, end_column=located.end_column)
    lines = told(finding)
    entry: dict[str, Any] = {
        "message": "",
        "location": {"path": shown(checked, place.path), "range": _range(place)},
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.code, **({"url": finding.url} if finding.url else {})},
    }
    if located is not None and located.suggestion is not None and finding.fix is not None:
        place, text = located.suggestion
        entry["suggestions"] = [{"range": _range(place, whole=True), "text": text}]
        if finding.fix.safety == "unsafe":
            lines.append("the suggestion needs your eyes: it may not be what was meant")
    entry["message"] = "\n".join(lines)
    return entry


def _range(place: Place, whole: bool = False) -> dict[str, Any]:
    """A range; of a finding about no text only where it begins."""
    start, end = (place.line, place.column), (place.end_line, place.end_column)
    spots = {"start": start, "end": end} if whole or start != end else {"start": start}
    return {name: {"line": line, "column": column} for name, (line, column) in spots.items()}
