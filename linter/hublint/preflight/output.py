"""A preflight as text for people and as versioned JSON; see docs/preflight.md."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from hublint import __version__
from hublint.reporters.summary import counted
from hublint.reporters.wrapping import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.preflight.plan import Preflight
    from hublint.preflight.step import Step
    from hublint.reporters.style import Style

VERSION = 1
_UNCHECKED = "not checked, since preflight asks neither the network nor for your credentials:"
_MARGIN = 26  # columns before the text of a step
_COLORS = {"ok": "green", "warning": "yellow", "stop": "red"}
_WAYS = {"git": "by `git push`", "upload": "by `hf upload`"}


def as_text(found: Preflight, style: Style, quiet: bool) -> str:
    """One block for each step, what was not checked, and whether the way is free; `quiet` keeps only the last line."""
    lines = [] if quiet else list(_lines(found, style))
    return "\n".join([*lines, _verdict(found, style)]) + "\n"


def _lines(found: Preflight, style: Style) -> Iterator[str]:
    repository, deployment = found.deployment.repository, found.deployment
    way = _WAYS[deployment.way]
    folder = style(style.shown(deployment.project.prefix or "./"), "bold")
    yield f"{folder} ({repository.kind}, because of {style.shown(repository.reason)}), {way}"
    yield ""
    for step in found.steps:
        yield from _step(step, style)
    unchecked = [line for step in found.steps for line in step.unchecked]
    if unchecked:
        yield ""
        yield from wrapped(
            "not checked, since preflight asks neither the network nor for your credentials:", style.width
        )
        for line in unchecked:
            yield from wrapped(style.shown(line), style.width, "    ", "  - ")
    yield ""


def _step(step: Step, style: Style) -> Iterator[str]:
    """Status, name and text in columns, everything else below the text."""
    margin = " " * _MARGIN
    head = f"{step.status:11}  {step.name:11}  "
    first, *others = wrapped(style.shown(step.text), style.width, margin, head)
    yield style(head[:11], _COLORS.get(step.status, "dim")) + first[11:]
    yield from others
    for line in step.details:
        yield from wrapped(style.shown(line), style.width, f"{margin}  ", margin)
    for number, command in enumerate(step.commands):
        yield f"{margin}{'      ' if number else style('next:', 'bold') + ' '}{style.shown(command)}"


def _verdict(found: Preflight, style: Style) -> str:
    stops = found.stops
    if stops:
        names = ", ".join(step.name for step in stops)
        after = next((f"; next: {style.shown(step.commands[0])}" for step in stops if step.commands), "")
        return f"{style('not ready', 'red')}: {names} {'stops' if len(stops) == 1 else 'stop'} it{after}"
    warnings = sum(step.status == "warning" for step in found.steps)
    noted = f", {counted(warnings, 'warning')}" if warnings else ""
    return f"{style('ready', 'green')}{noted}: {style.shown(found.command)}"


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
        "ready": not found.stops,
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
