"""The files that a sparse git checkout leaves out of the work tree.

Source: https://git-scm.com/docs/git-sparse-checkout.
"""

from __future__ import annotations

import os

from hublint.repository.git.folder import git_folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.repository.git.folder import Read


def left_out(root: str, read: Read) -> list[str]:
    """The paths of tracked files that are not checked out; none where the checkout is whole or the index unreadable.

    Args:
        read: gives the bytes of a regular file, None where it cannot be had.
    """
    folder = git_folder(root, read)
    if not os.path.isfile(os.path.join(folder, "info", "sparse-checkout")):
        return []
    from hublint.repository.git.index import entries

    return [entry.path for entry in entries(folder, read) if entry.skipped]
