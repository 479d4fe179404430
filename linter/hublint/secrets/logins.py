"""Passwords that the place gives away, not a name: `auth=("admin", "...")`, `curl -u`, connection strings, Docker's
`auth`."""

from __future__ import annotations

from re import IGNORECASE

from hublint.documents.source import Span
from hublint.regexes import lazy
from hublint.secrets.dummies import is_dummy
from hublint.secrets.literals import NamedLiteral, gives_password, is_searched, suffix
from hublint.secrets.passwords import is_common

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.source import Source

_AUTH = lazy(
    r"\b(?P<name>(?:basic_)?auth)[ \t]{0,5}=[ \t]{0,5}\[?\s{0,40}(?=\()|(?P<call>\bHTTPBasicAuth|(?<=\.)login)(?=\()"
)
_PAIR = lazy(
    r"""\(\s{0,40}[rub]?(?P<first>["'])(?P<user>[^"'\\\n]{0,80})(?P=first)\s{0,20},\s{0,40}"""
    r"""[rub]?(?P<second>["'])(?P<value>[^"'\\\n]{6,128})(?P=second)\s{0,20},?\s{0,40}\)\s{0,20},?\s{0,40}"""
)
_CURL = lazy(
    r"""\bcurl\b(?:[^\n\\]|\\.|\\\n){0,300}?\s(?:-u|--user)(?:=|[ \t]{0,4})(?P<quote>["']?)"""
    r"""(?P<user>[^\s:"'/]{0,80}):["']?(?P<value>[^\s"']{6,128})"""
)
_CONNECTION = lazy(r"""(?<![\w-])(?:password|pwd)[ ]?=[ ]?(?P<value>[^;"'\s]{6,128})(?=[;"'\s]|\Z)""", IGNORECASE)
_SERVER = lazy(r"(?:server|data source|host|hostname|addr|endpoint)[ ]?=[ ]?(?P<host>[^;\"'\s]{1,128})", IGNORECASE)
_OWN = lazy(r"localhost|127\.0\.0\.1|host\.docker|0\.0\.0\.0", IGNORECASE)
_OWN_SERVER = lazy(r"(?:tcp:)?(?:localhost|127\.|\(local|\.(?:[\\;,]|\Z)|[\w-]+\Z|[$%{<])", IGNORECASE)
_DOCKER = lazy(r'"auth"\s{0,20}:\s{0,20}"(?P<value>[A-Za-z0-9+/]{12,400}={0,2})"')
_REFERENCE = lazy(r"[$%{<]|[A-Z][A-Z0-9_]*\Z|/|\.{1,2}/|https?:")
_CLASSES = (str.islower, str.isupper, str.isdigit, lambda character: not character.isalnum())


def logins_in(source: Source) -> Iterator[NamedLiteral]:
    """Every password of a login, a connection string or Docker's configuration in code and configuration.

    Placeholders, stock passwords, references and what is for the own machine are none.
    """
    text = source.text
    if not is_searched(source):
        return
    if suffix(source) in ("py", "pyw"):
        yield from _pairs(text)
    if "curl" in text:
        for match in _CURL.finditer(text):
            if _is_password(match["value"]) and not _OWN.search(text, match.end(), match.end() + 200):
                yield NamedLiteral("curl -u", match["value"], Span(*match.span("value")), login=True)
    if gives_password(text.lower()):
        yield from _connections(text)
    if '"auths"' in text:
        for match in _DOCKER.finditer(text):
            if _is_docker_login(match["value"]):
                yield NamedLiteral("auth", match["value"], Span(*match.span("value")), login=True)


def _pairs(text: str) -> Iterator[NamedLiteral]:
    for opening in _AUTH.finditer(text) if "auth" in text or ".login(" in text or "Auth(" in text else ():
        pair = _PAIR.match(text, opening.end())  # Python reads no `$`
        while pair:
            if _is_password(pair["value"].replace("$", "S")) and pair["user"] != pair["value"]:
                yield NamedLiteral(
                    opening["name"] or opening["call"], pair["value"], Span(*pair.span("value")), login=True
                )
            pair = _PAIR.match(text, pair.end()) if opening["name"] else None


def _connections(text: str) -> Iterator[NamedLiteral]:
    for match in _CONNECTION.finditer(text):
        start = max(text.rfind("\n", 0, match.start()) + 1, match.start() - 300)
        end = text.find("\n", match.end())
        end = min(end if end >= 0 else len(text), match.end() + 300)
        server = _SERVER.search(text, start, end)
        if server and not _OWN_SERVER.match(server["host"]) and _is_password(match["value"]):
            yield NamedLiteral("Password", match["value"], Span(*match.span("value")), login=True)


def _is_password(value: str) -> bool:
    if not value.isprintable() or " " in value or _REFERENCE.match(value) or is_dummy(value, sequences=False):
        return False
    return sum(any(map(test, value)) for test in _CLASSES) >= 2 and not is_common(value)


def _is_docker_login(value: str) -> bool:
    from base64 import b64decode

    try:
        login = b64decode(value, validate=True).decode()
    except ValueError:
        return False
    user, colon, password = login.partition(":")
    return bool(user and colon) and len(password) >= 6 and _is_password(password)
