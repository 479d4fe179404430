"""Git LFS pointers, which stand in the place of large files in a checkout without them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hublint.documents.source import POINTER
from hublint.repository.git.folder import is_checkout
from hublint.repository.git.gitattributes import NAME, Attributes

if TYPE_CHECKING:
    from hublint.repository.repository import Repository

SIZES = range(100, 1024)


def pointed_size(repository: Repository, path: str) -> int | None:
    """The size that a Git LFS pointer gives for the file in whose place it is; None where there is no pointer."""
    if repository.files[path] not in SIZES:
        return None
    head = repository.part(path, 0, len(POINTER))
    source = repository.glance(path) if head == POINTER else None
    if source is None or not source.is_pointer:
        return None
    for line in source.text.splitlines():
        key, _, value = line.partition(" ")
        if key == "size" and value.isdecimal() and len(value) < 20:
            return int(value)
    return None


def is_committed_as_text(repository: Repository, path: str) -> bool:
    """Whether git commits the pointer in the place of a file as it stands there, since nothing hands it to Git LFS."""
    return not repository.once(Attributes).is_in_lfs(path) and not repository.once(_has_outer_attributes)


def _has_outer_attributes(repository: Repository) -> bool:
    """Whether a folder around the repository, within the same checkout, has attributes as well."""
    folder = os.path.abspath(repository.tree.root)
    while repository.tree.root and not is_checkout(folder):
        parent = os.path.dirname(folder)
        if parent == folder:
            return False
        folder = parent
        if os.path.isfile(os.path.join(folder, NAME)):
            return True
    return False
