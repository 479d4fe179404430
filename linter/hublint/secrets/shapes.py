"""Where credentials stand by their shape alone: what is covered, whether or not anybody would report it.

A placeholder that has the shape of a token is covered too, and so is a token that is glued to other text.
"""

from __future__ import annotations

import re
from functools import lru_cache

from hublint.documents.source import Span
from hublint.regexes import lazy
from hublint.secrets.app_passwords import app_password_shapes
from hublint.secrets.aws import aws_shapes
from hublint.secrets.azure import azure_shapes
from hublint.secrets.candidates import Candidates, long_runs
from hublint.secrets.named_tokens import LENGTHS, named_kind
from hublint.secrets.redaction import cover
from hublint.secrets.tokens import KINDS
from hublint.secrets.urls import long_passwords, may_hold_password

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hublint.documents.source import Source
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
_SIGNS = "_-."
_RARE = "~+QJZK4DIEAT/"  # the rarest first
# Few texts have what stands before the first sign of a mark, or its rarest character.
_BY_SIGN: dict[str, dict[str, list[tuple[str, int, TokenKind]]]] = {sign: {} for sign in _SIGNS}
_BY_RARE: dict[str, list[tuple[str, int, TokenKind]]] = {}


def _list(mark: str, distance: int, kind: TokenKind) -> None:
    for at in range(2, len(mark)):
        if mark[at] in _SIGNS:
            _BY_SIGN[mark[at]].setdefault(mark[at - 2 : at], []).append((mark, distance, kind))
            return
    rare = next((char for char in _RARE if char in mark), "")
    _BY_RARE.setdefault(rare, []).append((mark, distance, kind))


for _kind in KINDS:
    for _mark, _distance in _WITHIN.get(_kind.id) or [(head, 0) for head in _kind.heads]:
        _list(_mark, _distance, _kind)

# Tokens without a mark, whose long run stands behind a full stop.
_OTHERS = {
    "airtable": lazy(r"pat[A-Za-z0-9]{14}\.[0-9a-f]{64}"),
    "discord-bot": lazy(r"[MNO][A-Za-z0-9_-]{22,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,38}"),
}
_MATERIAL = lazy("[A-Za-z0-9+/]{16,}={0,2}")
# Small letters alone are words: no token of this length is made without a digit or a capital.
_VARIED = lazy(r"[0-9A-Z]")
_SHORTEST = 16  # characters of an app password
_LONG = 300  # characters
_patterns: dict[str, re.Pattern[str]] = {}


def shapes(text: str) -> list[Span]:
    """Everything that has the shape of a token, from left to right; what overlaps is one."""
    if len(text) < _SHORTEST:
        return []
    found = {*app_password_shapes(text), *_of_private_keys(text), *_of_urls(text)}
    candidates = Candidates(text)
    if candidates.lines:
        runs = list(long_runs(candidates.lines))
        found.update(candidates.span(*each) for each in _marked(candidates.lines, runs))
        found.update(_named(text, candidates, runs))
        if candidates.hold_forty():
            found.update(aws_shapes(text))
        if "==" in candidates.lines:
            found.update(azure_shapes(text))
    return _joined(found) if found else []


def shapes_in(source: Source) -> list[Span]:
    """The same of a file, looked for once."""
    return source.parsed(_shapes_in)


def covered(text: str) -> str:
    """A text with everything covered that has the shape of a token; it is as long as it was."""
    return _kept(text) if len(text) < _LONG else _covered(text)


def _covered(text: str) -> str:
    done = 0
    pieces = []
    for start, end in shapes(text):
        pieces += [text[done:start], cover(text[start:end])]
        done = end
    return "".join([*pieces, text[done:]]) if pieces else text


_kept = lru_cache(1_000)(_covered)  # what rules say is the same in many repositories


def _shapes_in(source: Source) -> list[Span]:
    return shapes(source.text)


def _joined(found: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(found):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _marked(lines: str, runs: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Tokens told by what they begin with or hold, wherever in a line that stands."""
    for mark, distance, kind in _marks_in(lines):
        at = lines.find(mark)
        while at >= 0:
            begin = at - distance
            match = _pattern(kind.id, kind.pattern).match(lines, begin) if begin >= 0 else None
            if match and _VARIED.search(lines, at + len(mark) if distance <= 0 else begin, match.end()):
                yield match.span()
                # The end of one token may be the beginning of the next one's mark.
                at = lines.find(mark, max(match.end() - len(mark), at + len(mark)))
            else:
                at = lines.find(mark, at + len(mark))
    if any(lines[start - 1 : start] == "." for start, _ in runs):
        for pattern in _OTHERS.values():
            for match in pattern.finditer(lines):
                yield match.span()


def _marks_in(lines: str) -> Iterable[tuple[str, int, TokenKind]]:
    """The marks that stand in what may be a token."""
    near = [each for char, marks in _BY_RARE.items() if char in lines for each in marks]
    for sign, by_end in _BY_SIGN.items():
        ends = {piece[-2:] for piece in lines.split(sign)}
        near += [each for end in ends.intersection(by_end) for each in by_end[end]]
    return [each for each in near if each[0] in lines]


def _pattern(id: str, pattern: str) -> re.Pattern[str]:
    if id not in _patterns:
        _patterns[id] = re.compile(pattern)
    return _patterns[id]


def _named(text: str, candidates: Candidates, runs: list[tuple[int, int]]) -> Iterator[Span]:
    """Bare tokens that the name before them tells."""
    for run in runs:
        if run[1] - run[0] in LENGTHS:
            span = candidates.span(*run)
            if named_kind(text, *span, by_shape=True):
                yield span


_END = "-----END "


def _of_private_keys(text: str) -> Iterator[Span]:
    """What stands in PEM armour, be it cut off or on one line with its line breaks escaped."""
    at = text.find("PRIVATE KEY")
    while at >= 0:
        end = text.find(_END, at)
        for match in _MATERIAL.finditer(text, at, end if end >= 0 else len(text)):
            if _VARIED.search(match[0]):
                yield Span(*match.span())
        at = text.find("PRIVATE KEY", end) if end >= 0 else -1
        if at >= 0 and "-----" not in text[end + len(_END) : at]:  # of the closing line itself
            at = text.find("PRIVATE KEY", at + 1)


def _of_urls(text: str) -> Iterator[Span]:
    """Passwords in URLs, whatever the host."""
    if may_hold_password(text):
        yield from (span for span in long_passwords(text) if _VARIED.search(text, *span))
