"""Path patterns of a configuration that match nothing, which are mostly misspelled."""

from __future__ import annotations

import os

from hublint.engine.config import origin, shown_file
from hublint.engine.path_patterns import matches
from hublint.repository.tree import IGNORED_FOLDERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.engine.config import Config

_MOST = 100_000  # so many files and folders are looked at; of more nothing is said


def idle_patterns(config: Config) -> list[str]:
    """A sentence for each pattern that stands in this very file and matches no file or folder below it."""
    tables = {
        "exclude": config.exclude,
        "per-file-ignores": config.per_file_ignores,
        "repo-types": config.repo_types,
        "overrides": [pattern for each in config.overrides for pattern in each["paths"]],
    }
    own = [key for key, patterns in tables.items() if patterns and origin(config, key) == config.file]
    pending = {(key, pattern) for key in own for pattern in tables[key]}
    for number, path in enumerate(_paths(config.root)):
        if not pending:
            return []
        if number == _MOST:
            return []
        pending = {(key, pattern) for key, pattern in pending if not matches(pattern, path)}
    return [
        f"{shown_file(config.file)}: `{key}`: `{pattern}` matches no file or folder"
        for key, pattern in sorted(pending)
        if pattern.strip("./")
    ]


def _paths(root: str) -> Iterator[str]:
    """Every file and folder below a folder, relative to it, with forward slashes; no link is followed."""
    pending = [""]
    while pending:
        folder = pending.pop()
        try:
            with os.scandir(os.path.join(root, folder)) as entries:
                found = [(f"{folder}{each.name}", each.is_dir(follow_symlinks=False)) for each in entries]
        except OSError:
            continue
        for path, is_folder in found:
            yield path
            if is_folder and path.rpartition("/")[2] not in IGNORED_FOLDERS:
                pending.append(f"{path}/")
