"""The words of a Dockerfile's instructions: what they are split into and where they stand."""

from __future__ import annotations

from bisect import bisect_right

from hublint.documents.dockerfile.expansion import ExpansionError, expand, raw_words, unquote
from hublint.documents.source import Span
from hublint.records import NamedTuple
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

BLANKS = "\t\n\v\f\r \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"

_HEREDOC = lazy(r"([0-9]*)<<(-?)[\t\n\f\r ]*([^<]*)")
ITEM = lazy(r"[^\t\v\f\r ]+")
_JSON_STRING = lazy(r'"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*"')
_JSON_BLANK = lazy(r"[ \t\n\r]*")


class Flag(NamedTuple):
    """A `--name=value` between an instruction and its arguments; `value` is None without `=`."""

    name: str
    value: str | None
    span: Span
    value_span: Span


class Logical:
    """A line put together from continued lines; knows where in the file each character stands."""

    __slots__ = ("_offsets", "_starts", "text")

    def __init__(self, pieces: list[tuple[str, int]], start: int) -> None:
        self._starts: list[int] = []
        self._offsets: list[int] = []
        length = 0
        for piece, offset in pieces:
            if piece:
                self._starts.append(length)
                self._offsets.append(offset)
                length += len(piece)
        if not length:
            self._starts.append(0)
            self._offsets.append(start)
        self.text = pieces[0][0] if len(pieces) == 1 else "".join(piece for piece, _ in pieces)

    def offset(self, index: int) -> int:
        """Offset in the file of the character at `index`."""
        piece = bisect_right(self._starts, index) - 1
        return self._offsets[piece] + index - self._starts[piece]

    def span(self, start: int, end: int) -> Span:
        """Span in the file of the characters from `start` to `end`."""
        return Span(self.offset(start), self.offset(end - 1) + 1 if end > start else self.offset(start))


class Word:
    """One argument of an instruction.

    `text` is as written (a JSON string with its quotes), `value` without quotes and escapes but with its
    variables, `quoted` whether those two differ in more than variables, `json` whether it is a JSON string.
    """

    __slots__ = ("_index", "_logical", "escape", "json", "quoted", "span", "text", "value")

    def __init__(self, logical: Logical, start: int, end: int, escape: str, json: bool = False) -> None:
        self.text = logical.text[start:end]
        self.span = logical.span(start, end)
        self.json = json
        self.value = _json_string(self.text) if json else unquote(self.text, escape)
        self.quoted = json or self.value != self.text
        self.escape = escape
        self._logical = logical
        self._index = start

    def __repr__(self) -> str:
        return f"Word({self.text!r}, {self.span.start}..{self.span.end})"

    def expand(self, env: Mapping[str, str | None]) -> str | None:
        """What BuildKit makes of it with `env`; None when that cannot be known."""
        return expand(self.value if self.json else self.text, env, self.escape)

    def slice(self, start: int, end: int) -> Word:
        """The word that `text[start:end]` is."""
        return Word(self._logical, self._index + start, self._index + end, self.escape)

    def to_source(self) -> Callable[[int], int]:
        """A function from an index of `value` (of `text`, unless it is a JSON string) to an offset in the file."""
        logical, first = self._logical, self._index
        if not self.json:
            return lambda index: logical.offset(first + index)
        if "\\" not in self.text:
            return lambda index: logical.offset(first + 1 + index)
        places = []
        position, last = 1, len(self.text) - 1
        while position < last:
            places.append(position)
            if self.text[position] != "\\":
                position += 1
            elif self.text[position + 1] != "u":
                position += 2
            else:
                code = int(self.text[position + 2 : position + 6], 16)
                pair = self.text[position + 6 : position + 8] == "\\u" and 0xD800 <= code < 0xDC00
                low = int(self.text[position + 8 : position + 12], 16) if pair else 0
                position += 12 if 0xDC00 <= low < 0xE000 else 6
        places.append(last)
        return lambda index: logical.offset(first + places[min(index, len(places) - 1)])


