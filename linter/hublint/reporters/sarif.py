"""SARIF 2.1.0 as GitHub's code scanning reads it; https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html."""

from __future__ import annotations

import json
from urllib.parse import quote

from hublint import __version__
from hublint.engine import registry
from hublint.engine.catalogue import summary_of
from hublint.links import HOME
from hublint.reporters.paths import relative
from hublint.reporters.plain import plain
from hublint.reporters.wording import told
from hublint.rule import SEVERITIES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hublint.engine.registry import Loaded
    from hublint.engine.report import Checked, Report
    from hublint.engine.reported import Place, Reported
    from hublint.reporters.style import Style

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
SHOWN = 5_000  # results that GitHub shows
TAKEN = 25_000  # results that GitHub takes at all
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_PROBLEMS = {"error": "error", "warning": "warning", "info": "recommendation"}
_ROOT = "%SRCROOT%"
_SECURITY = {"leaked": "8.5"}  # by effect; of others by code
_REMOTE_CODE = {"AC010": "5.0"}
_SENTENCE = 1_024  # characters of a description that GitHub takes


def render(report: Report, style: Style) -> str:
    """One run with its rules and results; columns count code points.

    What comments, configuration and baseline silence is in it only where the report asks for that: GitHub opens an
    alert for it. No absolute path and no time stands in it, so that it is the same wherever it is made; each result has
    a line of its own.
    """
    results = list(_results(report))
    if len(results) > SHOWN:
        results.sort(key=lambda pair: SEVERITIES.index(pair[1].severity))
    codes = sorted({finding.code for _, finding in results})
    numbers = {code: number for number, code in enumerate(codes)}
    listed = registry.listed(report.plugins)
    run = {
        "tool": {
            "driver": {
                "name": "hublint",
                "informationUri": HOME,
                "semanticVersion": __version__,
                "rules": [_rule(registry.load(listed[code])) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder that hublint was run in."}}},
        "invocations": [_invocation(report, len(results))],
        "results": [],
    }
    head, empty, tail = json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2).rpartition("[]")
    lines = ",\n".join(json.dumps(_result(checked, each, numbers[each.code])) for checked, each in results)
    return f"{head}[\n{lines}\n      ]{tail}\n" if lines else f"{head}{empty}{tail}\n"


def _results(report: Report) -> Iterator[tuple[Checked, Reported]]:
    for checked in report.checked:
        yield from ((checked, finding) for finding in checked.result.findings)
        if report.suppressed:
            yield from ((checked, finding) for finding in checked.result.silenced)


def _rule(loaded: Loaded) -> dict[str, Any]:
    rule, docs = loaded.rule, loaded.docs.strip()
    summary = summary_of(docs)[:_SENTENCE]
    score = _SECURITY.get(rule.effect) or _REMOTE_CODE.get(rule.code)
    properties: dict[str, Any] = {
        "precision": "high",
        "problem.severity": _PROBLEMS[rule.severity],
        "tags": [rule.effect, *rule.kinds, *(["security"] if score else [])],
    }
    if score:
        properties["security-severity"] = score
    page = f"\n{rule.url}\n" if rule.url else ""
    link = f"\n[{rule.code} {rule.name}]({rule.url})\n" if rule.url else ""
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": summary},
        "help": {"text": f"{plain(docs)}\n{page}", "markdown": f"{docs}\n{link}"},
        **({"helpUri": rule.url} if rule.url else {}),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": properties,
    }


def _result(checked: Checked, finding: Reported, number: int) -> dict[str, Any]:
    location: dict[str, Any] = {
        "physicalLocation": {**_artifact(checked, finding.place.path), "region": _region(finding.place)}
    }
    if finding.route:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.route, "kind": "member"}]
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": number,
        "level": _LEVELS[finding.severity],
        "message": {"text": "\n".join(told(finding)).replace("](", "] (")},
        "locations": [location],
        "partialFingerprints": {"hublint/v1": finding.fingerprint},
    }
    if finding.located is not None and finding.located.line_hash:
        result["partialFingerprints"]["primaryLocationLineHash"] = finding.located.line_hash
    if finding.fix and finding.fix.edits:
        result["fixes"] = [_fix(checked, finding)]
    if finding.silenced:
        kind = "inSource" if finding.silenced == "comment" else "external"
        result["suppressions"] = [{"kind": kind, "justification": f"by {_SILENCERS[finding.silenced]}"}]
    return result


_SILENCERS = {"comment": "a comment", "config": "the configuration", "baseline": "the baseline"}


def _fix(checked: Checked, finding: Reported) -> dict[str, Any]:
    fix = finding.fix
    assert fix is not None
    files: dict[str, list[dict[str, Any]]] = {}
    for edit in fix.edits:
        change = {"deletedRegion": _region(edit.place), "insertedContent": {"text": edit.text}}
        files.setdefault(edit.place.path, []).append(change)
    return {
        "description": {"text": f"{fix.title} ({fix.safety})"},
        "artifactChanges": [
            {**_artifact(checked, path), "replacements": replacements} for path, replacements in files.items()
        ],
    }


def _artifact(checked: Checked, path: str) -> dict[str, Any]:
    uri = quote(relative(checked, path).encode("utf-8", "surrogateescape"), safe="/")
    return {"artifactLocation": {"uri": uri, "uriBaseId": _ROOT}}


def _region(place: Place) -> dict[str, int]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _invocation(report: Report, count: int) -> dict[str, Any]:
    """Whether the run went well, and what is to be said of it."""
    crashes = [(checked, crash) for checked in report.checked for crash in checked.result.crashes]
    notes = [
        _note("error", f"rule {crash.code} failed on {relative(checked, '') or './'}: {crash.error}")
        for checked, crash in crashes
    ]
    if count > TAKEN:
        notes.append(
            _note("warning", f"{count} results, but GitHub refuses more than {TAKEN}; select rules, or use a baseline")
        )
    elif count > SHOWN:
        notes.append(_note("warning", f"{count} results, of which GitHub shows {SHOWN}: the most severe come first"))
    if report.unread:
        notes.append(_note("warning", f"files that could not be read: {report.unread}"))
    invocation: dict[str, Any] = {"executionSuccessful": not crashes}
    if notes:
        invocation["toolExecutionNotifications"] = notes
    return invocation


def _note(level: str, text: str) -> dict[str, Any]:
    return {"level": level, "message": {"text": text}}
