"""What a git checkout's remotes say of its home on the Hub, read from .git without running git."""

from __future__ import annotations

import os
import re

from hublint.records import NamedTuple
from hublint.regexes import lazy
from hublint.repository.git.folder import common_folder
from hublint.repository.tree import read_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint_schemas import Kind

_URL_LINE = lazy(r"^\s*url\s*=\s*(\S+)\s*$", re.MULTILINE)
_REMOTE = lazy(r"^[ \t]*\[remote[ \t]", re.MULTILINE)
_URL = lazy(
    r"(?:https?://(?:(?P<user>[^@/\s]*)@)?|(?:ssh://)?(?P<ssh>[^@/\s:]+@))(?:huggingface\.co|hf\.co)"
    r"(?::\d+)?[/:](?P<folder>spaces/|datasets/)?(?P<id>[\w.-]+/[\w.-]+?)(?:\.git)?/?"
)
# What stands before a repository's id in its address.
FOLDERS: dict[Kind, str] = {"space": "spaces/", "dataset": "datasets/", "model": ""}
_KINDS = {folder: kind for kind, folder in FOLDERS.items()}


class Remote(NamedTuple):
    """A repository on the Hub; `credential` says that its URL for git holds one, which is kept nowhere."""

    kind: Kind
    repo_id: str
    ssh: bool = False
    credential: bool = False

    @property
    def url(self) -> str:
        """Its page, which is its URL for git without anything secret."""
        return f"https://huggingface.co/{FOLDERS[self.kind]}{self.repo_id}"


def remote_at(url: str) -> Remote | None:
    """The repository on the Hub that a URL for git leads to, None where it leads elsewhere."""
    found = _URL.fullmatch(url.strip())
    if found is None:
        return None
    user = found["user"] or ""
    credential = ":" in user or user.startswith(("hf_", "api_org_"))
    return Remote(_KINDS[found["folder"] or ""], found["id"], bool(found["ssh"]), credential)


def hub_remote(root: str) -> Remote | None:
    """The first Hub remote of the git checkout at `root`; None where there is none, or two of different kinds."""
    found = hub_remotes(root)
    return found[0] if found and len({remote.kind for remote in found}) == 1 else None


def hub_remotes(root: str) -> list[Remote]:
    """Every Hub remote of the git checkout at `root`, in the order of git's configuration."""
    return [remote for remote in map(remote_at, _URL_LINE.findall(_configuration(root))) if remote is not None]


def is_only_elsewhere(root: str) -> bool:
    """Whether the git checkout at `root` has remotes, and none of them is on the Hub."""
    return _REMOTE.search(_configuration(root)) is not None and not hub_remotes(root)


def _configuration(root: str) -> str:
    config = read_file(os.path.join(common_folder(root, read_file), "config"))
    return (config or b"").decode("utf-8", "replace")
