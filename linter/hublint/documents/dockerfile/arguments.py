"""The arguments of a Dockerfile's instruction, as its own grammar splits them."""

from __future__ import annotations

from hublint.documents.dockerfile.lexer import SyntaxProblem
from hublint.documents.dockerfile.words import BLANKS, ITEM, Word, json_words, split_blank, split_quoted
from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.dockerfile.words import Logical
    from hublint.documents.source import Span

_SHELL_FORM = frozenset({"RUN", "CMD", "ENTRYPOINT", "SHELL"})
_BLANK_SPLIT = frozenset({"FROM", "EXPOSE"})
_LIST_FORM = frozenset({"ADD", "COPY", "VOLUME"})
_PAIRS = frozenset({"ENV", "LABEL", "ARG"})
_ONE_STRING = frozenset({"MAINTAINER", "STOPSIGNAL", "USER", "WORKDIR", "ONBUILD"})
_ASCII_BLANKS = "\t\v\f\r "


class Pair(NamedTuple):
    """One `key=value` of ENV, LABEL or ARG; `value` is None for an ARG without default."""

    key: str
    value: Word | None
    span: Span


class Arguments:
    """What stands behind an instruction's name and flags.

    Attributes:
        words: as `name` splits them; RUN, CMD, ENTRYPOINT and HEALTHCHECK in shell form have the whole command as
            their last word.
        form: "json" or "shell" for what can be either, else "".
        argv: the strings of the JSON form.
        pairs: what ENV, LABEL and ARG set.
        problems: what BuildKit refuses about them.
    """

    __slots__ = ("_end", "_escape", "_logical", "_start", "argv", "form", "pairs", "problems", "words")

    def __init__(self, name: str, logical: Logical, start: int, end: int, escape: str) -> None:
        self._logical = logical
        self._start = start
        self._end = end
        self._escape = escape
        self.words: list[Word] = []
        self.argv: list[Word] = []
        self.pairs: list[Pair] = []
        self.problems: list[SyntaxProblem] = []
        self.form = ""
        if start >= end:
            return
        if name in _SHELL_FORM:
            if not self._read_json(start):
                self.words = [self._word(start, end)]
        elif name in _LIST_FORM:
            if not self._read_json(start):
                self.form = ""
                self.words = split_blank(logical, start, end, escape)
        elif name in _BLANK_SPLIT:
            self.words = split_blank(logical, start, end, escape)
        elif name in _PAIRS:
            self.words = split_quoted(logical, start, end, escape)
            self._read_pairs(name)
        elif name in _ONE_STRING:
            self.words = [self._word(start, end)]
        elif name == "HEALTHCHECK":
            self._read_check()

    def _word(self, start: int, end: int) -> Word:
        return Word(self._logical, start, end, self._escape)

    def _first(self, blanks: str) -> tuple[Word, int]:
        """What stands before the first blank, and where the rest begins behind `blanks`."""
        text, end = self._logical.text, self._end
        found = ITEM.match(text, self._start, end)
        stop = rest = found.end() if found else end
        while rest < end and text[rest] in blanks:
            rest += 1
        return self._word(self._start, stop), rest

    def _read_json(self, start: int) -> bool:
        try:
            words = json_words(self._logical, start, self._end, self._escape)
        except ValueError as error:
            self.problems.append(SyntaxProblem(self._logical.span(start, self._end), str(error)))
            words = None
        self.form = "shell" if words is None else "json"
        if words is None:
            return False
        self.words, self.argv = list(words), words
        return True

    def _read_check(self) -> None:
        kind, rest = self._first(BLANKS)
        if rest == self._end or not self._read_json(rest):
            self.words = [self._word(rest, self._end)] if rest < self._end else []
        self.words.insert(0, kind)

    def _read_pairs(self, name: str) -> None:
        if name != "ARG" and "=" not in self.words[0].text:
            key, rest = self._first(_ASCII_BLANKS)
            if rest < self._end:
                value = self._word(rest, self._end)
                self.words = [key, value]
                self.pairs = [Pair(key.text, value, self._logical.span(self._start, self._end))]
            return
        for word in self.words:
            equals = word.text.find("=")
            if equals >= 0:
                value = word.slice(equals + 1, len(word.text))
                self.pairs.append(Pair(word.slice(0, equals).value, value, word.span))
            elif name == "ARG":
                self.pairs.append(Pair(word.value, None, word.span))
