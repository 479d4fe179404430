"""The JSON report line by line, each repository as soon as nothing more can be said of it; see docs/output.md."""

from __future__ import annotations

import json

from hublint.reporters.json import finding_of, fixed_of, repository_of, tool

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hublint.engine.report import Checked, Report
    from hublint.reporters.style import Style

VERSION = 1


def render(report: Report, style: Style) -> str:
    """All lines: `begin`, then of each repository `repository`, `finding` and `fixed`, and `end`."""
    return begin() + "".join(map(repository, report.checked)) + end(report)


def begin() -> str:
    """The first line."""
    return _line("begin", {"version": VERSION, "tool": tool()})


def repository(checked: Checked) -> str:
    """The lines of one repository."""
    return "".join(_of(checked))


def end(report: Report) -> str:
    """The last line: a report without it was broken off."""
    counts = {severity: report.count(severity) for severity in ("error", "warning", "info")}
    return _line("end", {"repositories": len(report.checked), "counts": counts})


def _of(checked: Checked) -> Iterator[str]:
    files = sorted(checked.prefix + path for path in checked.result.read)
    yield _line("repository", {**repository_of(checked), "files": files})
    for finding in checked.result.findings:
        yield _line("finding", finding_of(checked, finding))
    for fixed in fixed_of(checked):
        yield _line("fixed", fixed)


def _line(type: str, fields: dict[str, Any]) -> str:
    return json.dumps({"type": type, **fields}) + "\n"
