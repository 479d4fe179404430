"""What the commands of a RUN tell pip, or `uv pip`, to install."""

from __future__ import annotations

from hublint.records import NamedTuple
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.dockerfile import Instruction
    from hublint.documents.shell import Command, ShellWord

# Commands of a RUN that bring no Python module.
_HARMLESS = frozenset(
    "apt apt-get adduser addgroup cat cd chmod chown cp date echo export groupadd ln ls mkdir mv printf pwd rm set "
    "sleep test touch true useradd usermod [ :".split()
)
_PLACES = (
    "-i",
    "--index-url",
    "--extra-index-url",
    "-f",
    "--find-links",
    "--index",
    "--default-index",
    "--torch-backend",
)
_FILES = {"-r": "-r", "--requirement": "-r", "-c": "-c", "--constraint": "-c", "--constraints": "-c"}
_VALUED = ("--timeout", "--retries", "--trusted-host", "--default-timeout")
_PLAIN = frozenset(
    "--no-cache-dir --no-cache --upgrade --quiet --verbose --user --system --no-input --pre --prefer-binary "
    "--disable-pip-version-check --root-user-action=ignore --break-system-packages --no-warn-script-location "
    "--compile --no-compile --compile-bytecode".split()
)
_PLAIN_TOO = lazy(r"-[qvU]+|--(?:progress-bar=\w+|default-timeout=\d+|timeout=\d+|retries=\d+)")


class Word(NamedTuple):
    """One thing that pip is told to install.

    Attributes:
        option: `-r` or `-c` where a file is named; empty for a requirement.
        value: the file or the requirement; None where that is unknown, an option that is not known among it.
        where: the word; None where nothing is written.
    """

    option: str
    value: str | None
    where: ShellWord | None


class PipInstall(NamedTuple):
    """One `pip install`.

    Attributes:
        words: what it is told to install.
        has_other_places: whether it is told of another index than PyPI.
        is_decisive: whether a refusal surely ends the build.
        is_uv: whether `uv` does it, which does not heed an upper bound of Requires-Python.
    """

    words: tuple[Word, ...]
    has_other_places: bool
    is_decisive: bool
    is_uv: bool = False


class PipInstalls(NamedTuple):
    """Those of one instruction; `is_all` says that the instruction surely brings no Python module in another way."""

    found: tuple[PipInstall, ...]
    is_all: bool


def pip_installs(instruction: Instruction) -> PipInstalls:
    """Every `pip install` of an instruction."""
    if instruction.name != "RUN":
        return PipInstalls((), not (instruction.name in ("COPY", "ADD") and instruction.flag("from")))
    from hublint.documents.dockerfile.commands import commands_of

    commands = commands_of(instruction)
    is_all = bool(commands) and "venv" not in instruction.raw
    decisive: list[tuple[int, int]] | None = None
    found: list[PipInstall] = []
    for command in commands:
        arguments = _arguments(command)
        if arguments is None:
            is_all = is_all and command.name in _HARMLESS and "python3-" not in instruction.raw
            continue
        if decisive is None:
            from hublint.space.build.steps import decisive as decisive_commands

            decisive = [each.span for each in decisive_commands(instruction)]
        found.append(_install(arguments, command.span in decisive)._replace(is_uv=command.name == "uv"))
    return PipInstalls(tuple(found), is_all)


def _arguments(command: Command) -> list[ShellWord] | None:
    """The words behind pip's name; None for another command."""
    words = command.argv
    values = [word.value or "" for word in words[:4]]
    if command.name.startswith("python") and values[1:3] == ["-m", "pip"]:
        return words[3:]
    if command.name == "uv" and values[1:2] == ["pip"]:
        return words[2:]
    return words[1:] if command.name.startswith("pip") else None


def _install(arguments: list[ShellWord], is_decisive: bool) -> PipInstall:
    values = [word.value or "" for word in arguments]
    if values[:1] != ["install"]:
        unknown = () if values[:2] == ["cache", "purge"] else (Word("", None, None),)
        return PipInstall(unknown, False, False)
    found: list[Word] = []
    other_places = False
    rest = iter(arguments[1:])
    for word in rest:
        value = word.value or ""
        name, equals, given = value.partition("=")
        if name in _PLACES or value[:2] in ("-i", "-f"):
            other_places = True
            if value in _PLACES:
                next(rest, None)
        elif value in _VALUED:
            next(rest, None)
        elif name in _FILES:
            inner = None if equals else next(rest, None)
            inner_value = inner.value if inner else None
            found.append(Word(_FILES[name], given if equals else inner_value, inner or word))
        elif not _is_plain(value):
            found.append(Word("", None if value.startswith("-") else word.value, word))
    return PipInstall(tuple(found), other_places, is_decisive and all(each.value is not None for each in found))


def _is_plain(value: str) -> bool:
    """Whether an option tells neither what is installed nor from where."""
    return value in _PLAIN or (value.startswith("-") and _PLAIN_TOO.fullmatch(value) is not None)
