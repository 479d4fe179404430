"""One input through hublint: what fails, hangs, breaks a promise or is shown though it is a credential."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import tempfile
import traceback
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from fuzzing.changing import Input
from fuzzing.promises import broken
from hublint.cli.main import run
from hublint.cli.outputs import FORMATS
from hublint.cli.telling import crashed, unread_of
from hublint.engine import config as configuration
from hublint.engine.check import Settings
from hublint.engine.discovery import Options, find
from hublint.engine.fixing import changes
from hublint.engine.project import Project
from hublint.engine.report import Checked, Report
from hublint.errors import UsageError
from hublint.reporters import diff, text
from hublint.reporters.door import complain, emit
from hublint.reporters.style import Style
from hublint.repository.repository import Repository
from hublint.repository.tree import ListedTree, MemoryTree

_Maker = Callable[[dict[str, bytes]], Project]

SECONDS = 5.0  # of processor time, for a check
_REST = 20.0  # for the ten or so that follow, and all formats
_BLOCKED = 300.0  # of the clock: something waits
_FORMATS = {name: import_module(f"hublint.reporters.{name}") for name in (*FORMATS, "statistics", "summary")}
_ALL = configuration.Config(select=("ALL",))


class Failure(NamedTuple):
    """`kind` is crash, hang, violation or leak; `what` says it in a line."""

    kind: str
    what: str

    @property
    def signature(self) -> str:
        """What is the same of two failures with one cause."""
        head = self.what.split(" at ")[0]
        return f"{self.kind} {''.join(character for character in head if not character.isdigit())[:70]}"


class Hang(BaseException):
    """An input took too long; no rule can catch it."""


def judge(given: Input) -> list[Failure]:
    """Everything that is wrong with hublint on an input."""
    failures: list[Failure] = []
    shown = io.StringIO()
    try:
        with _alarm():
            for failure in _on_disk(given, shown) if given.links or given.config else _in_memory(given, shown):
                failures.append(failure)
    except Hang as hang:
        failures.append(Failure("hang", str(hang)))
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        place = next((frame for frame in reversed(frames) if "hublint" in Path(frame.filename).parts), frames[-1])
        failures.append(
            Failure("crash", f"{type(error).__name__} in {Path(place.filename).name} {place.name}: {str(error)[:80]}")
        )
    printed = shown.getvalue()
    failures += [Failure("leak", token.kind) for token in given.tokens if token.text in printed and given.holds(token)]
    return failures


@contextlib.contextmanager
def _alarm() -> Iterator[None]:
    def ring(number: int, _: object) -> None:
        raise Hang("over its processor time" if number == signal.SIGPROF else f"over {_BLOCKED:.0f} s of waiting")

    signal.signal(signal.SIGPROF, ring)
    signal.signal(signal.SIGALRM, ring)
    _give(SECONDS)
    signal.setitimer(signal.ITIMER_REAL, _BLOCKED)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _give(seconds: float) -> None:
    """From now on so much processor time may be taken."""
    signal.setitimer(signal.ITIMER_PROF, seconds, 1.0)


def _in_memory(given: Input, shown: io.StringIO) -> Iterator[Failure]:
    settings = Settings.of(_ALL)._replace(located=True)

    def project(files: dict[str, bytes]) -> Project:
        tree = MemoryTree({**given.files, **files})
        repository = Repository(ListedTree(given.listing, tree) if given.listing else tree, given.kind, "fuzz", "fuzz")  # type: ignore[arg-type]
        return Project(os.path.join(os.getcwd(), "fuzz"), repository, settings)

    with contextlib.redirect_stderr(shown):
        yield from _judged(project, given, shown)


def _judged(project: _Maker, given: Input, shown: io.StringIO) -> Iterator[Failure]:
    one = project({})
    result = one.check()
    _give(_REST)
    yield from (Failure("crash", f"{crash.code} {crash.error[:100]}") for crash in result.crashes)
    report = Report([Checked.of(one, result)])
    for name, format in _FORMATS.items():
        emit(format.render(report, Style()), shown, name)
    crashed(report)
    unread_of([(one.prefix, one.unread())])
    if result.crashes:
        return
    for promise in broken(
        one, project, given.unsafe, result, [token.text for token in given.tokens if given.holds(token)]
    ):
        yield Failure("violation", promise)
    fixed = one.fix(given.unsafe)
    if fixed.files:
        emit(diff.render(one.prefix, changes(one.repository, fixed.files), Style()), shown)
        emit(text.render(Report([Checked.of(one, fixed.result, fixed.fixes)]), Style()), shown)


def _on_disk(given: Input, shown: io.StringIO) -> Iterator[Failure]:
    """The command line in a folder, and what the folder's project promises."""
    _give(_REST)
    with tempfile.TemporaryDirectory(prefix="fuzz") as temporary, _inside(temporary):
        _write(given, Path(temporary))
        for arguments in (["check", "."], ["check", ".", "--output-format", "json"], ["fix", ".", "--diff"]):
            stream = io.TextIOWrapper(io.BytesIO(), "utf-8", errors="surrogateescape", write_through=True)
            with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(shown):
                run([*arguments, "--repo-type", given.kind])
            shown.write(stream.buffer.getvalue().decode("utf-8", "replace"))  # type: ignore[attr-defined]
        with contextlib.redirect_stderr(shown):
            try:
                found = find(["."], Options(given.kind))  # type: ignore[arg-type]
            except UsageError as error:
                complain(str(error))
                return
            for one in found.projects:
                yield from _judged(one.changed, given, shown)


@contextlib.contextmanager
def _inside(folder: str) -> Iterator[None]:
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def _write(given: Input, root: Path) -> None:
    everything = (
        {**given.files, "hublint.toml": given.config.encode("utf-8", "replace")} if given.config else given.files
    )
    for path, data in everything.items():
        with contextlib.suppress(OSError, ValueError):  # no file system takes every name
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
    for path, target in given.links.items():
        with contextlib.suppress(OSError, ValueError):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).unlink(missing_ok=True)
            (root / path).symlink_to(target)
