"""Which files git leaves out of commits, by the .gitignore files of a repository.

`upload_folder` of huggingface_hub leaves the same files out: the Hub applies the root's .gitignore to uploads.
Source: https://git-scm.com/docs/gitignore; `_fetch_upload_modes` in huggingface_hub/_commit_api.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.source import Source
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

    A file that was committed all the same is ignored here too: only git's index would tell.
    """

    def __init__(self, repository: Repository) -> None:
        self._patterns: dict[str, list[_Pattern]] = {}
        for path in repository.files:
            if path == _NAME or path.endswith("/" + _NAME):
                patterns = repository.parsed(path, _read)
                if patterns:
                    self._patterns[path[: -len(_NAME)]] = patterns
        self._folders: dict[str, bool] = {}

    def __contains__(self, path: str) -> bool:
        if not self._patterns:
            return False
        folder = path.rpartition("/")[0]
        return self._has_folder(folder) or self._matches(path, False)

    def _has_folder(self, folder: str) -> bool:
        if folder not in self._folders:
            parent = folder.rpartition("/")[0]
            self._folders[folder] = bool(folder) and (self._has_folder(parent) or self._matches(folder, True))
        return self._folders[folder]

    def _matches(self, path: str, is_folder: bool) -> bool:
        """What the last pattern says that fits, those of inner folders after those of outer ones."""
        verdict = False
        for base in sorted(self._patterns, key=len) if len(self._patterns) > 1 else self._patterns:
            if not path.startswith(base):
                continue
            inside = path[len(base) :].encode("utf-8", "surrogateescape")
            name = inside.rpartition(b"/")[2]
            for pattern in self._patterns[base]:
                if pattern.negated != verdict or (pattern.only_folders and not is_folder):
                    continue
                if pattern.glob.matches(name if pattern.by_name else inside):
                    verdict = not pattern.negated
        return verdict


def _read(source: Source) -> list[_Pattern]:
    return list(_patterns(source.text))


def _patterns(text: str) -> Iterator[_Pattern]:
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
