"""From the paths a user names to the Hub repositories there, each with the reason why it is one."""

from __future__ import annotations

import os
from time import gmtime, strftime
from typing import TYPE_CHECKING, Any

from hublint.engine import config as configuration
from hublint.engine.check import Settings, within
from hublint.engine.evidence import Surroundings, pushed, remote_of
from hublint.engine.project import Project
from hublint.engine.selection import mistake, select
from hublint.engine.survey import Survey, in_checkout, parents, walk
from hublint.engine.unchecked import Left, Ordinary, is_excluded, no_repository
from hublint.errors import UsageError
from hublint.records import NamedTuple
from hublint.repository.git.folder import is_checkout
from hublint.repository.kinds import is_program, may_look
from hublint.repository.repository import README, Repository
from hublint.repository.sources import Sources
from hublint.repository.texts import VENDORED
from hublint.repository.tree import FolderTree, MemoryTree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hublint.engine.baseline import Baseline, Known
    from hublint.engine.config import Config
    from hublint.engine.selection import Selection
    from hublint.repository.kinds import Evidence
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
        baseline: whether what a baseline knows is silenced.
        comments: whether comments silence.
        located: whether findings are told where they stand as other programs count, too.
        explain: whether to work out why a named file is in no repository, which looks at all that lies around it.
    """

    kind: Kind | None = None
    config: str | None = None
    isolated: bool = False
    overrides: Mapping[str, Any] = {}
    overlay: Mapping[str, bytes] = {}
    baseline: bool = True
    comments: bool = True
    located: bool = False
    explain: bool = True


_DEFAULTS = Options()


class Found(NamedTuple):
    """What was found under the given paths.

    Attributes:
        ordinary: given paths in which there is no Hub repository.
        problems: what kept folders from being looked at, a sentence each.
        left: folders that look like Hub repositories and are not among the projects, sorted.
        notes: what is odd in the configuration though it can be used, a sentence each.
        places: the file that each of the problems is about.
    """

    projects: list[Project]
    ordinary: list[Ordinary]
    problems: tuple[str, ...] = ()
    left: tuple[Left, ...] = ()
    notes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


def find(paths: Sequence[str], options: Options = _DEFAULTS) -> Found:
    """Every Hub repository at, below or around the paths, each once, sorted by folder.

    A folder is itself a repository, or holds some in its sub-folders; a file, and a folder in which there is none,
    belongs to the repository around it.

    Raises:
        UsageError: a path is empty or does not exist, or what the options say cannot be used.
    """
    return _Finder(options).find(paths)


class Elsewhere:
    """What holds for repositories that are in no folder, as if each were the folder of its id beside the configuration.

    That is the named one, else the one of the working folder.

    Raises:
        UsageError: it, or what the options say, cannot be used.
    """

    def __init__(self, options: Options = _DEFAULTS) -> None:
        self._finder = _Finder(options)
        self.config = self._finder.config(os.getcwd())
        self.settings("")

    def settings(self, id: str) -> Settings:
        """What holds for a repository."""
        settings = self._finder.settings_in(os.path.join(self.config.root, *id.split("/")), self.config)
        if settings is None or self._finder.problems:
            raise UsageError("; ".join(self._finder.problems.values()))
        return settings

    def excluded(self, id: str) -> bool:
        """Whether `exclude` leaves a repository out."""
        return bool(self._finder.excluded(os.path.join(self.config.root, *id.split("/")), self.config))


class _Finder:
    def __init__(self, options: Options) -> None:
        self.overrides = options.overrides
        self.overlay = options.overlay
        self._comments = options.comments
        self._located = options.located
        self._explain = options.explain
        self._today = strftime("%Y-%m-%d", gmtime())
        self._baselines: dict[str, Baseline] | None = {} if options.baseline else None
        self.settings: Config | None = None
        if options.config:
            self.settings = configuration.load(options.config, trusted=True)
        elif options.isolated:
            self.settings = configuration.Config(root=os.getcwd())
        else:
            plugins = (*configuration.own_plugins(), *self.overrides.get("plugins", ()))
            self.overrides = {**self.overrides, "plugins": plugins}
        self.problems: dict[str, str] = {}
        self.ordinary: dict[str, Ordinary] = {}
        self.left: dict[str, Left] = {}
        self._surroundings = Surroundings(self.config, options.kind)
        self._configs: dict[str, Config] = {}
        self._files: dict[str, str] = {}
        self._selections: dict[tuple[str | int, ...], Selection] = {}
        self._projects: dict[str, Project] = {}
        self._looked: dict[str, Project | None] = {}
        self._likenesses: dict[str, Evidence | None] = {}

    def find(self, paths: Sequence[str]) -> Found:
        for path in paths:
            absolute = os.path.abspath(path)
            if not path:
                raise UsageError("an empty path names nothing; `.` is the current folder")
            if not os.path.lexists(absolute) and absolute not in self.overlay:
                raise UsageError(f"{path}: no such file or folder")
            before = len(self.problems)
            excluded = self.excluded(
                absolute, self.config(absolute if os.path.isdir(absolute) else os.path.dirname(absolute))
            )
            found: list[Project] = []
            if excluded:
                self.ordinary[path] = Ordinary(path, is_excluded(path, excluded), os.path.isdir(absolute))
            elif os.path.isdir(absolute):
                found = self._in_folder(path, absolute)
            else:
                found = self._around(absolute)
                if not found and len(self.problems) == before and self._explain:
                    self._add_file(path, absolute)
            if len(self.problems) > before:
                self.ordinary.pop(path, None)
            for project in found:
                self._projects.setdefault(project.folder, project)
        projects = [project for _, project in sorted(self._projects.items())]
        left = tuple(each for _, each in sorted(self.left.items()) if each.folder not in self._projects)
        notes = tuple(self._notes([os.path.abspath(path) for path in paths]))
        problems = tuple(self.problems.values())
        return Found(projects, list(self.ordinary.values()), problems, left, notes, tuple(self.problems))

    def _notes(self, paths: Sequence[str]) -> Iterator[str]:
        """What matches nothing in the configurations of which the whole folder was named."""
        configs = {config.file: config for config in (self.settings, *self._configs.values()) if config is not None}
        for file, config in configs.items():
            patterns = config.exclude or config.per_file_ignores or config.repo_types or config.overrides
            if patterns and file not in self.problems and not {config.root, *parents(config.root)}.isdisjoint(paths):
                from hublint.engine.idle_patterns import idle_patterns

                yield from idle_patterns(config)

    def _in_folder(self, path: str, folder: str) -> list[Project]:
        """The repositories at or below a named folder, else the one around it."""
        survey = self._below(folder)
        if not survey.projects and len(self.problems) == survey.problems:
            around = self._around(folder)
            if around:
                return around
            sources = Sources(self._tree(folder))
            sentence = no_repository(path, sources, self._likeness(folder), survey.excluded)
            self.ordinary[path] = Ordinary(path, sentence, True)
        self.left.update(survey.left())
        return survey.projects

    def _add_file(self, path: str, absolute: str) -> None:
        """Note a named file that is in no Hub repository, and what around it looks like one."""
        folder = at = os.path.dirname(absolute)
        while not self._likeness(at) and not is_checkout(at) and in_checkout(at):
            at = os.path.dirname(at)
        looks = self._likeness(at)
        shown = os.path.dirname(path) or "."
        if looks is not None:
            shown = os.path.relpath(at)
        sentence = no_repository(shown, Sources(self._tree(at if looks else folder)), looks, ())
        if shown not in self.ordinary:
            self.ordinary[shown] = Ordinary(shown, sentence, looks is not None)

    def _below(self, folder: str) -> Survey:
        survey = Survey(len(self.problems))
        project = self._project(folder, given=True)
        if project is not None:
            survey.projects.append(project)
            if not project.repository.synced:
                return survey
        else:
            self._note_unread(folder)
        for current, folders, files in walk(folder):
            names = frozenset((*folders, *files))
            folders[:] = [name for name in sorted(folders) if name not in VENDORED and not name.startswith(".")]
            configuration.seen(current, names, self._files)
            if current != folder:
                excluded = self.excluded(current, self.config(current))
                if excluded:
                    survey.excluded.append((os.path.relpath(current), excluded))
                    folders.clear()
                    continue
            if current == folder or not (may_look(names) or self._surroundings.configured(current)):
                continue
            project = self._project(current)
            if project is not None:
                survey.projects.append(project)
                folders.clear()
                continue
            if README in files and not os.path.islink(
                os.path.join(current, README)
            ):  # in a sub-folder links are common
                self._note_unread(current)
            looks = self._likeness(current)
            if looks is not None:
                survey.doubts[current] = Left(current, *looks)
            elif README in files and not is_program(names):
                survey.bare.append(current)
        return survey

    def _note_unread(self, folder: str) -> None:
        """Say so where nothing tells what a folder is because its README.md cannot be read."""
        reason = "" if os.path.join(folder, README) in self.overlay else FolderTree(folder).refusal(README)
        if reason:
            path = os.path.join(folder, README)
            self.problems[path] = f"{os.path.relpath(path)} cannot be read: {reason}"

    def _likeness(self, folder: str) -> Evidence | None:
        """What a folder that is not held to be a Hub repository looks like."""
        if folder not in self._likenesses:
            from hublint.repository.likeness import likeness

            names = self._surroundings.names(folder)
            self._likenesses[folder] = likeness(Sources(self._tree(folder))) if may_look(names) else None
        return self._likenesses[folder]

    def _around(self, path: str) -> list[Project]:
        """The outermost repository around a path within its git checkout; outside of one, the innermost."""
        found: Project | None = None
        folder = os.path.dirname(path)
        while not (os.path.isdir(path) and is_checkout(path)):
            project = self._projects.get(folder) or self._project(folder)
            checkout = is_checkout(folder)
            if project is not None and not (found and project.repository.synced):
                found = project
            parent = os.path.dirname(folder)
            if checkout or parent == folder or (found and not in_checkout(parent)):
                break
            folder = parent
        return [found] if found else []

    def _tree(self, folder: str) -> Tree:
        """The files of a folder, with those of the overlay laid over them."""
        tree: Tree = FolderTree(folder)
        inside = {
            os.path.relpath(path, folder).replace(os.sep, "/"): data
            for path, data in self.overlay.items()
            if path.startswith(folder.rstrip(os.sep) + os.sep)
        }
        return MemoryTree(inside, tree) if inside else tree

    def _project(self, folder: str, given: bool = False) -> Project | None:
        """The repository in a folder, where it is held to be one."""
        if given or folder not in self._looked:
            self._looked[folder] = self._made(folder, given)
        return self._looked[folder]

    def _made(self, folder: str, given: bool) -> Project | None:
        config = self.config(folder)
        if config.file in self.problems:
            return None
        sources = Sources(self._tree(folder))
        evidence = self._surroundings.evidence(folder, sources, given)
        synced = False
        if evidence is None and (given or not {".git", ".github"}.isdisjoint(self._surroundings.names(folder))):
            evidence = pushed(sources)
            synced = evidence is not None
        if evidence is None:
            return None
        remote = remote_of(folder)
        name = os.path.basename(folder) or folder
        repo_id = remote.repo_id if remote is not None else ""
        repository = Repository(sources, evidence.kind, evidence.reason, name, repo_id, synced)
        settings = self.settings_in(folder, config)
        return Project(folder, repository, settings) if settings is not None else None

    def settings_in(self, folder: str, config: Config) -> Settings | None:
        """What holds in a folder; None where its configuration names a rule that does not exist."""
        place = within(config, folder)
        applying = configuration.applying(config, place or ".")
        key: tuple[str | int, ...] = (config.file, *map(id, applying))
        given = configuration.overridden(configuration.joined(config, applying), self.overrides)
        if key not in self._selections:
            try:
                self._selections[key] = select(given)
            except UsageError as error:
                select(configuration.overridden(configuration.Config(), self.overrides))  # the options' own mistake
                sentence = mistake(config, given.plugins) or f"{configuration.shown_file(config.file)}: {error}"
                if self.settings is not None:
                    raise UsageError(sentence) from None
                self.problems[config.file] = sentence
                return None
        known = self._known(given, folder)
        return Settings(given, self._selections[key], place, known, self._today, self._comments, self._located)

    def _known(self, config: Config, folder: str) -> Known | None:
        """What the baseline of a configuration knows of a folder; one that cannot be used ends the run."""
        if not config.baseline or self._baselines is None:
            return None
        from hublint.engine.baseline import Known, load

        if config.baseline not in self._baselines:
            self._baselines[config.baseline] = load(config.baseline)
        return Known(self._baselines[config.baseline], os.path.realpath(folder))

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

    def excluded(self, path: str, config: Config) -> str:
        """The name of the configuration that excludes a path, empty where it does not."""
        if not config.exclude:
            return ""
        from hublint.engine.path_patterns import matches

        relative = os.path.relpath(path, config.root).replace(os.sep, "/")
        return os.path.basename(config.file) if any(matches(each, relative) for each in config.exclude) else ""
