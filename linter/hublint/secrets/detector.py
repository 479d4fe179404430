"""Tokens of known providers in any text, in time linear in its length."""

from __future__ import annotations

import re

from hublint.documents.source import Span
from hublint.records import NamedTuple
from hublint.regexes import lazy
from hublint.secrets.app_passwords import app_passwords
from hublint.secrets.aws import aws_secrets
from hublint.secrets.azure import azure_keys
from hublint.secrets.candidates import long_runs
from hublint.secrets.dummies import is_dummy, is_published
from hublint.secrets.named_tokens import named_kind
from hublint.secrets.tokens import KINDS, TokenKind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_RIGHT = r"(?![A-Za-z0-9_]|-[A-Za-z0-9])"
# What may not follow a token whose own alphabet has more than letters and digits.
_RIGHT_OF = {"azure-ad": r"(?![.~-]*[A-Za-z0-9_~])"}
_ESCAPES = {"n": 1, "r": 1, "t": 1, "x": 3, "u": 5}

# What stands before the first long run of a token that does not begin with it.
_BEHIND = 64
_LEAD = lazy(
    r"(?:(?P<sendgrid>SG\.)|(?P<google_gemini>AQ\.)|(?P<google_oauth_token>ya29\.)|(?P<google_refresh_token>1//)"
    r"|(?P<dropbox>sl\.(?:u\.)?)|(?P<mapbox>sk\.)|(?P<vault>hv[sbr]\.)"
    r"|(?P<doppler>dp\.(?:pt|st|ct|sa|scim|audit)\.(?:[a-z0-9_-]{2,19}\.)?)"
    r"|(?P<airtable>pat[A-Za-z0-9]{14}\.)|(?P<terraform>[A-Za-z0-9]{14}\.atlasv1\.)"
    r"|(?P<slack_webhook>hooks\.slack\.com/(?:services/T\w{8,12}/B\w{8,12}/|workflows/T\w{8,12}/A\w{8,12}/\d{17,19}/))"
    r"|(?P<discord_webhook>discord(?:app)?\.com/api/(?:v\d{1,2}/)?webhooks/\d{17,20}/)"
    r"|(?P<teams_webhook>webhook\.office\.com/webhookb2/)"
    r"|(?P<discord_bot>[MNO][A-Za-z0-9_-]{22,27}\.[A-Za-z0-9_-]{6}\.)"
    r"|(?:bot)?(?P<telegram>\d{8,10}:))\Z",
    re.ASCII,
)
# Base 64 may have no long run at all, so these are found by a literal: how far from it the token begins.
_ANCHORS = (
    ("AccountKey=", "azure-storage", 11),
    ("SharedAccessKey=", "azure-storage", 16),
    ("+ASt", "azure-storage", -76),
    ("+ABa", "azure-service", -76),
    ("ACDb", "azure-service", -76),
    *((mark, "azure-service", -33) for mark in ("AIoT", "+AEh", "+ASb", "+ARm")),
    ("JQQJ9", "azure-annotated", -52),
    ("Q~", "azure-ad", -4),
    ("fm2_", "fly", 0),
)
# What stands behind the shown part of a masked token, where the form leaves its length open.
_MASKED = lazy(r"[-_.]?(?:[#*\u2022\u2026]|\.{3}|[xX]{3})")
_OPEN_LENGTH = lazy(r"\{\d+,")

# Google's keys for browsers are public by design, and these words stand next to them.
_BROWSER_KEY = lazy(r"authDomain|messagingSenderId|firebaseapp\.com|maps/api/js|innertube", re.IGNORECASE)

AWS = TokenKind("aws", "AWS secret access key", "AWS", (), "[A-Za-z0-9+/]{40}", "deactivate it in the IAM console")
GMAIL = TokenKind(
    "gmail",
    "Gmail app password",
    "Gmail",
    (),
    "[a-z]{4}(?: [a-z]{4}){3}",
    "delete it at myaccount.google.com/apppasswords",
)
_BY_ID = {kind.id: kind for kind in KINDS}
_BY_HEAD: dict[str, list[TokenKind]] = {}
for _each in KINDS:
    for _head in dict.fromkeys(head[:3] for head in _each.heads):
        _BY_HEAD.setdefault(_head, []).append(_each)
_patterns: dict[str, re.Pattern[str]] = {}


class Secret(NamedTuple):
    """A token in a text; `value` is what to hide, `span` where it stands."""

    kind: TokenKind
    span: Span
    value: str


