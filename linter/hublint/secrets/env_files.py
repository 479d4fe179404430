"""Environment files: which paths are one, and what they give away."""

from __future__ import annotations

from re import MULTILINE

from hublint.documents.source import Span
from hublint.records import NamedTuple
from hublint.regexes import lazy
from hublint.secrets.assignments import is_secret_name, looks_like_credential
from hublint.secrets.detector import find_tokens
from hublint.secrets.dummies import is_dummy
from hublint.secrets.hints import STREAMLIT_SECRETS
from hublint.secrets.passwords import is_common
from hublint.secrets.urls import urls_with_credentials

_TEMPLATES = frozenset(
    "example examples sample template tpl tmpl dist default defaults schema test ci md txt py js ts j2 jinja jinja2 "
    "encrypted enc vault sops placeholder blank skel in".split()
)
_LINE = lazy(
    r"^[ \t]*(?:export[ \t]+)?(?P<name>[A-Za-z_][A-Za-z0-9_.-]*)[ \t]*=[ \t]*"
    r"(?:\"(?P<double>[^\"\r\n]*)\"|'(?P<single>[^'\r\n]*)'|(?P<bare>[^\s#\"'][^\s]*))?",
    MULTILINE,
)


class EnvValue(NamedTuple):
    """`NAME=value` of an environment file; `secret` says that the value is a credential, `span` is the value's."""

    name: str
    value: str
    span: Span
    secret: bool


def is_env_file(path: str) -> bool:
    """Whether a path is an environment file with values: `.env`, `.env.local`, `prod.env`, not `.env.example`.

    Streamlit's .streamlit/secrets.toml, which is read in its place, is one.
    """
    if path.endswith(STREAMLIT_SECRETS):
        return True
    name = path.rpartition("/")[2].lower()
    parts = name.split(".")
    if "env" not in parts[1:] or _TEMPLATES.intersection(part for word in parts for part in word.split("-")):
        return False
    return name.startswith(".env") or parts[-1] == "env"


def env_values(text: str) -> list[EnvValue]:
    """Every line of an environment file that gives a name a real value: not empty, no reference, no placeholder."""
    values: list[EnvValue] = []
    for match in _LINE.finditer(text):
        group = match.lastgroup
        if group is None or group == "name":
            continue
        value = match[group]
        if value and (not is_dummy(value, sequences=False) or find_tokens(value)):
            values.append(EnvValue(match["name"], value, Span(*match.span(group)), _is_secret(match["name"], value)))
    return values


def _is_secret(name: str, value: str) -> bool:
    if find_tokens(value) or urls_with_credentials(value):
        return True
    if not is_secret_name(name) or is_dummy(value):
        return False
    return looks_like_credential(value) or (
        len(value) >= 8 and not is_common(value) and "://" not in value and not value.startswith(("/", "./", "~"))
    )
