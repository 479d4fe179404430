"""Whether a Docker Space's whole start can be read and surely starts no server, and what keeps a server waiting."""

from __future__ import annotations

import re

from hublint.documents.shell.command import SHELLS
from hublint.regexes import lazy
from hublint.space.container import users
from hublint.space.serving import walked
from hublint.space.serving.walker import HARMLESS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.repository.repository import Repository
    from hublint.space.serving.process import Process
    from hublint.space.serving.walker import Walker

_INTERPRETER = lazy(r"python(?:3(?:\.\d+)?)?")
# What reads commands from somewhere else.
_READING = frozenset(("source", ".", "eval"))
_WEIGHTS = lazy(r"\.(?:gguf|safetensors|bin|pt|pth|ckpt|onnx|tar(?:\.gz)?|zip)(?:\?\S*)?$|/resolve/")


def serves_nothing(repository: Repository) -> Process | None:
    """The last command of a start that surely starts no server; None where one may, or not all can be read."""
    dockerfile, walker = repository.dockerfile, walked(repository)
    stage = dockerfile.final_stage if dockerfile else None
    if walker is None or stage is None or not users.is_root_image(stage) or not _is_read(walker):
        return None
    started = [each for each in walker.started if not walker.follows(each)]
    if not started or not all(_ends(each, repository) for each in started):
        return None
    from hublint.space.serving.idle import starts_nothing

    programs = [python for each in started if each.path and (python := repository.python(each.path)) is not None]
    folders = [python.source.path[:at] for python in programs for at in _slashes(python.source.path)]
    if programs and not starts_nothing(repository, programs, folders):
        return None
    return next((each for each in reversed(started) if each.path), started[-1])


def _is_read(walker: Walker) -> bool:
    """Whether no server was found, and nothing that reads commands from elsewhere."""
    return not (walker.servers or walker.fronts or any(word.text in _READING for word in walker.words))


def downloads_first(repository: Repository) -> Process | None:
    """The first command that fetches a model, and that the server of a start waits for."""
    from hublint.space.running import is_conditional

    dockerfile, walker = repository.dockerfile, walked(repository)
    if dockerfile is None or walker is None or not walker.servers:
        return None
    last = max((at for at, each in enumerate(walker.started) if _is_served(walker, each)), default=-1)
    for process in walker.started[: max(last, 0)]:
        if _fetches(process) and not process.is_beside and not is_conditional(process, dockerfile):
            return process
    return None


def shown(process: Process) -> str:
    """A command as its file has it, on one line and not too long."""
    text = " ".join(word.text for word in process.argv)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _ends(process: Process, repository: Repository) -> bool:
    """Whether a command is one of those that surely serve nothing, or a Python program that is read."""
    words = [word.value for word in process.argv]
    name = (words[0] or "").rpartition("/")[2]
    if None in words[:1]:
        return False
    if process.path:
        python = repository.python(process.path)
        return process.is_program and python is not None and python.tree is not None
    if name in SHELLS:
        return len(words) == 1 or _is_listed(words)
    return name in HARMLESS or (_INTERPRETER.fullmatch(name) is not None and len(words) == 1)


def _is_listed(words: list[str | None]) -> bool:
    """Whether a shell is given its commands as a text, which are listed behind it."""
    first = next((word for word in words[1:] if word is None or not word.startswith("--")), "")
    return bool(first) and re.fullmatch(r"-[a-z]*c[a-z]*", first or "") is not None and len(words) > 2


def _is_served(walker: Walker, process: Process) -> bool:
    """Whether a command is what starts one of the servers."""
    start = process.argv[0].span.start
    for server in walker.servers:
        if server.source is process.source and server.span.start == start:
            return True
        if process.path and server.source.path == process.path:
            return True
    return False


def _fetches(process: Process) -> bool:
    """Whether a command downloads a model."""
    words = [word.value or "" for word in process.argv]
    name, rest = words[0].rpartition("/")[2], words[1:]
    if name == "ollama":
        return rest[:1] in (["pull"], ["run"])
    if name in ("hf", "huggingface-cli"):
        return rest[:1] == ["download"]
    if name == "git":
        return rest[:1] in (["clone"], ["lfs"]) and any("huggingface.co/" in word for word in rest)
    return name in ("wget", "curl") and any("://" in word and _WEIGHTS.search(word) for word in rest)


def _slashes(path: str) -> list[int]:
    return [at for at, letter in enumerate(path) if letter == "/"]
