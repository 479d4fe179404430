"""Tokens of known providers in any text, in time linear in its length."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from hublint.documents.source import Span
from hublint.secrets.named_tokens import named_kind
from hublint.secrets.placeholders import is_placeholder
from hublint.secrets.randomness import looks_random
from hublint.secrets.tokens import KINDS, TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator

_RUN = 20  # every kind has this many letters, digits, `-` and `_` in a row
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_MARKS = bytes(97 if byte in _LETTERS else 32 for byte in range(256))
_NEEDLE = b"a" * _RUN
_BEHIND = 64
_RIGHT = r"(?![A-Za-z0-9_]|-[A-Za-z0-9])"

# Where the first long run of a token is not its beginning: what stands before it, up to the run.
_LEADS = re.compile(
    r"SG\.|AQ\.|ya29\.|sl\.(?:u\.)?|sk\.|hv[sbr]\.|1//"
    r"|dp\.(?:pt|st|ct|sa|scim|audit)\.(?:[a-z0-9_-]{2,19}\.)?"
    r"|pat[A-Za-z0-9]{14}\.|[A-Za-z0-9]{14}\.atlasv1\."
    r"|hooks\.slack\.com/(?:services/T\w{8,12}/B\w{8,12}/|workflows/T\w{8,12}/A\w{8,12}/\d{17,19}/)"
    r"|discord(?:app)?\.com/api/(?:v\d{1,2}/)?webhooks/\d{17,20}/"
    r"|[MNO][A-Za-z0-9_-]{22,27}\.[A-Za-z0-9_-]{6}\."
    r"|webhook\.office\.com/webhookb2/"
    r"|\d{8,10}:",
    re.ASCII,
)
_LEAD_KINDS = tuple(
    (prefix, kind)
    for prefix, kind in (
        ("SG.", "sendgrid"), ("AQ.", "google-gemini"), ("ya29.", "google-oauth-token"), ("sl.", "dropbox"), ("sk.", "mapbox"),
        ("hv", "vault"), ("1//", "google-refresh-token"), ("dp.", "doppler"), ("pat", "airtable"), ("hooks.", "slack-webhook"),
        ("discord", "discord-webhook"), ("webhook.", "teams-webhook"),
    )
)  # fmt: skip
# Base 64 may have no long run at all, so these are looked for by a literal of their own.
_ANCHORS = (
    ("AccountKey=", "azure-storage", 0, len("AccountKey=")),
    ("SharedAccessKey=", "azure-storage", 0, len("SharedAccessKey=")),
    ("Q~", "azure-ad", -4, -4),
)
# Public by design: they come with every copy of the site or tool that uses them. CRC32 of the key.
_PUBLISHED = frozenset({714468973})
_PUBLIC_GOOGLE = re.compile(r"authDomain|messagingSenderId|firebaseapp\.com|maps/api/js|innertube", re.IGNORECASE)
_AWS_ID = re.compile(r"(?:AKIA|ASIA)[A-Z2-7]{16}" + _RIGHT)
_AWS_SECRET = re.compile(r"(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=_-])")
_AWS_NAME = re.compile(r"""aws_?secret_?(?:access_?)?key["'`]?\]?\s{0,3}[:=,]\s{0,3}["'`]?([A-Za-z0-9+/]{40})(?![A-Za-z0-9+/=_-])""", re.I)
_AWS_REACH = 300
AWS = TokenKind(
    "aws", "AWS secret access key", "AWS", ("AKIA", "ASIA"), "[A-Za-z0-9+/]{40}", "deactivate it in the IAM console"
)

_BY_ID = {kind.id: kind for kind in KINDS}


class Secret(NamedTuple):
    """A token in a text; `value` is what to hide, `span` where it stands."""

    kind: TokenKind
    span: Span
    value: str


def find_tokens(text: str) -> list[Secret]:
    """Every token of a known kind, in order, without overlaps; placeholders and public keys are none."""
    found: dict[int, Secret] = {}
    after = 0
    for start, end in _runs(text):
        if start < after:
            continue
        for secret in _at_run(text, start, end):
            after = secret.span.end
            found[secret.span.start] = secret
    for secret in _anchored(text):
        found.setdefault(secret.span.start, secret)
    return [found[start] for start in sorted(found)]


def token_kind(value: str) -> TokenKind | None:
    """The kind of a value that is a token and nothing else."""
    secrets = find_tokens(value)
    return secrets[0].kind if secrets and secrets[0].span == (0, len(value)) else None


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Where letters, digits, `-` and `_` stand in a long row; one byte for each character keeps the offsets."""
    marks = text.encode("ascii", "replace").translate(_MARKS)
    start = marks.find(_NEEDLE)
    while start >= 0:
        end = marks.find(b" ", start + _RUN)
        if end < 0:
            end = len(marks)
        yield start, end
        start = marks.find(_NEEDLE, end)


def _at_run(text: str, start: int, end: int) -> Iterator[Secret]:
    before = text[start - 1] if start else ""
    for skip in _beginnings(before, text, start):
        kinds = _heads().get(text[start + skip : start + skip + 3])
        for kind in kinds or ():
            if text.startswith(kind.heads, start + skip) and (secret := _secret(text, kind, start + skip)):
                yield secret
                return
        if secret := _aws(text, start + skip):
            yield secret
            return
    if before in ("/", ".", ":", "~") and (secret := _behind(text, start, end)):
        yield secret
        return
    if text[end : end + 4] in ("", "\n") or not text[end : end + 1].isalnum():
        if mailchimp := _MAILCHIMP.fullmatch(text, start, end):
            secret = _whole(text, _BY_ID["mailchimp"], mailchimp.start())
        else:
            kind = named_kind(text, start, end)
            secret = _keep(text, kind, start, end) if kind else None
        if secret:
            yield secret


_MAILCHIMP = re.compile(r"[0-9a-f]{32}-us\d{1,2}")


def _beginnings(before: str, text: str, start: int) -> tuple[int, ...]:
    """How far into the run a token may begin: behind an escape such as the `n` of `\\n` too, or the digits of `%20`."""
    if before == "\\" and text[start] in "nrt":
        return (0, 1)
    if before == "%":
        return (2,)
    return (0,)


def _behind(text: str, start: int, end: int) -> Secret | None:
    low = max(0, start - _BEHIND)
    window = text[low:start]
    for lead in _LEADS.finditer(window):
        if lead.end() != len(window) and lead[0] != "webhook.office.com/webhookb2/":
            continue
        begin = low + lead.start()
        if begin and (text[begin - 1].isalnum() or text[begin - 1] in "_-") and not lead[0].startswith(("hooks", "discord", "webhook")):
            continue
        return _whole(text, _lead_kind(lead[0]), begin)
    return None


def _lead_kind(lead: str) -> TokenKind:
    for prefix, id in _LEAD_KINDS:
        if lead.startswith(prefix):
            return _BY_ID[id]
    if lead.endswith(":"):
        return _BY_ID["telegram"]
    return _BY_ID["terraform" if "atlasv1" in lead else "discord-bot"]


def _whole(text: str, kind: TokenKind, start: int) -> Secret | None:
    return _secret(text, kind, start)


_compiled: dict[str, re.Pattern[str]] = {}


def _secret(text: str, kind: TokenKind, start: int) -> Secret | None:
    pattern = _compiled.get(kind.id)
    if pattern is None:
        pattern = _compiled[kind.id] = re.compile(f"(?:{kind.pattern}){_RIGHT}")
    match = pattern.match(text, start)
    return _keep(text, kind, start, match.end()) if match else None


def _keep(text: str, kind: TokenKind, start: int, end: int) -> Secret | None:
    value = text[start:end]
    if kind.check and not kind.check(value):
        return None
    body = value
    for head in kind.heads:
        if value.startswith(head):
            body = value[len(head) :]
            break
    if is_placeholder(body) or _is_public(text, kind, value, start):
        return None
    return Secret(kind, Span(start, end), value)


def _is_public(text: str, kind: TokenKind, value: str, start: int) -> bool:
    from zlib import crc32

    if kind.id == "google-api":
        return _PUBLIC_GOOGLE.search(text, max(0, start - 400), start + 400) is not None
    return kind.id == "github" and crc32(value[4:34].encode()) in _PUBLISHED
