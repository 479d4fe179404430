"""What is seen at and below one folder on the way to its Hub repositories, and how folders are walked."""

from __future__ import annotations

import os
from collections import Counter

from hublint.engine.unchecked import Left
from hublint.repository.git.folder import is_checkout

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hublint_schemas import Kind

MANY = 100  # so many folders are worth several processes
DEPTH = 3  # so many levels below a named folder they are counted


class Survey:
    """What was seen at and below one folder.

    Attributes:
        repositories: the kind of each by its folder.
        doubts: what looks like a repository.
        bare: folders with a README.md that says nothing.
        excluded: folders that were not entered, each with the configuration that excludes it.
    """

    def __init__(self) -> None:
        self.repositories: dict[str, Kind] = {}
        self.doubts: dict[str, Left] = {}
        self.bare: list[str] = []
        self.excluded: list[tuple[str, str]] = []

    def add(self, other: Survey) -> None:
        """Take in what was seen in other folders."""
        self.repositories.update(other.repositories)
        self.doubts.update(other.doubts)
        self.bare += other.bare
        self.excluded += other.excluded

    def left(self) -> dict[str, Left]:
        """What looks like a repository, by itself or since most of what lies beside it is one."""
        beside: dict[str, Counter[Kind]] = {}
        for folder, kind in self.repositories.items():
            beside.setdefault(os.path.dirname(folder), Counter())[kind] += 1
        bare: dict[str, list[str]] = {}
        for folder in self.bare:
            bare.setdefault(os.path.dirname(folder), []).append(folder)
        likely: dict[str, Left] = {}
        for parent, folders in bare.items():
            kinds = beside.get(parent, Counter())
            count = kinds.total()
            if count > max(1, len(folders)):
                ((kind, _),) = kinds.most_common(1)
                reason = f"it lies beside {count} Hub repositories"
                likely.update({folder: Left(folder, kind, reason) for folder in folders})
        around = {parent for folder in self.repositories for parent in parents(folder)}
        return {
            folder: left
            for folder, left in {**likely, **self.doubts}.items()
            if folder not in around and self.doubts.keys().isdisjoint(parents(folder))
        }


def may_be_many(paths: Sequence[str]) -> bool:
    """Whether there are many folders among the paths, or in the one that is named and a few levels below it."""
    if len(paths) != 1:
        return len(paths) >= MANY
    count, level = 0, list(paths)
    for _ in range(DEPTH):
        below: list[str] = []
        for folder in level:
            below += [os.path.join(folder, name) for name in listed(folder)[0] if not name.startswith(".")]
            if count + len(below) >= MANY:
                return True
        count += len(below)
        level = below
    return False


def walk(folder: str) -> Iterator[tuple[str, list[str], list[str]]]:
    """As os.walk, which before Python 3.12 calls itself for each level; a link is a file."""
    pending = [folder]
    while pending:
        current = pending.pop()
        folders, files = listed(current)
        if not (folders or files):
            continue
        yield current, folders, files
        pending += [os.path.join(current, name) for name in reversed(folders)]


def listed(folder: str) -> tuple[list[str], list[str]]:
    """The names of the folders and of the files in a folder, none where it cannot be read; a link is a file."""
    folders: list[str] = []
    files: list[str] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                (folders if entry.is_dir(follow_symlinks=False) else files).append(entry.name)
    except OSError:
        return [], []
    return folders, files


def in_order(folder: str) -> list[str]:
    """What folders are sorted by: each is followed by what is below it, as when one walks."""
    return folder.split(os.sep)


def parents(folder: str) -> Iterator[str]:
    """Every folder around one, from the inside outwards."""
    while (parent := os.path.dirname(folder)) != folder:
        yield parent
        folder = parent


def in_checkout(folder: str) -> bool:
    """Whether a folder is or lies in a git checkout."""
    while not is_checkout(folder):
        parent = os.path.dirname(folder)
        if parent == folder:
            return False
        folder = parent
    return True
