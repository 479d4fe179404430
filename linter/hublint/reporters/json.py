"""The versioned JSON report; see docs/output.md."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hublint import __version__
from hublint.engine.masking import Mask
from hublint.links import rule_url

if TYPE_CHECKING:
    from hublint.engine.report import Checked, Report
    from hublint.reporters.style import Style
    from hublint.rule import Finding

VERSION = 1


def render(report: Report, style: Style) -> str:
    """One JSON object; lines and columns are 1-based, columns count code points.

    A fix whose new text holds a credential is left out.
    """
    masks = {id(checked): Mask(checked.repository) for checked in report.checked if checked.findings}
    document = {
        "version": VERSION,
        "tool": {"name": "hublint", "version": __version__},
        "repositories": [
            {
                "path": checked.prefix.rstrip("/") or ".",
                "kind": checked.repository.kind,
                "reason": checked.repository.reason,
                "id": checked.repository.repo_id or None,
            }
            for checked in report.checked
        ],
        "files": sorted(
            {checked.prefix + source.path for checked in report.checked for source in checked.repository.sources.kept()}
        ),
        "findings": [_finding(checked, finding, masks[id(checked)]) for checked, finding in report],
    }
    return json.dumps(document, indent=2, ensure_ascii=True) + "\n"


def _finding(checked: Checked, finding: Finding, mask: Mask) -> dict[str, Any]:
    source = finding.source
    start, end = source.position(finding.span.start), source.position(finding.span.end)
    code, name = (finding.rule.code, finding.rule.name) if finding.rule else ("", "")
    entry: dict[str, Any] = {
        "code": code,
        "name": name,
        "severity": finding.severity,
        "message": finding.message,
        "path": checked.path(finding),
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    }
    if finding.hub_message:
        entry["hub_message"] = finding.hub_message
    if finding.route:
        entry["route"] = finding.route
    if finding.help:
        entry["help"] = finding.help
    if finding.fix and not any(mask.hides(edit.text) for edit in finding.fix.edits):
        entry["fix"] = {
            "safety": finding.fix.safety,
            "title": finding.fix.title,
            "edits": [_edit(checked, finding, index) for index in range(len(finding.fix.edits))],
        }
    entry["url"] = rule_url(code)
    return entry


def _edit(checked: Checked, finding: Finding, index: int) -> dict[str, Any]:
    edit = finding.fix.edits[index]  # type: ignore[union-attr]
    source = checked.repository.source(edit.path)
    if source is None:
        return {
            "path": checked.prefix + edit.path,
            "line": 1,
            "column": 1,
            "end_line": 1,
            "end_column": 1,
            "text": edit.text,
        }
    start, end = source.position(edit.span.start), source.position(edit.span.end)
    return {
        "path": checked.prefix + edit.path,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "text": edit.text,
    }
