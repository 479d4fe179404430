"""requirements.txt as pip reads it, and packages.txt."""

from __future__ import annotations

import re
from functools import cached_property

from hublint.documents.source import Span
from hublint.records import NamedTuple
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.source import Source

# pip's req_file.py takes a comment only after a blank.
_COMMENT = lazy(r"(?:^|(?<=\s))#.*$", re.DOTALL)
_NAME = lazy(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_EXTRAS = lazy(r"\s*\[\s*([A-Za-z0-9._-]+(?:\s*,\s*[A-Za-z0-9._-]+)*)?\s*\]")
_SPECIFIER = r"(?:===(?:\s*[^,;\s()]+)?|(?:==|~=|!=|<=|>=|<>|<|>)(?:\s*[^,;\s()<>=][^,;\s()]*)?)"
_SPECIFIERS = lazy(rf"\s*({_SPECIFIER}(?:\s*,\s*{_SPECIFIER})*(?:\s*,)?|)\s*$")
_URL = lazy(r"(?:(?:git|hg|svn|bzr)\+[a-z+]+|https?|ftp|file):", re.IGNORECASE)
_ARCHIVES = tuple(
    f".{suffix}" for suffix in "zip whl tar tgz tbz txz tlz tar.gz tar.bz2 tar.xz tar.lz tar.lzma".split()
)
_OPTION = lazy(r"(--?[A-Za-z][\w-]*|-)(?:\s*=\s*|\s+)?(.*)", re.DOTALL)
_HASH = lazy(r"--hash[=\s]+(\S+)")
_DEBIAN = lazy(r"[a-z0-9][a-z0-9+.-]*(?::[a-z0-9-]+)?(?:[=/]\S+)?")
_LONGEST = 1000  # characters of a requirement worth reading


class Requirement(NamedTuple):
    """One line that asks for a package, or an option line.

    `name` is normalised (PEP 503), empty where only the built package knows it.
    """

    name: str
    raw: str
    span: Span
    specifier: str = ""
    extras: tuple[str, ...] = ()
    url: str = ""
    marker: str = ""
    option: str = ""
    argument: str = ""
    hashes: tuple[str, ...] = ()

    @property
    def editable(self) -> bool:
        """Whether it is installed with `-e`."""
        return self.option in ("-e", "--editable")

    @property
    def pin(self) -> str | None:
        """The one version of `==X`, `===X` or `==X.*`; None where several may be installed."""
        found = re.fullmatch(r"===?\s*([^,;\s]+)", self.specifier)
        return found[1] if found else None

    def allows(self, version: str) -> bool | None:
        """Whether the specifier admits a version, a pre-release too; None where that cannot be told (PEP 440)."""
        from hublint.documents import pep440

        return None if self.url else pep440.allows(self.specifier, version)


class Invalid(NamedTuple):
    """A line that pip refuses, and why."""

    span: Span
    raw: str
    reason: str


class Package(NamedTuple):
    """One word of packages.txt; `valid` says whether a Debian package can be named so."""

    name: str
    span: Span
    valid: bool


class Requirements:
    """A requirements file.

    A file that holds NUL bytes, as UTF-16 without its mark does, is one invalid line.
    """

    def __init__(self, source: Source) -> None:
        self.source = source

    @property
    def is_utf16(self) -> bool:
        """Whether the file is UTF-16 with its mark; pip itself reads that."""
        return self.source.encoding.startswith("utf-16")

    @property
    def lines(self) -> list[Requirement]:
        """Every requirement and option line."""
        return self._read[0]

    @property
    def invalid(self) -> list[Invalid]:
        """Every line that pip refuses."""
        return self._read[1]

    @property
    def comments(self) -> list[Span]:
        """Every comment."""
        return self._read[2]

    @property
    def requirements(self) -> list[Requirement]:
        """The lines that install something."""
        return [line for line in self.lines if not line.option or line.editable]

    def named(self, name: str) -> list[Requirement]:
        """The requirements of one package."""
        wanted = normalise(name)
        return [line for line in self.requirements if line.name == wanted]

    @cached_property
    def _read(self) -> tuple[list[Requirement], list[Invalid], list[Span]]:
        text = self.source.text
        lines: list[Requirement] = []
        invalid: list[Invalid] = []
        comments: list[Span] = []
        if self.source.is_binary:
            span = self.source.line_span(1)
            return [], [Invalid(span, "", "it holds NUL bytes and is not text that pip can read")], []
        pieces: list[Span] = []
        for start, end in _physical_lines(text):
            is_comment = text[start:end].lstrip().startswith("#")
            continues = text[start:end].endswith("\\") and not is_comment
            pieces.append(Span(start, end - continues))
            if continues:
                continue
            self._add(pieces, lines, invalid, comments)
            pieces = []
        if pieces:
            self._add(pieces, lines, invalid, comments)
        return lines, invalid, comments

    def _add(self, pieces: list[Span], lines: list[Requirement], invalid: list[Invalid], comments: list[Span]) -> None:
        source = self.source.text
        joined = "".join(source[start:end] for start, end in pieces)
        comment = _COMMENT.search(joined) if "#" in joined else None
        text = joined[: comment.start()] if comment else joined
        if comment:
            last = pieces[-1]
            comments.append(Span(max(last.start, last.end - (len(joined) - comment.start())), last.end))
        content = text.strip()
        if not content:
            return
        begin = len(text) - len(text.lstrip())
        span = Span(_place(pieces, begin), _place(pieces, begin + len(content) - 1) + 1)
        found = _parse(content[:_LONGEST] if len(content) > _LONGEST else content, span)
        if isinstance(found, str):
            if "${" not in content and len(content) <= _LONGEST:
                invalid.append(Invalid(span, content, found))
                return
            found = Requirement("", content, span)  # pip puts environment variables in first
        lines.append(found._replace(raw=content))


def debian_packages(source: Source) -> list[Package]:
    """The words of packages.txt, without comment lines and options."""
    found = []
    for start, end in _physical_lines(source.text):
        for word in re.finditer(r"\S+", source.text[start:end]) if not source.is_binary else ():
            if word[0].startswith("#"):
                break
            if not word[0].startswith("-"):
                # apt takes a name with these signs for a pattern
                valid = bool(_DEBIAN.fullmatch(word[0])) or not {"*", "?", "^", "$"}.isdisjoint(word[0])
                found.append(Package(word[0], Span(start + word.start(), start + word.end()), valid))
    return found


def normalise(name: str) -> str:
    """A distribution's name as the package index compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _physical_lines(text: str) -> list[Span]:
    """The lines without their breaks, as pip's req_file.py splits them."""
    at = 1 if text.startswith("\ufeff") else 0
    found = []
    for line, whole in zip(text[at:].splitlines(), text[at:].splitlines(keepends=True), strict=True):
        found.append(Span(at, at + len(line)))
        at += len(whole)
    return found


def _place(pieces: list[Span], offset: int) -> int:
    """Where a character of a line joined from pieces stands in the file."""
    for start, end in pieces:
        if offset < end - start:
            return start + offset
        offset -= end - start
    return pieces[-1].end


def _parse(text: str, span: Span) -> Requirement | str:
    """A requirement, or why pip refuses it."""
    if text.startswith("-"):
        return _parse_option(text, span)
    hashes = tuple(_HASH.findall(text)) if "--hash" in text else ()
    options = re.search(r"\s-", text)
    if options:
        text = text[: options.start()].rstrip()
    found = _parse_requirement(text, span)
    return found if isinstance(found, str) else found._replace(hashes=hashes)


def _parse_option(text: str, span: Span) -> Requirement:
    found = _OPTION.match(text)
    option, argument = (found[1], found[2].strip()) if found else (text, "")
    if option[:2] in ("-r", "-c", "-e", "-i", "-f") and not option.startswith("--") and len(option) > 2:
        option, argument = option[:2], option[2:] + argument
    line = Requirement("", text, span, option=option, argument=argument)
    if line.editable:
        inner = _parse_requirement(argument, span)
        if isinstance(inner, Requirement) and inner.url:
            return inner._replace(option=option, argument=argument)
    return line


def _parse_requirement(text: str, span: Span) -> Requirement | str:
    requirement, marker = _split_marker(text)
    found = _NAME.match(requirement)
    extras = _EXTRAS.match(requirement, found.end()) if found and "[" in requirement else None
    rest = requirement[extras.end() if extras else found.end() if found else 0 :]
    at_url = found and rest.lstrip().startswith("@")
    local = requirement.lower().endswith(_ARCHIVES) or requirement.startswith((".", "/", "~", "\\"))
    if _is_url(requirement) or (local and not at_url):
        return _direct(requirement, marker, text, span)
    if not found:
        return "it begins with no package name"
    asked = Requirement(normalise(found[0]), text, span, extras=_extras(extras, 1), marker=marker)
    if at_url:
        url = rest.lstrip()[1:].strip()
        return asked._replace(url=url) if url else "`@` needs a URL behind it"
    inside = re.fullmatch(r"\s*\((.*)\)\s*", rest, re.DOTALL) if "(" in rest else None
    specifiers = _SPECIFIERS.match(inside[1] if inside else rest)
    if specifiers and "/" not in requirement:
        return asked._replace(specifier=specifiers[1].rstrip())
    if "/" in requirement or "\\" in requirement:
        return _direct(requirement, marker, text, span)
    return _reason(rest)


def _extras(found: re.Match[str] | None, group: int) -> tuple[str, ...]:
    """The names that a group lists with commas; none where it is empty."""
    return tuple(part.strip() for part in found[group].split(",")) if found and found[group] else ()


def _reason(rest: str) -> str:
    rest = rest.strip()
    if rest.startswith(("=>", "=<")):
        return f"`{rest[:2]}` is not an operator; write `{rest[1]}=`"
    if rest.startswith("=") and not rest.startswith("=="):
        return "`=` is not an operator; write `==`"
    if rest.startswith("["):
        return "the extras in brackets are not well-formed"
    if re.search(r"(?:^|\s)[A-Za-z]", rest):
        return "a line names one package; put the rest on lines of its own"
    return "what follows the name is not a version specifier"


def _is_url(text: str) -> bool:
    return ":" in text and _URL.match(text) is not None


def _split_marker(text: str) -> tuple[str, str]:
    """pip: after a URL only `; ` with a blank begins a marker."""
    separator = "; " if _is_url(text) or " @ " in text else ";"
    requirement, _, marker = text.partition(separator)
    return requirement.strip(), marker.strip()


def _direct(requirement: str, marker: str, raw: str, span: Span) -> Requirement:
    """A URL, an archive or a folder; its name as `#egg=` or a wheel's file name tells it."""
    location, _, fragment = requirement.partition("#")
    egg = re.search(r"(?:^|&)egg=([^&\[\]]+)(?:\[([^\]]*)\])?", fragment)
    wheel = re.search(r"([^/\\]+?)-[^/\\-]+(?:-[^/\\]+)?-[^/\\-]+-[^/\\-]+-[^/\\-]+\.whl$", location.split("?")[0])
    name = egg[1] if egg else wheel[1] if wheel else ""
    known = normalise(name) if _NAME.fullmatch(name) else ""
    return Requirement(known, raw, span, extras=_extras(egg, 2), url=requirement, marker=marker)
