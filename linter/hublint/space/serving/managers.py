"""Process managers: supervisord and honcho, whose files list the commands that they start."""

from __future__ import annotations

import re

from hublint.documents import shell
from hublint.documents.shell.command import SHELLS
from hublint.documents.shell.words import ShellWord, Value
from hublint.regexes import lazy
from hublint.space.container.files import join

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.source import Source
    from hublint.space.serving.start import Start
    from hublint.space.serving.walker import Walker

_SECTION = lazy(r"(?m)^\[([^\]\n]+)\]")
_ENTRY = lazy(r"(?m)^([\w]+)[ \t]*[=:][ \t]*((?:[^\n]|\n[ \t](?=[ \t]*\S))*)")
_PROCESS = lazy(r"(?m)^([A-Za-z0-9_-]+):[ \t]*(\S[^\n]*)$")
_PLACES = ("/etc/supervisord.conf", "/etc/supervisor/supervisord.conf")
_LARGEST = 200_000


def managed(walker: Walker, start: Start) -> bool:
    """Follow `supervisord` or `honcho start`; whether it is known what they start."""
    if not walker.enters(start.depth):
        return False
    return _supervisord(walker, start) if start.name == "supervisord" else _honcho(walker, start)


def _supervisord(walker: Walker, start: Start) -> bool:
    """Every `[program:x]` of the configuration that is given or found where supervisord looks."""
    sources = _configurations(walker, start)
    if not sources or any(map(_includes_more, sources)) or any("supervisor" in line for line in _writing(start)):
        return False
    walker.fronts.update(("supervisord", "supervisor"))
    walker.texts += sources
    files = [(source, _programs(source)) for source in sources]
    env = start.env.copy()
    for source, programs in files:
        for name, value in _environment(source, dict(programs).get("supervisord", {})):
            env.export(name, value, source)
    start = start._replace(env=env)
    for source, programs in files:
        for section, entries in programs:
            if section.startswith("program:"):
                _program(walker, start, source, entries)
            elif section.startswith(("fcgi-program:", "eventlistener:")):
                walker.complete = False
    return True


def _configurations(walker: Walker, start: Start) -> list[Source]:
    """The files that supervisord reads; none where one of them cannot be read or known."""
    given = _option(start, ("-c", "--configuration"))
    if given == "":
        return []
    places = [join(start.directory, given)] if given else [join(start.directory, "supervisord.conf"), *_PLACES]
    found = [path for place in places if (path := start.files.find(place))]
    included = map(start.files.find, start.files.below("/etc/supervisor/conf.d"))
    # Debian's own /etc/supervisor/supervisord.conf includes conf.d.
    paths = [*found[:1], *(path for path in included if path not in found)]
    sources = [walker.repository.source(path) if path else None for path in paths]
    readable = [s for s in sources if s is not None and not s.is_binary and len(s.raw) <= _LARGEST]
    return readable if len(readable) == len(sources) else []


def _includes_more(source: Source) -> bool:
    return any(
        section == "include" and "conf.d" not in source.text[slice(*entries.get("files", (0, 0)))]
        for section, entries in _programs(source)
    )


def _writing(start: Start) -> list[str]:
    lines = [each.raw for each in start.files.dockerfile.instructions if each.name == "RUN"]
    return [line for line in lines if re.search(r">|\b(?:sed|tee|cp|mv|envsubst)\b[^\n;&|]{0,300}supervisor", line)]


def _programs(source: Source) -> list[tuple[str, dict[str, tuple[int, int]]]]:
    """Every section with its entries, which are begin and end of their values."""
    heads = list(_SECTION.finditer(source.text))
    found = []
    ends = [head.start() for head in heads[1:]] + [len(source.text)]
    for head, end in zip(heads, ends, strict=False):
        entries = {entry[1]: entry.span(2) for entry in _ENTRY.finditer(source.text, head.end(), end)}
        found.append((head[1].strip(), entries))
    return found


def _program(walker: Walker, start: Start, source: Source, entries: dict[str, tuple[int, int]]) -> None:
    """Follow one command, which supervisord starts without a shell."""
    begin, end = entries.get("command", (0, 0))
    text = source.text[begin:end].partition(" ;")[0].partition("\n")[0].rstrip()
    if not text or "%(" in text or "\n" in source.text[begin:end].rstrip():
        walker.complete = False
        return
    folder = source.text[slice(*entries["directory"])].strip() if "directory" in entries else start.directory
    env = start.env.copy()
    for name, value in _environment(source, entries):
        env.export(name, value, source)
    commands = shell.commands(text, begin, env=env.known())
    first = commands[0] if commands else None
    if first is None:
        walker.complete = False
    else:
        walker.beside(commands if first.name in SHELLS else commands[:1], source, folder, env, start.depth + 1)


def _environment(source: Source, entries: dict[str, tuple[int, int]]) -> list[tuple[str, ShellWord]]:
    """The variables of `environment=A="1",B="2"`; unknown where one is not that plain."""
    begin, end = entries.get("environment", (0, 0))
    found = []
    for match in re.finditer(r'([A-Za-z_]\w*)=("([^"\n%]*)"|[^",\s%]+)?', source.text[begin:end]):
        value = match[3] if match[3] is not None else match[2]
        span = source.line_span(1)._replace(start=begin + match.start(), end=begin + match.end())
        found.append((match[1], ShellWord(match[0], Value(value, value), span, False, None)))
    return found


def _honcho(walker: Walker, start: Start) -> bool:
    """Every process of the Procfile; honcho gives each a PORT of its own, from 5000 on."""
    given = _option(start, ("-f", "--procfile"))
    words = [word.value for word in start.argv[1:] if word.value is None or not word.value.startswith("-")]
    names = [word for word in words if word not in ("start", given)]
    path = start.files.find(join(start.directory, given or "Procfile"))
    source = walker.repository.source(path) if path else None
    if given == "" or "start" not in words or names or source is None or source.is_binary:
        return False
    if len(source.raw) > _LARGEST:
        return False
    walker.fronts.add("honcho")
    walker.texts.append(source)
    for match in _PROCESS.finditer(source.text):
        env = start.env.copy()
        place = source.line_span(1)._replace(start=match.start(2), end=match.end(2))
        env.export("PORT", ShellWord("PORT", Value(None, None), place, False, None), source)
        commands = shell.commands(match[2], match.start(2), env=env.known())
        if len(commands) == 1:
            walker.background(commands[0].argv, source, start.directory, env, start.depth + 1)
        else:
            walker.complete = False
    return True


def _option(start: Start, names: tuple[str, ...]) -> str | None:
    """An option's value, None where it is left out, empty where it cannot be known."""
    for position, word in enumerate(start.argv[1:], 1):
        name, equals, attached = (word.value or "").partition("=")
        if word.value is None:
            return ""
        if name in names:
            following = start.argv[position + 1] if position + 1 < len(start.argv) else None
            return attached if equals else (following.value or "") if following else ""
    return None
