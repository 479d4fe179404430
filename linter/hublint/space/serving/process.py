"""One command of a container's start, and which Python file a server loads by its words."""

from __future__ import annotations

from hublint.records import NamedTuple
from hublint.regexes import lazy
from hublint.space.container.files import join

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from hublint.documents.shell import ShellWord
    from hublint.documents.source import Source
    from hublint.space.container.files import ContainerFiles

LAUNCHERS = frozenset("uvicorn gunicorn hypercorn daphne".split())
TARGET = lazy(r"([A-Za-z_][\w.]*):(\w+)(\(\))?")  # what they are told to load: module, name, whether it is called
_RUNNERS = frozenset(("streamlit", "chainlit", "fastapi"))
# What runs a program several times, or on several machines.
_TRAINERS = {"torchrun": (), "deepspeed": (), "accelerate": ("launch",)}


class Process(NamedTuple):
    """One command that is started.

    Attributes:
        argv: its words, without what only prepares it (`uv run`, `timeout 60`).
        source: the file that has them.
        directory: where it is run.
        place: the path in the container of the Python file that it runs or loads, empty where there is none.
        path: the same file in the repository.
        is_program: whether that file is the main program, whose `__name__` is `"__main__"`.
        is_beside: whether it runs in the background, beside what follows.
    """

    argv: list[ShellWord]
    source: Source
    directory: str
    place: str = ""
    path: str = ""
    is_program: bool = False
    is_beside: bool = False


def process(files: ContainerFiles, argv: list[ShellWord], source: Source, directory: str) -> Process:
    """A command, with the Python file that a server is told to load."""
    place, is_program = _loaded(files, [word.value or "" for word in argv], directory)
    path = files.find(place) if place else None
    started = Process(argv, source, directory)
    return started._replace(place=place, path=path, is_program=is_program) if path else started


def module_file(files: ContainerFiles, folder: str, module: str) -> str:
    """The path in the container of a module that is looked for in a folder; empty where there is none."""
    stem = join(folder, module.replace(".", "/"))
    return next((path for path in (f"{stem}.py", f"{stem}/__init__.py") if files.find(path)), "")


def _loaded(files: ContainerFiles, argv: Sequence[str], directory: str) -> tuple[str, bool]:
    """The path in the container of the file that a server loads, and whether it runs it as the main program."""
    name, words = argv[0].rpartition("/")[2], argv[1:]
    if name in LAUNCHERS and not any(word.startswith(("--app-dir", "--chdir", "--factory")) for word in words):
        target = next((word for word in words if TARGET.fullmatch(word)), "")
        return (module_file(files, directory, target.partition(":")[0]), False) if target else ("", False)
    if name in _RUNNERS:
        script = next((word for word in words[1:] if word.endswith(".py")), "")
        return (join(directory, script), name == "streamlit") if script else ("", False)
    if name in _TRAINERS and tuple(words[:1])[: len(_TRAINERS[name])] == _TRAINERS[name]:
        script = next((word for word in words if word.endswith(".py")), "")
        return (join(directory, script), True) if script else ("", False)
    return "", False
