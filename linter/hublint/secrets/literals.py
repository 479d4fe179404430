"""Literals that stand behind a secret-like word: `api_key = "..."`, `"token": "..."`, `getenv("X_KEY", "...")`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from hublint.documents.source import Span
from hublint.regexes import lazy

if TYPE_CHECKING:
    from hublint.documents.source import Source

_WORDS = ("key", "token", "secret", "pass", "pwd", "credential", "bearer")
_HEAD = lazy(r"[A-Za-z_][\w-]{0,60}\Z", re.ASCII)
_REST = r"(?P<rest>[\w-]{0,60})"
_QUOTED = lazy(
    _REST + r"""["'`]?\]?[ \t]*(?::[ \t]*[A-Za-z_][\w.\[\] |]{0,40}?(?==))?(?:=>|[:=,])\s{0,80}[rbuRBU]{0,2}"""
    r"""(?P<quote>["'`])(?P<value>[^"'`\s]{12,2000})(?P=quote)""",
    re.ASCII,
)
_BARE = lazy(_REST + r"""["']?[ \t]*[:=][ \t]*(?P<value>[^\s"'`#,;(){}\[\]<>$&|]{12,2000})""", re.ASCII)
_BEHIND_BARE = ("", " ", "\t", "\r", "\n", ";")

_QUOTING = frozenset(
    "py pyw pyi js mjs cjs jsx ts tsx vue svelte html htm php rb go java kt rs cs swift r jl lua toml json".split()
)
_BARE_TOO = frozenset("yaml yml sh bash zsh fish ini cfg conf properties env envrc dockerfile".split())
_LARGEST = 1_000_000


class NamedLiteral(NamedTuple):
    """A literal of 12 characters or more, without blanks; `name` is the word it stands behind, `span` the value's."""

    name: str
    value: str
    span: Span


def literals_in(source: Source) -> list[NamedLiteral]:
    """The named literals of code and configuration; none of prose, of data and of files over a megabyte."""
    name = source.path.rpartition("/")[2].lower()
    suffix = "dockerfile" if name.startswith("dockerfile") else name.rpartition(".")[2]
    if len(source.text) > _LARGEST or suffix not in _QUOTING | _BARE_TOO:
        return []
    return named_literals(source.text, bare=suffix in _BARE_TOO)


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
                span = Span(*match.span("value"))
                head = _HEAD.search(text[max(0, at - 60) : end])
                name = (head[0] if head else word) + match["rest"]
                end = span.end
                if name.lower() != "key" and (quoted or text[end : end + 1] in _BEHIND_BARE):
                    found[span] = NamedLiteral(name, match["value"], span)
            at = lower.find(word, end)
    return [found[span] for span in sorted(found)]
