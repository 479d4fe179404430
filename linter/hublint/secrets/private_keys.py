"""Private keys in PEM armour, also inside string literals and JSON."""

from __future__ import annotations

from re import MULTILINE

from hublint.documents.source import Span
from hublint.records import NamedTuple
from hublint.regexes import lazy
from hublint.secrets.dummies import is_repetitive, is_sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

_BEGIN = "-----BEGIN "
_LABEL = lazy(r"((?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?)-----")
_HEADER = lazy(r"^[ \t\"'#*/]*[A-Z][A-Za-z-]{2,20}: [^\r\n\\]*(?:\\r|\\n|$)", MULTILINE)
_JOINTS = lazy(r"""\\[rnt]|[\s"'`,+\\>#*]""")
_BASE64 = lazy(r"[A-Za-z0-9+/]+={0,2}(?:=[A-Za-z0-9+/]{4})?")
_SMALLEST = 64  # an Ed25519 key in PKCS#8


class PrivateKey(NamedTuple):
    """A PEM block with key material; `label` is what its first line calls it, `span` covers the whole block."""

    label: str
    span: Span


def private_keys(text: str) -> list[PrivateKey]:
    """Every PEM block that holds a private key, encrypted ones too; a marker without key material is none."""
    found: list[PrivateKey] = []
    at = text.find(_BEGIN)
    while at >= 0:
        label = _LABEL.match(text, at + len(_BEGIN))
        following = at + len(_BEGIN)
        if label:
            following = text.find("-----", label.end())
            if following < 0:
                break
            if text.startswith("-----END ", following) and _is_material(text[label.end() : following], label[1]):
                close = text.find("-----", following + 5)
                end = close + 5 if 0 <= close < following + 60 else following + 5
                found.append(PrivateKey(label[1], Span(at, end)))
        at = text.find(_BEGIN, following)
    return found


def _is_material(body: str, label: str) -> bool:
    key = _JOINTS.sub("", _HEADER.sub("", _JOINTS.sub(_line_break, body)))
    if len(key) < _SMALLEST or not _BASE64.fullmatch(key) or is_repetitive(key) or is_sequence(key):
        return False
    if len(set(key)) < 24:
        return False
    if label.startswith("OPENSSH"):
        return key.startswith("b3BlbnNzaC1rZXktdjE")  # "openssh-key-v1"
    # DER begins with a sequence; PGP packets and keys encrypted in the old way (with a DEK-Info line) do not.
    return key.startswith("M") or label.endswith("BLOCK") or "DEK-Info" in body


def _line_break(joint: re.Match[str]) -> str:
    return "\n" if joint[0] in ("\\n", "\\r", "\n", "\r") else " " if joint[0] == " " else ""
