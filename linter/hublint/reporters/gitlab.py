"""The report that GitLab shows in merge requests as Code Quality."""

from __future__ import annotations

import json
from hashlib import sha256

from hublint.reporters.paths import shown
from hublint.reporters.wording import message_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.engine.report import Report
    from hublint.reporters.style import Style

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def render(report: Report, style: Style) -> str:
    """A JSON array, one object for each finding.

    GitLab merges entries with one fingerprint, so every finding has its own; it stays while other lines come and go.
    """
    entries = []
    seen: dict[str, int] = {}
    for checked, finding in report.findings():
        path = shown(checked, finding.place.path)
        whole = f"{path}\0{finding.fingerprint}"
        number = seen[whole] = seen.get(whole, 0) + 1
        named = whole if number == 1 else f"{whole}\0{number}"
        entries.append(
            {
                "description": f"{finding.code} {finding.name}: {message_of(finding)}",
                "check_name": finding.code,
                "fingerprint": sha256(named.encode()).hexdigest()[:32],
                "severity": _SEVERITIES[finding.severity],
                "location": {
                    "path": path,
                    "lines": {"begin": finding.place.line, "end": finding.place.end_line},
                },
            }
        )
    return json.dumps(entries, indent=2) + "\n"
