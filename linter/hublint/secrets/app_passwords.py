"""App passwords of Gmail: sixteen small letters, mostly in four groups, known by the words for mail near them."""

from __future__ import annotations

from re import IGNORECASE

from hublint.documents.source import Span
from hublint.regexes import lazy
from hublint.secrets.candidates import speaks_of_mail
from hublint.secrets.dummies import is_dummy
from hublint.secrets.randomness import wordiness

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_REACH = 300
_GROUPS = lazy(r"(?<![\w-])[a-z]{4}(?: [a-z]{4}){3}(?![\w-]|[' ][a-z])")
_MAIL = lazy(r"mail|smtp|imap", IGNORECASE)
# `EMAIL_PASSWORD = "`, `"smtp_pass": "`, `login("me@gmail.com", "`; of prose, nothing.
_GIVEN = lazy(r"""(?:[\w.-]{0,40}["'`]?\]?[ \t]{0,8}(?::?=|[:,(])|[=:,(])[ \t]{0,8}["'`]?\Z""")
_LETTERS = bytes(97 if 97 <= byte <= 122 else 32 if byte == 32 else 0 for byte in range(256))
_FOUR, _SIXTEEN = b" ".join([b"aaaa"] * 4), b"a" * 16
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
    plain = text.encode("ascii", "replace")  # one byte for each character keeps the offsets
    lower = plain.lower()
    if not speaks_of_mail(lower):
        return
    letters = plain.translate(_LETTERS)
    at = letters.find(_FOUR)
    while at >= 0:
        match = _GROUPS.match(text, at)
        if match and _is_given(text, at) and _MAIL.search(text, max(0, at - _REACH), match.end() + _REACH):
            yield Span(*match.span())
        at = letters.find(_FOUR, match.end() if match else at + 1)
    for match in _TOGETHER.finditer(text) if _SIXTEEN in letters and _names_password(lower) else ():
        span = Span(*match.span(match.lastgroup or 0))
        if text[span.start : span.end].islower():
            yield span


def _is_given(text: str, at: int) -> bool:
    """Whether something takes what stands at a place, by what is before it in its line."""
    return _GIVEN.search(text[max(0, at - 90) : at].rpartition("\n")[2]) is not None


def _names_password(lower: bytes) -> bool:
    """Whether `pass` stands right behind a word for mail anywhere; a quicker no than the pattern's."""
    for word in (b"mail", b"smtp"):
        at = lower.find(word)
        while at >= 0:
            if b"pass" in lower[at + 4 : at + _NAME + 4]:
                return True
            at = lower.find(word, at + 4)
    return False


def _is_random(value: str) -> bool:
    letters = value.replace(" ", "")
    repeated = any(group == group[0] * len(group) for group in value.split())
    return not repeated and len(set(letters)) >= 7 and not is_dummy(letters) and wordiness(letters) < 0.5
