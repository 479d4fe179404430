"""Where a repository's files come from: a folder, memory, or a mere listing."""

from __future__ import annotations

import os
import stat
from errno import EFBIG, EINVAL, ENAMETOOLONG

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO, Protocol

    class Tree(Protocol):
        """The files of one repository by path (forward slashes, relative to its root).

        Attributes:
            root: the folder on disk; empty where there is none.
        """

        @property
        def root(self) -> str: ...

        def sizes(self) -> Mapping[str, int]:
            """Every file's size in bytes; -1 where it is unknown."""
            ...

        def read(self, path: str) -> bytes | None:
            """A file's bytes, None where they cannot be had."""
            ...

        def part(self, path: str, start: int, length: int) -> bytes | None:
            """Up to `length` of a file's bytes from `start` on, which counts from the end where it is negative."""
            ...

        def refusal(self, path: str) -> str:
            """Why a file that is there has no bytes; empty where it has, or is not there."""
            ...

        def tracked(self) -> frozenset[str]:
            """The paths of the files that git tracks, whatever a .gitignore says; none where that is not known."""
            ...


# Larger files are known by path and size only; nothing that a rule reads is as large.
MAX_READ = 128 * 1024 * 1024

# How the reason ends for which a link is not read.
NOT_FOLLOWED = "links are not followed"

IGNORED_FOLDERS = frozenset((".git", ".hg", ".svn"))


class FolderTree:
    """A folder on disk. Links are listed but never followed; what vanishes or cannot be read has no bytes.

    Args:
        root: the folder.
        hidden: paths below it (relative) that are not part of it.
    """

    def __init__(self, root: str, hidden: frozenset[str] = frozenset()) -> None:
        self.root = root
        self.hidden = hidden
        self._sizes: dict[str, int] | None = None

    def sizes(self) -> Mapping[str, int]:
        """Every regular file's size, and -1 for links and for files that a sparse git checkout leaves out."""
        if self._sizes is None:
            found = dict(self._walk())
            if os.path.exists(os.path.join(self.root, ".git")):
                self._add_left_out(found)
            self._sizes = dict(sorted(found.items()))
        return self._sizes

    def _add_left_out(self, found: dict[str, int]) -> None:
        from hublint.repository.git.sparse import left_out

        for path in left_out(self.root, read_file):
            if path not in self.hidden:
                found.setdefault(path, -1)

    def _walk(self) -> Iterator[tuple[str, int]]:
        pending = [""]
        while pending:
            folder = pending.pop()
            try:
                entries = list(os.scandir(os.path.join(self.root, folder) if folder else self.root))
            except OSError:
                continue
            for entry in entries:
                path = f"{folder}/{entry.name}" if folder else entry.name
                if path in self.hidden:
                    continue
                try:
                    if entry.is_symlink():
                        yield path, -1
                    elif entry.is_dir(follow_symlinks=False):
                        if entry.name not in IGNORED_FOLDERS:
                            pending.append(path)
                    elif entry.is_file(follow_symlinks=False):
                        yield path, entry.stat(follow_symlinks=False).st_size
                except OSError:
                    continue

    def read(self, path: str) -> bytes | None:
        """The bytes of a regular file below the root; no link is followed on the way to it."""
        place = self._place(path)
        return read_file(place) if place is not None else None

    def part(self, path: str, start: int, length: int) -> bytes | None:
        """Some bytes of a regular file below the root, however large it is; no link is followed on the way to it."""
        place = self._place(path)
        if place is None:
            return None
        try:
            file, size = _opened(place, getattr(os, "O_NOFOLLOW", 0))
            with file:
                file.seek(max(size + start, 0) if start < 0 else start)
                return file.read(length)
        except (OSError, ValueError):
            return None

    def _place(self, path: str) -> str | None:
        """Where a path lies on disk; None where a link is on the way, or it is none below the root."""
        *folders, name = path.split("/")
        place = self.root
        for folder in folders:
            place = os.path.join(place, folder)
            if folder in ("", ".", "..") or os.path.islink(place):
                return None
        return None if name in ("", ".", "..") else os.path.join(place, name)

    def refusal(self, path: str) -> str:
        """Why a file that is there is not read; empty where it is, or is not there, or is a folder."""
        parts = path.split("/")
        if {"", ".", ".."}.intersection(parts):
            return ""
        folders = (os.path.join(self.root, *parts[:depth]) for depth in range(1, len(parts)))
        if any(map(os.path.islink, folders)):
            return f"its folder is a link, and {NOT_FOLLOWED}"
        place = os.path.join(self.root, *parts)
        try:
            mode = os.lstat(place).st_mode
            if stat.S_ISLNK(mode):
                return f"it is a link, and {NOT_FOLLOWED}"
            if not stat.S_ISDIR(mode):
                read_regular(place, MAX_READ, getattr(os, "O_NOFOLLOW", 0))
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return ""
        except OSError as error:  # no file has a name that is too long
            return "" if error.errno == ENAMETOOLONG else error.strerror or str(error)
        return ""

    def tracked(self) -> frozenset[str]:
        """What git's index names below the root, in a checkout or a folder of one."""
        from hublint.repository.git.index import tracked

        return tracked(self.root, read_file)


