"""Findings as the results of tests, for what reads nothing else."""

from __future__ import annotations

import posixpath

from hublint.records import NamedTuple
from hublint.reporters.paths import shown
from hublint.reporters.style import printable
from hublint.reporters.wording import SEVERITY_WORDS, told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.engine.report import Checked, Report
    from hublint.engine.reported import Reported
    from hublint.reporters.style import Style

_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)


def render(report: Report, style: Style) -> str:
    """XML with a suite for each file that has findings, and one for each repository without.

    Errors and warnings are failures; a note is a skipped test, since it fails nothing.
    """
    suites = [suite for checked in report.checked for suite in _suites(checked)]
    counts = _Counts(*map(sum, zip(*(suite.counts for suite in suites), strict=True))) if suites else _Counts(0, 0, 0)
    lines = ['<?xml version="1.0" encoding="utf-8"?>', _opened("testsuites", "hublint", counts)]
    for name, inner, cases in suites:
        lines += [f"  {_opened('testsuite', name, inner)}", *cases, "  </testsuite>"]
    lines.append("</testsuites>")
    return "".join(f"{line}\n" for line in lines)


class _Counts(NamedTuple):
    tests: int
    failures: int
    skipped: int


class _Suite(NamedTuple):
    name: str
    counts: _Counts
    cases: list[str]


def _suites(checked: Checked) -> Iterator[_Suite]:
    files: dict[str, list[Reported]] = {}
    for finding in checked.result.findings:
        files.setdefault(shown(checked, finding.place.path), []).append(finding)
    for path, findings in files.items():
        notes = sum(finding.severity == "info" for finding in findings)
        cases = [line for finding in findings for line in _case(path, finding)]
        yield _Suite(path, _Counts(len(findings), len(findings) - notes, notes), cases)
    if not files:
        name = shown(checked, "").rstrip("/") or "."
        case = _attributes(name="no findings", classname=f"hublint.{name}")
        yield _Suite(name, _Counts(1, 0, 0), [f"    <testcase{case}/>"])


def _opened(element: str, name: str, counts: _Counts) -> str:
    attributes = {"tests": counts.tests, "failures": counts.failures, "errors": 0, "skipped": counts.skipped}
    return f"<{element}{_attributes(name=name, **attributes)}>"


def _case(path: str, finding: Reported) -> Iterator[str]:
    place = finding.place
    yield (
        "    <testcase"
        + _attributes(
            name=f"{finding.code} {finding.name} {place.line}:{place.column}",
            classname=f"hublint.{posixpath.splitext(path)[0]}",
            file=path,
            line=place.line,
        )
        + ">"
    )
    message, *more = told(finding)
    if finding.severity == "info":
        yield f"      <skipped{_attributes(message=message)}/>"
    else:
        attributes = _attributes(type=SEVERITY_WORDS[finding.severity], message=message)
        text = "\n".join([f"{path}:{place.line}:{place.column}", message, *more])
        yield f"      <failure{attributes}>{_escaped(text)}</failure>"
    yield "    </testcase>"


def _attributes(**values: str | int) -> str:
    return "".join(f' {name}="{_escaped(str(value))}"' for name, value in values.items())


def _escaped(text: str) -> str:
    lines = "\n".join(map(printable, text.split("\n")))
    return lines.translate(_ESCAPES).encode("ascii", "xmlcharrefreplace").decode()
