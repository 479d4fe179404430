"""Whether a text is worth a search for credentials, and a name that of a key: cheap answers whose no is certain.

Most texts hold nothing that resembles one, and then the detector need not even be imported.
"""

from __future__ import annotations

from hublint.regexes import lazy
from hublint.secrets.literals import gives_password, is_searched, literals_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.source import Source

STREAMLIT_SECRETS = ".streamlit/secrets.toml"
_KEY_STORES = (".p12", ".pfx")
_KEY_FILES = ("id_rsa", "id_dsa", "id_ecdsa", "id_ed25519")
# The first three characters of every token that has a mark; a test holds them to the detector's.
HEADS = frozenset(
    "1// AAA ABS AGE AIz AKC AQ. ATA ATC Acc CCI CFP EAA EZA GOC HRK KGA NRA NRI NRS PMA SG. Sha api bku cfa cfk cfu "
    "csk dap dck doo dop dor dp. duf e2b eyJ FLW fc- fig fm1 fm2 fo1 fw_ gho ghp ghr ghs ghu git gla glc gld glf gli "
    "glo glp glr gls gsk hf_ hvb hvr hvs jin key lin lsv nfc nfo nfp npm ntn nva ops pa- pat pcs phx pnb pnu ppl psc "
    "pul pyp r8_ rdm re_ rk_ rub rzp s-s sb_ sbp sec sgp shi shp sk- sk. sk_ sl. snt sq0 sqa sqc sqp squ tfp tgp tsk "
    "tvl vca vci vck vcp vcr wan whs xai xap xke xox xsm ya2".split()
)
_APP_PASSWORD = lazy(r"""[:=,(][ \t"'`\\]{0,9}(?:[a-z]{4}(?: [a-z]{4}){3}|[a-z]{16})(?![\w-])""")
_ESCAPED = ("\\/", "\\u002b", "\\u002B")  # characters of tokens


def may_hold_secret(source: Source) -> bool:
    """Whether the detector could find anything in a text."""
    text = source.text
    return (
        is_env_name(source.path)
        or _has_shape(source)
        or "PRIVATE KEY" in text
        or _may_hold_password(text)
        or (source.path.endswith(".ipynb") and _may_hold_in_cells(text))
        or (is_searched(source) and (_may_hold_literal(source) or _may_hold_login(source)))
    )


def _has_shape(source: Source) -> bool:
    from hublint.secrets.candidates import may_have_shape

    if not may_have_shape(source.text):
        return False
    from hublint.secrets.shapes import shapes_in

    return bool(shapes_in(source))


def _may_hold_password(text: str) -> bool:
    from hublint.secrets.candidates import may_have_login

    if not may_have_login(text):
        return False
    from hublint.secrets.urls import may_hold_password

    return may_hold_password(text)


def _may_hold_in_cells(text: str) -> bool:
    """Whether a notebook may hold what stands in its cells only: in JSON, quotes, line breaks and slashes have another
    form, and so has what stands around a credential.
    """
    from hublint.secrets.aws import ID_HEADS, NAMES
    from hublint.secrets.azure import keys_of_64_bytes
    from hublint.secrets.candidates import long_runs, speaks_of_mail
    from hublint.secrets.named_tokens import may_be_named

    return (
        any(word in text for word in (*_ESCAPED, *ID_HEADS, *NAMES))
        or next(keys_of_64_bytes(text.replace("\\n", "\n")), None) is not None
        or any(may_be_named(text, *run) for run in long_runs(text))
        or (speaks_of_mail(text.encode("ascii", "replace").lower()) and _APP_PASSWORD.search(text) is not None)
    )


def _may_hold_literal(source: Source) -> bool:
    return any(literal.value[:3] in HEADS or any(map(str.isdigit, literal.value)) for literal in literals_in(source))


def _may_hold_login(source: Source) -> bool:
    lower = source.text.lower()
    if not any(word in lower for word in ("auth", "curl", ".login(")) and not gives_password(lower):
        return False
    from hublint.secrets.logins import logins_in

    return next(logins_in(source), None) is not None


def is_env_name(path: str) -> bool:
    """Whether `env` is among the parts of a file's name, as in `.env`, `.env.example`; or Streamlit's secrets.toml."""
    return path.endswith(STREAMLIT_SECRETS) or "env" in path.rpartition("/")[2].lower().split(".")[1:]


def is_key_file(path: str) -> bool:
    """Whether a file is a private key or a store of them by its name alone."""
    name = path.rpartition("/")[2].lower()
    return name.endswith(_KEY_STORES) or name in _KEY_FILES
