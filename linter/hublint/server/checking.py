"""When repositories are checked: a moment after the last edit, in one worker thread, and never what is out of date."""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from hublint.engine.reported import Crash
from hublint.records import NamedTuple
from hublint.server import alone
from hublint.server.repositories import Choices, Problem, Repositories, is_around, is_decisive

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from hublint.engine.project import Project
    from hublint.engine.reported import Reported
    from hublint.server.documents import Document, Documents

_Answer = TypeVar("_Answer")


class Judged(NamedTuple):
    """What was found in one state of an open document.

    Attributes:
        project: None where it is in no repository.
        problems: what is wrong with the configuration that holds for it.
    """

    document: Document
    project: Project | None
    findings: tuple[Reported, ...] = ()
    problems: tuple[Problem, ...] = ()


class Round(NamedTuple):
    """What one check brought: what is to be said of open documents, and what failed."""

    judged: tuple[Judged, ...]
    crashes: tuple[Crash, ...] = ()


class Checks:
    """Checks the repositories of open documents.

    A repository has a generation, which every edit of one of its files raises. A check belongs to the generation for
    which it was begun; what it finds is dropped when there is a newer one.

    Args:
        documents: what is open.
        publish: what to do with a round.
    """

    def __init__(self, documents: Documents, publish: Callable[[Round], None]) -> None:
        self.repositories = Repositories()
        self._documents = documents
        self._publish = publish
        self._worker = ThreadPoolExecutor(1, "check")
        self._debounce = Choices().debounce
        self._groups: dict[str, str] = {}
        self._generations: dict[str, int] = {}
        self._done: dict[str, int] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._running: dict[str, tuple[int, asyncio.Task[None]]] = {}
        self._judged: dict[str, Judged] = {}

    def touch(self, document: Document, delay: float | None = None) -> None:
        """A document has changed: its repository is checked after a delay, if nothing else changes until then."""
        group = self._group(document)
        self._generations[group] = self._generations.get(group, 0) + 1
        self._stop(group)
        loop = asyncio.get_running_loop()
        self._timers[group] = loop.call_later(self._debounce if delay is None else delay, self._start, group)

    def touch_all(self, delay: float | None = None) -> None:
        """Something has changed that may matter for every repository."""
        for document in {self._group(document): document for document in self._documents}.values():
            self.touch(document, delay)

    def outdate(self, paths: Collection[str]) -> None:
        """Some files on disk may be others now: the repositories that they matter for are checked again."""
        self._worker.submit(self.repositories.outdate, paths)
        everything = any(map(is_decisive, paths))
        for document in {self._group(document): document for document in self._documents}.values():
            folder = self._groups.get(document.uri)
            if everything or folder is None or any(is_around(folder, path) for path in paths):
                self.touch(document)

    def choose(self, choices: Choices) -> None:
        """Other settings of the client hold from now on."""
        self._debounce = choices.debounce
        self._worker.submit(self.repositories.choose, choices)

    def forget(self, document: Document) -> None:
        """A document was closed."""
        self._judged.pop(document.uri, None)
        self._groups.pop(document.uri, None)

    def problems(self) -> set[Problem]:
        """What is wrong with the configurations that hold for open documents."""
        return {problem for judged in self._judged.values() for problem in judged.problems}

    def known(self, uri: str) -> Judged | None:
        """What was last found in a document, perhaps in an older state of it."""
        return self._judged.get(uri)

    async def of_text(self, document: Document) -> Judged | None:
        """What is found in a document as it is now, though other files of its repository may have changed since."""
        known = self._judged.get(document.uri)
        return known if known is not None and known.document == document else await self.settled(document)

    async def settled(self, document: Document) -> Judged | None:
        """What is found in a document as it is now; None where it is no longer open."""
        while True:
            group = self._group(document)
            generation = self._generations.setdefault(group, 0)
            if self._done.get(group) == generation and document.uri in self._judged:
                return self._judged[document.uri]
            if self._documents.get(document.uri) is None:
                return None
            self._stop(group)
            await asyncio.shield(self._start(group))

    async def ask(self, question: Callable[[], _Answer]) -> _Answer:
        """The answer to a question about repositories, which are the worker's."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, question)

    def _group(self, document: Document) -> str:
        """What shares a generation: the folder of the repository, and before it is known that of the file."""
        return self._groups.get(document.uri) or os.path.dirname(document.path) or document.uri

    def _stop(self, group: str) -> None:
        timer = self._timers.pop(group, None)
        if timer is not None:
            timer.cancel()

    def _start(self, group: str) -> asyncio.Task[None]:
        self._timers.pop(group, None)
        generation = self._generations.get(group, 0)
        running = self._running.get(group)
        if running is not None and running[0] == generation and not running[1].done():
            return running[1]
        task = asyncio.get_running_loop().create_task(self._run(group, generation))
        self._running[group] = (generation, task)
        return task

    async def _run(self, group: str, generation: int) -> None:
        documents = tuple(self._documents)
        wanted = [document for document in documents if self._group(document) == group]

        def is_current() -> bool:
            return self._generations.get(group, 0) == generation

        found = await self.ask(lambda: _check(self.repositories, wanted, documents, is_current))
        if found is None or not is_current():
            return
        self._done[group] = generation
        for each in found.judged:
            self._judged[each.document.uri] = each
            if each.project is not None and each.project.folder:
                self._join(each.document, each.project.folder)
        self._publish(found)

    def _join(self, document: Document, folder: str) -> None:
        """A document is known to be of the repository in a folder, whose generation it has from now on."""
        before = self._group(document)
        self._groups[document.uri] = folder
        if before != folder and folder not in self._timers and folder not in self._running:
            self._generations.setdefault(folder, 0)
            self._done.setdefault(folder, self._generations[folder])


def _check(
    repositories: Repositories,
    wanted: Iterable[Document],
    documents: Iterable[Document],
    is_current: Callable[[], bool],
) -> Round | None:
    """Check what some documents are in; None where it was not worth the end."""
    opened = {document.path: document for document in documents if document.path}
    texts = {path: document.data for path, document in opened.items()}
    judged: dict[str, Judged] = {}
    crashes: list[Crash] = []
    for document in wanted:
        if document.uri in judged:
            continue
        if not is_current():
            return None
        try:
            found = _judged(repositories, document, opened, texts, crashes)
        except Exception as error:  # whatever one document does, the server goes on with the others
            crashes.append(Crash("", f"{type(error).__name__}: {error}"))
            found = [Judged(document, None)]
        judged.update({each.document.uri: each for each in found})
    return Round(tuple(judged.values()), tuple(crashes)) if is_current() else None


def _judged(
    repositories: Repositories,
    document: Document,
    opened: Mapping[str, Document],
    texts: Mapping[str, bytes],
    crashes: list[Crash],
) -> list[Judged]:
    """What is found in a document and in the open ones of the same repository."""
    if not document.path:
        project = alone.project_of(document)
        return [Judged(document, project, alone.findings_of(project) if project is not None else ())]
    project = repositories.project(document.path, texts)
    problems = repositories.problems(document.path)
    if project is None:
        return [Judged(document, None, (), problems)]
    result = project.check()
    crashes += result.crashes
    by_path = _by_path(result.findings)
    return [
        Judged(other, project, tuple(by_path.get(project.inside(other.path), ())), problems)
        for other in opened.values()
        if other is document or _is_in(repositories, other, project, texts)
    ]


def _is_in(repositories: Repositories, document: Document, project: Project, texts: Mapping[str, bytes]) -> bool:
    """Whether a document is a file of a repository, not of one that lies deeper or around it."""
    if not document.path.startswith(project.folder.rstrip(os.sep) + os.sep):
        return False
    own = repositories.project(document.path, texts)
    return own is not None and own.folder == project.folder


def _by_path(findings: Iterable[Reported]) -> dict[str, list[Reported]]:
    found: dict[str, list[Reported]] = {}
    for finding in findings:
        found.setdefault(finding.place.path, []).append(finding)
    return found
