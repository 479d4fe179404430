"""The commands in shell command lines and scripts: a reader for linting, not a shell.

Every command that the text may start is listed in the order of the text: behind `;`, `&&`, `||`, `|`, `&`, in
conditions, loops, functions, subshells and substitutions, and in scripts given to `sh -c`. What runs only under a
condition is not told apart, except that variables set there are unknown afterwards.
"""

from __future__ import annotations

from hublint.documents.shell.command import Command
from hublint.documents.shell.reader import ScriptReader, script_commands
from hublint.documents.shell.words import ShellWord, Value, Variables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hublint.documents.source import Span

__all__ = ["Command", "ShellWord", "argv_commands", "commands"]


def commands(
    text: str,
    base: int = 0,
    to_source: Callable[[int], int] | None = None,
    env: Mapping[str, str | None] | None = None,
) -> list[Command]:
    """The commands in a command line or script.

    Args:
        text: any text; what is not shell gives commands that make no sense, never an error.
        base: the offset of `text` in the file.
        to_source: maps an index of `text` to an offset in the file, instead of `base`.
        env: the variables before the first command; None and missing names are unknown.
    """
    reader = ScriptReader(text, to_source or (lambda index: base + index), Variables(env or {}), 0)
    reader.read()
    return sorted(reader.found, key=lambda command: command.span.start)


def argv_commands(
    words: Sequence[tuple[str, Span, Callable[[int], int]]], env: Mapping[str, str | None] | None = None
) -> list[Command]:
    """The command that an argument vector (a JSON form) starts, and those in its `sh -c` script.

    Args:
        words: value, span and map from an index of the value to an offset in the file.
        env: the variables that the script sees.
    """
    argv = [_literal(*word) for word in words]
    if not argv:
        return []
    command = Command(argv, [], "")
    found = [command, *script_commands(command, Variables(env or {}), 0)]
    return sorted(found, key=lambda command: command.span.start)


def _literal(value: str, span: Span, to_source: Callable[[int], int]) -> ShellWord:
    def script() -> tuple[str, list[int]]:
        return value, [to_source(index) for index in range(len(value) + 1)]

    return ShellWord(value, Value(value, value), span, True, script)
