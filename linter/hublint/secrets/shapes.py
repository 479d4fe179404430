"""Where credentials stand by their shape alone: what is covered, whether or not anybody would report it.

A placeholder that has the shape of a token is covered too, and so is a token that is glued to other text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hublint.documents.source import Span
from hublint.regexes import lazy
from hublint.secrets.app_passwords import app_password_shapes
from hublint.secrets.aws import aws_shapes
from hublint.secrets.azure import azure_shapes
from hublint.secrets.hints import long_runs, long_words
from hublint.secrets.named_tokens import named_kind
from hublint.secrets.redaction import cover
from hublint.secrets.tokens import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hublint.secrets.tokens import TokenKind

# Of tokens without a head of their own: what stands in them, and how far from their beginning.
_WITHIN = {
    "azure-storage": (("AccountKey=", -11), ("SharedAccessKey=", -16), ("+ASt", 76)),
    "azure-service": (("+ABa", 76), ("ACDb", 76), ("AIoT", 33), ("+AEh", 33), ("+ASb", 33), ("+ARm", 33)),
    "azure-annotated": (("JQQJ9", 52),),
    "azure-ad": (("Q~", 4),),
    "mailchimp": (("-us", 32),),
    "slack-webhook": (("hooks.slack.com/", 0),),
    "discord-webhook": (("discord.com/api/", 0), ("discordapp.com/api/", 0)),
    "teams-webhook": (("webhook.office.com/", 0),),
    "telegram": ((":AA", 10), (":AA", 9), (":AA", 8)),
    "terraform": ((".atlasv1.", 14),),
}
_MARKS = tuple(
    (mark, distance, kind)
    for kind in KINDS
    for mark, distance in _WITHIN.get(kind.id, tuple((head, 0) for head in kind.heads))
)
_SIGNS = "_-"


def _end(mark: str) -> str:
    """The first `_` or `-` of a mark with the two characters before it; empty where there are none."""
    at = min((at for sign in _SIGNS if (at := mark.find(sign)) >= 0), default=0)
    return mark[at - 2 : at + 1] if at >= 2 else ""


# Most marks have an end that few texts have.
_BY_END: dict[str, list[tuple[str, int, TokenKind]]] = {"": []}
for _each in _MARKS:
    _BY_END.setdefault(_end(_each[0]), []).append(_each)
# Tokens without a mark, whose long run stands behind a full stop.
_OTHERS = {
    "airtable": lazy(r"pat[A-Za-z0-9]{14}\.[0-9a-f]{64}"),
    "discord-bot": lazy(r"[MNO][A-Za-z0-9_-]{22,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,38}"),
}
_MATERIAL = lazy("[A-Za-z0-9+/]{16,}={0,2}")
_VARIED = lazy(r"[0-9A-Z]")
_patterns: dict[str, re.Pattern[str]] = {}


def shapes(text: str) -> list[Span]:
    """Everything that has the shape of a token, from left to right; what overlaps is one."""
    runs = list(long_runs(text))
    apart = (*aws_shapes(text), *azure_shapes(text), *app_password_shapes(text))
    found = sorted({*_marked(text, runs), *_named(text, runs), *apart, *_of_private_keys(text), *_of_urls(text)})
    joined: list[Span] = []
    for span in found:
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def covered(text: str) -> str:
    """A text with everything covered that has the shape of a token; it is as long as it was."""
    if next(long_words(text), None) is None and next(app_password_shapes(text), None) is None:
        return text
    done = 0
    pieces = []
    for start, end in shapes(text):
        pieces += [text[done:start], cover(text[start:end])]
        done = end
    return "".join([*pieces, text[done:]])


def _marked(text: str, runs: list[tuple[int, int]]) -> Iterator[Span]:
    """Tokens told by what they begin with or hold, wherever that stands."""
    for mark, distance, kind in _marks_in(text):
        at = text.find(mark)
        while at >= 0:
            begin = at - distance
            match = _pattern(kind.id, kind.pattern).match(text, begin) if begin >= 0 else None
            if match and _is_more_than_words(text[at + len(mark) if distance <= 0 else begin : match.end()]):
                yield Span(*match.span())
                # The end of one token may be the beginning of the next one's mark.
                at = text.find(mark, max(match.end() - len(mark), at + len(mark)))
            else:
                at = text.find(mark, at + len(mark))
    if any(text[start - 1 : start] == "." for start, _ in runs):
        for pattern in _OTHERS.values():
            for match in pattern.finditer(text):
                yield Span(*match.span())


def _marks_in(text: str) -> Iterable[tuple[str, int, TokenKind]]:
    """The marks that stand in what may be a token: in a long word that is more than small letters."""
    words = "\n".join(word for word in long_words(text) if _is_more_than_words(word))
    if not words:
        return ()
    ends = {f"{piece[-2:]}{sign}" for sign in _SIGNS for piece in words.split(sign)[:-1]}
    near = (each for end in ends.intersection(_BY_END) for each in _BY_END[end])
    return [each for each in (*_BY_END[""], *near) if each[0] in words]


def _pattern(id: str, pattern: str) -> re.Pattern[str]:
    if id not in _patterns:
        _patterns[id] = re.compile(pattern)
    return _patterns[id]


def _is_more_than_words(body: str) -> bool:
    """Small letters alone are words: no token of this length is made without a digit or a capital."""
    return _VARIED.search(body) is not None


def _named(text: str, runs: list[tuple[int, int]]) -> Iterator[Span]:
    """Bare tokens that the name before them tells."""
    for start, end in runs:
        if named_kind(text, start, end, by_shape=True):
            yield Span(start, end)


_END = "-----END "


def _of_private_keys(text: str) -> Iterator[Span]:
    """What stands in PEM armour, be it cut off or on one line with its line breaks escaped."""
    at = text.find("PRIVATE KEY")
    while at >= 0:
        end = text.find(_END, at)
        for match in _MATERIAL.finditer(text, at, end if end >= 0 else len(text)):
            if _is_more_than_words(match[0]):
                yield Span(*match.span())
        at = text.find("PRIVATE KEY", end) if end >= 0 else -1
        if at >= 0 and "-----" not in text[end + len(_END) : at]:  # of the closing line itself
            at = text.find("PRIVATE KEY", at + 1)


def _of_urls(text: str) -> Iterator[Span]:
    """Passwords in URLs, whatever the host."""
    if "://" in text and "@" in text:
        from hublint.secrets.urls import long_passwords

        yield from (span for span in long_passwords(text) if _is_more_than_words(text[span.start : span.end]))