def find_tokens(text: str) -> list[Secret]:
    """Every token of a known kind, in order, without overlaps; placeholders and public keys are none."""
    secrets: list[Secret] = []
    after = 0
    for start, end in long_runs(text):
        if start >= after and (secret := _at_run(text, start, end)):
            after = secret.span.end
            secrets.append(secret)
    apart = [*_anchored(text), *_apart(text)]
    return _without_overlaps(secrets + apart) if apart else secrets


def _apart(text: str) -> Iterator[Secret]:
    """What has no mark, and is known by what stands near it."""
    for kind, spans in ((AWS, aws_secrets), (_BY_ID["azure-storage"], azure_keys), (GMAIL, app_passwords)):
        for span in spans(text):
            value = text[span.start : span.end]
            if not is_published(value):
                yield Secret(kind, span, value)


def _without_overlaps(secrets: list[Secret]) -> list[Secret]:
    kept: list[Secret] = []
    for secret in sorted(secrets, key=lambda each: each.span):
        if not kept or secret.span.start >= kept[-1].span.end:
            kept.append(secret)
    return kept


def _at_run(text: str, start: int, end: int) -> Secret | None:
    before = text[start - 1] if start else ""
    for begin in _beginnings(text, before, start):
        for kind in _BY_HEAD.get(text[begin : begin + 3], ()):
            if text.startswith(kind.heads, begin) and (secret := _match(text, kind, begin)):
                return secret
        if text.startswith("-us", begin + 32) and (secret := _match(text, _BY_ID["mailchimp"], begin)):
            return secret
    if before and before in "./:" and (secret := _behind(text, start)):
        return secret
    bare = named_kind(text, start, end)
    return _keep(text, bare, start, end) if bare else None


def _beginnings(text: str, before: str, start: int) -> tuple[int, ...]:
    """Where a token may begin in a run: also behind an escape such as `\\n` or `%3D`, whose letters count as run."""
    if before == "\\":
        return (start, start + _ESCAPES.get(text[start], 0))
    return (start, start + 2) if before == "%" else (start,)


def _behind(text: str, start: int) -> Secret | None:
    low = max(0, start - _BEHIND)
    window = text[low:start]
    if window.endswith("/") and not window.endswith("//") and "hook" not in window:
        return None
    if window.endswith(":") and not window[-2:-1].isdigit():
        return None
    lead = _LEAD.search(window)
    if lead is None or lead.lastgroup is None:
        return None
    begin = low + lead.start()
    if not _is_free(text, begin):
        return None
    return _match(text, _BY_ID[lead.lastgroup.replace("_", "-")], low + lead.start(lead.lastgroup))


def _is_free(text: str, begin: int) -> bool:
    """Whether nothing before makes the place the middle of a longer word."""
    if begin == 0 or not re.match(r"[A-Za-z0-9_~-]", text[begin - 1]):
        return True
    return text[begin - 2 : begin] in ("\\n", "\\r", "\\t")


def _anchored(text: str) -> Iterator[Secret]:
    for literal, id, offset in _ANCHORS:
        at = text.find(literal)
        while at >= 0:
            begin = at + offset
            if begin >= 0 and (offset > 0 or _is_free(text, begin)) and (secret := _match(text, _BY_ID[id], begin)):
                yield secret
            at = text.find(literal, at + len(literal))


def _match(text: str, kind: TokenKind, start: int) -> Secret | None:
    pattern = _patterns.get(kind.id)
    if pattern is None:
        pattern = _patterns[kind.id] = re.compile(f"(?:{kind.pattern}){_RIGHT_OF.get(kind.id, _RIGHT)}")
    match = pattern.match(text, start)
    return _keep(text, kind, start, match.end()) if match else None


def _keep(text: str, kind: TokenKind, start: int, end: int) -> Secret | None:
    value = text[start:end]
    if kind.check and not kind.check(value):
        return None
    head = max((head for head in kind.heads if value.startswith(head)), key=len, default="")
    body = value[len(head) :]
    if is_dummy(body, random=True) or is_published(body):
        return None
    if _MASKED.match(text, end) and _OPEN_LENGTH.search(kind.pattern):
        return None
    if kind.id == "google-api" and _BROWSER_KEY.search(text, max(0, start - 400), start + 400):
        return None
    return Secret(kind, Span(start, end), value)
