"""Which commands of a Docker build surely run, and whose failure surely ends the build."""

from __future__ import annotations

import re

from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.dockerfile.stage import Instruction
    from hublint.documents.shell import Command

_QUOTED = lazy(r"'[^']*'|\"(?:[^\"\\]|\\.)*\"|\\.", re.DOTALL)
_CONDITION = lazy(r"\|\||(?:^|[;&|\n]\s*)(?:if|for|while|until|case|function)\b|\(\)\s*\{|(?:^|[\s;&])!\s|\bset \+e\b")
_COMMENT = lazy(r"(?m)^\s*#.*")
# Behind these a script does not go on, or goes on elsewhere.
_LEAVING = frozenset(("exit", "return", "cd", "pushd", "source", ".", "eval"))
_ENDS_ON_FAILURE = lazy(r"^\s*set -\w*e\w*(?:\s|;|&)|^\s*set -o errexit")


def decisive(instruction: Instruction) -> list[Command]:
    """The commands of a RUN that run, one after the other, and of which each that fails ends the build.

    Empty where conditions or loops decide. Behind `;` without `set -e`, only what stands behind the last one counts.
    """
    from hublint.documents.dockerfile.commands import commands_of

    if instruction.name != "RUN":
        return []
    text = _blank(instruction.heredocs[0].body if instruction.heredocs else instruction.text)
    if _CONDITION.search(text):
        return []
    commands = [each for each in commands_of(instruction) if not each.inside and not each.background and not each.piped]
    if "set -" in text and _ENDS_ON_FAILURE.search(text):
        return commands
    if instruction.heredocs:
        return commands[-1:]
    text = text.rstrip().rstrip(";")
    separators = [found.start() for found in re.finditer(r";(?!;)", text)] if ";" in text else []
    if not separators:
        return commands
    start = instruction.place(instruction.rest + separators[-1], instruction.rest + separators[-1] + 1).start
    return [each for each in commands if each.span.start > start]


def decisive_in_script(text: str, ends_on_failure: bool = False) -> list[Command]:
    """The same of a shell script that a step runs as its last command or behind `&&`."""
    from hublint.documents import shell

    blank = _COMMENT.sub("", _blank(text))
    if _CONDITION.search(blank):
        return []
    commands = [each for each in shell.commands(text) if not each.inside and not each.background and not each.piped]
    last = next((at for at, each in enumerate(commands) if each.name in _LEAVING), len(commands))
    if ends_on_failure or _ENDS_ON_FAILURE.search(blank.lstrip()):
        return commands[:last]
    return commands[-1:] if last == len(commands) else []


def _blank(text: str) -> str:
    """A text with a letter for each character of what is quoted."""
    if "'" not in text and '"' not in text and "\\" not in text:
        return text
    return _QUOTED.sub(lambda found: "x" * len(found[0]), text)
