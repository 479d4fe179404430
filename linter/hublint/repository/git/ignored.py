"""Which files git leaves out of commits, by the .gitignore files of a repository.

`upload_folder` of huggingface_hub leaves the same files out: the Hub applies the root's .gitignore to uploads.
Source: https://git-scm.com/docs/gitignore; `_fetch_upload_modes` in huggingface_hub/_commit_api.py.
"""

from __future__ import annotations

import os
from functools import cached_property

from hublint.documents.source import Source
from hublint.records import NamedTuple
from hublint.repository.git.folder import around
from hublint.repository.git.pattern_index import PatternIndex
from hublint.repository.tree import read_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.git.wildmatch import Glob
    from hublint.repository.repository import Repository

_NAME = ".gitignore"


class _Pattern(NamedTuple):
    glob: Glob
    by_name: bool
    only_folders: bool
    negated: bool


def ignores(repository: Repository) -> Ignores:
    """Which files git leaves out of a repository's commits; `path in ignores(repository)` tells of one."""
    return repository.once(Ignores)


class Ignores:
    """The .gitignore files of a repository; `path in ignores` tells whether they leave a file out.

    A file that git tracks already is not left out, whatever they say.
    """

    def __init__(self, repository: Repository) -> None:
        self._tree = repository.tree
        found: dict[str, _Patterns] = {}
        for path in repository.files:
            if path == _NAME or path.endswith("/" + _NAME):
                patterns = repository.parsed(path, _Patterns)
                if patterns:
                    found[path[: -len(_NAME)]] = patterns
        self._lists = _Lists(found)

    def __contains__(self, path: str) -> bool:
        return self.names(path) and path not in self._tracked

    def names(self, path: str) -> bool:
        """Whether a .gitignore names a file, be it tracked or not."""
        return self._lists.names(path)

    def may_hide(self, path: str) -> bool:
        """Whether a file that is not here may lie where the repository is worked on, though git has it nowhere.

        Then a .gitignore names it: one of the repository, or one around it in the same checkout.
        """
        lists, inside = self._of_checkout
        return lists.names(inside + path)

    @cached_property
    def _of_checkout(self) -> tuple[_Lists, str]:
        """All lists that hold here, and the repository's path where they begin."""
        root = self._tree.root
        folders = around(root)
        if not folders:
            return self._lists, ""
        inside = _base(root, folders[-1])
        found = {inside + base: patterns for base, patterns in self._lists.patterns.items()}
        for folder in folders:
            data = read_file(os.path.join(folder, _NAME))
            if data is not None:
                found[_base(folder, folders[-1])] = _Patterns(Source(_NAME, data))
        return _Lists(found), inside

    @cached_property
    def _tracked(self) -> frozenset[str]:
        return self._tree.tracked()


def _base(folder: str, top: str) -> str:
    """What the paths of a folder begin with, seen from the top."""
    path = os.path.relpath(folder, top).replace(os.sep, "/")
    return "" if path == "." else f"{path}/"


class _Lists:
    """Lists of patterns by the folders that they hold in, each with a slash at its end."""

    def __init__(self, patterns: dict[str, _Patterns]) -> None:
        self.patterns = patterns
        self._folders: dict[str, bool] = {}

    def names(self, path: str) -> bool:
        """Whether they name a file, or a folder that it lies in."""
        if not self.patterns:
            return False
        return self._has_folder(path.rpartition("/")[0]) or self._matches(path, False)

    def _has_folder(self, folder: str) -> bool:
        if folder not in self._folders:
            parent = folder.rpartition("/")[0]
            self._folders[folder] = bool(folder) and (self._has_folder(parent) or self._matches(folder, True))
        return self._folders[folder]

    def _matches(self, path: str, is_folder: bool) -> bool:
        """What the last pattern says that fits, those of inner folders after those of outer ones."""
        at = path.rfind("/")
        while at >= -1:
            base = path[: at + 1]
            patterns = self.patterns.get(base)
            verdict = patterns.verdict(path[len(base) :], is_folder) if patterns is not None else None
            if verdict is not None:
                return verdict
            at = path.rfind("/", 0, at) if at >= 0 else -2
        return False


class _Patterns:
    """The patterns of one .gitignore."""

    def __init__(self, source: Source) -> None:
        self._patterns = list(_read(source.text))
        self._index = PatternIndex(pattern.glob.key(pattern.by_name) for pattern in self._patterns)

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def verdict(self, path: str, is_folder: bool) -> bool | None:
        """Whether the last pattern that fits leaves a path out; None where none fits."""
        inside = path.encode("utf-8", "surrogateescape")
        name = inside.rpartition(b"/")[2]
        for position in self._index.candidates(inside):
            pattern = self._patterns[position]
            if (is_folder or not pattern.only_folders) and pattern.glob.matches(name if pattern.by_name else inside):
                return not pattern.negated
        return None


def _read(text: str) -> Iterator[_Pattern]:
    from hublint.repository.git.wildmatch import Glob

    for line in text.removeprefix("\ufeff").split("\n"):
        pattern = _trimmed(line.removesuffix("\r"))
        if not pattern or pattern.startswith("#"):
            continue
        negated = pattern.startswith("!")
        pattern = pattern[negated:]
        only_folders = pattern.endswith("/")
        pattern = pattern.removesuffix("/")
        by_name = "/" not in pattern
        if pattern:
            written = pattern.removeprefix("/").encode("utf-8", "surrogateescape")
            yield _Pattern(Glob(written, not by_name), by_name, only_folders, negated)


def _trimmed(line: str) -> str:
    """A line without the blanks at its end, unless a backslash keeps the first of them."""
    bare = line.rstrip(" ")
    escaped = (len(bare) - len(bare.rstrip("\\"))) % 2
    return bare + " " if escaped and len(bare) < len(line) else bare
