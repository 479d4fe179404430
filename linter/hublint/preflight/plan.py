"""The questions of a preflight in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.preflight.step import Step
from hublint.preflight.steps.credentials import credentials_step
from hublint.preflight.steps.findings import check_step
from hublint.preflight.steps.large_files import large_files_step
from hublint.preflight.steps.login import login_step
from hublint.preflight.steps.remote import push_command, remote_step
from hublint.preflight.steps.tools import git_step, hf_step
from hublint.preflight.steps.variables import environment_step
from hublint.records import NamedTuple
from hublint.secrets.detector import find_tokens
from hublint.secrets.redaction import cover

if TYPE_CHECKING:
    from collections.abc import Callable

    from hublint.preflight.deployment import Deployment

STEPS: tuple[tuple[str, Callable[[Deployment], Step]], ...] = (
    ("hf", hf_step),
    ("login", login_step),
    ("git", git_step),
    ("credentials", credentials_step),
    ("large files", large_files_step),
    ("remote", remote_step),
    ("environment", environment_step),
    ("check", check_step),
)


class Preflight(NamedTuple):
    """The answers; `command` is what deploys the repository, empty as long as something stops it."""

    deployment: Deployment
    steps: tuple[Step, ...]
    command: str

    @property
    def stops(self) -> list[Step]:
        """The steps that stop the deployment."""
        return [step for step in self.steps if step.status == "stop"]


def preflight(deployment: Deployment) -> Preflight:
    """Ask everything: who lacks a tool learns all the same what else is in the way."""
    steps = tuple(_covered(ask(deployment)) for _, ask in STEPS)
    ready = all(step.status != "stop" for step in steps)
    return Preflight(deployment, steps, cover_tokens(push_command(deployment)) if ready else "")


def _covered(step: Step) -> Step:
    """The step without tokens, which may stand where nobody expects them: in a path, a branch, a variable's name."""
    return step._replace(
        text=cover_tokens(step.text),
        details=tuple(map(cover_tokens, step.details)),
        commands=tuple(map(cover_tokens, step.commands)),
        unchecked=tuple(map(cover_tokens, step.unchecked)),
        variables=tuple(each._replace(name=cover_tokens(each.name)) for each in step.variables),
    )


def cover_tokens(text: str) -> str:
    """A text with every token in it covered."""
    for token in find_tokens(text):
        text = text.replace(token.value, cover(token.value))
    return text
