"""Whether a path is surely absent from an image: nothing that builds it brings the path or may make it."""

from __future__ import annotations

import re

from hublint.documents.dockerfile.commands import commands_of
from hublint.regexes import lazy
from hublint.repository.git.ignored import ignores
from hublint.space.container import users
from hublint.space.container.files import BASE_DIRECTORY, below, join

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.dockerfile.stage import Instruction, Stage
    from hublint.documents.shell import Command
    from hublint.space.container.files import ContainerFiles

# Commands that make no file of an app's own.
HARMLESS = frozenset(
    """
    : [ [[ addgroup adduser alembic apk apt apt-get cat cd chmod chown date df echo exit export false find free grep
    groupadd groupmod head hostname id ldconfig locale-gen ls mkdir nproc nvidia-smi passwd ps pwd read rm set sleep
    sort stat su tail test true uname unset useradd usermod wait wc which whoami
    """.split()
)
# Modules whose programs put data where libraries look for them.
_FETCHING = frozenset(("spacy", "nltk.downloader", "playwright", "compileall", "unidic"))
_WRITING = lazy(r"open\(|write|urlretrieve|system|subprocess|Popen|local_dir|save|shutil|dump|extract|exec|git")
_PACKAGERS = frozenset(("npm", "yarn", "pnpm"))
_INSTALLING = frozenset(("install", "ci", "i", "add", "cache", "config"))
_LOCAL = lazy(r"^(?:\.|/|-e$|--editable|git\+|file:|https?:|-t$|--target|--prefix|--root)")
_QUOTED = lazy(r"'[^']*'|\"(?:[^\"\\]|\\.)*\"|\\.", re.DOTALL)
_WRITES = lazy(r"\d?>+\s*(?!&|/dev/null)")
_HOOKS = ('"postinstall"', '"preinstall"', '"install"', '"prepare"')
# Folders of the base image, in which there may be anything.
_SYSTEM = ("/usr", "/opt", "/bin", "/sbin", "/lib", "/etc", "/root", "/var", "/run", "/proc", "/sys", "/dev")


def is_absent(files: ContainerFiles, path: str) -> bool:
    """Whether nothing is at an absolute path of an image when its container starts.

    Args:
        files: those of the image.
        path: of a file; a folder of that name counts as something.
    """
    repository, stage = files.repository, files.stage
    if not users.is_root_image(stage) or any(below(path, folder) for folder in _SYSTEM) or "(unknown)" in path:
        return False
    if files.find(path) is not None or files.below(path) or ".gitmodules" in repository.files:
        return False
    name = path.rpartition("/")[2]
    if path.startswith("/(") and not path.startswith(BASE_DIRECTORY):
        return False
    for each in stage.chain:
        for instruction in each.instructions:
            if instruction.name == "RUN" and (name in instruction.raw or makes_files(files, instruction)):
                return False
            if instruction.name in ("COPY", "ADD") and _may_bring(files, each, instruction, path):
                return False
            if instruction.name == "VOLUME":
                return False
    return True


def makes_files(files: ContainerFiles, instruction: Instruction) -> bool:
    """Whether a RUN may make files that are not a package manager's own."""
    text = _QUOTED.sub("x", instruction.text)
    if _WRITES.search(text) or instruction.heredocs:
        return True
    commands = commands_of(instruction)
    return not commands or any(may_make(files, command) for command in commands)


def may_make(files: ContainerFiles, command: Command) -> bool:
    """Whether a command may make files of an app's own; one that is not known may."""
    if not command.argv:
        return False
    words = [word.value if word.value is not None else word.text for word in command.argv]
    name = command.name
    if re.fullmatch(r"python[\d.]*", name) and words[1:3] == ["-m", "pip"]:
        name, words = "pip", words[2:]
    elif name == "uv" and words[1:2] == ["pip"]:
        name, words = "pip", words[1:]
    if name in ("pip", "pip3"):
        return any(_LOCAL.match(word) for word in _arguments(words[2:]))
    if re.fullmatch(r"python[\d.]*", name):
        return not (words[1:2] == ["-m"] and words[2:3] and words[2] in _FETCHING) and not _only_loads(words)
    if name == "playwright":
        return words[1:2] not in (["install"], ["install-deps"])
    if name in _PACKAGERS:
        given = [word for word in words[1:] if not word.startswith("-")]
        return not (not given or given[0] in _INSTALLING) or _has_hooks(files)
    return name not in HARMLESS


def _only_loads(words: list[str]) -> bool:
    """Whether `python -c` runs code that imports and loads, into caches, and writes nothing."""
    return words[1:2] == ["-c"] and len(words) == 3 and not _WRITING.search(words[2])


def _arguments(words: list[str]) -> list[str]:
    """What pip is asked for, without the values of options that name no place to install to."""
    found = []
    skip = False
    for word in words:
        if not skip:
            found.append(word)
        skip = word in ("-r", "--requirement", "-c", "--constraint", "-i", "--index-url", "--extra-index-url", "-f")
    return [word for word in found if not word.startswith(("--index-url", "--extra-index-url", "--find-links"))]


def _has_hooks(files: ContainerFiles) -> bool:
    """Whether a package.json of the repository has something run when packages are installed."""
    paths = (path for path in files.repository.files if path.rpartition("/")[2] == "package.json")
    sources = (files.repository.glance(path) for path in paths)
    return any(source is not None and any(hook in source.text for hook in _HOOKS) for source in sources)


def _may_bring(files: ContainerFiles, stage: Stage, instruction: Instruction, path: str) -> bool:
    """Whether a COPY or ADD may bring something to a path that `ContainerFiles` does not see."""
    target = instruction.expand(instruction.destination) if instruction.destination is not None else None
    if target is None:
        return True
    place = join(stage.directory_at(instruction) or BASE_DIRECTORY, target)
    if path != place and not below(path, place):
        return False
    if instruction.flag("from") is not None or instruction.heredocs:
        return True
    return any(
        _brings(files, instruction, instruction.expand(word), below(path, place)) for word in instruction.sources
    )


def _brings(files: ContainerFiles, instruction: Instruction, source: str | None, inner: str) -> bool:
    """Whether one source of a COPY may have something at a path within it that the repository does not show."""
    if source is None or "://" in source or any(mark in source for mark in "*?["):
        return True
    if instruction.name == "ADD" and re.search(r"\.(?:tar|tgz|zip|gz|bz2|xz|zst)\b", source):
        return True
    folder = join("/", source)[1:]
    if folder in files.repository.files:
        return False
    here = "/".join(part for part in (folder, inner) if part)
    parts = here.split("/")
    is_behind_a_link = any("/".join(parts[:length]) in files.repository.files for length in range(1, len(parts)))
    return is_behind_a_link or ignores(files.repository).may_hide(here) or not files.repository.exists(folder)
