"""What is known of one deployment while its preflight goes on."""

from __future__ import annotations

import os
import shlex
from functools import cached_property
from typing import TYPE_CHECKING

from hublint.repository.git.folder import is_checkout
from hublint.repository.git.remotes import Remote, hub_remotes

if TYPE_CHECKING:
    from hublint.engine.project import Project
    from hublint.preflight.git_settings import GitSettings
    from hublint.repository.repository import Repository


class Deployment:
    """A repository on its way to the Hub.

    Attributes:
        way: `git` for a checkout with a remote on the Hub, else `upload`.
        why_upload: what makes it an upload, in a few words.
        hf_version: of the `hf` command, once it is known.
        logged_in: whether `hf` has a token.
        token_variable: the environment variable that holds it, if one does.
        git: the git command, once it is found to work.
        without_git: why it does not, as far as that is known.
    """

    def __init__(self, project: Project) -> None:
        self.project = project
        self.folder = project.folder
        self.repository: Repository = project.repository
        checkout = is_checkout(self.folder)
        self.way = "git" if checkout and hub_remotes(self.folder) else "upload"
        self.why_upload = "no remote of this checkout is on the Hub" if checkout else "the folder is not a git checkout"
        self.hf_version: tuple[int, int, int] | None = None
        self.logged_in = False
        self.token_variable = ""
        self.git: str | None = None
        self.without_git = "there is no git to ask"

    @cached_property
    def git_settings(self) -> tuple[GitSettings | None, str]:
        """Git's settings, else why they cannot be had."""
        from hublint.preflight import git_settings

        return git_settings.read(self.git, self.folder) if self.git else (None, self.without_git)

    @property
    def repo_id(self) -> str:
        """`owner/name`, in capitals where it is not known."""
        remotes = hub_remotes(self.folder) if self.way == "git" else []
        fitting = (remote.repo_id for remote in remotes if remote.kind == self.repository.kind)
        return self.repository.repo_id or next(fitting, "OWNER/NAME")

    @property
    def url(self) -> str:
        """The repository's page on the Hub."""
        return Remote(self.repository.kind, self.repo_id).url

    @property
    def path(self) -> str:
        """The folder as seen from the working folder, whole where that is far away."""
        return self.project.prefix.rstrip("/").replace("/", os.sep) or "."

    @property
    def git_here(self) -> str:
        """How a command line begins that runs git in the folder."""
        return "git" if self.path == "." else f"git -C {self.shown_folder}"

    @property
    def shown_folder(self) -> str:
        """The folder as an argument of a command."""
        return shlex.quote(self.path)
