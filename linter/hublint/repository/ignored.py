"""Which files git leaves out of commits, by the .gitignore files of a repository.

`upload_folder` of huggingface_hub leaves the same files out: the Hub applies the root's .gitignore to uploads.
Source: https://git-scm.com/docs/gitignore; `_fetch_upload_modes` in huggingface_hub/_commit_api.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.source import Source
    from hublint.repository.repository import Repository

_NAME = ".gitignore"


class _Pattern(NamedTuple):
    parts: tuple[str, ...]
    anywhere: bool
    only_folders: bool
    negated: bool


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
            parts = tuple(path[len(base) :].split("/"))
            for pattern in self._patterns[base]:
                if pattern.negated != verdict or (pattern.only_folders and not is_folder):
                    continue
                if _fits_name(pattern.parts[0], parts[-1]) if pattern.anywhere else _fits(pattern.parts, parts):
                    verdict = not pattern.negated
        return verdict


def _read(source: Source) -> list[_Pattern]:
    return list(_patterns(source.text))


def _patterns(text: str) -> Iterator[_Pattern]:
    for line in text.removeprefix("\ufeff").splitlines():
        pattern = line if line.endswith("\\ ") else line.rstrip(" ")
        if not pattern or pattern.startswith("#"):
            continue
        negated = pattern.startswith("!")
        pattern = pattern[negated:].replace("\\", "")
        only_folders = pattern.endswith("/")
        pattern = pattern.rstrip("/")
        if pattern:
            parts = tuple(pattern.removeprefix("/").split("/"))
            yield _Pattern(parts, "/" not in pattern, only_folders, negated)


def _fits(pattern: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    """Whether the parts of a path fit a pattern's; `**` takes any number of them."""
    at = index = 0
    star = resume = -1
    while index < len(parts):
        if at < len(pattern) and pattern[at] == "**":
            star, resume = at, index
            at += 1
        elif at < len(pattern) and _fits_name(pattern[at], parts[index]):
            at += 1
            index += 1
        elif star >= 0:
            resume += 1
            at, index = star + 1, resume
        else:
            return False
    return at == len(pattern)


def _fits_name(pattern: str, name: str) -> bool:
    wild = "*" in pattern or "?" in pattern or "[" in pattern
    if not wild:
        return pattern == name
    rest = pattern[1:]
    if pattern[0] == "*" and not ("*" in rest or "?" in rest or "[" in rest):
        return name.endswith(rest)
    from fnmatch import fnmatchcase

    return fnmatchcase(name, pattern)
