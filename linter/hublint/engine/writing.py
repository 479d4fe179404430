"""Writing fixed files to disk."""

from __future__ import annotations

import os
import stat
from contextlib import suppress

from hublint.repository.tree import read_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from hublint.repository.repository import Repository


class WriteError(Exception):
    """A file that could not be written; it is as it was."""


def write(folder: str, repository: Repository, files: Mapping[str, bytes], written: list[str]) -> None:
    """Give files on disk their new bytes, each in one step; owner, group, mode and hard links stay.

    A file with several hard links, or whose owner only stays where the file does, is written in place, and gets its old
    bytes back if that fails. No other file is left behind, whatever happens.

    Args:
        folder: where the repository is.
        repository: it, as it was read.
        files: the new bytes by path.
        written: gets the path of every file as it is written.

    Raises:
        WriteError: a file changed since it was read, is read-only, or cannot be written; it is left as it is, and so
            are all behind it.
    """
    sources = {path: repository.source(path) for path in files}
    before = {path: source.raw if source is not None else None for path, source in sources.items()}
    for path in files:
        _look(os.path.join(folder, path), path, before[path])
    for path, data in files.items():
        put(os.path.join(folder, path), path, before[path], data)
        written.append(path)


def put(target: str, path: str, before: bytes | None, data: bytes) -> None:
    """Give a file on disk new bytes, in one step where its owner and links allow that.

    Args:
        path: what the file is called in an error.
        before: what is in it, None where it is new.

    Raises:
        WriteError: it changed meanwhile, is read-only, or cannot be written; it is left as it is.
    """
    status = _look(target, path, before)
    try:
        linked = status is not None and status.st_nlink > 1
        if (linked or not _replace(target, data, status)) and status is not None:
            _overwrite(target, data, status)
    except OSError as error:
        raise WriteError(f"{path}: {error.strerror}") from None


def _look(target: str, path: str, before: bytes | None) -> os.stat_result | None:
    """What the file system says of a file that may be written; None for one that is new."""
    if read_file(target) != before:
        raise WriteError(f"{path}: changed while hublint was at work; left as it is")
    try:
        status = os.lstat(target)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise WriteError(f"{path}: {error.strerror}") from None
    if before is None:
        raise WriteError(f"{path}: cannot be read; left as it is")
    if not status.st_mode & 0o222:
        raise WriteError(f"{path}: is read-only; left as it is")
    return status


def _replace(target: str, data: bytes, status: os.stat_result | None) -> bool:
    """Put a new file in the place of one; whether its owner and group can be kept, else nothing is changed."""
    from tempfile import mkstemp

    temporary = ""
    try:
        descriptor, temporary = mkstemp(prefix=f"{os.path.basename(target)}.hublint-", dir=os.path.dirname(target))
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if status is not None and not _hand_over(temporary, status):
            return False
        os.chmod(temporary, stat.S_IMODE(status.st_mode) if status is not None else usual_mode())
        os.replace(temporary, target)
        temporary = ""
        return True
    finally:
        if temporary:
            with suppress(OSError):
                os.unlink(temporary)


def _hand_over(path: str, status: os.stat_result) -> bool:
    """Give a file the owner and group of another; whether it has them."""
    own = os.lstat(path)
    if (own.st_uid, own.st_gid) == (status.st_uid, status.st_gid):
        return True
    try:
        os.chown(path, status.st_uid, status.st_gid)
    except OSError:
        return False
    return True


def usual_mode() -> int:
    """The permissions that a new file gets."""
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask


def _overwrite(target: str, data: bytes, status: os.stat_result) -> None:
    """Write into a file; where that fails, it gets its old bytes back."""
    with open(target, "r+b") as file:
        old = file.read()
        try:
            _fill(file.fileno(), data)
        except BaseException:
            _fill(file.fileno(), old)
            raise
    if os.lstat(target).st_mode != status.st_mode:  # writing takes setuid away
        os.chmod(target, stat.S_IMODE(status.st_mode))


def _fill(descriptor: int, data: bytes) -> None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    os.ftruncate(descriptor, len(data))
    os.fsync(descriptor)
