"""requirements.txt as pip reads it, and packages.txt."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from hublint.documents.source import Span
from hublint.regexes import lazy

if TYPE_CHECKING:
    from hublint.documents.source import Source

# pip's req_file.py splits lines as str.splitlines does and takes a comment only after a blank.
_LINE = lazy("(.*?)(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]|$)", re.DOTALL)
_COMMENT = lazy(r"(?:^|(?<=\s))#.*$", re.DOTALL)
_NAME = lazy(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_EXTRAS = lazy(r"\s*\[\s*([A-Za-z0-9._-]+(?:\s*,\s*[A-Za-z0-9._-]+)*)?\s*\]")
_SPECIFIER = r"(?:===|==|~=|!=|<=|>=|<>|<|>)\s*[^,;\s()]*"
_SPECIFIERS = lazy(rf"\s*({_SPECIFIER}(?:\s*,\s*{_SPECIFIER})*(?:\s*,)?|)\s*$")
_URL = lazy(r"(?:(?:git|hg|svn|bzr)\+[a-z+]+|https?|ftp|file):", re.IGNORECASE)
_ARCHIVE = lazy(r"\.(?:zip|whl|tar|tgz|tbz|txz|tlz|tar\.(?:gz|bz2|xz|lz|lzma))$", re.IGNORECASE)
_OPTION = lazy(r"(--?[A-Za-z][\w-]*|-)(?:\s*=\s*|\s+)?(.*)", re.DOTALL)
_HASH = lazy(r"--hash[=\s]+(\S+)")
_VERSION = lazy(
    r"v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(a|b|c|rc|alpha|beta|pre|preview)[-_.]?(\d*))?"
    r"(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d*))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?",
    re.IGNORECASE,
)
_PHASES = {"alpha": "a", "beta": "b", "c": "rc", "pre": "rc", "preview": "rc"}
_DEBIAN = lazy(r"[a-z0-9][a-z0-9+.-]*(?::[a-z0-9-]+)?(?:[=/]\S+)?")
_LONGEST = 1000  # characters of a requirement worth reading


class Requirement(NamedTuple):
    """One line that asks for a package, or an option line.

    `name` is normalised (PEP 503), empty where only the built package knows it. `specifier_span` is an empty place
    behind the name where there is no specifier, None where the text of the line is not in one piece.
    """

    name: str
    raw: str
    span: Span
    specifier: str = ""
    specifier_span: Span | None = None
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
        if self.url:
            return None
        answers = [_admits(part.strip(), version) for part in self.specifier.split(",") if part.strip()]
        if False in answers:
            return None if None in answers else False
        return None if None in answers or _release(version) is None else True


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
            return [], [Invalid(span, "", "it holds NUL bytes and is no text that pip can read")], []
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
        comment = _COMMENT.search(joined)
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
        if source[span.start : span.end] != content:
            found = found._replace(specifier_span=None)
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
    begin = 1 if text.startswith("\ufeff") else 0
    return [Span(*found.span(1)) for found in _LINE.finditer(text, begin) if found.end() > found.start()]


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
    hashes = tuple(_HASH.findall(text))
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
            return inner._replace(option=option, argument=argument, specifier_span=None)
    return line


def _parse_requirement(text: str, span: Span) -> Requirement | str:
    requirement, marker = _split_marker(text)
    found = _NAME.match(requirement)
    extras = _EXTRAS.match(requirement, found.end()) if found else None
    end = extras.end() if extras else found.end() if found else 0
    at_url = found and requirement[end:].lstrip().startswith("@")
    local = _ARCHIVE.search(requirement) or requirement.startswith((".", "/", "~", "\\"))
    if _URL.match(requirement) or (local and not at_url):
        return _direct(requirement, marker, text, span)
    if not found:
        return "it begins with no package name"
    names = tuple(part.strip() for part in extras[1].split(",")) if extras and extras[1] else ()
    rest = requirement[end:]
    name = normalise(found[0])
    if at_url:
        url = rest.lstrip()[1:].strip()
        return (
            Requirement(name, text, span, extras=names, url=url, marker=marker) if url else "`@` needs a URL behind it"
        )
    inside = re.fullmatch(r"(\s*\()(.*)\)\s*", rest, re.DOTALL)
    specifiers = _SPECIFIERS.match(inside[2] if inside else rest)
    if specifiers and "/" not in requirement:
        start = span.start + end + (inside.end(1) if inside else 0) + specifiers.start(1)
        place = Span(start, start + len(specifiers[1])) if specifiers[1] else Span(span.start + end, span.start + end)
        return Requirement(name, text, span, specifiers[1].rstrip(), place, names, marker=marker)
    if "/" in requirement or "\\" in requirement:
        return _direct(requirement, marker, text, span)
    return _reason(rest)


def _reason(rest: str) -> str:
    rest = rest.strip()
    if rest.startswith(("=>", "=<")):
        return f"`{rest[:2]}` is no operator; write `{rest[1]}=`"
    if rest.startswith("=") and not rest.startswith("=="):
        return "`=` is no operator; write `==`"
    if rest.startswith("["):
        return "the extras in brackets are not well-formed"
    if re.search(r"(?:^|\s)[A-Za-z]", rest):
        return "a line names one package; put the rest on lines of its own"
    return "what follows the name is no version specifier"


def _split_marker(text: str) -> tuple[str, str]:
    """pip: after a URL only `; ` with a blank begins a marker."""
    separator = "; " if _URL.match(text) or " @ " in text else ";"
    requirement, _, marker = text.partition(separator)
    return requirement.strip(), marker.strip()


def _direct(requirement: str, marker: str, raw: str, span: Span) -> Requirement:
    """A URL, an archive or a folder; its name as `#egg=` or a wheel's file name tells it."""
    location, _, fragment = requirement.partition("#")
    egg = re.search(r"(?:^|&)egg=([^&\[\]]+)(?:\[([^\]]*)\])?", fragment)
    wheel = re.search(r"([^/\\]+?)-[^/\\-]+(?:-[^/\\]+)?-[^/\\-]+-[^/\\-]+-[^/\\-]+\.whl$", location.split("?")[0])
    name = egg[1] if egg else wheel[1] if wheel else ""
    extras = tuple(part.strip() for part in egg[2].split(",")) if egg and egg[2] else ()
    known = normalise(name) if _NAME.fullmatch(name) else ""
    return Requirement(known, raw, span, extras=extras, url=requirement, marker=marker)


