"""Whether a text is worth a search for credentials, and a name that of a key: cheap answers whose no is certain.

Most texts hold nothing that resembles one, and then the detector need not even be imported.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hublint.documents.source import Span
from hublint.regexes import lazy
from hublint.secrets.literals import gives_password, literals_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.source import Source

STREAMLIT_SECRETS = ".streamlit/secrets.toml"
_KEY_STORES = (".p12", ".pfx")
_KEY_FILES = ("id_rsa", "id_dsa", "id_ecdsa", "id_ed25519")
_RUN = 20
_MARKS = bytes(97 if (byte < 128 and chr(byte).isalnum()) or byte in b"-_" else 32 for byte in range(256))
_NEEDLE = b"a" * _RUN
_WORD = 16
_NOT_BLANK = bytes(32 if chr(byte).isspace() else 97 for byte in range(256))
_LONG_WORD = b"a" * _WORD
# The first three characters of every token that has a mark; a test holds them to the detector's.
HEADS = frozenset(
    "1// AAA ABS AGE AIz AKC AQ. ATA ATC Acc CCI CFP EAA EZA GOC HRK KGA NRA NRI NRS PMA SG. Sha api bku cfa cfk cfu "
    "csk dap dck doo dop dor dp. duf e2b eyJ FLW fc- fig fm1 fm2 fo1 fw_ gho ghp ghr ghs ghu git gla glc gld glf gli "
    "glo glp glr gls gsk hf_ hvb hvr hvs jin key lin lsv nfc nfo nfp npm ntn nva ops pa- pat pcs phx pnb pnu ppl psc "
    "pul pyp r8_ rdm re_ rk_ rub rzp s-s sb_ sbp sec sgp shi shp sk- sk. sk_ sl. snt sq0 sqa sqc sqp squ tfp tgp tsk "
    "tvl vca vci vck vcp vcr wan whs xai xap xke xox xsm ya2".split()
)
# What may end right before the first long run of a token.
_LEADS = ("SG.", "AQ.", "ya29.", "1//", "sl.", "sl.u.", "sk.", "hvs.", "hvb.", "hvr.", ".atlasv1.", "webhookb2/")
_ANCHORS = ("AccountKey=", "SharedAccessKey=", "Q~", "fm2_", "AKIA", "ASIA", "PRIVATE KEY", "ecret_access_key")
_MORE_ANCHORS = ("ECRET_ACCESS_KEY", "ecretAccessKey", "aws_secret_key", "AWS_SECRET_KEY", "JQQJ9", '"auths"')
_AZURE = ("+ASt", "+ABa", "ACDb", "AIoT", "+AEh", "+ASb", "+ARm")
_64_BYTES = lazy("(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{86}==")
_APP_PASSWORD = lazy(r"""[:=,(][ \t"'`]{0,9}(?:[a-z]{4}(?: [a-z]{4}){3}|[a-z]{16})(?![\w-])""")
_ESCAPES = {"\\": (1, 3, 5), "%": (2,)}
_NAMED = frozenset({24, 30, 32, 36, 37, 40, 43, 44, 45, 50, 64, 84})
_KEYISH = ("key", "token", "secret", "login", "auth", "client", "password", "credential")
_PASSWORD_IN_URL = lazy(
    r"""://[^\s/?\#@:"'`<>\\(){}\[\]$]{0,128}:[^\s/?\#@"'`<>\\(){}\[\]]{3,256}@[A-Za-z0-9_-]+\.""", re.ASCII
)


def long_runs(text: str) -> Iterator[tuple[int, int]]:
    """Where 20 letters, digits, `-` and `_` or more stand in a row, as in nearly every token."""
    return _runs(text, _MARKS, _NEEDLE)


def long_words(text: str) -> Iterator[str]:
    """What stands between blanks and has 16 characters or more; no credential but an app password is shorter."""
    return (text[start:end] for start, end in _runs(text, _NOT_BLANK, _LONG_WORD))


def _runs(text: str, marks: bytes, needle: bytes) -> Iterator[tuple[int, int]]:
    marked = text.encode("ascii", "replace").translate(marks)  # one byte for each character keeps the offsets
    start = marked.find(needle)
    while start >= 0:
        end = marked.find(b" ", start + len(needle))
        if end < 0:
            end = len(marked)
        yield start, end
        start = marked.find(needle, end)


def may_hold_secret(source: Source) -> bool:
    """Whether the detector could find anything in a text."""
    text, lower = source.text, source.text.lower()
    return (
        is_env_name(source.path)
        or any(_resembles_token(text, start, end) for start, end in long_runs(text))
        or any(anchor in text for anchor in (*_ANCHORS, *_MORE_ANCHORS, *_AZURE))
        or next(keys_of_64_bytes(text), None) is not None
        or (speaks_of_mail(lower) and _APP_PASSWORD.search(text) is not None)
        or _PASSWORD_IN_URL.search(text) is not None
        or any(_resembles_credential(literal.value) for literal in literals_in(source))
        or _may_hold_login(source, lower)
    )


def keys_of_64_bytes(text: str) -> Iterator[Span]:
    """Where 64 bytes stand in base 64: 86 letters, digits, `+` and `/`, and `==`."""
    at = text.find("==")
    while at >= 0:
        if at >= 86 and (match := _64_BYTES.match(text, at - 86)):
            yield Span(*match.span())
        at = text.find("==", at + 2)


def speaks_of_mail(lower: str) -> bool:
    """Whether a text, in lower case, has a word for mail anywhere."""
    return "mail" in lower or "smtp" in lower or "imap" in lower


def _may_hold_login(source: Source, lower: str) -> bool:
    if not any(word in lower for word in ("auth", "curl", ".login(")) and not gives_password(lower):
        return False
    from hublint.secrets.logins import logins_in

    return next(logins_in(source), None) is not None


def is_env_name(path: str) -> bool:
    """Whether `env` is among the parts of a file's name, as in `.env`, `.env.example`; or Streamlit's secrets.toml."""
    return path.endswith(STREAMLIT_SECRETS) or "env" in path.rpartition("/")[2].lower().split(".")[1:]


def _resembles_token(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else ""
    if text[start : start + 3] in HEADS:
        return True
    if any(text[start + more : start + more + 3] in HEADS for more in _ESCAPES.get(before, ())):
        return True
    if text.find("-us", start + 32, start + 40) >= 0:  # Mailchimp
        return True
    if before in ("/", ".", ":"):
        window = text[max(0, start - 64) : start]
        if window.endswith(_LEADS) or "hook" in window or "dp." in window:
            return True
        if before == "." and (window[-8:-7] == "." or window[-18:-15] == "pat"):  # Discord, Airtable
            return True
        if before == ":" and window[-2:-1].isdigit():  # Telegram
            return True
    return end - start in _NAMED and before != "" and before in "\"'`=: \t,(" and _stands_behind_key(text, start)


def _stands_behind_key(text: str, start: int) -> bool:
    line = text[max(0, start - 90) : start].rpartition("\n")[2].lower()
    return any(word in line for word in _KEYISH)


def _resembles_credential(value: str) -> bool:
    return value[:3] in HEADS or any(map(str.isdigit, value))


def is_key_file(path: str) -> bool:
    """Whether a file is a private key or a store of them by its name alone."""
    name = path.rpartition("/")[2].lower()
    return name.endswith(_KEY_STORES) or name in _KEY_FILES
