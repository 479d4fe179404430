"""One simple command of a shell script, what merely starts it set apart."""

from __future__ import annotations

from hublint.documents.shell.words import ShellWord, Value
from hublint.documents.source import Span
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

SHELLS = frozenset(["sh", "bash", "dash", "ash", "zsh", "ksh"])
ASSIGNMENT = lazy(r"([A-Za-z_][A-Za-z0-9_]*)(\+?)=")
_TAKING_VALUE = {
    "env": "uCS", "exec": "a", "nice": "n", "sudo": "ugChpr", "tini": "epgvw", "gosu": "", "su-exec": "", "command": "",
    "builtin": "", "nohup": "", "dumb-init": "", "stdbuf": "ioe",
}  # fmt: skip
_WITH_USER = frozenset(("gosu", "su-exec"))


def script_at(argv: Sequence[ShellWord]) -> int:
    """The place of the script among the words that call a shell: behind the options. 0 where there is none, as with
    `-c`, and where a word before it is unknown."""
    at = _behind_options(argv)
    return at if at < len(argv) and argv[at].value is not None and not gives_commands(argv) else 0


def gives_commands(argv: Sequence[ShellWord]) -> bool:
    """Whether a shell is called with `-c` among its options, so that a word holds its commands."""
    options = (word.value or "" for word in argv[1 : _behind_options(argv)])
    return any("c" in option and not option.startswith("--") for option in options)


def _behind_options(argv: Sequence[ShellWord]) -> int:
    return next((at for at, word in enumerate(argv) if at and not (word.value or "").startswith("-")), len(argv))


class Command:
    """One simple command.

    Attributes:
        argv: its words, without what only starts another command (`exec`, `env`, `sudo`, `tini` ...).
        prefix: the words left out of `argv`.
        assignments: name and value of every `NAME=value` before it, those after `env` too.
        background: whether `&` follows, behind it or behind a group, loop or condition around it.
        piped: whether it is part of a pipeline.
        inside: "substitution" for what stands in `$(...)`, `<(...)` or backticks, else "".
        span: from its first to its last word.
    """

    __slots__ = ("argv", "assignments", "background", "inside", "piped", "prefix", "span")

    def __init__(self, words: list[ShellWord], assignments: list[tuple[str, ShellWord]], inside: str) -> None:
        self.assignments = assignments
        self.background = False
        self.piped = False
        self.inside = inside
        every = [*(word for _, word in assignments), *words]
        self.span = Span(min(word.span.start for word in every), max(word.span.end for word in every))
        start = 0
        while start < len(words):
            after = self._wrapped(words, start)
            if after == start:
                break
            start = after
        self.prefix = words[:start]
        self.argv = words[start:]

    def __repr__(self) -> str:
        return f"Command({' '.join(word.text for word in self.argv)!r})"

    @property
    def name(self) -> str:
        """The program without its folder, empty when unknown or when there are only assignments."""
        return _program(self.argv[0]) if self.argv else ""

    def _wrapped(self, words: list[ShellWord], start: int) -> int:
        """Where the command begins that the one at `start` merely starts; `start` itself when it does not."""
        name = _program(words[start])
        if name not in _TAKING_VALUE:
            return start
        position = start + 1
        assignments: list[tuple[str, ShellWord]] = []
        while position < len(words):
            value = words[position].value
            if name in ("env", "sudo") and value is not None and (found := ASSIGNMENT.match(value)):
                assignments.append((found[1], _after(words[position], found.end())))
            elif value == "--":
                position += 1
                break
            elif value is None or not value.startswith("-") or value == "-":
                break
            elif not value.startswith("--") and value[-1] in _TAKING_VALUE[name]:
                position += 1
            position += 1
        position += name in _WITH_USER
        if position >= len(words):
            return start
        self.assignments += assignments
        return position


def _program(word: ShellWord) -> str:
    return word.value.rpartition("/")[2] if word.value else ""


def cut(value: Value, index: int) -> Value:
    """Both texts of a value from `index` on."""
    known, default = value
    return Value(known[index:] if known is not None else None, default[index:] if default is not None else None)


def _after(word: ShellWord, index: int) -> ShellWord:
    return ShellWord(word.text, cut(Value(word.value, word.default), index), word.span, word.quoted, None)


def is_shell_script(text: str) -> bool:
    """Whether a script is for a POSIX shell: its `#!` names one, or it has none."""
    first = text.partition("\n")[0]
    return not first.startswith("#!") or any(name in SHELLS for name in first[2:].replace("/", " ").split())


def inline_script(command: Command) -> ShellWord | None:
    """The word that holds the script of `sh -c`, None when the command has no such word."""
    if command.name not in SHELLS:
        return None
    takes_script = skip = False
    for word in command.argv[1:]:
        value = word.value
        if skip:
            skip = False
        elif value is not None and value[:1] in ("-", "+") and len(value) > 1:
            if not value.startswith("--"):
                takes_script = takes_script or "c" in value[1:]
                skip = value.endswith(("o", "O"))
        else:
            return word if takes_script else None
    return None
