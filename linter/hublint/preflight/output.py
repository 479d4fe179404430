"""A preflight as text for people and as versioned JSON; see docs/preflight.md."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from hublint import __version__
from hublint.reporters.style import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.preflight.plan import Preflight
    from hublint.preflight.step import Step
    from hublint.reporters.style import Style

VERSION = 1
_COLORS = {"ok": "green", "warning": "yellow", "stop": "red"}
_WAYS = {"git": "by `git push`", "upload": "by `hf upload`"}


def as_text(found: Preflight, style: Style, quiet: bool) -> str:
    """One block for each step, what was not checked, and whether the way is free; `quiet` keeps only the last line."""
    lines = [] if quiet else list(_lines(found, style))
    return "\n".join([*lines, _verdict(found, style)]) + "\n"


def _lines(found: Preflight, style: Style) -> Iterator[str]:
    repository = found.deployment.repository
    way = _WAYS[found.deployment.way]
    yield style(f"{repository.kind} {printable(repository.name)}", "bold") + f" ({printable(repository.reason)}), {way}"
    yield ""
    for step in found.steps:
        if step.status != "not reached":
            yield from _step(step, style)
    unreached = [step.name for step in found.steps if step.status == "not reached"]
    if unreached:
        yield style(f"not reached  {', '.join(unreached)}", "dim")
    unchecked = [line for step in found.steps for line in step.unchecked]
    if unchecked:
        yield ""
        yield "not checked, since preflight asks neither the network nor for your credentials:"
        yield from (f"  - {printable(line)}" for line in unchecked)
    yield ""


def _step(step: Step, style: Style) -> Iterator[str]:
    label = style(f"{step.status:11}", _COLORS.get(step.status, "dim"))
    yield f"{label}  {step.name:11}  {printable(step.text)}"
    indent = " " * 26
    yield from (f"{indent}{printable(line)}" for line in step.details)
    if step.commands:
        first, *others = step.commands
        yield f"{indent}{style('next:', 'bold')} {printable(first)}"
        yield from (f"{indent}      {printable(line)}" for line in others)


def _verdict(found: Preflight, style: Style) -> str:
    stop = found.stop
    if stop is not None:
        after = f"; next: {printable(stop.commands[0])}" if stop.commands else ""
        return f"{style('stopped', 'red')} at {stop.name}: {printable(stop.text)}{after}"
    warnings = sum(step.status == "warning" for step in found.steps)
    noted = f", {warnings} warning{'s' if warnings > 1 else ''}" if warnings else ""
    return f"{style('ready', 'green')}{noted}: {printable(found.command)}"


def as_json(found: Preflight) -> str:
    """One JSON object."""
    deployment = found.deployment
    repository = deployment.repository
    document = {
        "version": VERSION,
        "tool": {"name": "hublint", "version": __version__},
        "repository": {
            "path": deployment.path.replace(os.sep, "/"),
            "kind": repository.kind,
            "reason": repository.reason,
            "id": repository.repo_id or None,
        },
        "way": deployment.way,
        "ready": found.stop is None,
        "command": found.command or None,
        "steps": [_entry(step) for step in found.steps],
        "environment": [_variable(variable) for step in found.steps for variable in step.variables],
    }
    return json.dumps(document, indent=2, ensure_ascii=True) + "\n"


def _entry(step: Step) -> dict[str, Any]:
    return {
        "name": step.name,
        "status": step.status,
        "message": step.text,
        "details": list(step.details),
        "next": list(step.commands),
        "not_checked": list(step.unchecked),
    }


def _variable(variable: Any) -> dict[str, Any]:
    return {
        "name": variable.name,
        "store": variable.store,
        "need": variable.need,
        "places": [{"path": path, "line": line} for path, line in variable.places],
    }
