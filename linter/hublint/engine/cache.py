"""What was found in repositories before, kept in the user's cache folder for as long as nothing that was read changes.

An entry names every answer that the check had from the repository's files - the listing, the bytes of files and parts
of them - by a digest, and counts only where all of them are given again. It holds data alone: nothing of it is run.
"""

from __future__ import annotations

import os
import sys
import time

try:
    from _blake2 import blake2b  # hashlib loads OpenSSL to give the same function
except ImportError:
    from hashlib import blake2b

import hublint
import hublint_rules
import hublint_schemas
from hublint.engine.findings import Result
from hublint.engine.survey import in_checkout
from hublint.repository.tree import FolderTree, read_regular

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any, BinaryIO

    from hublint.engine.config import Config
    from hublint.engine.project import Project
    from hublint.engine.reported import Reported
    from hublint.engine.selection import Selection
    from hublint.repository.sources import Sources

_LARGEST = 16 * 1024 * 1024
_KEPT_DAYS = 30
_DAY = 24 * 60 * 60


class Cache:
    """Results by what was asked of which files."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._real = os.path.realpath(folder)
        self._tool = _tool()
        self._known: tuple[Config, Selection, bytes] | None = None

    def check(self, project: Project, judge: Callable[[Project], tuple[Result, bool]]) -> Result:
        """What is known of a project from before, else what `judge` makes of it.

        Args:
            judge: gives the result, and whether it may be kept.
        """
        if not self._is_known(project):
            return judge(project)[0]
        watched = Watched(project.repository.sources)
        file = self._file(project, watched)
        known = _read(file, watched)
        if known is not None:
            return known
        result, keeps = judge(project._replace(repository=project.repository.over(watched)))
        if keeps and not watched.is_beyond:
            self._write(file, watched, result)
        return result

    def _is_known(self, project: Project) -> bool:
        """Whether all that decides can be told: its files, not a plugin, a baseline, an overlay or the network."""
        settings = project.settings
        return (
            isinstance(project.repository.tree, FolderTree)
            and project.repository.online is None
            and settings.known is None
            and not settings.config.plugins
            and not _lies_in(self._real, project.folder)
        )

    def _file(self, project: Project, watched: Watched) -> str:
        """Where what is known of a project is: by the tool, the settings and the names and sizes of the files."""
        repository, settings = project.repository, project.settings
        asked = (
            (repository.kind, repository.reason, repository.name, repository.repo_id, repository.synced),
            (settings.within, settings.today, settings.comments, settings.located),
            watched.in_checkout,
            list(watched.sizes().items()),
        )
        asked_of_all = self._asked_of_all(settings.config, settings.selection)
        name = _digest(asked_of_all + repr(asked).encode("utf-8", "surrogatepass"))
        return os.path.join(self._folder, name[:2], f"{name[2:]}.json")

    def _asked_of_all(self, config: Config, selection: Selection) -> bytes:
        """A digest of what is asked of every repository below one configuration, made once for all of them."""
        if self._known is None or self._known[0] is not config or self._known[1] is not selection:
            severities = sorted(selection.severities.items())
            rules = (sorted(selection.codes), sorted(selection.named), selection.profile, severities)
            written = repr((self._tool, rules, config)).encode("utf-8", "surrogatepass")
            self._known = config, selection, blake2b(written, digest_size=32).digest()
        return self._known[2]

    def _write(self, file: str, watched: Watched, result: Result) -> None:
        """Keep a result, in one step; where that is not possible, do without."""
        import json

        data = json.dumps([watched.answers(), result]).encode("ascii")
        if len(data) > _LARGEST:
            return
        beside = f"{file}.{os.getpid()}"
        try:
            with self._opened(beside) as out:
                out.write(data)
            os.replace(beside, file)
            self._tidy()
        except OSError:
            _remove(beside)

    def _opened(self, file: str) -> BinaryIO:
        """A new file to write; its folder is made where this is the first one in it."""
        try:
            return open(file, "xb")
        except FileNotFoundError:
            os.makedirs(self._folder, mode=0o700, exist_ok=True)
            os.makedirs(os.path.dirname(file), exist_ok=True)
            return open(file, "xb")

    def _tidy(self) -> None:
        """Once a day, take away what nobody asked for in a month."""
        stamp = os.path.join(self._folder, "tidied")
        now = time.time()
        try:
            if os.stat(stamp).st_mtime > now - _DAY:
                return
        except FileNotFoundError:
            pass
        with open(stamp, "wb"):
            pass
        for place, _, files in os.walk(self._folder):
            for name in files:
                file = os.path.join(place, name)
                if name != "tidied" and os.lstat(file).st_mtime < now - _KEPT_DAYS * _DAY:
                    _remove(file)


def cache_of_user(paths: Iterable[str]) -> Cache | None:
    """The cache of whoever runs this; None where there is no place for it, or that lies in one of the paths.

    Args:
        paths: what is looked at, which must not bring its own results.
    """
    folder = _users_folder()
    if not folder or any(_lies_in(os.path.realpath(folder), path) for path in paths):
        return None
    return Cache(os.path.join(folder, "hublint"))


def _users_folder() -> str:
    """Where programs keep what they can do without: by the XDG base directory specification, else the system's way."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(given):
        return given
    home = os.path.expanduser("~")
    if not os.path.isabs(home):
        return ""
    if sys.platform == "win32":
        return os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    return os.path.join(home, "Library", "Caches") if sys.platform == "darwin" else os.path.join(home, ".cache")


