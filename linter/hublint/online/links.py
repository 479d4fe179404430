"""Addresses of the Hub's pages and files, as licenses are linked to."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from hublint.model.hub_ids import is_repo_id
from hublint.records import NamedTuple
from hublint.repository.git.remotes import FOLDERS

if TYPE_CHECKING:
    from hublint_schemas import Kind

_PUBLIC = "https://huggingface.co"
_ITS_HOSTS = frozenset(("huggingface.co", "www.huggingface.co", "hf.co"))
_OF_FILES = frozenset(("blob", "raw", "resolve"))
_KINDS: dict[str, Kind] = {folder.rstrip("/"): kind for kind, folder in FOLDERS.items() if folder}


class Linked(NamedTuple):
    """A repository that an address leads to; `revision` and `path` where it leads to a file of it."""

    kind: Kind
    id: str
    revision: str = ""
    path: str = ""

    def resolving(self, endpoint: str) -> str:
        """The address that gives the file."""
        place = f"{quote(self.revision, safe='')}/{quote(self.path)}"
        return f"{endpoint}/{FOLDERS[self.kind]}{self.id}/resolve/{place}"


def linked(link: str, endpoint: str = _PUBLIC) -> Linked | None:
    """What an address leads to; None where it is not surely one of the Hub's for a file, a dataset or a Space.

    The page of a model is told from other pages, as `/docs/hub`, by nothing but the list of those that there are now.

    Args:
        endpoint: where the Hub is.
    """
    try:
        parts = urlsplit(link.strip())
        is_on_hub = f"{parts.scheme}://{parts.netloc}" == endpoint or (
            endpoint == _PUBLIC and parts.scheme == "https" and parts.netloc in _ITS_HOSTS
        )
    except ValueError:
        return None
    words = [unquote(word) for word in parts.path.strip("/").split("/")]
    kind: Kind = "model"
    if words[0] in _KINDS:
        kind = _KINDS[words.pop(0)]
    id, rest = "/".join(words[:2]), words[2:]
    if not is_on_hub or len(words) < 2 or not is_repo_id(id):
        return None
    if not rest:
        return Linked(kind, id) if kind != "model" else None
    if rest[0] not in _OF_FILES or len(rest) < 3 or {"", ".", ".."}.intersection(rest):
        return None
    return Linked(kind, id, rest[1], "/".join(rest[2:]))
