"""What a Docker build asks apt for, where the package lists are surely the image's own."""

from __future__ import annotations

import re
from math import inf

from hublint.documents.shell.command import SHELLS, script_at
from hublint.records import NamedTuple
from hublint.space.build.steps import decisive, decisive_in_script
from hublint.space.build.system import system_of
from hublint.space.container.needed_stages import needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile import Dockerfile, Instruction
    from hublint.documents.dockerfile.stage import Stage
    from hublint.documents.shell import Command, ShellWord
    from hublint.documents.source import Source
    from hublint.repository.repository import Repository
    from hublint.space.build.system import System

# What may add other package lists, or packages from elsewhere.
_OTHER_LISTS = re.compile(
    r"sources\.list|/etc/apt\b|apt-key|add-apt-repository|apt-add-repository|extrepo|\.sources\b|dpkg\s+(?:-i|--install)|gdebi"
)
_PART = re.compile(r"[^\n;&]+")
_INTO_SHELL = re.compile(r"\|\s*(?:sudo\s+)?(?:\w+\s+)?(?:ba)?sh\b")
_FETCHING = re.compile(r"(?:curl|wget)\b")
_PACKAGE = re.compile(r"[a-z0-9][a-z0-9.+-]+")
_LARGEST, _MOST = 500_000, 50  # bytes of a script, and scripts of a stage
_VALUED = ("-t", "--target-release", "--default-release", "-o", "--option", "-c", "--config-file")


class Asked(NamedTuple):
    """A package that `apt-get install` is told to install.

    Attributes:
        package: its name.
        word: the word that names it.
        source: the file with that word: the Dockerfile, or a script that it runs.
        system: on which system.
    """

    package: str
    word: ShellWord
    source: Source
    system: System


def asked(repository: Repository, dockerfile: Dockerfile) -> Iterator[Asked]:
    """Every package that the build surely asks an image's own lists for."""
    for stage, system in systems(dockerfile):
        own = ((step, dockerfile.source, command) for step, command in apt_commands(stage))
        first = first_with_other_lists(repository, stage)
        for commands in (own, _of_scripts(repository, dockerfile, stage)):
            for instruction, source, command in commands:
                if instruction.index >= first:
                    break
                for word in _installed(command):
                    package = re.split(r"[:=/]", word.value or "")[0]
                    if _PACKAGE.fullmatch(package) and not package.endswith(("-", "+")):
                        yield Asked(package, word, source, system)


def systems(dockerfile: Dockerfile) -> Iterator[tuple[Stage, System]]:
    """The stages that are built, with their system where it is known."""
    for stage in needed(dockerfile):
        system = system_of(stage)
        if system is not None:
            yield stage, system


def apt_commands(stage: Stage) -> Iterator[tuple[Instruction, Command]]:
    """Every decisive apt command of a stage's own steps."""
    for instruction in stage.instructions:
        if instruction.name == "RUN" and "apt" in instruction.raw + _heredocs(instruction):
            for command in decisive(instruction):
                if command.name in ("apt-get", "apt"):
                    yield instruction, command


def _of_scripts(
    repository: Repository, dockerfile: Dockerfile, stage: Stage
) -> Iterator[tuple[Instruction, Source, Command]]:
    """Every decisive apt command of the repository's scripts that a stage's own steps run."""
    from hublint.space.container.files import BASE_DIRECTORY, ContainerFiles, join

    files = ContainerFiles(repository, dockerfile, stage)
    seen: set[str] = set()
    for instruction in stage.instructions:
        if instruction.name != "RUN" or ".sh" not in instruction.raw:
            continue
        directory = stage.directory_at(instruction) or BASE_DIRECTORY
        for command in decisive(instruction):
            if command.name in ("cd", "pushd"):
                break
            word, ends_on_failure = _script(command)
            place = join(directory, word) if word else ""
            if not place or place in seen or len(seen) == _MOST:
                continue
            seen.add(place)
            path = files.find(place)
            source = _readable(repository, path) if path else None
            if source is not None and "apt" in source.text:
                yield from (
                    (instruction, source, each)
                    for each in decisive_in_script(source.text, ends_on_failure)
                    if each.name in ("apt-get", "apt")
                )


def _script(command: Command) -> tuple[str, bool]:
    """The script that a command runs, and whether an option lets it end where a command fails."""
    values = [word.value or "" for word in command.argv]
    if command.name not in SHELLS:
        return (values[0] if values and "/" in values[0] else "", False)
    at = script_at(command.argv)
    options = values[1:at]
    if not at or not all(re.fullmatch(r"-[eux]+", option) for option in options):
        return "", False
    return values[at], any("e" in option for option in options)


def first_with_other_lists(repository: Repository, stage: Stage) -> float:
    """The index of the first step of a stage with which apt may have other lists than the image's; infinite where none
    has, and less than any where a stage below it gives it some."""
    scripts: dict[str, bool] = {}
    giving = (
        (each, step.index)
        for each in stage.chain
        for step in each.instructions
        if step.name in ("RUN", "COPY", "ADD") and _gives_lists(repository, step, scripts)
    )
    return min((index if each is stage else -1 for each, index in giving), default=inf)


def _gives_lists(repository: Repository, step: Instruction, scripts: dict[str, bool]) -> bool:
    """Whether a step, its heredocs or one of the repository's scripts that it names may give apt other lists.

    Args:
        scripts: what is known of the scripts.
    """
    text = step.raw + _heredocs(step)
    if _may_add_lists(text):
        return True
    if step.name != "RUN" or ".sh" not in text:
        return False
    if not scripts:
        scripts.update(
            (path, _script_gives_lists(repository, path)) for path in repository.files if path.endswith(".sh")
        )
    return any(gives and path.rpartition("/")[2] in text for path, gives in scripts.items())


def _script_gives_lists(repository: Repository, path: str) -> bool:
    source = _readable(repository, path)
    return source is None or _may_add_lists(source.text)


def _may_add_lists(text: str) -> bool:
    """Whether commands speak of package lists, or fetch a script and run it. NodeSource's gives nothing but Node."""
    return _OTHER_LISTS.search(text) is not None or any(_runs_fetched(part[0]) for part in _PART.finditer(text))


def _runs_fetched(part: str) -> bool:
    shells = [found.start() for found in _INTO_SHELL.finditer(part)]
    fetches = [found.start() for found in _FETCHING.finditer(part, 0, shells[-1])] if shells else []
    return bool(fetches) and "nodesource" not in part[fetches[-1] :]


def _readable(repository: Repository, path: str) -> Source | None:
    source = repository.glance(path) if repository.files[path] <= _LARGEST else None
    return source if source is not None and not source.is_binary else None


def verb(command: Command) -> str:
    """What apt is told to do: `install`, `update` ...; empty where that is not known."""
    return next((word.value or "" for word in _arguments(command)), "")


def _heredocs(instruction: Instruction) -> str:
    return "\n".join(heredoc.body for heredoc in instruction.heredocs)


def _installed(command: Command) -> list[ShellWord]:
    arguments = _arguments(command)
    is_plain = not any(
        (word.value or "").startswith(("-t", "--target-release", "--default-release")) for word in command.argv
    )
    return arguments[1:] if is_plain and verb(command) == "install" else []


def _arguments(command: Command) -> list[ShellWord]:
    """The words that are not options, without the value that an option takes."""
    found: list[ShellWord] = []
    skip = False
    for word in command.argv[1:]:
        value = word.value or ""
        if skip:
            skip = False
        elif value.startswith("-"):
            skip = value in _VALUED
        elif not re.match(r"\d?[<>]", value):
            found.append(word)
    return found