class Watched:
    """A tree that notes what it was asked and a digest of what it answered.

    Attributes:
        in_checkout: whether the folder is or lies in a git checkout.
        is_beyond: whether the folder itself was asked for, in which more lies than the tree tells.
    """

    def __init__(self, sources: Sources) -> None:
        """sources: the texts of a tree, of which those that were read already count as asked for."""
        self._tree = sources.tree
        kept = {source.path: source.raw for source in sources.kept()}
        self._answers: dict[tuple[str, str, int, int], str] = {
            ("read", path, 0, 0): _digest_of(kept.get(path)) for path in sources.read | sources.missed
        }
        self.in_checkout = bool(self._tree.root) and in_checkout(self._tree.root)
        self.is_beyond = not sources.read <= kept.keys()

    @property
    def root(self) -> str:
        """The folder on disk."""
        self.is_beyond |= self.in_checkout
        return self._tree.root

    def sizes(self) -> Mapping[str, int]:
        """Every file's size, which is part of an entry's name."""
        return self._tree.sizes()

    def read(self, path: str) -> bytes | None:
        """A file's bytes."""
        data = self._tree.read(path)
        self._answers["read", path, 0, 0] = _digest_of(data)
        return data

    def part(self, path: str, start: int, length: int) -> bytes | None:
        """Some of a file's bytes."""
        data = self._tree.part(path, start, length)
        self._answers["part", path, start, length] = _digest_of(data)
        return data

    def refusal(self, path: str) -> str:
        """Why a file that is there has no bytes."""
        reason = self._tree.refusal(path)
        self._answers["refusal", path, 0, 0] = reason
        return reason

    def tracked(self) -> frozenset[str]:
        """What git tracks."""
        tracked = self._tree.tracked()
        self._answers["tracked", "", 0, 0] = _digest(repr(sorted(tracked)).encode("utf-8", "surrogatepass"))
        return tracked

    def answers(self) -> list[list[Any]]:
        """What was asked, and digests of the answers."""
        return [[*asked, answer] for asked, answer in self._answers.items()]

    def gives(self, answers: Iterable[list[Any]]) -> bool:
        """Whether it would answer the same again."""
        return all(self._again(*asked) == answer for *asked, answer in answers)

    def _again(self, what: str, path: str, start: int, length: int) -> str:
        if (what, path, start, length) in self._answers:
            pass
        elif what == "read":
            self.read(path)
        elif what == "part":
            self.part(path, start, length)
        elif what == "refusal":
            self.refusal(path)
        else:
            self.tracked()
        return self._answers.get((what, path, start, length), "")


def _read(file: str, watched: Watched) -> Result | None:
    """The result in an entry; None where there is none, it cannot be read, or what it rests on has changed."""
    try:
        data = read_regular(file, _LARGEST)
    except OSError:
        return None
    import json

    try:
        answers, result = json.loads(data)
        if not watched.gives(answers):
            return None
        findings, silenced, _, read = result
        if os.stat(file).st_mtime < time.time() - _DAY:
            os.utime(file)
        return Result(_reported(findings), _reported(silenced), (), tuple(read))
    except (OSError, ValueError, TypeError, RecursionError):
        return None


def _reported(rows: list[list[Any]]) -> tuple[Reported, ...]:
    """Findings as they were written down."""
    if not rows:
        return ()
    from hublint.engine.reported import reported

    return tuple(map(reported, rows))


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def _digest_of(data: bytes | None) -> str:
    return _digest(data) if data is not None else ""


def _tool() -> tuple[object, ...]:
    """What else decides of a result: hublint itself, Python and the libraries."""
    return (hublint.__version__, sys.version_info[:2], *(_changed(place) for place in _places()))


def _places() -> Iterator[str]:
    """Folders in which installing something leaves a mark; of a working copy of hublint, each of its own."""
    for entry in sys.path:
        if entry.endswith("-packages"):
            yield entry
    for module in (hublint, hublint_rules, hublint_schemas):
        folder = os.path.dirname(module.__file__ or "")
        if not os.path.dirname(folder).endswith("-packages"):
            for place, folders, files in os.walk(folder):
                folders[:] = [each for each in folders if each != "__pycache__"]
                yield from (os.path.join(place, each) for each in files)


def _changed(place: str) -> int:
    try:
        return os.stat(place).st_mtime_ns
    except OSError:
        return 0


def _lies_in(folder: str, other: str) -> bool:
    """Whether a folder, whose links are followed, lies in another one."""
    return folder.startswith(os.path.realpath(other).rstrip(os.sep) + os.sep)


def _remove(file: str) -> None:
    try:
        os.remove(file)
    except OSError:
        return
