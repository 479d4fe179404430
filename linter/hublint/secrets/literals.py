"""Literals that stand behind a secret-like word: `api_key = "..."`, `"token": "..."`, `getenv("X_KEY", "...")`."""

from __future__ import annotations

import re

from hublint.documents.source import Span
from hublint.records import NamedTuple
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.source import Source

_WORDS = ("key", "token", "secret", "pass", "pwd", "credential", "bearer")
_HEAD = lazy(r"[A-Za-z_][\w-]{0,60}\Z", re.ASCII)
_REST = r"(?P<rest>[\w-]{0,60})"
# A type may stand between the name and `=`: `: str | None` in Python, `string` in Go.
_QUOTED = lazy(
    _REST + r"""(?:["'`]?\]?[ \t]*(?::[ \t]*[A-Za-z_][\w.\[\] |]{0,40}?(?==))?"""
    r"""|[ \t]{1,9}\*?[A-Za-z][\w.]{0,40}[ \t]{0,9}(?==))"""
    r"""(?:=>|:{0,3}=|[?.+]=|[:,])\s{0,80}[rbuRBU]{0,2}(?P<quote>["'`])(?P<value>[^"'`\s]{12,2000})(?P=quote)""",
    re.ASCII,
)
_BARE = lazy(
    _REST + r"""["']?[ \t]*(?:(?P<default>:[=-])|:{0,3}=|[?+]=|:)[ \t]*"""
    r"""(?P<value>[^\s"'`#,;(){}\[\]<>$&|]{12,2000})""",
    re.ASCII,
)
_BEHIND_BARE = ("", " ", "\t", "\r", "\n", ";")

_QUOTING = frozenset(
    "py pyw pyi js mjs cjs jsx ts tsx vue svelte html htm php rb go java kt rs cs swift r jl lua toml json "
    "dockercfg dockerconfigjson".split()
)
_BARE_TOO = frozenset("yaml yml sh bash zsh fish ini cfg conf properties env envrc dockerfile mk makefile".split())
_SEARCHED = _QUOTING | _BARE_TOO
_LARGEST = 1_000_000
_PASSWORD = ("password=", "password =", "pwd=", "pwd =")


class NamedLiteral(NamedTuple):
    """A literal of 12 characters or more, without blanks; `name` is the word it stands behind, `span` the value's.

    `login`: it is the password of a login or connection, which may be shorter, and `name` says of what kind.
    """

    name: str
    value: str
    span: Span
    login: bool = False


def suffix(source: Source) -> str:
    """What a file is by its name: its ending, or `dockerfile`, `makefile`, `env` (`.env.example` too)."""
    name = source.path.rpartition("/")[2].lower()
    if name.startswith("dockerfile"):
        return "dockerfile"
    return "env" if name.startswith(".env.") else name.removeprefix("gnu").rpartition(".")[2]


def is_searched(source: Source) -> bool:
    """Whether a file is code or configuration of at most a megabyte, not prose and not data."""
    return len(source.text) <= _LARGEST and suffix(source) in _SEARCHED


def gives_password(lower: str) -> bool:
    """Whether something in a text, which is in lower case, may be a `Password=` of a connection string."""
    return any(word in lower for word in _PASSWORD)


def literals_in(source: Source) -> list[NamedLiteral]:
    """The named literals of code and configuration; none of prose, of data and of files over a megabyte."""
    return named_literals(source.text, bare=suffix(source) in _BARE_TOO) if is_searched(source) else []


def named_literals(text: str, *, bare: bool = False) -> list[NamedLiteral]:
    """Every literal behind a secret-like word, in order and in time linear in the text.

    `bare`: values without quotes count too, as in YAML, shell and ini files.
    """
    lower = text.lower()
    if len(lower) != len(text):  # some capitals have two letters in lower case
        lower = text
    found: dict[Span, NamedLiteral] = {}
    for word in _WORDS:
        at = lower.find(word)
        while at >= 0:
            end = at + len(word)
            quoted = _QUOTED.match(text, end)
            match = quoted or (_BARE.match(text, end) if bare else None)
            if match:
                literal = _literal(text, match, end, word)
                if literal.name.lower() != "key" and (
                    quoted or _ends(text, match, end + len(match["rest"]) - len(literal.name))
                ):
                    found[literal.span] = literal
                # in `KEY="${KEY:=value}"` the value is further in
                end = literal.span.start if literal.value.startswith("${") else literal.span.end
            at = lower.find(word, end)
    return [found[span] for span in sorted(found)]


def _literal(text: str, match: re.Match[str], end: int, word: str) -> NamedLiteral:
    head = _HEAD.search(text[max(0, end - len(word) - 60) : end])
    return NamedLiteral((head[0] if head else word) + match["rest"], match["value"], Span(*match.span("value")))


def _ends(text: str, match: re.Match[str], begin: int) -> bool:
    """Whether a bare value ends where it should; in `${NAME:=value}` at the brace."""
    end = match.end("value")
    if match["default"] and text[begin - 2 : begin] == "${":
        return text[end : end + 1] == "}"
    return match["default"] != ":-" and text[end : end + 1] in _BEHIND_BARE
