"""The Python files that a Space's app is made of, by what is written in them."""

from __future__ import annotations

from functools import lru_cache
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
    what `started` gives. The text is searched first, since parsing is slow.
    """
    holding = {path for path, text in _texts(repository).items() if any(mark in text for mark in marks)}
    if not holding:
        return
    for python in _app(repository, holding):
        if python.tree is not None:
            yield python


def _app(repository: Repository, holding: set[str]) -> Iterator[PythonSource]:
    if repository.sdk == "docker" or holding == {repository.app_file}:
        wanted = started(repository) if repository.sdk == "docker" else (repository.app_file,)
        for path in wanted:
            python = repository.python(path) if path in holding else None
            if python is not None:
                yield python
        return
    from hublint.repository.app_modules import app_sources

    yield from (python for python in app_sources(repository) if python.source.path in holding)


@lru_cache(maxsize=1)
def started(repository: Repository) -> tuple[str, ...]:
    """The Python files that a Docker Space's container starts as programs: `python app.py` in CMD or ENTRYPOINT."""
    dockerfile = repository.dockerfile if repository.sdk == "docker" else None
    stage = dockerfile.final_stage if dockerfile else None
    if dockerfile is None or stage is None or dockerfile.errors:
        return ()
    from hublint.repository.container_files import ContainerFiles, join

    files = ContainerFiles(repository, dockerfile, stage)
    found = []
    for command in stage.start_commands():
        script = next((word.value for word in command.argv[1:] if word.value and not word.value.startswith("-")), None)
        options = [word.value for word in command.argv[1:] if word.value and word.value.startswith("-")]
        if command.name.startswith("python") and script and script.endswith(".py") and set(options) <= {"-u"}:
            path = files.find(join(files.directory, script))
            if path:
                found.append(path)
    return tuple(found)


@lru_cache(maxsize=1)
def _texts(repository: Repository) -> dict[str, str]:
    paths = [path for path in repository.files if path.endswith(".py") and not any(part in path for part in _VENDORED)]
    sources = (repository.glance(path) for path in paths[:_MOST])
    return {source.path: source.text for source in sources if source is not None and not source.is_binary}
