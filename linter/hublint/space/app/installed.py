"""Which distributions a Space installs, with all that they need, where its files tell for certain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from hublint.records import NamedTuple
from hublint.regexes import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hublint.documents.dockerfile import Instruction
    from hublint.documents.requirements import Requirement
    from hublint.documents.shell import Command
    from hublint.repository.repository import Repository

# Commands of a RUN that bring no Python module.
_HARMLESS = frozenset(
    "apt apt-get adduser addgroup cat cd chmod chown cp date echo export groupadd ln ls mkdir mv printf pwd rm set "
    "sleep test touch true useradd usermod [ :".split()
)
_VALUED = ("-i", "--index-url", "--extra-index-url", "-f", "--find-links", "--timeout", "--retries", "--trusted-host")
_PLAIN = lazy(
    r"-[qvU]+|--(?:no-cache-dir|upgrade|quiet|verbose|user|no-input|pre|prefer-binary|progress-bar=\w+"
    r"|disable-pip-version-check|root-user-action=ignore|default-timeout=\d+|timeout=\d+|retries=\d+"
    r"|break-system-packages|no-warn-script-location|compile|no-compile|(?:extra-)?index-url=\S+)"
)
_IMAGE = lazy(r"(?:docker\.io/)?(?:library/)?python:3[\w.-]*")
_NUMBER = lazy(r"(===?|~=|!=|<=|>=|<|>)\s*v?(\d+)(?:\.(\d+))?")


class Installed(NamedTuple):
    """What is asked for: `lines` of requirements, and the file to which a line may be added."""

    lines: list[Requirement]
    path: str


def installed(repository: Repository) -> Installed | None:
    """What pip is told to install; None where something else may come too."""
    return repository.once(_installed)


def _installed(repository: Repository) -> Installed | None:
    if repository.sdk == "gradio":
        return _of_files(repository, ["requirements.txt", "pre-requirements.txt"])
    return _of_dockerfile(repository) if repository.sdk == "docker" else None


def with_needs(lines: Iterable[Requirement], table: dict[str, Any]) -> set[str] | None:
    """Every distribution that the lines bring; None where one of them is not in the table, or at an older version."""
    found: set[str] = set()
    pending: list[tuple[str, str]] = []
    for line in lines:
        if line.name not in table or _is_older(line.specifier, table[line.name]["since"]):
            return None
        pending += [(line.name, extra) for extra in ("", *line.extras)]
    seen: set[tuple[str, str]] = set()
    while pending:
        name, extra = pending.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        found.add(name)
        entry = table.get(name)
        needs = None if entry is None else entry["extras"].get(extra) if extra else entry["needs"]
        if needs is None:
            return None
        for need in needs.split():
            needed, _, extras = need.rstrip("]").partition("[")
            pending += [(needed, each) for each in ("", *filter(None, extras.split(",")))]
    return found


def _is_older(specifier: str, since: str) -> bool:
    """Whether a specifier may mean a major version before the table's lowest; of 0.x the minor counts as major."""
    numbers = [*map(int, since.split(".")), 0]
    lowest = (numbers[0], 0 if numbers[0] else numbers[1])
    for operator, major, minor in _NUMBER.findall(specifier):
        version = (int(major), 0 if int(major) else int(minor or 0))
        if operator in ("==", "===", "~=", "<=") and version < lowest:
            return True
        if operator == "<" and version <= lowest:
            return True
    return False


def _of_files(repository: Repository, paths: list[str]) -> Installed | None:
    lines: list[Requirement] = []
    for path in paths:
        if path not in repository.files:
            continue
        found = _of_file(repository, path)
        if found is None:
            return None
        lines += found
    return Installed(lines, paths[0]) if paths[0] in repository.files else None


