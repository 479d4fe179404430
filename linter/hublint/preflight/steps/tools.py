"""Are `hf` and git there, and new enough?"""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from hublint.preflight import programs as commands
from hublint.preflight.programs import ENDED
from hublint.preflight.step import Step

if TYPE_CHECKING:
    from hublint.preflight.deployment import Deployment

# `hf` itself is in huggingface_hub since 0.34.0; `hf spaces secrets` and `hf spaces variables` are in 1.14.0 and not
# in 1.13.0. Source: the wheels on PyPI (2026-11-21).
WITH_SECRETS = (1, 14, 0)
WITH_REPOS = (1, 5, 0)  # beside `hf repo`, which 1.0.0 has alone and 2.x no more
_NEWEST = (2, 4, 0)  # of 2026-11-21
_INSTALL = ("pip install -U huggingface_hub", "brew install hf")
_UPDATE = ("hf update", "pip install -U huggingface_hub")


def hf_step(deployment: Deployment) -> Step:
    """Whether the `hf` command is there; without git it is the way to the Hub."""
    needed = deployment.way == "upload"
    program = commands.find("hf", deployment.folder)
    if program is None:
        old = commands.find("huggingface-cli", deployment.folder) is not None
        text = "no `hf` command on the PATH" + (", only its predecessor `huggingface-cli`" if old else "")
        if needed:
            return Step("hf", "stop", text + "; the upload needs it", commands=_INSTALL)
        return Step("hf", "warning", text + "; `git push` does without it", commands=_INSTALL)
    outcome = commands.run(program, ["version"], deployment.folder)
    if outcome.problem.startswith(ENDED) and needed:
        return Step("hf", "stop", f"`hf version` {outcome.problem}; the upload needs `hf`", commands=_UPDATE[1:])
    found = re.search(r"\b(\d+)\.(\d+)(?:\.(\d+))?\S*", outcome.output) if not outcome.problem else None
    if found is None:
        return Step("hf", "not checked", f"`hf version` {outcome.problem or 'told no version'}", commands=_UPDATE)
    deployment.hf_version = (int(found[1]), int(found[2]), int(found[3] or 0))
    if deployment.hf_version < WITH_SECRETS and deployment.repository.kind == "space":
        return Step(
            "hf",
            "warning",
            f"`hf` {found[0]} has no `hf spaces secrets` and `hf spaces variables`, which came with 1.14.0",
            commands=_UPDATE[1:],
        )
    newest = "" if deployment.hf_version >= _NEWEST else f"; {'.'.join(map(str, _NEWEST))} was there on 2026-11-21"
    return Step("hf", "ok", f"`hf` {found[0]}{newest}")


def git_step(deployment: Deployment) -> Step:
    """Whether git is there, where the folder is pushed with git."""
    if deployment.way == "upload":
        return Step("git", "not needed", f"{deployment.why_upload}; `hf upload` does without git")
    program = commands.find("git", deployment.folder)
    if program is None:
        return Step(
            "git",
            "stop",
            "no `git` command on the PATH; the push needs it",
            commands=("https://git-scm.com/downloads",),
        )
    outcome = commands.run(program, ["--version"], deployment.folder)
    found = re.search(r"\d+\.\d+\S*", outcome.output) if not outcome.problem else None
    if found is None:
        deployment.without_git = "git gave no answer"
        return Step("git", "not checked", f"`git --version` {outcome.problem or 'told no version'}")
    outcome = commands.run(program, ["rev-parse", "--git-dir"], deployment.folder)
    if outcome.problem.startswith(ENDED):
        deployment.without_git = "git does not work in this folder"
        return _refused(deployment, outcome.complaint)
    deployment.git = program
    return Step("git", "ok", f"git {found[0]}")


def _refused(deployment: Deployment, complaint: str) -> Step:
    """What to do where git does not work in the folder; what protects from other users' folders is not switched off
    for another reason."""
    status = f"{deployment.git_here} status"
    if "dubious ownership" in complaint or "unsafe repository" in complaint:
        trust = f"git config --global --add safe.directory {shlex.quote(deployment.folder)}"
        text = "git refuses to work in this folder, since it belongs to another user"
        return Step("git", "stop", text, commands=(status, trust))
    why = next((line for line in complaint.splitlines() if line.startswith("fatal: ")), "")
    text = "git does not work in this folder" + (f": {why.removeprefix('fatal: ')}" if why else "")
    return Step("git", "stop", text, commands=(status,))
