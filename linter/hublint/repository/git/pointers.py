"""Git LFS pointers, which stand in the place of large files in a checkout without them."""

from __future__ import annotations

import os

from hublint.documents.source import POINTER
from hublint.repository.git.folder import around, common_folder, is_checkout
from hublint.repository.git.gitattributes import NAME, Attributes
from hublint.repository.tree import read_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.repository.git.objects import Objects
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


def may_be_on_hub(repository: Repository, path: str) -> bool:
    """Whether the Hub may have what a pointer stands for: in a clone from it, of one that is on a remote's branch.

    It refuses a pushed pointer whose content it lacks, and asks no .gitattributes.
    """
    if repository.on_hub or not repository.repo_id or not repository.tree.root:
        return repository.on_hub
    from hublint.repository.git.pushed import pushed

    return pushed(repository).holds(path) is not False


def is_stored_whole(repository: Repository, path: str) -> bool:
    """Whether git itself has the content of a file, though .gitattributes may hand files of its name to Git LFS.

    So it is where the file was committed without Git LFS at hand. False where git's own copy cannot be read.
    """
    name, objects = repository.once(_blobs).get(path), repository.once(_objects)
    found = objects.read(name) if name is not None else None
    return found is not None and not found.data.startswith(POINTER)


def _blobs(repository: Repository) -> dict[str, bytes]:
    from hublint.repository.git.index import blobs

    root = repository.tree.root
    return blobs(root, read_file) if root else {}


def _objects(repository: Repository) -> Objects:
    from hublint.repository.git.objects import Objects

    folder = os.path.abspath(repository.tree.root or os.devnull)
    while not is_checkout(folder) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    return Objects(common_folder(folder, read_file))


def _has_outer_attributes(repository: Repository) -> bool:
    """Whether a folder around the repository, within the same checkout, has attributes as well."""
    return any(os.path.isfile(os.path.join(folder, NAME)) for folder in around(repository.tree.root))
