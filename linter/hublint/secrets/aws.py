"""AWS secret access keys: forty characters without a mark, known by the key id or the name near them."""

from __future__ import annotations

from re import ASCII

from hublint.documents.source import Span
from hublint.regexes import lazy
from hublint.secrets.dummies import is_dummy
from hublint.secrets.randomness import entropy, is_hex, turns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

ID_HEADS = ("AKIA", "ASIA")
_ID = lazy(r"(?<![A-Za-z0-9_-])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9_-])")
_SECRET = lazy(r"(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=_-])")
_REACH = 300
NAMES = ("ecret_access_key", "ECRET_ACCESS_KEY", "ecretAccessKey", "aws_secret_key", "AWS_SECRET_KEY")
_VALUE = lazy(r"""\w{0,20}["'`]?\]?\s{0,3}(?:=>|[:=,])\s{0,3}["'`]?([A-Za-z0-9+/]{40})(?![A-Za-z0-9+/=_-])""", ASCII)


def aws_secrets(text: str) -> Iterator[Span]:
    """Secret access keys within 300 characters of a key id (`AKIA...`), or that are called `secret_access_key`."""
    return (span for span in aws_shapes(text, dummy_ids=False) if _is_secret(text[span.start : span.end]))


def aws_shapes(text: str, dummy_ids: bool = True) -> Iterator[Span]:
    """What has the shape of a secret access key and stands where `aws_secrets` looks, placeholders too.

    `dummy_ids`: also near a key id that is a placeholder.
    """
    seen = -1
    for start, end in _neighbourhoods(text, dummy_ids):
        for match in _SECRET.finditer(text, max(start, seen), end):
            seen = match.end()
            if not is_hex(match[0]):
                yield Span(*match.span())
    for name in NAMES:
        at = text.find(name)
        while at >= 0:
            match_value = _VALUE.match(text, at + len(name))
            if match_value:
                yield Span(*match_value.span(1))
            at = text.find(name, at + len(name))


def _neighbourhoods(text: str, dummy_ids: bool) -> Iterator[tuple[int, int]]:
    if not any(head in text for head in ID_HEADS):
        return
    low = high = -1
    for match in _ID.finditer(text):
        if not dummy_ids and is_dummy(match[0][4:]):
            continue
        start, end = max(0, match.start() - _REACH), match.end() + _REACH
        if start > high:
            if high >= 0:
                yield low, high
            low = start
        high = end
    if high >= 0:
        yield low, high


def _is_secret(value: str) -> bool:
    if is_hex(value) or is_dummy(value):
        return False
    classes = (str.isupper, str.islower, str.isdigit)
    return all(any(map(test, value)) for test in classes) and entropy(value) >= 4.2 and turns(value) >= 0.25
