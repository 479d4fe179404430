"""All that the detector finds in one text, looked for once."""

from __future__ import annotations

from hublint.records import NamedTuple
from hublint.secrets.assignments import is_secret_name, looks_like_credential
from hublint.secrets.detector import Secret, find_tokens
from hublint.secrets.env_files import EnvValue, env_values, is_env_file
from hublint.secrets.literals import NamedLiteral, literals_in
from hublint.secrets.logins import logins_in
from hublint.secrets.places import Places
from hublint.secrets.private_keys import PrivateKey, private_keys
from hublint.secrets.urls import UrlCredential, urls_with_credentials

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.source import Source


class Secrets(NamedTuple):
    """The credentials of one text, each in one list only.

    `literals` are those that only the name in front of them or their place gives away, `env` the secret lines of an
    environment file, which may be in the other lists too.
    """

    tokens: list[Secret]
    keys: list[PrivateKey]
    urls: list[UrlCredential]
    literals: list[NamedLiteral]
    env: list[EnvValue]


def scan(source: Source) -> Secrets:
    """Every credential in a text; a notebook's are looked for in the JSON and in what it says."""
    text = source.text
    keys = private_keys(text)
    tokens = find_tokens(text)
    if source.path.endswith(".ipynb"):
        tokens = _with_cells(source, tokens)
    within = Places(key.span for key in keys)
    tokens = [token for token in tokens if not within.meet(token.span)]
    urls = urls_with_credentials(text)
    named = (each for each in literals_in(source) if is_secret_name(each.name) and _is_credential(each.value))
    found = {literal.span: literal for literal in (*logins_in(source), *named)}
    taken = Places([*(key.span for key in keys), *(token.span for token in tokens), *(url.span for url in urls)])
    literals = [found[span] for span in sorted(found) if not taken.meet(span)]
    env = [value for value in env_values(text) if value.secret] if is_env_file(source.path) else []
    return Secrets(tokens, keys, urls, literals, env)


def _is_credential(value: str) -> bool:
    """A web token says itself whether it is secret, and `AIza` keys of web pages are not; both are the detector's."""
    return not value.startswith(("eyJ", "AIza")) and looks_like_credential(value)


def _with_cells(source: Source, tokens: list[Secret]) -> list[Secret]:
    """The tokens of a notebook's cells too, whose quotes are escaped in the file."""
    from hublint.documents.notebook import Notebook

    taken = Places(token.span for token in tokens)
    found = list(tokens)
    for cell in Notebook(source).cells:
        for text in (cell.source, *cell.outputs):
            for token in find_tokens(text.value):
                span = text.span(*token.span)
                if not taken.meet(span):
                    found.append(token._replace(span=span))
    return sorted(found, key=lambda token: token.span)
