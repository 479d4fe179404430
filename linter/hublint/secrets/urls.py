"""Passwords in URLs."""

from __future__ import annotations

from re import ASCII, IGNORECASE

from hublint.documents.source import Span
from hublint.records import NamedTuple
from hublint.regexes import lazy
from hublint.secrets.dummies import is_dummy
from hublint.secrets.passwords import is_common

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

# Whatever matches `_USERINFO` behind `://` matches this, and little else.
_PASSWORD = lazy(r"""://[^\s/?\#@:"'`<>\\(){}\[\]$]{0,128}:[^\s/?\#@"'`<>\\(){}\[\]]{3,256}@[A-Za-z0-9_-]+\.""", ASCII)
_SCHEME = lazy(r"[A-Za-z][A-Za-z0-9+.-]{1,30}\Z")
_USERINFO = lazy(
    r"""(?P<user>[^\s/?\#@:"'`<>\\(){}\[\]$]{0,128}):(?P<password>[^\s/?\#@"'`<>\\(){}\[\]]{3,256})"""
    r"@(?P<host>[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+){1,10})(?![\w$%{(<\[])"
)
_LOCAL = lazy(
    r"localhost|127\.|0\.0\.0\.0|.*\.(?:local|localhost|internal|lan|test|invalid|example|svc)\Z|host\.docker"
    r"|(?:.*\.)?(?:example|domain|my-?domain|your-?\w*|my-?\w*|host|server|hostname|proxy|site|website|company|acme)"
    r"\.(?:com|org|net|io|edu|tld|dev)\Z|.*your.*|.*example.*|.*placeholder.*|(?:x+|n+)\.",
    IGNORECASE,
)


class UrlCredential(NamedTuple):
    """`scheme://user:password@host` in a text; `span` is the password's."""

    scheme: str
    user: str
    password: str
    host: str
    span: Span


def urls_with_credentials(text: str) -> list[UrlCredential]:
    """Every URL with a password that is a secret.

    Templates, placeholders, stock passwords, hosts of the own machine or network, and tokens of a known kind
    (`find_tokens` has these) are none.
    """
    return [
        UrlCredential(scheme, info["user"], info["password"], info["host"], Span(*info.span("password")))
        for scheme, info in _logins(text)
        if _is_secret(info["user"], info["password"], info["host"])
    ]


def may_hold_password(text: str) -> bool:
    """Whether a URL in a text may have a password: a cheap answer whose no is certain."""
    return "@" in text and _PASSWORD.search(text) is not None


def long_passwords(text: str) -> Iterator[Span]:
    """Where a URL has a password of 12 characters or more that is not a variable, secret or not."""
    for _, info in _logins(text):
        if len(info["password"]) >= 12 and info["password"][0] not in "$%":
            yield Span(*info.span("password"))


def _logins(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """The scheme of every URL that has a password, and what `_USERINFO` says of it."""
    at = text.find("://")
    while at >= 0:
        info = _USERINFO.match(text, at + 3)
        if info:
            scheme = _SCHEME.search(text[max(0, at - 31) : at])
            if scheme:
                yield scheme[0], info
        at = text.find("://", at + 3)


def _is_secret(user: str, password: str, host: str) -> bool:
    if len(password) < 6 or password.lower() == user.lower() or _LOCAL.match(host):
        return False
    if is_dummy(password, sequences=False):
        return False
    if len(password) < 12 and is_dummy(user or "nobody", sequences=False):
        return False
    from hublint.secrets.detector import find_tokens

    return not is_common(password) and not find_tokens(password)
