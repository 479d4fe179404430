"""Which Python file a command of a container runs or has a server load."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hublint.space.container.files import join

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hublint.space.container.files import ContainerFiles

_MODULE = r"[A-Za-z_][\w.]*"
_LAUNCHERS = frozenset("uvicorn gunicorn hypercorn daphne".split())
_RUNNERS = frozenset(("streamlit", "chainlit", "fastapi"))


def entry_point(files: ContainerFiles, argv: Sequence[str | None], directory: str) -> tuple[str, bool]:
    """The path in the container of the Python file that a command runs, and whether it is the main program.

    Args:
        files: what the image holds.
        argv: the command's words, None where one is not known; such a word is taken for an option's value.
        directory: where it is run.

    Returns:
        An empty path where it runs none, or where that cannot be known.
    """
    program, *words = [value or "" for value in argv] or [""]
    name = program.rpartition("/")[2]
    if re.fullmatch(r"python(?:3(?:\.\d+)?)?", name):
        while words and words[0].startswith("-") and words[0] != "-m":
            words = words[2:] if words[0] in ("-X", "-W") else words[1:]
        if words[:1] == ["-m"] and len(words) > 1 and re.fullmatch(_MODULE, words[1]):
            return module_file(files, directory, words[1]), True
        return (join(directory, words[0]), True) if words and words[0].endswith(".py") else ("", False)
    if name in _LAUNCHERS and not any(word.startswith(("--app-dir", "--chdir", "--factory")) for word in words):
        target = next((word for word in words if re.fullmatch(r"[A-Za-z_][\w.]*:\w+(?:\(\))?", word)), "")
        return (module_file(files, directory, target.partition(":")[0]), False) if target else ("", False)
    if name in _RUNNERS:
        script = next((word for word in words[1:] if word.endswith(".py")), "")
        return (join(directory, script), name == "streamlit") if script else ("", False)
    return "", False


def module_file(files: ContainerFiles, folder: str, module: str) -> str:
    """The path in the container of a module that is looked for in a folder; empty where there is none."""
    stem = join(folder, module.replace(".", "/"))
    return next((path for path in (f"{stem}.py", f"{stem}/__init__.py") if files.find(path)), "")
