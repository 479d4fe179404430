"""Check many repositories: those below the named folders in portions, each found, judged and forgotten in one go, so
that memory does not grow with their number and several processes may share the work."""

from __future__ import annotations

import os
from itertools import islice, pairwise

from hublint.engine.discovery import Finder, Found, find
from hublint.engine.outcome import judged
from hublint.engine.survey import DEPTH, MANY, Survey, in_order, listed, may_be_many
from hublint.engine.workers import run
from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from hublint.engine.cache import Cache
    from hublint.engine.discovery import Options
    from hublint.engine.project import Project
    from hublint.engine.unchecked import Ordinary

    Made = Callable[[Project, Cache | None], Any]

_PORTION = 25


class Portion(NamedTuple):
    """Folders that are looked at together: `named` ones, or those `below` one that is.

    Attributes:
        made: what is to come of each repository, which has the `folder`; by default it is checked.
    """

    options: Options
    cache: Cache | None
    made: Made = judged
    named: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


class Judged(NamedTuple):
    """What came of a portion: what was seen where, what is to be said of it, and what each repository has.

    Attributes:
        recalls: whether a baseline knows some of it, which is judged as a whole only.
    """

    outcomes: list[Any]
    survey: Survey
    ordinary: list[Ordinary]
    problems: dict[str, str]
    notes: list[str]
    recalls: bool


class Many:
    """The repositories of one run that has many.

    Attributes:
        total: how many folders are looked at.
    """

    def __init__(self, portions: list[Portion], jobs: int, finder: Finder, path: str, survey: Survey) -> None:
        self.total = sum(len(each.named or each.below) for each in portions)
        self._portions = portions
        self._jobs = jobs
        self._finder = finder
        self._path = path
        self._survey = survey
        self._ordinary: list[Ordinary] = []
        self._notes: dict[str, None] = {}
        self._seen: set[str] = set()

    def judged(self) -> Iterator[Any]:
        """What came of the repositories, in the order of their folders, each once.

        Raises:
            WholeNeeded: they can only be judged together.
        """
        for each in run(_judge, self._portions, self._jobs):
            if each.recalls:
                raise WholeNeeded
            self._survey.add(each.survey)
            self._ordinary += each.ordinary
            self._finder.problems.update(each.problems)
            self._notes.update(dict.fromkeys(each.notes))
            for outcome in each.outcomes:
                if outcome.folder not in self._seen:
                    self._seen.add(outcome.folder)
                    yield outcome
        if not self._seen and self._path:
            raise WholeNeeded

    def found(self) -> Found:
        """What is to be said of the run beside its repositories, which are not in it."""
        finder = self._finder
        problems = finder.problems
        left = tuple(each for _, each in sorted(self._survey.left().items()) if each.folder not in self._seen)
        notes = dict.fromkeys((*(finder.notes([self._path]) if self._path else ()), *self._notes))
        return Found([], self._ordinary, tuple(problems.values()), left, tuple(notes), tuple(problems))


class WholeNeeded(Exception):
    """The repositories of a run can only be judged together."""


def many(
    paths: Sequence[str], options: Options, jobs: int, cache: Cache | None = None, made: Made = judged
) -> Many | None:
    """The repositories at and below folders, to be looked at in portions; None where there are not many, or where what
    was named is not only folders that lie apart."""
    if options.overlay or not may_be_many(paths) or not all(map(os.path.isdir, paths)):
        return None
    if len(paths) >= MANY:
        return _named(paths, Portion(options, cache, made), jobs)
    return _below(paths[0], Portion(options, cache, made), jobs) if len(paths) == 1 else None


def _named(paths: Sequence[str], each: Portion, jobs: int) -> Many | None:
    absolute = sorted({os.path.abspath(path): path for path in paths}.items(), key=lambda each: in_order(each[0]))
    for (outer, _), (inner, _) in pairwise(absolute):
        if inner.startswith(outer.rstrip(os.sep) + os.sep):
            return None
    portions = [each._replace(named=part) for part in _parts([path for _, path in absolute])]
    return Many(portions, jobs, Finder(each.options), "", Survey())


def _below(path: str, each: Portion, jobs: int) -> Many | None:
    finder, survey = Finder(each.options), Survey()
    folder = os.path.abspath(path)
    if finder.is_excluded(folder) or not finder.at(folder, survey) or survey.repositories:
        return None
    portions = [each._replace(below=part) for part in _parts(_apart(finder, folder, survey))]
    return Many(portions, jobs, finder, path, survey)


def _parts(folders: list[str]) -> Iterator[tuple[str, ...]]:
    rest = iter(folders)
    while part := tuple(islice(rest, _PORTION)):
        yield part


def _apart(finder: Finder, folder: str, survey: Survey) -> list[str]:
    """Folders below one that can each be looked at by itself; those around them are taken in."""
    folders, files = listed(folder)
    finder.entered(folder, folders, files, survey, asked=False)
    level = [os.path.join(folder, name) for name in folders]
    for _ in range(DEPTH):
        if len(level) >= MANY:
            break
        below: list[str] = []
        for each in level:
            folders, files = listed(each)
            if finder.may_be_repository(each, folders, files):
                below.append(each)
            elif finder.entered(each, folders, files, survey):
                below += [os.path.join(each, name) for name in folders]
        level = below
    return level


def _judge(portion: Portion) -> Judged:
    survey = Survey()
    if portion.named:
        found = find(portion.named, portion.options)
        survey.doubts = {each.folder: each for each in found.left}
        problems = dict(zip(found.places, found.problems, strict=True))
        projects, ordinary, notes = found.projects, found.ordinary, list(found.notes)
    else:
        finder = Finder(portion.options)
        for folder in portion.below:
            finder.below(folder, survey, itself=True)
        projects, ordinary, problems = finder.projects(survey), [], finder.problems
        notes = list(finder.notes(portion.below))
    recalls = any(project.settings.known is not None for project in projects)
    return Judged(_outcomes(projects, portion) if not recalls else [], survey, ordinary, problems, notes, recalls)


def _outcomes(projects: list[Project], portion: Portion) -> list[Any]:
    """What comes of projects, each of which is forgotten then."""
    outcomes = []
    while projects:
        outcomes.append(portion.made(projects.pop(0), portion.cache))
    return outcomes
