"""The versioned JSON report; see docs/output.md."""

from __future__ import annotations

import json

from hublint import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from hublint.engine.report import Checked, Report
    from hublint.engine.reported import Place, Reported
    from hublint.reporters.style import Style

VERSION = 1


def render(report: Report, style: Style) -> str:
    """One JSON object; lines and columns are 1-based, columns count code points.

    A fix whose new text holds a credential is left out.
    """
    document = {
        "version": VERSION,
        "tool": tool(),
        "repositories": [repository_of(checked) for checked in report.checked],
        "files": sorted({checked.prefix + path for checked in report.checked for path in checked.result.read}),
        "findings": [finding_of(checked, finding) for checked, finding in report.findings()],
        "fixed": [fixed for checked in report.checked for fixed in fixed_of(checked)],
    }
    return json.dumps(document, indent=2, ensure_ascii=True) + "\n"


def tool() -> dict[str, str]:
    """Who reports."""
    return {"name": "hublint", "version": __version__}


def repository_of(checked: Checked) -> dict[str, Any]:
    """A repository of the run."""
    return {
        "path": checked.prefix.rstrip("/") or ".",
        "kind": checked.kind,
        "reason": checked.reason,
        "id": checked.repo_id or None,
    }


def fixed_of(checked: Checked) -> list[dict[str, Any]]:
    """The fixes that were applied to a repository."""
    return [
        {"code": fix.code, "name": fix.name, "paths": [checked.at(path) for path in fix.paths]} for fix in checked.fixes
    ]


def finding_of(checked: Checked, finding: Reported) -> dict[str, Any]:
    """A finding."""
    entry: dict[str, Any] = {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "message": finding.message,
        **_place(checked, finding.place),
    }
    if finding.hub_message:
        entry["hub_message"] = finding.hub_message
    if finding.route:
        entry["route"] = finding.route
    if finding.help:
        entry["help"] = finding.help
    if finding.fix and finding.fix.edits:
        entry["fix"] = {
            "safety": finding.fix.safety,
            "title": finding.fix.title,
            "edits": [{**_place(checked, edit.place), "text": edit.text} for edit in finding.fix.edits],
        }
    if finding.url:
        entry["url"] = finding.url
    return entry


def _place(checked: Checked, place: Place) -> dict[str, Any]:
    return {**place._asdict(), "path": checked.at(place.path)}
