"""From the paths a user names to the Hub repositories there, each with the reason why it is one."""

from __future__ import annotations

import os
from time import gmtime, strftime

from hublint.engine import config as configuration
from hublint.engine.check import Settings, within
from hublint.engine.evidence import Surroundings, pushed, remote_of
from hublint.engine.project import Project
from hublint.engine.selection import mistake, offline_only, select
from hublint.engine.survey import Survey, in_checkout, in_order, parents, walk
from hublint.engine.unchecked import Left, Ordinary, is_excluded, no_repository
from hublint.errors import UsageError
from hublint.records import NamedTuple
from hublint.repository.git.folder import is_checkout
from hublint.repository.kinds import is_program, may_look
from hublint.repository.repository import README, Repository
from hublint.repository.sources import Sources
from hublint.repository.texts import VENDORED
from hublint.repository.tree import FolderTree, MemoryTree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from hublint.engine.baseline import Baseline, Known
    from hublint.engine.config import Config
    from hublint.engine.selection import Selection
    from hublint.repository.kinds import Evidence
    from hublint.repository.online import Online
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
        online: who answers the rules that ask the network; those are silent where there is nobody.
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
    online: Online | None = None


_DEFAULTS = Options()


def _is_passed_by(name: str) -> bool:
    """Whether no repositories are looked for in a folder: it is hidden, or a generator has yet to give it its name."""
    return name.startswith(".") or "{{" in name


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
    """Every Hub repository at, below or around the paths, each once, in the order of their folders.

    A folder is itself a repository, or holds some in its sub-folders; a file, and a folder in which there is none,
    belongs to the repository around it.

    Raises:
        UsageError: a path is empty or does not exist, or what the options say cannot be used.
    """
    return Finder(options).find(paths)


class Finder:
    """Looks for repositories; what lies around them is looked at once. See `find`."""

    def __init__(self, options: Options) -> None:
        self.overrides = options.overrides
        self.overlay = options.overlay
        self._comments = options.comments
        self._located = options.located
        self._explain = options.explain
        self._online = options.online
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
        if options.online is None:
            named = (*self.overrides.get("select", ()), *self.overrides.get("extend_select", ()))
            offline_only(named, tuple(self.overrides.get("plugins", ())))
        self.problems: dict[str, str] = {}
        self.ordinary: dict[str, Ordinary] = {}
        self.left: dict[str, Left] = {}
        self._surroundings = Surroundings(self.config, options.kind)
        self._configs: dict[str, Config] = {}
        self._files: dict[str, str] = {}
        self._given: dict[tuple[str | int, ...], Config] = {}
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
                sentence = f"{is_excluded(path, excluded)}; --isolated checks without that file"
                self.ordinary[path] = Ordinary(path, sentence, os.path.isdir(absolute))
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
        projects = [self._projects[folder] for folder in sorted(self._projects, key=in_order)]
        left = tuple(each for _, each in sorted(self.left.items()) if each.folder not in self._projects)
        notes = tuple(self.notes(paths))
        problems = tuple(self.problems.values())
        return Found(projects, list(self.ordinary.values()), problems, left, notes, tuple(self.problems))

    def notes(self, paths: Sequence[str]) -> Iterator[str]:
        """What matches nothing in the configurations of which the whole folder was named."""
        absolute = [os.path.abspath(path) for path in paths]
        configs = {config.file: config for config in (self.settings, *self._configs.values()) if config is not None}
        for file, config in configs.items():
            patterns = config.exclude or config.per_file_ignores or config.repo_types or config.overrides
            if patterns and file not in self.problems and not {config.root, *parents(config.root)}.isdisjoint(absolute):
                from hublint.engine.idle_patterns import idle_patterns

                yield from idle_patterns(config)

    def _in_folder(self, path: str, folder: str) -> list[Project]:
        """The repositories at or below a named folder, else the one around it."""
        before = len(self.problems)
        survey = Survey()
        if self.at(folder, survey):
            self.below(folder, survey)
        if not survey.repositories and len(self.problems) == before:
            around = self._around(folder)
            if around:
                return around
            sources = Sources(self._tree(folder))
            sentence = no_repository(path, sources, self._likeness(folder), survey.excluded)
            self.ordinary[path] = Ordinary(path, sentence, True)
        self.left.update(survey.left())
        return self.projects(survey)

    def projects(self, survey: Survey) -> list[Project]:
        """The repositories of a survey."""
        found = map(self._project, survey.repositories)
        return [project for project in found if project is not None]

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

    def at(self, folder: str, survey: Survey) -> bool:
        """Take in a named folder itself; whether there may be repositories below it."""
        project = self._project(folder, given=True)
        if project is None:
            self._note_unread(folder)
        else:
            survey.repositories[folder] = project.repository.kind
        return project is None or project.repository.synced

    def below(self, folder: str, survey: Survey, itself: bool = False) -> None:
        """Take in everything below a folder, and `itself` too if it lies below a named one."""
        for current, folders, files in walk(folder):
            if not self.entered(current, folders, files, survey, itself or current != folder):
                folders.clear()

    def entered(self, folder: str, folders: list[str], files: list[str], survey: Survey, asked: bool = True) -> bool:
        """Take in one folder; whether what is in its `folders`, which are put in order, is to be looked at.

        Args:
            asked: whether it may be a repository.
        """
        names = frozenset((*folders, *files))
        folders[:] = [name for name in sorted(folders) if name not in VENDORED and not _is_passed_by(name)]
        configuration.seen(folder, names, self._files)
        excluded = self.excluded(folder, self.config(folder)) if asked else ""
        if excluded:
            survey.excluded.append((os.path.relpath(folder), excluded))
            return False
        if not asked or not self.may_be_repository(folder, folders, files):
            return True
        project = self._project(folder)
        if project is not None:
            survey.repositories[folder] = project.repository.kind
            return False
        if README in files and not os.path.islink(os.path.join(folder, README)):  # in a sub-folder links are common
            self._note_unread(folder)
        if self.config(folder).file in self.problems:
            return True
        looks = self._likeness(folder)
        if looks is not None:
            survey.doubts[folder] = Left(folder, *looks)
        elif README in files and not is_program(names):
            survey.bare.append(folder)
        return True

    def may_be_repository(self, folder: str, folders: list[str], files: list[str]) -> bool:
        """Whether a folder with those in it is worth a look."""
        return may_look(frozenset((*folders, *files))) or self._surroundings.configured(folder) is not None

    def is_excluded(self, folder: str) -> bool:
        """Whether a configuration leaves a folder out."""
        return bool(self.excluded(folder, self.config(folder)))

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
        repository = Repository(sources, evidence.kind, evidence.reason, name, repo_id, synced, online=self._online)
        settings = self.settings_in(folder, config)
        return Project(folder, repository, settings) if settings is not None else None

    def settings_in(self, folder: str, config: Config) -> Settings | None:
        """What holds in a folder; None where its configuration names a rule that does not exist."""
        place = within(config, folder)
        applying = configuration.applying(config, place or ".")
        key: tuple[str | int, ...] = (config.file, *map(id, applying))
        here = (config.root, *key)
        if here not in self._given:  # one for all that it holds for, since it is handed to other processes
            joined = configuration.joined(config, applying)
            self._given[here] = configuration.overridden(joined, self.overrides)
        given = self._given[here]
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