_Key = tuple[tuple[int, ...], tuple[tuple[float, float], ...]]


def _release(version: str) -> tuple[int, tuple[int, ...], _Key, str] | None:
    """Epoch, release, a key that sorts as PEP 440 demands, and the local part; None for what PEP 440 does not know."""
    found = _VERSION.fullmatch(version.strip())
    if not found or not version.isascii() or len(version) > 100:
        return None
    epoch, release, phase, number, implicit, post, post_number, dev, dev_number, local = found.groups()
    parts = tuple(int(part) for part in release.split("."))
    trimmed = list(parts)
    while len(trimmed) > 1 and not trimmed[-1]:
        trimmed.pop()
    phase = phase and _PHASES.get(phase.lower(), phase.lower())
    infinity = float("inf")
    if phase:
        pre = (float(["a", "b", "rc"].index(phase)), float(number or 0))
    else:
        pre = (-1.0, 0.0) if dev and not post and not implicit else (infinity, 0.0)
    after = (float(implicit or post_number or 0), 0.0) if post or implicit else (-1.0, 0.0)
    development = (float(dev_number or 0), 0.0) if dev else (infinity, 0.0)
    key = ((int(epoch or 0), *trimmed), (pre, after, development))
    return int(epoch or 0), parts, key, (local or "").lower().replace("-", ".").replace("_", ".")


def _admits(specifier: str, version: str) -> bool | None:
    found = re.fullmatch(r"(===|==|~=|!=|<=|>=|<|>)\s*(\S+)", specifier)
    given = _release(version)
    if not found or not given:
        return None
    operator, text = found.groups()
    if operator == "===":
        plain = re.fullmatch(r"(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))*", text)
        return True if plain and text == version else None
    wildcard = operator in ("==", "!=") and text.endswith(".*")
    wanted = _release(text[:-2] if wildcard else text)
    if not wanted or (wanted[3] and operator not in ("==", "!=")):
        return None
    epoch, parts, key, local = given
    if wildcard:
        if wanted[3] or wanted[2][1] != _release("0")[2][1]:  # type: ignore[index]
            return None
        same = epoch == wanted[0] and _padded(parts, len(wanted[1])) == wanted[1]
        return same == (operator == "==")
    if operator in ("==", "!="):
        same = key == wanted[2] and (not wanted[3] or local == wanted[3])
        return same == (operator == "==")
    if operator == "~=":
        prefix = wanted[1][:-1]
        if not prefix:
            return None
        return key >= wanted[2] and epoch == wanted[0] and _padded(parts, len(prefix)) == prefix
    if operator in ("<=", ">="):
        return key <= wanted[2] if operator == "<=" else key >= wanted[2]
    return _strictly(operator, given, wanted)


def _strictly(
    operator: str, given: tuple[int, tuple[int, ...], _Key, str], wanted: tuple[int, tuple[int, ...], _Key, str]
) -> bool | None:
    """`<` leaves out pre-releases of the version it names, `>` its post-releases and local versions."""
    (_, (pre, post, dev)), (_, (wanted_pre, wanted_post, wanted_dev)) = given[2], wanted[2]
    same_release = given[2][0] == wanted[2][0]
    infinity = float("inf")
    if operator == "<":
        is_pre = pre[0] != infinity or dev[0] != infinity
        wants_pre = wanted_pre[0] != infinity or wanted_dev[0] != infinity
        if is_pre and not wants_pre and same_release:
            return None if wanted_post[0] >= 0 else False  # releases of packaging differ
        return given[2] < wanted[2]
    if same_release and (given[3] or wanted_pre[0] != infinity or wanted_dev[0] != infinity) and given[2] > wanted[2]:
        return None if given[3] or post[0] >= 0 else True  # releases of packaging differ
    return given[2] > wanted[2] and not (post[0] >= 0 > wanted_post[0] and same_release)


def _padded(parts: tuple[int, ...], length: int) -> tuple[int, ...]:
    return (*parts, *(0,) * length)[:length]
