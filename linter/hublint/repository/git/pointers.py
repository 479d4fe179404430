"""Git LFS pointers, which stand in the place of large files in a checkout without them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hublint.repository.repository import Repository

SIZES = range(100, 1024)


def pointed_size(repository: Repository, path: str) -> int | None:
    """The size that a Git LFS pointer gives for the file in whose place it is; None where there is no pointer."""
    if repository.files[path] not in SIZES:
        return None
    source = repository.glance(path)
    if source is None or not source.is_pointer:
        return None
    for line in source.text.splitlines():
        key, _, value = line.partition(" ")
        if key == "size" and value.isdecimal() and len(value) < 20:
            return int(value)
    return None
