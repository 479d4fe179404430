"""Which Python files a Space starts: the one answer that rules and preflight ask for."""

from __future__ import annotations

from hublint.records import NamedTuple
from hublint.repository.texts import VENDORED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile import Dockerfile
    from hublint.documents.python import Import, PythonSource
    from hublint.repository.repository import Repository
    from hublint.space.serving.process import Process

_MOST = 500
_MOST_LOADED = 200


class Running(NamedTuple):
    """The Python files of the repository that a Space starts, in the order of their start.

    Attributes:
        programs: what is run as the main program, whose `__name__` is `"__main__"`: `python app.py`, `app_file`.
        modules: what a server loads: `uvicorn app:app`. What is surely started in both ways is a program.
        doubtful: those of both that are started under a condition only.
    """

    programs: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    doubtful: frozenset[str] = frozenset()

    @property
    def files(self) -> tuple[str, ...]:
        """Programs and modules."""
        return (*self.programs, *self.modules)

    @property
    def sure(self) -> tuple[str, ...]:
        """Those that no condition holds."""
        return tuple(path for path in self.files if path not in self.doubtful)


def running(repository: Repository) -> Running:
    """The files that a Gradio, Streamlit or Docker Space starts; none where that cannot be known."""
    return repository.once(_running)


def loaded(repository: Repository) -> list[PythonSource]:
    """The files that a Space starts, and the repository's own modules that they import, in that order."""
    return repository.once(_loaded)


def surely_loaded(repository: Repository) -> list[tuple[PythonSource, list[Import]]]:
    """The files that surely run when the app starts, each with those of its imports that surely run in it.

    Files that a Space starts come first, then the repository's own modules that they import.
    """
    return repository.once(_surely_loaded)


def marked(repository: Repository, *marks: str) -> Iterator[PythonSource]:
    """The app's files that parse and hold one of the marks.

    A Gradio or Streamlit Space's app is the file that it starts and the modules that this imports; a Docker Space's is
    what it starts. The text is searched first, since parsing is slow.
    """
    holding = _holding(repository, marks)
    if not holding:
        return
    files = running(repository).files
    if repository.sdk == "docker" or holding.issubset(files):
        found = [python for path in files if path in holding and (python := repository.python(path)) is not None]
    else:
        found = [python for python in loaded(repository) if python.source.path in holding]
    yield from (python for python in found if python.tree is not None)


def reached(repository: Repository, *marks: str) -> list[PythonSource]:
    """The same as `marked`, in a Docker Space too with the modules that what it starts imports."""
    holding = _holding(repository, marks)
    found = loaded(repository) if holding else []
    return [python for python in found if python.source.path in holding and python.tree is not None]


def _running(repository: Repository) -> Running:
    if repository.sdk != "docker":
        path = repository.app_file
        return Running((path,)) if path.endswith(".py") and path in repository.files else Running()
    from hublint.space.serving import walked

    dockerfile, walker = repository.dockerfile, walked(repository)
    started = [each for each in walker.started if each.path] if walker is not None else []
    if dockerfile is None or not started:
        return Running()
    sure = [each for each in started if not is_conditional(each, dockerfile)]
    doubtful = frozenset(each.path for each in started) - {each.path for each in sure}
    counted = sure + [each for each in started if each.path in doubtful]
    programs = dict.fromkeys(each.path for each in counted if each.is_program)
    modules = dict.fromkeys(each.path for each in counted if each.path not in programs)
    return Running(tuple(programs), tuple(modules), doubtful)


def is_conditional(process: Process, dockerfile: Dockerfile) -> bool:
    """Whether a command stands under an `if`, in a loop or function, or behind `||`."""
    import re

    source, start = process.source, process.argv[0].span.start
    first = 0
    if source is dockerfile.source:
        first = next((each.span.start for each in dockerfile.instructions if start in range(*each.span)), start)
    before = source.text[first:start]
    if not any(mark in before for mark in ("if", "case", "do", "{", "||")):
        return False
    before = re.sub(r"(?m)(?:^|(?<=\s))#.*", "", before)
    opened = len(re.findall(r"\b(?:if|case|do)\b|\{", before)) - len(re.findall(r"\b(?:fi|esac|done)\b|\}", before))
    return opened != 0 or "||" in before.rpartition("\n")[2]


def _loaded(repository: Repository) -> list[PythonSource]:
    from hublint.space.app.app_modules import with_imports

    files = running(repository).files
    started = [python for path in files if (python := repository.python(path)) is not None]
    folders = [path.rpartition("/")[0] for path in files]
    if repository.sdk == "docker":  # COPY may bring any of the folders above into the one where the app starts
        folders = [path[:at] for path in files for at, letter in enumerate(path) if letter == "/"]
    return with_imports(repository, started, folders)


def _surely_loaded(repository: Repository) -> list[tuple[PythonSource, list[Import]]]:
    from hublint.space.app.app_modules import files_of

    started = running(repository)
    found: dict[str, tuple[PythonSource, list[Import]]] = {}
    pending = list(started.sure)
    while pending and len(found) < _MOST_LOADED:
        path = pending.pop(0)
        python = repository.python(path) if path in repository.files and path not in found else None
        if python is None or python.tree is None:
            continue
        main = path in started.programs
        every = [
            each
            for each in python.imports
            if each.top_level and not each.guarded and each.moment.runs(main) == "always" and not each.caught
        ]
        found[path] = (python, every)
        pending += [each for imported in every for each in files_of(imported, path, started.sure)]
    return list(found.values())


def _holding(repository: Repository, marks: tuple[str, ...]) -> set[str]:
    return {path for path, text in repository.once(_texts).items() if any(mark in text for mark in marks)}


def _texts(repository: Repository) -> dict[str, str]:
    paths = [path for path in repository.files if path.endswith(".py") and VENDORED.isdisjoint(path.split("/"))]
    sources = (repository.glance(path) for path in paths[:_MOST])
    return {source.path: source.text for source in sources if source is not None and not source.is_binary}