def _of_file(repository: Repository, path: str, depth: int = 0) -> list[Requirement] | None:
    from hublint.documents.requirements import Requirements

    requirements = repository.parsed(path, Requirements)
    if requirements is None or requirements.invalid or depth > 5:
        return None
    lines: list[Requirement] = []
    for line in requirements.lines:
        if line.option in ("-r", "--requirement"):
            folder = path.rpartition("/")[0]
            inner = _of_file(repository, f"{folder}/{line.argument}".lstrip("/"), depth + 1)
            if inner is None:
                return None
            lines += inner
        elif line.editable or line.url or (not line.name and not line.option):
            return None
        elif line.name:
            lines.append(line)
    return lines


def _of_dockerfile(repository: Repository) -> Installed | None:
    """What an image made of an official Python image by pip alone holds."""
    dockerfile = repository.dockerfile
    stage = dockerfile.final_stage if dockerfile else None
    if dockerfile is None or stage is None or dockerfile.errors or len(dockerfile.stages) != 1:
        return None
    if not _IMAGE.fullmatch(stage.image or ""):
        return None
    from hublint.space.container.files import ContainerFiles, join

    files = ContainerFiles(repository, dockerfile, stage)
    lines: list[Requirement] = []
    first = ""
    for instruction in stage.instructions:
        arguments = _asked_of_pip(instruction)
        if arguments is None:
            return None
        for option, word in arguments:
            if option != "-r":
                found = _of_word(word)
            else:
                path = files.find(join(stage.directory_at(instruction) or files.directory, word))
                first = first or path or ""
                found = _of_file(repository, path) if path else None
            if found is None:
                return None
            lines += found
    return Installed(lines, first) if lines else None


def _asked_of_pip(instruction: Instruction) -> list[tuple[str, str]] | None:
    """What an instruction tells pip to install; None where it may bring modules in another way."""
    if instruction.name != "RUN":
        return None if instruction.name in ("COPY", "ADD") and instruction.flag("from") else []
    from hublint.documents.dockerfile.commands import commands_of

    commands = commands_of(instruction)
    if not commands or "venv" in instruction.raw:
        return None
    found: list[tuple[str, str]] = []
    for command in commands:
        arguments = _pip_arguments(command)
        if arguments is not None:
            found += arguments
        elif command.name not in _HARMLESS or "python3-" in instruction.raw:
            return None
    return found


def _pip_arguments(command: Command) -> list[tuple[str, str]] | None:
    """What `pip install` is asked for, `-r` apart; an empty word where that is unknown; None for another command."""
    words = [word.value or "" for word in command.argv]
    if command.name.startswith("python") and words[1:3] == ["-m", "pip"]:
        words = words[2:]
    elif not command.name.startswith("pip"):
        return None
    if words[1:2] != ["install"]:
        return [] if words[1:3] == ["cache", "purge"] else [("", "")]
    found: list[tuple[str, str]] = []
    rest = iter(words[2:])
    for word in rest:
        if word in ("-r", "--requirement"):
            found.append(("-r", next(rest, "")))
        elif word.startswith("--requirement="):
            found.append(("-r", word.partition("=")[2]))
        elif word in _VALUED or word == "--default-timeout":
            next(rest, "")
        elif not _PLAIN.fullmatch(word):
            found.append(("", "" if word.startswith("-") else word))
    return found


def _of_word(word: str) -> list[Requirement] | None:
    from hublint.documents.requirements import Requirements
    from hublint.documents.source import Source

    lines = Requirements(Source("requirements.txt", word.encode("utf-8", "surrogateescape"))).requirements
    return lines if len(lines) == 1 and lines[0].name and not lines[0].url else None


def modules_in(code: str) -> Iterator[str]:
    """The top-level names that lines of a text import at no indentation, in lower case."""
    for found in re.finditer(r"^(?:from[ \t]+(\w+)[\w.]*[ \t]+import\b|import[ \t]+([\w., \t]+))", code, re.MULTILINE):
        if found[1]:
            yield found[1]
        else:
            yield from (part.split(".")[0].split()[0] for part in found[2].split(",") if part.split(".")[0].split())
