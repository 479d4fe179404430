"""Writing fixed files to disk."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hublint.repository.tree import read_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hublint.repository.repository import Repository


class WriteError(Exception):
    """A file that could not be written; it is as it was."""


def write(folder: str, repository: Repository, files: Mapping[str, bytes]) -> None:
    """Replace files on disk, each in one step, with the permissions they had.

    Args:
        folder: where the repository is.
        repository: it, as it was read.
        files: the new bytes by path.

    Raises:
        WriteError: a file changed since it was read, or cannot be written; it is left as it is.
    """
    for path, data in files.items():
        target = os.path.join(folder, path)
        before = repository.source(path)
        if read_file(target) != (before.raw if before is not None else None):
            raise WriteError(f"{path}: changed while hublint was at work; left as it is")
        temporary = f"{target}.hublint-{os.getpid()}"
        try:
            mode = os.stat(target).st_mode & 0o7777 if os.path.exists(target) else None
            with open(temporary, "xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if mode is not None:
                os.chmod(temporary, mode)
            os.replace(temporary, target)
        except OSError as error:
            if os.path.lexists(temporary):
                os.unlink(temporary)
            raise WriteError(f"{path}: {error.strerror}") from None
