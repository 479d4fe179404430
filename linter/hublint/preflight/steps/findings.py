"""What does hublint itself find?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.engine import registry
from hublint.preflight.step import Step
from hublint.reporters.summary import counted
from hublint.reporters.wording import SEVERITY_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hublint.engine.findings import Result
    from hublint.engine.reported import Reported
    from hublint.preflight.deployment import Deployment

_SHOWN = 5
_EFFECTS = {
    "leaked": "a credential leaks",
    "refused": "the Hub refuses the push",
    "broken": "it cannot be run or loaded",
    "ignored": "the Hub ignores what is written",
    "advice": "others",
}


def check_step(deployment: Deployment) -> Step:
    """Errors stop, be they of the configured rules or of those of `--profile push`; warnings are told.

    Beside errors only those warnings are named that may be a credential.
    """
    folder = deployment.shown_folder
    usual, push = deployment.project.check(), _checked(deployment, "push")
    crashes = ("a rule failed; `hublint check` says which",) if usual.crashes or push.crashes else ()
    known = {finding.fingerprint for finding in usual.findings}
    hidden = [finding for finding in push.findings if finding.fingerprint not in known]
    found = [*usual.findings, *hidden]
    errors, warnings = _of(found, "error"), _of(found, "warning")
    if errors:
        fix = (f"hublint fix {folder}",) if any(_is_safe(finding) for finding in errors) else ()
        check = f"hublint check {'--profile push ' if _of(hidden, 'error') else ''}{folder}"
        text = f"{counted(len(errors), 'error')}: {_effects(deployment, errors)}"
        leaks = [finding for finding in warnings if _effect(deployment, finding) == "leaked"]
        return Step("check", "stop", text, _lines(deployment, [*errors, *leaks]), (*fix, check), crashes)
    if warnings:
        text = f"no errors, {counted(len(warnings), 'warning')}: {_effects(deployment, warnings)}"
        return Step("check", "warning", text, _lines(deployment, warnings), (f"hublint check {folder}",), crashes)
    return Step("check", "ok", "no errors and no warnings", unchecked=crashes)


def _checked(deployment: Deployment, profile: str) -> Result:
    """What the rules of another profile find."""
    from hublint.engine.check import Settings

    project = deployment.project
    config = project.settings.config._replace(profile=profile)
    return project._replace(settings=Settings.of(config, project.folder)).check()


def _of(found: Iterable[Reported], severity: str) -> list[Reported]:
    return [finding for finding in found if finding.severity == severity]


def _is_safe(finding: Reported) -> bool:
    return finding.fix is not None and finding.fix.safety == "safe"


def _effect(deployment: Deployment, finding: Reported) -> str:
    """What a finding means on the Hub."""
    rules = registry.listed(deployment.project.settings.config.plugins)
    return registry.metadata(rules[finding.code]).effect


def _effects(deployment: Deployment, findings: list[Reported]) -> str:
    """What they mean, and of how many that is so."""
    effects = [_effect(deployment, finding) for finding in findings]
    return ", ".join(f"{words} ({effects.count(effect)})" for effect, words in _EFFECTS.items() if effect in effects)


def _lines(deployment: Deployment, findings: list[Reported]) -> tuple[str, ...]:
    """The worst of them, a line each."""
    order = list(_EFFECTS)
    ranked = sorted(findings, key=lambda finding: order.index(_effect(deployment, finding)))
    lines = []
    for finding in ranked[:_SHOWN]:
        place = finding.place
        word = SEVERITY_WORDS[finding.severity]
        lines.append(f"{place.path}:{place.line}:{place.column}: {word}[{finding.code}] {finding.message}")
    if len(findings) > _SHOWN:
        lines.append(f"and {len(findings) - _SHOWN} more")
    return tuple(lines)
