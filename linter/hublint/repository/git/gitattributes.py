"""Which attributes git gives to a file, by the .gitattributes files of a repository.

Source: https://git-scm.com/docs/gitattributes and `git check-attr`, with which the tests compare the answers.
"""

from __future__ import annotations

from hublint.documents.source import Source, Span
from hublint.records import NamedTuple
from hublint.regexes import lazy
from hublint.repository.git.pattern_index import Key, PatternIndex
from hublint.repository.git.wildmatch import Glob

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

NAME = ".gitattributes"

_ATTRIBUTE = lazy(r"[A-Za-z0-9_.][-A-Za-z0-9_.]*")
_ESCAPE = lazy(r'\\(?:([abfnrtv\\"])|([0-3][0-7][0-7]))')
_QUOTED = lazy(r'"((?:[^"\\]|\\(?:[abfnrtv\\"]|[0-3][0-7][0-7]))*)"')
_WORD = lazy(r"[^ \t\r\n]+")
_ESCAPES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_MACRO = "[attr]"
_LONGEST_LINE = 2048
_NO_KEY = Key("never", b"", False)


class Line(NamedTuple):
    """One line of a .gitattributes file: what it is for, the attributes it gives, and where it stands."""

    glob: Glob | None
    by_name: bool
    macro: str
    states: tuple[tuple[str, str | bool | None], ...]
    source: Source
    span: Span


class Given(NamedTuple):
    """An attribute's value (None where a line takes it back with `!`) and the line that decides."""

    value: str | bool | None
    line: Line


class Attributes:
    """The .gitattributes files of a repository. What the user's own git adds to them is not known."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._macros: dict[str, tuple[tuple[str, str | bool | None], ...]] | None = None

    def get(self, path: str, attribute: str) -> Given | None:
        """What a file is given of one attribute; None where no line speaks of it."""
        given: dict[str, Given] = {}
        for base, lines in self._files(path):
            name = path[len(base) :].encode("utf-8", "surrogateescape")
            last = name.rpartition(b"/")[2]
            for position in lines.patterns.candidates(name):
                line = lines[position]
                if line.glob and line.glob.matches(last if line.by_name else name):
                    self._fill(given, line.states, line)
                    if attribute in given:
                        return given[attribute]
        return None

    def is_in_lfs(self, path: str) -> bool:
        """Whether git hands a file's content to Git LFS or Xet."""
        given = self.get(path, "filter")
        return given is not None and given.value in ("lfs", "xet")

    def _files(self, path: str) -> Iterator[tuple[str, _Lines]]:
        """The files that speak of a path, the nearest first."""
        folder = path
        while folder:
            folder = folder.rpartition("/")[0]
            base = f"{folder}/" if folder else ""
            if base + NAME in self._repository.files:
                lines = self._repository.parsed(base + NAME, _Lines)
                if lines is not None:
                    yield base, lines

    def _fill(self, given: dict[str, Given], states: tuple[tuple[str, str | bool | None], ...], line: Line) -> None:
        """Add what is not given yet; a macro that is set brings its own attributes."""
        pending = [states]
        while pending:
            states = pending.pop()
            for index in range(len(states) - 1, -1, -1):
                name, value = states[index]
                if name in given:
                    continue
                given[name] = Given(value, line)
                if value is True and name in self._known_macros():
                    pending += [states[:index], self._known_macros()[name]]
                    break

    def _known_macros(self) -> dict[str, tuple[tuple[str, str | bool | None], ...]]:
        if self._macros is None:
            self._macros = {"binary": (("diff", False), ("merge", False), ("text", False))}
            root = self._repository.parsed(NAME, _Lines) if NAME in self._repository.files else None
            self._macros.update((line.macro, line.states) for line in root or () if line.macro)
        return self._macros


class _Lines(list[Line]):
    """The lines of one file, and which of them may be for a path."""

    def __init__(self, source: Source) -> None:
        super().__init__(_lines(source))
        self.patterns = PatternIndex(line.glob.key(line.by_name) if line.glob else _NO_KEY for line in self)


def _lines(source: Source) -> list[Line]:
    lines = []
    start = 1 if source.text.startswith("\ufeff") else 0
    for text in source.text[start:].split("\n"):
        line = _line(text, source, start)
        if line is not None:
            lines.append(line)
        start += len(text) + 1
    return lines


def _line(text: str, source: Source, start: int) -> Line | None:
    words = text.lstrip(" \t\r\n")
    if not words or words.startswith("#") or len(text.encode("utf-8", "surrogateescape")) >= _LONGEST_LINE:
        return None
    begin = start + len(text) - len(words)
    quoted = _QUOTED.match(words)
    first = quoted or _WORD.match(words)
    if first is None:
        return None
    span = Span(begin, begin + first.end())
    pattern = _unquoted(quoted[1]) if quoted else first[0].encode("utf-8", "surrogateescape")
    macro = ""
    rest = words[first.end() :]
    if words.startswith(_MACRO) and len(words.rstrip()) > len(_MACRO):
        named = _WORD.match(words[len(_MACRO) :].lstrip(" \t\r\n"))
        if named is None or "/" in source.path or not _ATTRIBUTE.fullmatch(named[0]):
            return None
        macro = named[0]
        rest = words[words.index(macro, len(_MACRO)) + len(macro) :]
    elif pattern.startswith(b"!"):
        return None
    states = []
    for word in _WORD.findall(rest):
        name, equals, value = word.partition("=")
        sign = name[:1] if name[:1] in ("-", "!") else ""
        if not _ATTRIBUTE.fullmatch(name[len(sign) :]):
            return None
        states.append((name[len(sign) :], {"-": False, "!": None, "": value if equals else True}[sign]))
    only_folders = pattern.endswith(b"/")
    by_name = b"/" not in pattern
    glob = None if macro or only_folders else Glob(pattern.removeprefix(b"/"), not by_name)
    return Line(glob, by_name, macro, tuple(states), source, span)


def _unquoted(text: str) -> bytes:
    """The bytes of a quoted pattern: octal escapes are bytes, not characters."""
    parts = []
    start = 0
    for found in _ESCAPE.finditer(text):
        parts.append(text[start : found.start()].encode("utf-8", "surrogateescape"))
        parts.append(_ESCAPES.get(found[1], found[1]).encode() if found[1] else bytes((int(found[2], 8),)))
        start = found.end()
    return b"".join((*parts, text[start:].encode("utf-8", "surrogateescape")))
