"""What zip archives of a repository hold, by the directory at their end; nothing is unpacked."""

from __future__ import annotations

import io

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.repository.repository import Repository

# Of one archive's directory: about a hundred thousand members.
_MAX_READ = 16 * 1024 * 1024


def zip_members(repository: Repository, path: str) -> list[str] | None:
    """The files in a zip archive; None where its directory cannot be had, or is larger than anybody's."""
    from zipfile import BadZipFile, ZipFile

    size = repository.files.get(path, -1)
    if size < 0:
        return None
    try:
        with ZipFile(io.BufferedReader(_Parts(repository, path, size))) as archive:
            return [member.filename for member in archive.infolist() if not member.is_dir()]
    except (BadZipFile, OSError, ValueError, NotImplementedError, OverflowError):
        return None


class _Parts(io.RawIOBase):
    """A file of the repository that is read where it is asked for, up to a bound."""

    def __init__(self, repository: Repository, path: str, size: int) -> None:
        self.repository = repository
        self.path = path
        self.size = size
        self.at = 0
        self.left = _MAX_READ

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self.at, io.SEEK_END: self.size}[whence]
        if start + offset < 0:
            raise OSError("before the file's start")
        self.at = start + offset
        return self.at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        length = min(len(buffer), max(self.size - self.at, 0))
        if length > self.left:
            raise OSError("more than is read of an archive")
        data = self.repository.part(self.path, self.at, length) if length else b""
        if data is None:
            raise OSError("cannot be read")
        buffer[: len(data)] = data
        self.at += len(data)
        self.left -= len(data)
        return len(data)
