"""What a Docker build asks apt for, where the package lists are surely the image's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hublint.records import NamedTuple
from hublint.space.build.steps import decisive
from hublint.space.build.system import system_of
from hublint.space.container.needed_stages import needed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile import Dockerfile, Instruction
    from hublint.documents.dockerfile.stage import Stage
    from hublint.documents.shell import Command, ShellWord
    from hublint.space.build.system import System

# What may add other package lists, or packages from elsewhere. NodeSource's has nothing but Node.
_OTHER_LISTS = re.compile(
    r"sources\.list|/etc/apt\b|apt-key|add-apt-repository|apt-add-repository|extrepo|\.sources\b|dpkg\s+(?:-i|--install)|gdebi"
    r"|(?:curl|wget)\b(?![^\n;&]*nodesource)[^\n;&]*\|\s*(?:sudo\s+)?(?:\w+\s+)?(?:ba)?sh\b"
)
_PACKAGE = re.compile(r"[a-z0-9][a-z0-9.+-]+")
_VALUED = ("-t", "--target-release", "--default-release", "-o", "--option", "-c", "--config-file")


class Asked(NamedTuple):
    """A package that `apt-get install` is told to install, on which system, and the word that names it."""

    package: str
    word: ShellWord
    system: System


def asked(dockerfile: Dockerfile) -> Iterator[Asked]:
    """Every package that the build surely asks an image's own lists for."""
    for stage, system in systems(dockerfile):
        for instruction, command in apt_commands(stage):
            if has_other_lists(stage, instruction):
                break
            for word in _installed(command):
                package = re.split(r"[:=/]", word.value or "")[0]
                if _PACKAGE.fullmatch(package) and not package.endswith(("-", "+")):
                    yield Asked(package, word, system)


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


def has_other_lists(stage: Stage, instruction: Instruction) -> bool:
    """Whether a step up to that one may have given apt other lists than the image's."""
    for each in stage.chain:
        for other in each.instructions:
            if each is stage and other.index > instruction.index:
                break
            if other.name in ("RUN", "COPY", "ADD") and _OTHER_LISTS.search(other.raw + _heredocs(other)):
                return True
    return False


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
