"""Caches, data and apps of a Docker Space that lie where the app's user cannot write or read."""

from __future__ import annotations

import re

from hublint.documents.dockerfile.commands import commands_of
from hublint.records import NamedTuple
from hublint.regexes import lazy
from hublint.space.container.absence import makes_files
from hublint.space.container.files import ContainerFiles, below
from hublint.space.permissions import drops_root, owners

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile import Instruction
    from hublint.documents.dockerfile.stage import Stage
    from hublint.documents.dockerfile.words import Word
    from hublint.documents.shell import Command
    from hublint.documents.source import Span
    from hublint.repository.repository import Repository
    from hublint.space.permissions.ownership import Ownership

# Variables that name a cache, and by what in an app's code it is used.
_HUB = ("transformers", "diffusers", "huggingface_hub", "datasets", "sentence_transformers", "faster_whisper", "timm")
_WRITTEN = {
    **dict.fromkeys(("HF_HOME", "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "TRANSFORMERS_CACHE"), _HUB),
    "HF_DATASETS_CACHE": ("datasets",),
    "SENTENCE_TRANSFORMERS_HOME": ("sentence_transformers",),
    "TORCH_HOME": ("torch.hub", "torchvision.models", "timm"),
    "XDG_CACHE_HOME": (*_HUB, "whisper", "torch.hub"),
}
_READ = ("NLTK_DATA", "PLAYWRIGHT_BROWSERS_PATH")
_HANDED_OVER = lazy(
    r"\b(?:chmod|chown|chgrp|setfacl|cp|mv|ln|rsync)\b[^;&|\n]*/root\b|/root\b[^\n]*\b(?:chmod|chown)\b"
)
# What may let others into /root, where commands are run in it or in a folder below it.
_OPENED = lazy(r"\b(?:chmod|chown|chgrp|setfacl|usermod)\b")
_SERVERS = ("uvicorn", "gunicorn")
_ABSOLUTE = (3, 9)  # since when Python opens the program that it runs by its whole path
_CACHE = ".cache/"
_HUB_VARIABLES = ("HF_HOME", "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "TRANSFORMERS_CACHE", "XDG_CACHE_HOME")
_FROM_HUB = lazy(r"from_pretrained\(|snapshot_download\(|hf_hub_download\(|SentenceTransformer\(|\bpipeline\(")
_INTERPRETER = lazy(r"python[\d.]*")


class Unusable(NamedTuple):
    """A cache or data that the app's user cannot use.

    Attributes:
        span: the variable, command or option.
        instruction: where it stands.
        kind: `enter` and `write` of a variable's folder, `read` of data that a command fetches, `again` of what the app
            can fetch once more, `packages` of pip's, `start` of a WORKDIR with the app.
        what: the variable or the command; of an app what starts it.
        path: the folder.
        keeper: the folder that belongs to root.
        variable: by which a command could be told another folder; empty where there is none.
        value: the word of the variable's value.
    """

    span: Span
    instruction: Instruction
    kind: str
    what: str
    path: str
    keeper: str = ""
    variable: str = ""
    value: Word | None = None


def unusable(repository: Repository) -> Iterator[Unusable]:
    """Each of them, in the order of the Dockerfile."""
    dockerfile = repository.dockerfile
    stage = dockerfile.final_stage if dockerfile else None
    if dockerfile is None or stage is None or stage.user is None or drops_root(repository):
        return
    ownership = owners(repository)
    if ownership is None or not ownership.user:
        return
    steps = [each for origin in reversed(list(stage.chain)) for each in origin.instructions]
    if any(_HANDED_OVER.search(each.raw) for each in steps if each.name == "RUN"):
        return
    yield from _start(repository, stage, steps)
    files = ContainerFiles(repository, dockerfile, stage)
    is_filled = any(each.name == "RUN" and _fills(files, each) for each in steps)
    for step in steps:
        if step.name == "ENV":
            yield from _variables(repository, ownership, stage, step, is_filled)
        elif step.name == "RUN" and ownership.runs(step) == "root":
            yield from _commands(repository, step)


def _start(repository: Repository, stage: Stage, steps: list[Instruction]) -> Iterator[Unusable]:
    """The WORKDIR below /root with the app that Python surely looks for by a whole path."""
    directory, last = stage.workdir, stage.last("WORKDIR")
    if directory is None or last is None or not below(stage.directory or "", "/root"):
        return
    if "PYTHONPATH" in stage.env or any(_may_open(step) for step in steps) or not _is_absolute(repository):
        return
    from hublint.space.running import running
    from hublint.space.serving import walked

    walker, sure = walked(repository), running(repository).sure
    for each in walker.started if walker is not None else ():
        name = each.argv[0].text.rpartition("/")[2]
        looked_for = name in _SERVERS or (each.is_program and _INTERPRETER.fullmatch(name) is not None)
        if looked_for and each.path in sure and below(each.place, stage.directory or ""):
            yield Unusable(directory.span, last, "start", name, each.place)
            return


def _may_open(step: Instruction) -> bool:
    """Whether an instruction may change who enters /root."""
    if step.name == "RUN":
        return _OPENED.search(step.raw) is not None
    if step.name in ("COPY", "ADD"):
        return "--chmod" in step.raw or step.destination is None or _is_home(step.destination)
    return step.name == "WORKDIR" and any(_is_home(word) for word in step.words)


def _is_home(word: Word) -> bool:
    return (word.value or "/root").rstrip("/") == "/root"


def _is_absolute(repository: Repository) -> bool:
    from hublint.space.build.pythons import pythons

    known = pythons(repository)
    return bool(known) and all(tuple(map(int, each.split("."))) >= _ABSOLUTE for each in known)


def _variables(
    repository: Repository, ownership: Ownership, stage: Stage, step: Instruction, is_filled: bool
) -> Iterator[Unusable]:
    for pair in step.pairs:
        name = pair.key
        path = stage.env.get(name)
        if (name not in _WRITTEN and name not in _READ) or pair.value is None or not path:
            continue
        if not path.startswith("/") or name.lower() in repository.code or _is_set_at_start(repository, name):
            continue
        span = pair.value.span
        if path == "/root" or below(path, "/root"):
            yield Unusable(span, step, "enter", name, path, "/root", value=pair.value)
        elif name in _WRITTEN and not is_filled and any(word in repository.code for word in _WRITTEN[name]):
            keeper = _keeper(ownership, path)
            if keeper:
                yield Unusable(span, step, "write", name, path, keeper, value=pair.value)


def _keeper(ownership: Ownership, path: str) -> str:
    """The folder of root's that keeps the app's user from making files in a folder; empty where nothing surely does."""
    if ownership.exists(path):
        place = ownership.place(path)
        return path if place is not None and place.owner == "root" else ""
    if ownership.place(path) is not None:
        return ""
    found = ownership.keeper(path)
    return found[0] if found is not None and found[1].owner == "root" else ""


def _is_set_at_start(repository: Repository, name: str) -> bool:
    """Whether the start's commands or scripts speak of a variable."""
    from hublint.space.serving import walked

    dockerfile, walker = repository.dockerfile, walked(repository)
    if dockerfile is None or walker is None:
        return True
    texts = [each.raw for each in dockerfile.instructions if each.name in ("CMD", "ENTRYPOINT")]
    return any(name in text for text in (*texts, *(script.text for script in walker.scripts)))


def _commands(repository: Repository, step: Instruction) -> Iterator[Unusable]:
    """What the commands of a step leave in root's home."""
    environment = step.environment
    if environment.get("HOME", "/root") != "/root":
        return
    for command in commands_of(step):
        if command.prefix or any(name in ("HOME", "PYTHONUSERBASE") for name, _ in command.assignments):
            continue
        option = _user_option(command)
        if option is not None:
            if "PYTHONUSERBASE" not in environment:
                yield Unusable(option, step, "packages", "pip install --user", "/root/.local")
            continue
        found = _fetched(command)
        if found is None:
            continue
        names = {name for name, _ in command.assignments}
        if any(name in environment or name in names for name in found.variables) or any(
            mark in repository.code for mark in found.fetching
        ):
            continue
        if not found.using or any(mark in repository.code for mark in found.using):
            kind = "again" if found.folder == f"{_CACHE}huggingface" else "read"
            yield Unusable(command.span, step, kind, found.what, f"/root/{found.folder}", variable=found.variables[0])


def _user_option(command: Command) -> Span | None:
    """The word `--user` of `pip install --user`."""
    words = [word.value or "" for word in command.argv]
    if _INTERPRETER.fullmatch(command.name) and words[1:3] == ["-m", "pip"]:
        words = words[2:]
    elif command.name not in ("pip", "pip3"):
        return None
    if "install" not in words[1:3]:
        return None
    return next((word.span for word in command.argv if word.value == "--user"), None)


class _Fetched(NamedTuple):
    """What a command downloads into a home.

    Attributes:
        what: it in words.
        folder: where it ends, in the home.
        variables: by which it ends elsewhere.
        using: what the code of an app has that uses it; empty where that cannot be told.
        fetching: what the code of an app has that downloads it by itself.
    """

    what: str
    folder: str
    variables: tuple[str, ...]
    using: tuple[str, ...] = ()
    fetching: tuple[str, ...] = ()


def _fetched(command: Command) -> _Fetched | None:
    words = [word.value or word.text for word in command.argv]
    text, name = " ".join(words), command.name
    if name == "npx":
        name, words = (words[1:2] or [""])[0], words[1:]
    is_code = _INTERPRETER.fullmatch(name) is not None and words[1:2] == ["-c"]
    if _INTERPRETER.fullmatch(name) and words[1:2] == ["-m"] and len(words) > 2:
        name, words = words[2], words[2:]
    if name == "playwright" and words[1:2] == ["install"]:
        return _PLAYWRIGHT
    if is_code:
        return _fetched_by(text)
    if name == "nltk.downloader" and "-d" not in words:
        return _NLTK
    is_hub = name in ("hf", "huggingface-cli") and words[1:2] == ["download"]
    if is_hub and not any(word.startswith(("--local-dir", "--cache-dir")) for word in words):
        return _Fetched(f"`{name} download`", f"{_CACHE}huggingface", _HUB_VARIABLES, _HUB)
    return None


def _fetched_by(code: str) -> _Fetched | None:
    """What the code of `python -c` downloads."""
    if "nltk.download(" in code:
        return None if "download_dir" in code else _NLTK
    if _FROM_HUB.search(code) and not re.search(r"cache_dir|cache_folder|local_dir|save_pretrained", code):
        return _Fetched("the download", f"{_CACHE}huggingface", _HUB_VARIABLES, _HUB)
    return None


_PLAYWRIGHT = _Fetched(
    "`playwright install`",
    f"{_CACHE}ms-playwright",
    ("PLAYWRIGHT_BROWSERS_PATH",),
    fetching=("playwright install", '"playwright", "install"'),
)
_NLTK = _Fetched("nltk's download", "nltk_data", ("NLTK_DATA",), ("nltk",), ("nltk.download(",))


def _fills(files: ContainerFiles, step: Instruction) -> bool:
    """Whether a step may fill a cache."""
    if _FROM_HUB.search(step.raw) or re.search(r"python[\d.]* -c\b", step.raw):
        return True
    may_fetch = re.search(r"python|\bhf\b|huggingface|download|wget|curl|git clone|\.sh\b", step.raw)
    return may_fetch is not None and makes_files(files, step)
