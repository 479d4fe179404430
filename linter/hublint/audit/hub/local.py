"""What huggingface_hub's cache on this machine holds of a repository.

Source: https://huggingface.co/docs/huggingface_hub/guides/manage-cache; `_tree_cache.py` of huggingface_hub 2.4.0, by
which listings of commits are kept as `trees/<commit>.json`.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from hublint.audit.hub.errors import HubError
from hublint.audit.hub.listing import Listing
from hublint.regexes import lazy
from hublint.repository.tree import FolderTree, read_file

if TYPE_CHECKING:
    from hublint_schemas import Kind

_COMMIT = lazy(r"[0-9a-f]{40}")
_VERSION = 1


class Cached:
    """A repository in the cache, which is only read."""

    def __init__(self, cache: str, kind: Kind, id: str) -> None:
        self._root = os.path.join(cache, f"{kind}s--{id.replace('/', '--')}")
        self._is_there = os.path.isdir(self._root)

    def files(self, commit: str) -> LinkedTree | None:
        """The files of a commit; None where there are none."""
        folder = os.path.join(self._root, "snapshots", commit)
        return LinkedTree(folder, self._root) if self._is_there and os.path.isdir(folder) else None

    def listing(self, id: str, revision: str) -> Listing:
        """What is known of a repository without asking anybody.

        Raises:
            HubError: nothing is.
        """
        commit = revision if _COMMIT.fullmatch(revision) else self._named(revision or "main")
        data = read_file(os.path.join(self._root, "trees", f"{commit}.json")) if commit else None
        try:
            found = json.loads(data or b"")
            if found["format_version"] == _VERSION:
                return Listing(id, commit, {str(path): int(each["size"]) for path, each in found["files"].items()})
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            pass
        raise HubError(
            "HF_HUB_OFFLINE is set, and the local cache has no listing of it; `hf download` keeps one "
            "(huggingface_hub 2)"
        )

    def _named(self, revision: str) -> str:
        """The commit that a branch or tag was at."""
        data = FolderTree(os.path.join(self._root, "refs")).read(revision)
        text = (data or b"").decode("ascii", "replace").strip()
        return text if _COMMIT.fullmatch(text) else ""


class LinkedTree:
    """The files of a snapshot, which are links into the folder of blobs beside it; no other link is followed."""

    def __init__(self, folder: str, root: str) -> None:
        self._links = folder
        self._root = os.path.realpath(root)

    def tree_of(self, path: str) -> tuple[FolderTree, str] | None:
        """The tree that holds a file's bytes and its path there; None where the file is not in the cache."""
        if {"", ".", ".."}.intersection(path.split("/")):
            return None
        place = os.path.realpath(os.path.join(self._links, *path.split("/")))
        if not place.startswith(os.path.join(self._root, "")) or not os.path.isfile(place):
            return None
        return FolderTree(self._root), os.path.relpath(place, self._root).replace(os.sep, "/")
