"""The Python files that a Space's app is made of, by what is written in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.python import PythonSource
    from hublint.repository.repository import Repository

_MOST = 500
_VENDORED = ("site-packages/", "node_modules/", "venv/", ".venv/", "__pycache__/")


def marked(repository: Repository, *marks: str) -> Iterator[PythonSource]:
    """The app's files that parse and hold one of the marks.

    A Gradio or Streamlit Space's app is the file that it starts and the modules that this imports; a Docker Space's is
    what `running` gives. The text is searched first, since parsing is slow.
    """
    holding = {path for path, text in repository.once(_texts).items() if any(mark in text for mark in marks)}
    if not holding:
        return
    for python in _app(repository, holding):
        if python.tree is not None:
            yield python


def _app(repository: Repository, holding: set[str]) -> Iterator[PythonSource]:
    if repository.sdk == "docker" or holding == {repository.app_file}:
        wanted = running(repository) if repository.sdk == "docker" else (repository.app_file,)
        for path in wanted:
            python = repository.python(path) if path in holding else None
            if python is not None:
                yield python
        return
    from hublint.space.app.app_modules import app_sources

    yield from (python for python in app_sources(repository) if python.source.path in holding)


def reached(repository: Repository, *marks: str) -> list[PythonSource]:
    """The files that `marked` gives and, in a Docker Space too, the modules that they import; the marked ones of them.

    In a container modules are looked for in every folder above the started file, since COPY may bring any of them in.
    """
    if repository.sdk != "docker":
        return list(marked(repository, *marks))
    holding = {path for path, text in repository.once(_texts).items() if any(mark in text for mark in marks)}
    roots = [python for path in running(repository) if (python := repository.python(path))] if holding else []
    if not roots:
        return []
    from hublint.space.app.app_modules import with_imports

    folders = [path[:at] for path in running(repository) for at, letter in enumerate(path) if letter == "/"]
    found = with_imports(repository, roots, folders)
    return [python for python in found if python.source.path in holding and python.tree is not None]


def started(repository: Repository) -> tuple[str, ...]:
    """The Python files that a Docker Space's container starts as programs: `python app.py` in CMD or ENTRYPOINT."""
    return tuple(repository.once(_container)[0])


def running(repository: Repository) -> tuple[str, ...]:
    """Those and the modules that it has a server load: `uvicorn app:app`."""
    programs, modules = repository.once(_container)
    return (*programs, *modules)


def _container(repository: Repository) -> tuple[list[str], list[str]]:
    programs: list[str] = []
    modules: list[str] = []
    dockerfile = repository.dockerfile if repository.sdk == "docker" else None
    stage = dockerfile.final_stage if dockerfile else None
    if dockerfile is None or stage is None or dockerfile.errors:
        return programs, modules
    from hublint.documents.dockerfile.commands import start_commands
    from hublint.repository.entry_points import entry_point
    from hublint.space.container.files import ContainerFiles

    files = ContainerFiles(repository, dockerfile, stage)
    for command in start_commands(stage):
        path, is_main = entry_point(files, [word.value for word in command.argv], files.directory)
        found = files.find(path) if path else None
        if found:
            (programs if is_main else modules).append(found)
    return programs, modules


def _texts(repository: Repository) -> dict[str, str]:
    paths = [path for path in repository.files if path.endswith(".py") and not any(part in path for part in _VENDORED)]
    sources = (repository.glance(path) for path in paths[:_MOST])
    return {source.path: source.text for source in sources if source is not None and not source.is_binary}
