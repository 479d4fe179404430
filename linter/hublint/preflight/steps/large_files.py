"""Can git store the large files?

Source: https://huggingface.co/docs/hub/xet/using-xet-storage and https://huggingface.co/docs/hub/xet/legacy-git-lfs
(2026-08): git-xet needs Git LFS, and the Hub still takes what Git LFS alone sends.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hublint.preflight import programs as commands
from hublint.preflight.step import Step
from hublint.records import NamedTuple
from hublint.repository.git.gitattributes import Attributes
from hublint.repository.git.ignored import ignores

if TYPE_CHECKING:
    from hublint.preflight.deployment import Deployment
    from hublint.preflight.step import Status
    from hublint.repository.repository import Repository

_LFS = "https://git-lfs.com"
_XET = "https://huggingface.co/docs/hub/xet/using-xet-storage#git-xet"
_LIMIT = 10 * 1024 * 1024


class _Needing(NamedTuple):
    """A file that needs Git LFS; `refused` says that the Hub takes it no other way from a push."""

    path: str
    driver: str
    refused: bool


def large_files_step(deployment: Deployment) -> Step:
    """Whether the filter that .gitattributes asks for is installed, where a file needs it."""
    if deployment.way == "upload":
        return Step("large files", "not needed", "`hf upload` stores large files the right way by itself")
    needing = _needing(deployment.repository)
    if needing is None:
        return Step("large files", "not needed", "no file is large or meant for Git LFS")
    settings, problem = deployment.git_settings
    if settings is None or deployment.git is None:
        return Step("large files", "not checked", problem)
    status: Status = "stop" if needing.refused else "warning"
    meant = f"`{needing.path}` is " + ("for Git LFS" if needing.driver else "over 10 MiB and needs Git LFS")
    after = "git would commit the file itself" + (", which the Hub refuses" if needing.refused else "")
    if _program(deployment, "git-lfs") is None:
        return Step(
            "large files",
            status,
            f"{meant}, which is not installed: {after}",
            ("git-xet, which works on top of Git LFS, is optional and faster",),
            (_LFS, "git lfs install", _XET),
        )
    if needing.driver == "xet" or settings.all("filter.lfs.process") or settings.all("filter.lfs.clean"):
        xet = _program(deployment, "git-xet") is not None
        return Step("large files", "ok", "Git LFS is installed" + (", and so is git-xet" if xet else ""))
    return Step(
        "large files",
        status,
        f"{meant}, which is installed but not set up: {after}",
        commands=("git lfs install", f"{deployment.git_here} add --renormalize ."),
    )


def _needing(repository: Repository) -> _Needing | None:
    """The first file that git would commit and that the Hub refuses outside of LFS, else the first for LFS."""
    attributes = Attributes(repository)
    first: _Needing | None = None
    for path, size in repository.files.items():
        given = attributes.get(path, "filter")
        driver = str(given.value) if given is not None and given.value in ("lfs", "xet") else ""
        if (driver or size > _LIMIT) and path not in ignores(repository):
            source = None if size > _LIMIT else repository.glance(path)
            if size > _LIMIT or (source is not None and source.is_binary):
                return _Needing(path, driver, True)
            first = first or _Needing(path, driver, False)
    return first


def _program(deployment: Deployment, name: str) -> str | None:
    """A program on the PATH or among git's own."""
    found = commands.find(name, deployment.folder)
    if found is None and deployment.git is not None:
        outcome = commands.run(deployment.git, ["--exec-path"], deployment.folder)
        for suffix in ("", ".exe"):
            candidate = os.path.join(outcome.output.strip(), name + suffix)
            if not outcome.problem and os.path.isfile(candidate):
                return candidate
    return found
