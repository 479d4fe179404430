"""From the paths a user names to the Hub repositories there, each with the reason why it is one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from hublint.documents.card import Card
from hublint.engine import config as configuration
from hublint.engine.path_patterns import matches
from hublint.errors import UsageError
from hublint.repository.git.remotes import hub_remote, is_checkout
from hublint.repository.kinds import Evidence, kind_of_files, kind_of_metadata, metadata_keys
from hublint.repository.repository import README, Repository
from hublint.repository.tree import FolderTree, MemoryTree, read_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hublint.engine.config import Config
    from hublint.repository.tree import Tree
    from hublint_schemas import Kind

_SKIPPED = frozenset(("node_modules", "__pycache__", "venv", "site-packages"))


class Target(NamedTuple):
    """A repository to check, the folder it is in, and the configuration that holds there."""

    folder: str
    repository: Repository
    config: Config


class Discovery(NamedTuple):
    """What was found under the given paths; `ordinary` are given folders that hold no Hub repository."""

    targets: list[Target]
    ordinary: list[str]


class Finder:
    """Looks for Hub repositories.

    Args:
        kind: what every repository is to be taken for, None to look at evidence.
        settings: a configuration for all of them, None to use the nearest file of each.
        overlay: file contents by absolute path that replace what is on disk (standard input).
    """

    def __init__(
        self, kind: Kind | None = None, settings: Config | None = None, overlay: Mapping[str, bytes] | None = None
    ) -> None:
        self.kind = kind
        self.settings = settings
        self.overlay = overlay or {}
        self._configs: dict[str, Config] = {}
        self._targets: dict[str, Target] = {}

    def find(self, paths: Sequence[str]) -> Discovery:
        """Every Hub repository at, below or around the paths, each once.

        A folder is itself a repository, or holds some in its sub-folders; a file belongs to the repository around it.

        Raises:
            UsageError: a path does not exist.
        """
        ordinary: list[str] = []
        for path in paths:
            absolute = os.path.abspath(path)
            if os.path.isdir(absolute):
                found = self._below(absolute)
            elif os.path.lexists(absolute) or absolute in self.overlay:
                found = self._around(absolute)
            else:
                raise UsageError(f"{path}: no such file or folder")
            if not found and not self._excluded(absolute):
                folder = path if os.path.isdir(absolute) else os.path.dirname(path) or "."
                if folder not in ordinary:
                    ordinary.append(folder)
            for target in found:
                self._targets.setdefault(target.folder, target)
        return Discovery(sorted(self._targets.values()), ordinary)

    def _below(self, folder: str) -> list[Target]:
        if self._excluded(folder):
            return []
        target = self._target(folder, given=True)
        if target is not None and not target.repository.synced:
            return [target]
        found = [target] if target is not None else []
        for current, folders, files in os.walk(folder):
            folders[:] = sorted(
                name
                for name in folders
                if name not in _SKIPPED and not name.startswith(".") and not self._excluded(os.path.join(current, name))
            )
            if current != folder and (README in files or self._configured(current)):
                target = self._target(current)
                if target is not None:
                    found.append(target)
                    folders.clear()
        return found

    def _around(self, path: str) -> list[Target]:
        """The outermost repository around a file within its git checkout; outside of one, the innermost."""
        found: Target | None = None
        folder = os.path.dirname(path)
        while not self._excluded(path):
            target = self._targets.get(folder) or self._target(folder)
            checkout = is_checkout(folder)
            if target is not None and not (found and target.repository.synced):
                found = target
            parent = os.path.dirname(folder)
            if checkout or parent == folder or (found and not _in_checkout(parent)):
                break
            folder = parent
        return [found] if found else []

    def _target(self, folder: str, given: bool = False) -> Target | None:
        tree: Tree = FolderTree(folder)
        inside = {
            os.path.relpath(path, folder).replace(os.sep, "/"): data
            for path, data in self.overlay.items()
            if path.startswith(folder.rstrip(os.sep) + os.sep)
        }
        if inside:
            tree = MemoryTree(inside, tree)
        config = self.config(folder)
        remote = hub_remote(folder) if is_checkout(folder) else None
        evidence = self._evidence(folder, tree, config, given)
        if evidence is None and remote is not None:
            evidence = Evidence(remote.kind, f"git remote {remote.repo_id}")
        synced = False
        if evidence is None and (given or is_checkout(folder)):
            evidence = _pushed(tree)
            synced = evidence is not None
        if evidence is None:
            return None
        name = os.path.basename(folder) or folder
        repo_id = remote.repo_id if remote is not None else ""
        return Target(folder, Repository(tree, evidence.kind, evidence.reason, name, repo_id, synced), config)

    def _evidence(self, folder: str, tree: Tree, config: Config, given: bool) -> Evidence | None:
        """Evidence in its order: the option, the configuration, the git remote, metadata keys, files."""
        if self.kind is not None and given:
            return Evidence(self.kind, "--repo-type")
        kind = self._configured(folder)
        if kind is not None:
            return Evidence(kind, f"`repo-types` in {os.path.basename(config.file)}")
        if is_checkout(folder):
            remote = hub_remote(folder)
            if remote is not None:
                return Evidence(remote.kind, f"git remote {remote.repo_id}")
        data = tree.read(README)
        if data is not None:
            card = Card(README, data)
            keys = metadata_keys(card)
            if keys:
                return kind_of_metadata(keys, card.data, tree.sizes()) or (
                    kind_of_files(tree.sizes()) if given else None
                )
        return kind_of_files(tree.sizes()) if given or is_checkout(folder) else None

    def _configured(self, folder: str) -> Kind | None:
        config = self.config(folder)
        if not config.repo_types:
            return None
        relative = os.path.relpath(folder, config.root).replace(os.sep, "/")
        for pattern, kind in config.repo_types.items():
            if pattern.strip("/") == relative or (relative != "." and _names_folder(pattern, relative)):
                return kind
        return None

    def config(self, folder: str) -> Config:
        """The configuration that holds in a folder."""
        if self.settings is not None:
            return self.settings
        if folder not in self._configs:
            file = configuration.find(folder)
            if file not in self._configs:
                self._configs[file] = configuration.load(file) if file else configuration.Config(root=folder)
            self._configs[folder] = self._configs[file]
        return self._configs[folder]

    def _excluded(self, path: str) -> bool:
        config = self.config(path if os.path.isdir(path) else os.path.dirname(path))
        relative = os.path.relpath(path, config.root).replace(os.sep, "/")
        return any(matches(pattern, relative) for pattern in config.exclude)


def _pushed(tree: Tree) -> Evidence | None:
    """A workflow that pushes a repository to a Space, though its README.md says nothing of one."""
    if not any(path.startswith(".github/workflows/") for path in tree.sizes()):
        return None
    from hublint.repository.workflows import space_push

    push = space_push(tree)
    return Evidence("space", f"{push.source.path} pushes it to a Space") if push is not None else None


def _names_folder(pattern: str, relative: str) -> bool:
    """Whether a pattern names this very folder, not one around it."""
    return matches(pattern, relative) and not matches(pattern, relative.rpartition("/")[0] or ".")


def _in_checkout(folder: str) -> bool:
    while not is_checkout(folder):
        parent = os.path.dirname(folder)
        if parent == folder:
            return False
        folder = parent
    return True


def read_overlay(path: str, data: bytes) -> dict[str, bytes]:
    """Standard input as the content of the file at `path`."""
    return {os.path.abspath(path): data}


__all__ = ["Discovery", "Finder", "Target", "read_file", "read_overlay"]
