"""Where does the push or the upload go?"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from hublint.preflight import programs as commands
from hublint.preflight.step import Step
from hublint.preflight.steps.accounts import who_may_create
from hublint.preflight.steps.tools import WITH_REPOS
from hublint.records import NamedTuple
from hublint.repository.git.remotes import remote_at
from hublint.repository.kinds import kind_of_metadata, metadata_keys

if TYPE_CHECKING:
    from hublint.preflight.deployment import Deployment
    from hublint.preflight.git_settings import GitSettings
    from hublint.repository.git.remotes import Remote
    from hublint.repository.kinds import Evidence

_NOUNS = {"space": "Space", "dataset": "dataset", "model": "model"}
_UNCHECKED = "whether `{}` exists on the Hub and you may write to it: {}"


class HubRemote(NamedTuple):
    """A git remote and the repository on the Hub that it is."""

    name: str
    repository: Remote


def remotes(settings: GitSettings) -> list[HubRemote]:
    """The remotes on the Hub, by the URL that git pushes to."""
    urls: dict[str, str] = {}
    for variable in ("url", "pushurl"):
        urls.update(settings.sections("remote", variable))
    found = ((name, remote_at(settings.rewritten(url))) for name, url in urls.items())
    return [HubRemote(name, repository) for name, repository in found if repository is not None]


def remote_step(deployment: Deployment) -> Step:
    """Whether the push or upload goes to a repository of the right kind."""
    if deployment.way == "upload":
        return _upload(deployment)
    settings, problem = deployment.git_settings
    if settings is None:
        return Step("remote", "not checked", problem)
    found = remotes(settings)
    if not found:
        return Step("remote", "not checked", "git rewrites the URL of the remote on the Hub")
    wrong = _of_another_kind(deployment, found)
    if wrong is not None:
        return wrong
    names = ", ".join(f"`{name}` is the {remote.kind} {remote.repo_id}" for name, remote in found)
    may, unsure = who_may_create(deployment.repository)
    exists = (_UNCHECKED.format(remote.repo_id, remote.url) for _, remote in found)
    unchecked = (*exists, *unsure, "whether everything is committed: `git status`")
    fitting = next((remote for remote in found if remote.repository.kind == deployment.repository.kind), found[0])
    branch, git = _branch(deployment), deployment.git_here
    if branch and branch != "main":
        return Step(
            "remote",
            "warning",
            f"{names}; you are on the branch `{branch}`, but the Hub shows and runs `main`",
            may,
            commands=(f"{git} push {shlex.quote(fitting.name)} HEAD:main", f"{git} branch -m main"),
            unchecked=unchecked,
        )
    return Step("remote", "ok", names, may, unchecked=unchecked)


def push_command(deployment: Deployment) -> str:
    """What deploys the repository."""
    if deployment.way == "upload":
        kind = deployment.repository.kind
        option = "" if kind == "model" else f" --repo-type {kind}"
        return f"hf upload {deployment.repo_id} {deployment.shown_folder} .{option}"
    settings, _ = deployment.git_settings
    found = remotes(settings) if settings is not None else []
    fitting = [remote for remote in found if remote.repository.kind == deployment.repository.kind] or found
    target = f" {shlex.quote(fitting[0].name)} HEAD:main" if fitting else ""
    return f"{deployment.git_here} push{target}"


def right_url(deployment: Deployment, remote: Remote) -> str:
    """The remote's URL with the kind that the README.md's metadata speaks of."""
    meant = _meant(deployment)
    return remote._replace(kind=meant.kind).url if meant is not None else remote.url


def _upload(deployment: Deployment) -> Step:
    kind = deployment.repository.kind
    sdk = f" --space-sdk {deployment.repository.sdk or 'SDK'}" if kind == "space" else ""
    option = "" if kind == "model" else f" --repo-type {kind}"
    may, unsure = who_may_create(deployment.repository)
    old = deployment.hf_version is not None and deployment.hf_version < WITH_REPOS
    create = f"hf {'repo' if old else 'repos'} create OWNER/NAME{option}{sdk} --exist-ok"
    return Step(
        "remote",
        "ok",
        f"{deployment.why_upload}; create the {_NOUNS[kind]} once, then upload to it",
        may,
        (create, push_command(deployment)),
        ("whether the repository exists on the Hub and you may write to it", *unsure),
    )


def _of_another_kind(deployment: Deployment, found: list[HubRemote]) -> Step | None:
    """The stop for a remote of another kind than the README.md's metadata speaks of."""
    meant = _meant(deployment)
    wrong = [remote for remote in found if meant is not None and remote.repository.kind != meant.kind]
    if meant is None or not wrong:
        return None
    name, remote = wrong[0]
    right = right_url(deployment, remote)
    sure = "`sdk" in meant.reason and len(wrong) == len(found)
    return Step(
        "remote",
        "stop" if sure else "warning",
        f"the remote `{name}` is a {remote.kind}, {remote.repo_id}, but {meant.reason} says {meant.kind}",
        commands=(f"{deployment.git_here} remote set-url {shlex.quote(name)} {right}",),
        unchecked=(_UNCHECKED.format(remote.repo_id, right),),
    )


def _meant(deployment: Deployment) -> Evidence | None:
    card = deployment.repository.card
    if card is None:
        return None
    return kind_of_metadata(metadata_keys(card), card.data, deployment.repository.files)


def _branch(deployment: Deployment) -> str:
    """The branch that is checked out, empty where there is none or git does not tell."""
    if deployment.git is None:
        return ""
    return commands.run(
        deployment.git, ["symbolic-ref", "--quiet", "--short", "HEAD"], deployment.folder
    ).output.strip()