def read_file(path: str) -> bytes | None:
    """The bytes of a regular file that is not a link and not larger than `MAX_READ`, else None."""
    try:
        return read_regular(path, MAX_READ, getattr(os, "O_NOFOLLOW", 0))
    except (OSError, ValueError):
        return None


def read_regular(path: str, most: int, flags: int = 0) -> bytes:
    """The bytes of a regular file; nothing else is opened for longer than it takes to see what it is.

    Raises:
        OSError: it cannot be read, is not a regular file, or is larger than `most` bytes; `strerror` says which.
        ValueError: its name holds a NUL.
    """
    file, size = _opened(path, flags)
    with file:
        # Room for `most` would stay a mapping of its own, of which a process has no more than 65,530.
        data = file.read(size + 1) if size <= most else b""
        if len(data) > size:  # it grew, or tells no size
            data += file.read(most + 1 - len(data))
        if size > most or len(data) > most:
            raise OSError(EFBIG, f"it is larger than {most >> 20} MiB")
        return data


def _opened(path: str, flags: int) -> tuple[BinaryIO, int]:
    """A regular file, open for reading, and its size; nothing else stays open for longer than a look takes."""
    flags |= os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(EINVAL, "it is not a regular file")
        return os.fdopen(descriptor, "rb"), status.st_size
    except BaseException:
        os.close(descriptor)
        raise


class MemoryTree:
    """Files held in memory, over another tree where one is given.

    Args:
        files: path to bytes; None removes a file of the base.
        base: the tree below.
    """

    def __init__(self, files: Mapping[str, bytes | None], base: Tree | None = None) -> None:
        self.files = dict(files)
        self.base = base
        self.root = base.root if base else ""
        self._sizes: dict[str, int] | None = None

    def sizes(self) -> Mapping[str, int]:
        """The base's files with the ones in memory laid over them."""
        if self._sizes is None:
            sizes = dict(self.base.sizes()) if self.base else {}
            for path, data in self.files.items():
                if data is None:
                    sizes.pop(path, None)
                else:
                    sizes[path] = len(data)
            self._sizes = dict(sorted(sizes.items()))
        return self._sizes

    def read(self, path: str) -> bytes | None:
        """A file's bytes, memory first."""
        if path in self.files:
            return self.files[path]
        return self.base.read(path) if self.base else None

    def part(self, path: str, start: int, length: int) -> bytes | None:
        """Some of a file's bytes, memory first."""
        if path not in self.files:
            return self.base.part(path, start, length) if self.base else None
        data = self.files[path]
        if data is None:
            return None
        begin = max(len(data) + start, 0) if start < 0 else start
        return data[begin : begin + length]

    def refusal(self, path: str) -> str:
        """Why a file that is there is not read, as the base tells it."""
        return self.base.refusal(path) if self.base and path not in self.files else ""

    def tracked(self) -> frozenset[str]:
        """What git tracks of the base."""
        return self.base.tracked() if self.base else frozenset()


def overlaid(tree: Tree, files: Mapping[str, bytes | None]) -> MemoryTree:
    """A tree with some files laid over it; one that is laid over already is not stacked up."""
    if isinstance(tree, MemoryTree):
        return MemoryTree({**tree.files, **files}, tree.base)
    return MemoryTree(files, tree)


class ListedTree:
    """A listing of paths and sizes of which only some files can be read, as the Hub's API gives it.

    Args:
        sizes: path to size for every file.
        files: the tree that holds the files that can be read.
    """

    def __init__(self, sizes: Mapping[str, int], files: Tree) -> None:
        self._sizes = dict(sorted({**files.sizes(), **sizes}.items()))
        self.files = files
        self.root = files.root

    def sizes(self) -> Mapping[str, int]:
        """Every listed file."""
        return self._sizes

    def read(self, path: str) -> bytes | None:
        """The bytes of a file that is there, None for one that is only listed."""
        return self.files.read(path) if path in self._sizes else None

    def part(self, path: str, start: int, length: int) -> bytes | None:
        """Some bytes of a file that is there, None for one that is only listed."""
        return self.files.part(path, start, length) if path in self._sizes else None

    def refusal(self, path: str) -> str:
        """Why a file that is there is not read; a file that is only listed is not there."""
        return self.files.refusal(path)

    def tracked(self) -> frozenset[str]:
        """What git tracks of the files that can be read."""
        return self.files.tracked()
