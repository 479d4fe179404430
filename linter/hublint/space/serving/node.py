"""The scripts of package.json that npm, yarn, pnpm and bun run."""

from __future__ import annotations

import json

from hublint.documents import shell
from hublint.documents.shell.words import ShellWord, Value
from hublint.regexes import lazy
from hublint.space.container.files import join

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from hublint.documents.source import Source
    from hublint.space.serving.start import Start
    from hublint.space.serving.walker import Walker

_STRING = lazy(r'"(?:[^"\\\n]|\\.)*"')
_ESCAPE = lazy(r"(?s)\\u[0-9a-fA-F]{4}|\\.|[^\\]")
_DIRECTORY = ("--prefix", "--cwd", "-C", "--dir")
_QUIET = ("--silent", "-s", "--production", "--if-present", "--omit=dev", "--quiet", "-q")
_SHORT = ("start", "test", "stop", "restart")  # `npm start` needs no `run`
_OTHERS = (
    "install",
    "ci",
    "i",
    "add",
    "config",
    "cache",
    "audit",
    "rebuild",
    "prune",
    "set",
    "link",
    "--version",
    "-v",
)
_LARGEST = 500_000


def package_script(walker: Walker, start: Start) -> bool:
    """Follow `npm start`, `npm run NAME` and the like; whether it is known what they do.

    Arguments for the script are followed where it is one command. npm runs `node server.js` where there is no `start`
    (docs.npmjs.com/cli/commands/npm-start).
    """
    words, arguments = _parted(start)
    told = _told(start, words)
    if told is None:
        return start.argv[1].value in _OTHERS if len(start.argv) > 1 else False
    name, directory = told
    path = start.files.find(join(directory, "package.json"))
    package = walker.repository.source(path) if path else None
    if package is None or package.is_binary or len(package.raw) > _LARGEST or not walker.enters(start.depth):
        return False
    if "npm pkg" in start.marks:
        return False
    before = [f"pre{name}"] if start.name in ("npm", "yarn", "bun") else []
    scripts = _scripts(package, [*before, name])
    if scripts is None:
        return False
    if name not in scripts:
        if name != "start" or start.name != "npm":
            return False
        argv = [_given(start, text, text) for text in ("node", "server.js")] + arguments
        return walker.start(argv, start.source, directory, start.env.copy(), start.depth + 1)
    for key in (*before, name):
        if key in scripts:
            given = arguments if key == name else []
            if not _run(walker, start._replace(source=package, directory=directory), scripts[key], given, start):
                return False
    return True


def _run(
    walker: Walker,
    within: Start,
    script: tuple[str, Callable[[int], int]],
    arguments: list[ShellWord],
    start: Start,
) -> bool:
    """Follow one script of package.json, where it has arguments as the words of the command that gives them."""
    text, place = script
    env = start.env.copy()
    commands = shell.commands(text, to_source=place, env=env.known())
    if not arguments:
        walker.follow(commands, within.source, within.directory, env, start.depth + 1)
        return True
    if len(commands) != 1 or commands[0].assignments or commands[0].prefix:
        return False
    argv = [_given(start, word.text, word.value) for word in commands[0].argv] + arguments
    return walker.start(argv, start.source, within.directory, env, start.depth + 1)


def _given(start: Start, text: str, value: str | None) -> ShellWord:
    """A word that package.json, or npm itself, has in the place of a command."""
    return ShellWord(text, Value(value, value), start.span, False, None)


def _parted(start: Start) -> tuple[list[ShellWord], list[ShellWord]]:
    """The words for npm or the like, and those for the script: behind `--`, of others behind its name."""
    words = start.argv[1:]
    values = [word.value for word in words]
    if "--" in values:
        at = values.index("--")
        return (words[:at], words[at + 1 :]) if start.name in ("npm", "yarn") else (words, [])
    named = values[1:2] if values[:1] == ["run"] else values[:1]
    if start.name == "npm" or not named or (named[0] or "-").startswith("-") or named[0] in _OTHERS:
        return words, []
    at = 2 if values[:1] == ["run"] else 1
    return words[:at], words[at:]


def _told(start: Start, words: list[ShellWord]) -> tuple[str, str] | None:
    """Script and folder that a command names; None where it is not such a command or has unknown options."""
    directory = start.directory
    names = []
    taking = False
    for word in words:
        value = word.value
        if value is None:
            return None
        name, equals, attached = value.partition("=")
        if taking or (equals and name in _DIRECTORY):
            directory = join(directory, value if taking else attached)
            taking = False
        elif value in _DIRECTORY:
            taking = True
        elif value.startswith("-"):
            if value not in _QUIET:
                return None
        else:
            names.append(value)
    if len(names) == 2 and names[0] in ("run", "run-script"):
        return names[1], directory
    if len(names) == 1 and (names[0] in _SHORT or (start.name in ("yarn", "pnpm") and names[0] not in _OTHERS)):
        return names[0], directory
    return None


def _scripts(package: Source, names: list[str]) -> dict[str, tuple[str, Callable[[int], int]]] | None:
    """Those of the scripts that there are, with a map from their characters to the file."""
    try:
        data = json.loads(package.text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return None
    scripts = data.get("scripts", {}) if isinstance(data, dict) else None
    if not isinstance(scripts, dict):
        return None
    begin = package.text.find('"scripts"') + len('"scripts"')
    found = {}
    for name in names:
        text = scripts.get(name)
        if isinstance(text, str) and (place := _place(package.text, begin, name, text)) is not None:
            found[name] = (text, place)
    return found


def _place(text: str, begin: int, name: str, script: str) -> Callable[[int], int] | None:
    """Where a script's characters stand."""
    previous = None
    for match in _STRING.finditer(text, begin):
        value = json.loads(match[0], strict=False)
        if previous == name and value == script and text[match.end() : match.end() + 200].lstrip()[:1] in (",", "}"):
            offsets = [match.start() + 1 + each.start() for each in _ESCAPE.finditer(match[0][1:-1])]
            offsets.append(match.end() - 1)
            return lambda index: offsets[min(index, len(offsets) - 1)]
        previous = value
    return None
