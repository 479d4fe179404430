"""From the paths a user names to the Hub repositories there, each with the reason why it is one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

from hublint.engine import config as configuration
from hublint.engine.check import Settings, within
from hublint.engine.project import Project
from hublint.engine.selection import select
from hublint.errors import UsageError
from hublint.repository.git.folder import is_checkout
from hublint.repository.kinds import Evidence, kind_of_files, kind_of_metadata, metadata_keys
from hublint.repository.repository import README, Repository
from hublint.repository.sources import Sources
from hublint.repository.texts import VENDORED
from hublint.repository.tree import FolderTree, MemoryTree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hublint.engine.config import Config
    from hublint.engine.selection import Selection
    from hublint.repository.git.remotes import Remote
    from hublint.repository.tree import Tree
    from hublint_schemas import Kind


class Options(NamedTuple):
    """How repositories are looked for, and what holds in them.

    Attributes:
        kind: what every named folder is to be taken for, None to look at evidence.
        config: the one configuration file to use, None for the nearest of each folder.
        isolated: use no configuration file at all.
        overrides: settings of `Config` that win over a file's; `ignore` and `extend_select` add to it.
        overlay: file contents by absolute path that replace what is on disk.
    """

    kind: Kind | None = None
    config: str | None = None
    isolated: bool = False
    overrides: Mapping[str, Any] = {}
    overlay: Mapping[str, bytes] = {}


_DEFAULTS = Options()


class Found(NamedTuple):
    """What was found under the given paths.

    Attributes:
        ordinary: given folders that hold no Hub repository.
        problems: what kept folders from being looked at, a sentence each.
    """

    projects: list[Project]
    ordinary: list[str]
    problems: tuple[str, ...] = ()


def find(paths: Sequence[str], options: Options = _DEFAULTS) -> Found:
    """Every Hub repository at, below or around the paths, each once, sorted by folder.

    A folder is itself a repository, or holds some in its sub-folders; a file belongs to the repository around it.

    Raises:
        UsageError: a path does not exist, or what the options say cannot be used.
    """
    return _Finder(options).find(paths)


class _Finder:
    def __init__(self, options: Options) -> None:
        self.kind = options.kind
        self.overrides = options.overrides
        self.overlay = options.overlay
        self.settings: Config | None = None
        if options.config:
            self.settings = configuration.load(options.config, trusted=True)
        elif options.isolated:
            self.settings = configuration.Config(root=os.getcwd())
        else:
            plugins = (*configuration.own_plugins(), *self.overrides.get("plugins", ()))
            self.overrides = {**self.overrides, "plugins": plugins}
        self.problems: dict[str, str] = {}
        self._configs: dict[str, Config] = {}
        self._files: dict[str, str] = {}
        self._selections: dict[str, Selection] = {}
        self._projects: dict[str, Project] = {}

    def find(self, paths: Sequence[str]) -> Found:
        ordinary: list[str] = []
        for path in paths:
            absolute = os.path.abspath(path)
            before = len(self.problems)
            if os.path.isdir(absolute):
                found = self._below(absolute)
            elif os.path.lexists(absolute) or absolute in self.overlay:
                found = self._around(absolute)
            else:
                raise UsageError(f"{path}: no such file or folder")
            if not found and len(self.problems) == before and not self._excluded(absolute):
                folder = path if os.path.isdir(absolute) else os.path.dirname(path) or "."
                if folder not in ordinary:
                    ordinary.append(folder)
            for project in found:
                self._projects.setdefault(project.folder, project)
        projects = [project for _, project in sorted(self._projects.items())]
        return Found(projects, ordinary, tuple(self.problems.values()))

    def _below(self, folder: str) -> list[Project]:
        if self._excluded(folder):
            return []
        project = self._project(folder, given=True)
        if project is not None and not project.repository.synced:
            return [project]
        found = [project] if project is not None else []
        if project is None:
            self._note_unread(folder)
        for current, folders, files in _walk(folder):
            folders[:] = sorted(
                name
                for name in folders
                if name not in VENDORED and not name.startswith(".") and not self._excluded(os.path.join(current, name))
            )
            if current != folder and (README in files or self._configured(current)):
                project = self._project(current)
                if project is not None:
                    found.append(project)
                    folders.clear()
                elif not os.path.islink(os.path.join(current, README)):  # in a sub-folder links are common
                    self._note_unread(current)
        return found

    def _note_unread(self, folder: str) -> None:
        """Say so where nothing tells what a folder is because its README.md cannot be read."""
        reason = "" if os.path.join(folder, README) in self.overlay else FolderTree(folder).refusal(README)
        if reason:
            path = os.path.join(folder, README)
            self.problems[path] = f"{os.path.relpath(path)} cannot be read: {reason}"

    def _around(self, path: str) -> list[Project]:
        """The outermost repository around a file within its git checkout; outside of one, the innermost."""
        found: Project | None = None
        folder = os.path.dirname(path)
        while not self._excluded(path):
            project = self._projects.get(folder) or self._project(folder)
            checkout = is_checkout(folder)
            if project is not None and not (found and project.repository.synced):
                found = project
            parent = os.path.dirname(folder)
            if checkout or parent == folder or (found and not _in_checkout(parent)):
                break
            folder = parent
        return [found] if found else []

    def _project(self, folder: str, given: bool = False) -> Project | None:
        tree: Tree = FolderTree(folder)
        inside = {
            os.path.relpath(path, folder).replace(os.sep, "/"): data
            for path, data in self.overlay.items()
            if path.startswith(folder.rstrip(os.sep) + os.sep)
        }
        if inside:
            tree = MemoryTree(inside, tree)
        config = self.config(folder)
        if config.file in self.problems:
            return None
        remote = _remote(folder)
        sources = Sources(tree)
        evidence = self._evidence(folder, sources, config, given)
        if evidence is None and remote is not None:
            evidence = Evidence(remote.kind, f"git remote {remote.repo_id}")
        synced = False
        if evidence is None and (given or is_checkout(folder)):
            evidence = _pushed(sources)
            synced = evidence is not None
        if evidence is None:
            return None
        name = os.path.basename(folder) or folder
        repo_id = remote.repo_id if remote is not None else ""
        repository = Repository(sources, evidence.kind, evidence.reason, name, repo_id, synced)
        settings = self._settings(folder, config)
        return Project(folder, repository, settings) if settings is not None else None

    def _settings(self, folder: str, config: Config) -> Settings | None:
        """What holds in a folder; None where its configuration names a rule that does not exist."""
        given = configuration.overridden(config, self.overrides)
        if config.file not in self._selections:
            try:
                self._selections[config.file] = select(given)
            except UsageError as error:
                select(configuration.overridden(configuration.Config(), self.overrides))  # the options' own mistake
                if self.settings is not None:
                    raise UsageError(f"{config.file}: {error}") from None
                self.problems[config.file] = f"{config.file}: {error}"
                return None
        return Settings(given, self._selections[config.file], within(config, folder))

    def _evidence(self, folder: str, sources: Sources, config: Config, given: bool) -> Evidence | None:
        """Evidence in its order: the option, the configuration, the git remote, metadata keys, files."""
        if self.kind is not None and given:
            return Evidence(self.kind, "--repo-type")
        kind = self._configured(folder)
        if kind is not None:
            return Evidence(kind, f"`repo-types` in {os.path.basename(config.file)}")
        remote = _remote(folder)
        if remote is not None:
            return Evidence(remote.kind, f"git remote {remote.repo_id}")
        card, files = sources.card, sources.tree
        keys = metadata_keys(card) if card is not None else []
        if card is not None and keys:
            return kind_of_metadata(keys, card.data, files.sizes()) or (kind_of_files(files.sizes()) if given else None)
        return kind_of_files(files.sizes()) if given or is_checkout(folder) else None

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
        """The configuration that holds in a folder; one that cannot be used is among the `problems`."""
        if self.settings is not None:
            return self.settings
        if folder not in self._configs:
            file = configuration.find(folder, self._files)
            if file not in self._configs:
                self._configs[file] = self._loaded(file, folder)
            self._configs[folder] = self._configs[file]
        return self._configs[folder]

    def _loaded(self, file: str, folder: str) -> Config:
        try:
            return configuration.load(file) if file else configuration.Config(root=folder)
        except UsageError as error:
            self.problems[file] = str(error)
            return configuration.Config(root=folder, file=file)

    def _excluded(self, path: str) -> bool:
        config = self.config(path if os.path.isdir(path) else os.path.dirname(path))
        if not config.exclude:
            return False
        from hublint.engine.path_patterns import matches

        relative = os.path.relpath(path, config.root).replace(os.sep, "/")
        return any(matches(pattern, relative) for pattern in config.exclude)


def _walk(folder: str) -> Iterator[tuple[str, list[str], list[str]]]:
    """As os.walk, which before Python 3.12 calls itself for each level; a link is a file."""
    pending = [folder]
    while pending:
        current = pending.pop()
        folders: list[str] = []
        files: list[str] = []
        try:
            with os.scandir(current) as entries:
                for entry in entries:
                    (folders if entry.is_dir(follow_symlinks=False) else files).append(entry.name)
        except OSError:
            continue
        yield current, folders, files
        pending += [os.path.join(current, name) for name in reversed(folders)]


def _remote(folder: str) -> Remote | None:
    """The Hub remote of a git checkout; None for any other folder."""
    if not is_checkout(folder):
        return None
    from hublint.repository.git.remotes import hub_remote

    return hub_remote(folder)


def _pushed(sources: Sources) -> Evidence | None:
    """A workflow that pushes a repository to a Space, though its README.md says nothing of one."""
    if not any(path.startswith(".github/workflows/") for path in sources.tree.sizes()):
        return None
    from hublint.repository.workflows import space_push

    push = space_push(sources)
    return Evidence("space", f"{push.source.path} pushes it to a Space") if push is not None else None


def _names_folder(pattern: str, relative: str) -> bool:
    """Whether a pattern names this very folder, not one around it."""
    from hublint.engine.path_patterns import matches

    return matches(pattern, relative) and not matches(pattern, relative.rpartition("/")[0] or ".")


def _in_checkout(folder: str) -> bool:
    while not is_checkout(folder):
        parent = os.path.dirname(folder)
        if parent == folder:
            return False
        folder = parent
    return True
