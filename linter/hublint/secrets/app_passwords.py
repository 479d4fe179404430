"""App passwords of Gmail: sixteen small letters, mostly in four groups, known by the words for mail near them."""

from __future__ import annotations

from re import IGNORECASE
from typing import TYPE_CHECKING

from hublint.documents.source import Span
from hublint.regexes import lazy
from hublint.secrets.dummies import is_dummy
from hublint.secrets.hints import speaks_of_mail
from hublint.secrets.randomness import wordiness

if TYPE_CHECKING:
    from collections.abc import Iterator

_REACH = 300
_GROUPS = lazy(r"(?<![\w-])[a-z]{4}(?: [a-z]{4}){3}(?![\w-]|[' ][a-z])")
_MAIL = lazy(r"mail|smtp|imap", IGNORECASE)
# `EMAIL_PASSWORD = "`, `"smtp_pass": "`, `login("me@gmail.com", "`; of prose, nothing.
_GIVEN = lazy(r"""(?:[\w.-]{0,40}["'`]?\]?[ \t]{0,8}(?::?=|[:,(])|[=:,(])[ \t]{0,8}["'`]?\Z""")
_LETTERS = bytes(97 if 97 <= byte <= 122 else 32 if byte == 32 else 0 for byte in range(256))
_FOUR = b" ".join([b"aaaa"] * 4)
_NAME = 24  # so far behind a word for mail may `pass` stand in one name
_TOGETHER = lazy(
    r"""mail[\w-]{0,20}pass\w{0,20}["'`]?\]?[ \t]{0,8}[:=,][ \t]{0,8}["'`]?(?P<value>[a-z]{16})(?![\w-])"""
    r"""|smtp[\w-]{0,20}pass\w{0,20}["'`]?\]?[ \t]{0,8}[:=,][ \t]{0,8}["'`]?(?P<smtp>[a-z]{16})(?![\w-])""",
    IGNORECASE,
)


def app_passwords(text: str) -> Iterator[Span]:
    """Every app password; words and placeholders (`abcd efgh ijkl mnop`) are none."""
    return (span for span in app_password_shapes(text) if _is_random(text[span.start : span.end]))


def app_password_shapes(text: str) -> Iterator[Span]:
    """What has the shape of an app password and stands where `app_passwords` looks, placeholders too."""
    lower = text.lower()
    if not speaks_of_mail(lower):
        return
    for match in _GROUPS.finditer(text) if _holds_groups(text) else ():
        line = text[max(0, match.start() - 90) : match.start()].rpartition("\n")[2]
        if _GIVEN.search(line) and _MAIL.search(text, max(0, match.start() - _REACH), match.end() + _REACH):
            yield Span(*match.span())
    for match in _TOGETHER.finditer(text) if _names_password(lower) else ():
        span = Span(*match.span(match.lastgroup or 0))
        if text[span.start : span.end].islower():
            yield span


def _holds_groups(text: str) -> bool:
    """Whether four groups of four small letters stand anywhere; a quicker no than the pattern's."""
    return _FOUR in text.encode("ascii", "replace").translate(_LETTERS)


def _names_password(lower: str) -> bool:
    """Whether `pass` stands right behind a word for mail anywhere; a quicker no than the pattern's."""
    for word in ("mail", "smtp"):
        at = lower.find(word)
        while at >= 0:
            if "pass" in lower[at + 4 : at + _NAME + 4]:
                return True
            at = lower.find(word, at + 4)
    return False


def _is_random(value: str) -> bool:
    letters = value.replace(" ", "")
    repeated = any(group == group[0] * len(group) for group in value.split())
    return not repeated and len(set(letters)) >= 7 and not is_dummy(letters) and wordiness(letters) < 0.5
