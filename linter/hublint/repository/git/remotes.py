"""What a git checkout's remotes say of its home on the Hub, read from .git without running git."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from hublint.regexes import lazy
from hublint.repository.tree import read_file

if TYPE_CHECKING:
    from hublint_schemas import Kind

_REMOTE = lazy(
    r"^\s*url\s*=\s*(?:https?://(?:[^@/\s]*@)?|ssh://git@|git@)(?:huggingface\.co|hf\.co)[/:]"
    r"(?P<kind>spaces/|datasets/)?(?P<id>[\w.-]+/[\w.-]+?)(?:\.git)?/?\s*$",
    re.MULTILINE,
)
_KINDS: dict[str, Kind] = {"spaces/": "space", "datasets/": "dataset", "": "model"}


class Remote(NamedTuple):
    """A repository on the Hub."""

    kind: Kind
    repo_id: str


def hub_remote(root: str) -> Remote | None:
    """The first Hub remote of the git checkout at `root`; None where there is none, or two of different kinds."""
    found = hub_remotes(root)
    return found[0] if found and len({remote.kind for remote in found}) == 1 else None


def hub_remotes(root: str) -> list[Remote]:
    """Every Hub remote of the git checkout at `root`, in the order of git's configuration."""
    config = read_file(os.path.join(_git_folder(root), "config"))
    if config is None:
        return []
    return [
        Remote(_KINDS[match["kind"] or ""], match["id"])
        for match in _REMOTE.finditer(config.decode("utf-8", "replace"))
    ]


def is_checkout(root: str) -> bool:
    """Whether a folder is the root of a git checkout."""
    return os.path.exists(os.path.join(root, ".git"))


def _git_folder(root: str) -> str:
    folder = os.path.join(root, ".git")
    if os.path.isfile(folder):  # a worktree or submodule names its git folder
        text = (read_file(folder) or b"").decode("utf-8", "replace").strip()
        if text.startswith("gitdir:"):
            folder = os.path.normpath(os.path.join(root, text[7:].strip()))
            common = read_file(os.path.join(folder, "commondir"))
            if common is not None:
                folder = os.path.normpath(os.path.join(folder, common.decode("utf-8", "replace").strip()))
    return folder