def split_flags(logical: Logical, start: int, end: int, escape: str) -> tuple[list[Flag], int]:
    """The leading `--` words between two indexes of a logical line, and the index where the arguments begin."""
    text = logical.text
    flags: list[Flag] = []
    position = start
    while True:
        while position < end and text[position] in BLANKS:
            position += 1
        if not text.startswith("--", position) or position >= end:
            return flags, position
        first, equals = position, -1
        quote = ""
        parts: list[str] = []
        while position < end:
            character = text[position]
            if not quote and character in BLANKS:
                break
            if character == quote:
                quote = ""
            elif not quote and character in "'\"":
                quote = character
            elif character == escape:
                position += 1
                parts.append(text[position : min(position + 1, end)])
            else:
                if character == "=" and equals < 0:
                    equals = position
                parts.append(character)
            position += 1
        position = min(position, end)
        word = "".join(parts)
        if word == "--":
            return flags, position
        name, found, value = word[2:].partition("=")
        value_start = equals + 1 if equals >= 0 else position
        span = logical.span(first, position)
        value_span = logical.span(value_start, position) if value_start < position else Span(span.end, span.end)
        flags.append(Flag(name, value if found else None, span, value_span))


def split_blank(logical: Logical, start: int, end: int, escape: str) -> list[Word]:
    """Words that blanks part, whatever their quotes (FROM, COPY, ADD, EXPOSE, VOLUME)."""
    return [Word(logical, *found.span(), escape) for found in ITEM.finditer(logical.text, start, end)]


def split_quoted(logical: Logical, start: int, end: int, escape: str) -> list[Word]:
    """Words that blanks outside of quotes part (ENV, LABEL, ARG)."""
    text = logical.text
    words: list[Word] = []
    position = start
    while position < end:
        if text[position] in BLANKS:
            position += 1
            continue
        first, quote = position, ""
        while position < end and (quote or text[position] not in BLANKS):
            character = text[position]
            if character == escape and quote != "'":
                position += 1
            elif character == quote:
                quote = ""
            elif not quote and character in "'\"":
                quote = character
            position += 1
        position = min(position, end)
        words.append(Word(logical, first, position, escape))
    return words


def json_words(logical: Logical, start: int, end: int, escape: str) -> list[Word] | None:
    """The strings of a JSON array; None when the text is no JSON array.

    Raises:
        ValueError: the array holds something other than strings, which BuildKit refuses.
    """
    text = logical.text
    if not text.startswith("[", start, end):
        return None
    words: list[Word] = []
    position = _after_blanks(text, start + 1, end)
    while found := _JSON_STRING.match(text, position, end):
        words.append(Word(logical, *found.span(), escape, json=True))
        position = _after_blanks(text, found.end(), end)
        if not text.startswith(",", position, end):
            break
        position = _after_blanks(text, position + 1, end)
        if text.startswith("]", position, end):
            return None
    if position == end - 1 and text[position] == "]":
        return words
    import json

    try:
        parsed = json.loads(text[start:end], parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    if isinstance(parsed, list):
        raise ValueError("a JSON array here may hold strings only")
    return None


def _after_blanks(text: str, position: int, end: int) -> int:
    found = _JSON_BLANK.match(text, position, end)
    return found.end() if found else position


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _json_string(text: str) -> str:
    if "\\" not in text:
        return text[1:-1]
    import json

    return str(json.loads(text))


def heredoc_words(text: str) -> list[tuple[str, bool]]:
    """Every heredoc that a logical line opens: its name, and whether leading tabs may stand before it at the end."""
    if "<<" not in text:
        return []
    try:
        found = [_heredoc(word) for word in raw_words(text)]
    except ExpansionError:  # BuildKit then takes the line to open none
        return []
    return [heredoc for heredoc in found if heredoc]


def _heredoc(word: str) -> tuple[str, bool] | None:
    found = _HEREDOC.fullmatch(word)
    if not found or not found[3]:
        return None
    parts = raw_words(found[3])
    if len(parts) != 1:
        return None
    return unquote(parts[0], "\\"), found[2] == "-"


def is_heredoc(text: str) -> bool:
    """Whether an argument of COPY, ADD or RUN is a heredoc and nothing else."""
    try:
        return text.lstrip("0123456789").startswith("<<") and _heredoc(text) is not None
    except ExpansionError:
        return False
