"""Lines that fit a terminal: how wide a text is, and where it may be broken."""

from __future__ import annotations

import unicodedata

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_JOINER, _AS_EMOJI = "\u200d", "\ufe0f"


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return len(text) if text.isascii() else sum(widths(text))


def widths(text: str) -> Iterator[int]:
    """The columns that each character takes: none for what is joined to the one before, two for wide ones."""
    before, last = "", 0
    for char in text:
        if char == _AS_EMOJI:
            width = 1 if last == 1 else 0
        elif before == _JOINER or unicodedata.category(char) in ("Mn", "Me", "Cf") or "\u1160" <= char <= "\u11ff":
            width = 0
        else:
            width = 2 if unicodedata.east_asian_width(char) in "WF" else 1
        yield width
        before, last = char, width


def wrapped(text: str, width: int, indent: str = "", lead: str = "") -> list[str]:
    """A text as lines of at most `width` columns, all but the first behind `indent`; as one where `width` is 0.

    Lines are broken at blanks, and at those in backticks only where it must be. A word is not broken, though it may be
    wider, as a path may; but for one in a script that knows no blanks.

    Args:
        lead: what stands before the text in the first line, and is never broken.
    """
    if not width or columns(lead) + columns(text) <= width:
        return [lead + text]
    room = width - columns(indent)
    lines: list[str] = []
    line, first = lead, True
    for blank, piece in _pieces(text, room):
        longer = f"{line}{'' if first else blank}{piece}"
        first = False
        if not line.strip() or columns(longer) <= width:
            line = longer
        else:
            lines.append(line)
            line = indent + piece
    return [*lines, line]


def _pieces(text: str, room: int) -> Iterator[tuple[str, str]]:
    """The parts of a text between which a line may be broken, each with the blank that is before it otherwise."""
    quoted: list[str] = []
    for word in text.split(" "):
        quoted.append(word)
        if sum(each.count("`") for each in quoted) % 2 == 0:
            whole = " ".join(quoted)
            yield from [(" ", whole)] if columns(whole) <= room else _words(quoted, room)
            quoted = []
    yield from _words(quoted, room)


def _words(words: list[str], room: int) -> Iterator[tuple[str, str]]:
    for word in words:
        if columns(word) <= room or word.isascii():
            yield " ", word
        else:
            yield from zip((" ", *[""] * len(word)), _cut(word, room), strict=False)


def _cut(word: str, room: int) -> Iterator[str]:
    """The parts of a word, each but the last as wide as may be, broken before wide characters only."""
    part, used = "", 0
    for char, width in zip(word, widths(word), strict=True):
        if part and used + width > room and width > 1:
            yield part
            part, used = "", 0
        part, used = part + char, used + width
    yield part
