"""What does hublint itself find?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.preflight.step import Step

if TYPE_CHECKING:
    from hublint.engine.findings import Result
    from hublint.engine.reported import Reported
    from hublint.preflight.deployment import Deployment

_SHOWN = 5


def check_step(deployment: Deployment) -> Step:
    """`hublint check --profile push` stops; what the other rules find is a warning."""
    folder = deployment.shown_folder
    refused = _checked(deployment, "push")
    errors = [finding for finding in refused.findings if finding.severity == "error"]
    if errors:
        return Step(
            "check",
            "stop",
            f"the Hub would refuse this: {_count(errors, 'error')}",
            _lines(errors),
            (*_fixes(errors, folder), f"hublint check --profile push {folder}"),
        )
    others = deployment.project.check()
    worse = [finding for finding in others.findings if finding.severity in ("error", "warning")]
    crashes = ("a rule failed; `hublint check` says which",) if refused.crashes or others.crashes else ()
    if worse:
        return Step(
            "check",
            "warning",
            f"nothing that the Hub refuses; {_count(worse, 'finding')} about what it ignores or cannot run",
            _lines(worse),
            (f"hublint check {folder}",),
            crashes,
        )
    return Step("check", "ok", "no findings", unchecked=crashes)


def _checked(deployment: Deployment, profile: str) -> Result:
    """What the rules of another profile find."""
    from hublint.engine.check import Settings

    project = deployment.project
    config = project.settings.config._replace(profile=profile)
    return project._replace(settings=Settings.of(config, project.folder)).check()


def _fixes(findings: list[Reported], folder: str) -> tuple[str, ...]:
    safe = any(finding.fix is not None and finding.fix.safety == "safe" for finding in findings)
    return (f"hublint fix {folder}",) if safe else ()


def _lines(findings: list[Reported]) -> tuple[str, ...]:
    ranked = sorted(findings, key=lambda finding: finding.severity != "error")
    lines = []
    for finding in ranked[:_SHOWN]:
        place = finding.place
        lines.append(f"{place.path}:{place.line}:{place.column}: {finding.severity}[{finding.code}] {finding.message}")
    if len(findings) > _SHOWN:
        lines.append(f"and {len(findings) - _SHOWN} more")
    return tuple(lines)


def _count(findings: list[Reported], noun: str) -> str:
    return f"{len(findings)} {noun}{'s' if len(findings) > 1 else ''}"
