"""Reads the commands of a shell script one after the other."""

from __future__ import annotations

import re

from hublint.documents.shell.command import ASSIGNMENT, Command, cut, inline_script
from hublint.documents.shell.words import UNKNOWN, ShellWord, Value, Variables, WordReader, dequoted
from hublint.documents.source import Span
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_BLANK = lazy(r"(?:[^\S\n]|\\\r?\n)+")
_FUNCTION = lazy(r"\(\s*\)")
_ONE_EXPANSION = lazy(r"\$(?:\w+|\{[^{}\"'\\]*\})")
_NAME = lazy(r"[A-Za-z_]\w*")
_CHANGED = lazy(r"([A-Za-z_]\w*)\s*(?:(?:[-+*/%&|^]|<<|>>)?=(?!=)|\+\+|--)|(?:\+\+|--)\s*([A-Za-z_]\w*)")
_ESAC = lazy(r"esac(?![^\s;&|)])")
_SKIPPED = frozenset(["if", "then", "elif", "else", "fi", "while", "until", "do", "done", "{", "}", "!", "time"])
_OPENING = frozenset(["if", "while", "until", "for", "case", "select", "{"])
_CLOSING = frozenset(["fi", "done", "esac", "}"])
_SETTING = frozenset(["export", "local", "readonly", "declare", "typeset"])
_DEEPEST_SCRIPT = 5
_LARGEST_GROUP = 1000
_MOST_FIELDS = 100


def script_commands(command: Command, variables: Variables, depth: int) -> list[Command]:
    """The commands in the text that a shell is given with `-c`."""
    word = inline_script(command)
    if word is None or word.script is None or depth >= _DEEPEST_SCRIPT:
        return []
    text, places = word.script()
    inner = variables.copy()
    for name, assigned in command.assignments:
        inner.set(name, Value(assigned.value, assigned.default), True)
    reader = ScriptReader(text, lambda index: places[index], inner, depth + 1)
    reader.read()
    return reader.found


class ScriptReader(WordReader):
    """Collects in `found` every command that the text may start."""

    def __init__(self, text: str, to_source: Callable[[int], int], variables: Variables, depth: int) -> None:
        super().__init__(text, variables)
        self.to_source = to_source
        self.found: list[Command] = []
        self.scripts = depth
        self.inside = ""
        self.nesting = 0
        self._heredocs: list[tuple[str, bool]] = []
        self._cases = 0
        self._opened: list[int] = []  # how many commands were found where each open group began
        self._closed = -1  # the same of the group that has just ended
        self._piping = self._alternative = False
        self._start()

    def _start(self) -> None:
        self._words: list[ShellWord] = []
        self._assignments: list[tuple[str, ShellWord]] = []

    def _span(self, start: int, end: int) -> Span:
        return Span(self.to_source(start), self.to_source(end - 1) + 1 if end > start else self.to_source(start))

    def substitution(self) -> None:
        """Read the commands of `$(...)`."""
        kept = self._words, self._assignments, self.inside, self.nesting
        self.inside, self.nesting = "substitution", self.nesting + 1
        self._start()
        self.read(")")
        self._words, self._assignments, self.inside, self.nesting = kept

    def backticks(self, start: int, end: int) -> None:
        """Read the commands between backticks."""
        if self.scripts >= _DEEPEST_SCRIPT:
            return
        to_source, copy = self.to_source, self.variables.copy()
        reader = ScriptReader(self.text[start:end], lambda index: to_source(start + index), copy, self.scripts + 1)
        reader.inside = "substitution"
        reader.read()
        self.found += reader.found

    def read(self, stop: str = "") -> None:
        """Read commands up to an unmatched `stop`, which is consumed, or the end."""
        text = self.text
        parentheses = 0
        uncertain = self.nesting
        groups = len(self._opened)
        while self.position < len(text):
            found = _BLANK.match(text, self.position)
            if found:
                self.position = found.end()
                continue
            character = text[self.position]
            if character == "#":
                end = text.find("\n", self.position)
                self.position = len(text) if end < 0 else end
            elif character == "\n":
                self._finish()
                self._closed = -1
                self.position += 1
                self._skip_heredocs()
            elif character in ";&|":
                self._operator(character)
            elif character == "(":
                function = _FUNCTION.match(text, self.position)
                if function and len(self._words) == 1:
                    self.position = function.end()
                    self._start()
                elif (
                    text.startswith("((", self.position)
                    and not self._words
                    and (end := self._arithmetic_end(self.position + 2))
                ):
                    for changed in _CHANGED.finditer(text, self.position, end):
                        self.variables.set(changed[1] or changed[2], UNKNOWN, True)
                    self.position = end
                else:
                    self.position += 1
                    self._finish()
                    parentheses += 1
                    self.nesting += 1
                    self._opened.append(len(self.found))
            elif character == ")":
                self._finish()
                self.position += 1
                if parentheses:
                    parentheses -= 1
                    self.nesting -= 1
                    self._closed = self._opened.pop() if self._opened else -1
                elif stop:
                    break
            elif character in "<>":
                self._redirection()
            else:
                self._word()
        self._finish()
        self.nesting = uncertain
        del self._opened[groups:]

    def _operator(self, character: str) -> None:
        if self.text.startswith("&>", self.position):
            self.position += 1
            return
        double = self.text.startswith(character * 2, self.position)
        command = self._finish()
        if command is not None and not double:
            command.background = character == "&"
            command.piped = command.piped or character == "|"
        elif command is None and character == "&" and not double and self._closed >= 0:
            for grouped in self.found[max(self._closed, len(self.found) - _LARGEST_GROUP) :]:
                grouped.background = True
        self._closed = -1
        self._piping = character == "|" and not double
        self._alternative = character == "|" and double
        self.position += 2 if double else 1
        if character == ";" and self._cases and (double or self.text.startswith("&", self.position)):
            while self.text[self.position : self.position + 1] == "&":
                self.position += 1
            self._pattern()

    def _finish(self) -> Command | None:
        words, assignments = self._words, self._assignments
        self._start()
        if not words and not assignments:
            return None
        command = Command(words, assignments, self.inside)
        command.piped = self._piping
        certain = not self.nesting and not self._alternative
        self._piping = self._alternative = False
        self.found.append(command)
        self.found += script_commands(command, self.variables, self.scripts)
        if not words or words[0].value in _SETTING:
            for name, word in assignments:
                self.variables.set(name, Value(word.value, word.default), certain)
        elif words[0].value in (".", "source", "eval"):
            self.variables.lose()
        if words:
            self._set_by(words)
        return command

    def _set_by(self, words: list[ShellWord]) -> None:
        """Forget the variables that a command of the shell itself sets in another way than `NAME=value`."""
        name, names = words[0].value, words[1:]
        if name == "getopts":
            names = names[1:]
        elif name == "printf":
            names = names[1:2] if names and names[0].value == "-v" else []
        elif name in _SETTING:
            if any(word.value is None for word in names):  # export $(cat .env)
                self.variables.lose()
        elif name not in ("read", "unset", "let", "mapfile", "readarray"):
            return
        for word in names:
            found = _NAME.match(word.text)
            if found:
                self.variables.set(found[0], UNKNOWN, True)

    def _redirection(self) -> None:
        text = self.text
        if text.startswith(("<(", ">("), self.position):
            self.position += 2
            self._deeper(self.substitution)
            return
        start = self.position
        while self.position < len(text) and text[self.position] in "<>&|-" and self.position - start < 3:
            if text[self.position] == "-" and text[start : self.position] not in ("<<", "<&", ">&"):
                break
            self.position += 1
        operator = text[start : self.position]
        self._blanks()
        if operator in ("<&-", ">&-") or self.position >= len(text) or text[self.position] in "\n;|&()<>":
            return
        begin = self.position
        self.word()
        if operator in ("<<", "<<-"):
            name, _ = dequoted(text[begin : self.position], 0)
            if name:
                self._heredocs.append((name, operator == "<<-"))

    def _skip_heredocs(self) -> None:
        heredocs, self._heredocs = self._heredocs, []
        for name, strips in heredocs:
            while self.position < len(self.text):
                end = self.text.find("\n", self.position)
                end = len(self.text) if end < 0 else end
                line = self.text[self.position : end].rstrip("\r")
                self.position = min(end + 1, len(self.text))
                if (line.lstrip("\t") if strips else line) == name:
                    break

    def _word(self) -> None:
        text = self.text
        start = self.position
        value, quoted, split = self.word()
        if self.position == start:
            self.position += 1
            return
        end = self.position
        raw = text[start:end]
        if raw.isdigit() and text[end : end + 1] in ("<", ">"):
            return
        if not self._words and not self._assignments and not quoted and self._keyword(raw):
            return
        self._closed = -1
        found = ASSIGNMENT.match(raw)
        if found and (not self._words or self._words[0].value in _SETTING):
            self._assign(found[1], found.end(), start, value, quoted, bool(found[2]))
        else:
            self._words += self._split(start, value, quoted, split and not quoted)

    def _assign(self, name: str, skipped: int, start: int, value: Value, quoted: bool, adds: bool) -> None:
        """Take over `NAME=value`, whose value begins behind the `skipped` characters from `start` on."""
        end = self.position
        raw = self.text[start:end]
        is_array = self.text[end : end + 1] == "("
        if is_array:
            self.position = end + 1
            self._skip_array()
        assigned = UNKNOWN if adds or is_array else cut(value, skipped)
        place = self._span(start + skipped if start + skipped < end else start, end)
        self._assignments.append((name, ShellWord(raw[skipped:], assigned, place, quoted, None)))

    def _split(self, start: int, value: Value, quoted: bool, is_split: bool) -> list[ShellWord]:
        """The words that what stands from `start` on becomes; more than one where an expansion is split at blanks."""
        end = self.position
        raw = self.text[start:end]
        span = self._span(start, end)
        if is_split and value.known is not None:
            fields = value.known.split()
            if raw[0] in "$`" and len(fields) <= _MOST_FIELDS and _ONE_EXPANSION.fullmatch(raw):
                return [ShellWord(raw, Value(field, field), span, False, None) for field in fields]
            if re.search(r"\s", value.known):
                value = UNKNOWN
        to_source = self.to_source

        def script() -> tuple[str, list[int]]:
            content, places = dequoted(raw, start)
            return content, [to_source(place) if place < end else to_source(end - 1) + 1 for place in places]

        return [ShellWord(raw, value, span, quoted, script)]

    def _skip_array(self) -> None:
        while self.position < len(self.text) and self.text[self.position] != ")":
            start = self.position
            self.word()
            if self.position == start:
                self.position += 1
        self.position += 1

    def _keyword(self, raw: str) -> bool:
        if raw in _CLOSING:
            self.nesting = max(self.nesting - 1, 0)
            self._cases -= raw == "esac" and self._cases > 0
            self._closed = self._opened.pop() if self._opened else -1
        elif raw in _OPENING:
            self.nesting += 1
            self._opened.append(len(self.found))
        if raw in ("for", "select"):
            self._loop()
        elif raw == "case":
            self._case()
        elif raw == "function":
            self._blanks()
            self.word()
            self._blanks()
            found = _FUNCTION.match(self.text, self.position)
            self.position = found.end() if found else self.position
        elif raw == "[[":
            self._skip_to("]]")
        else:
            return raw in _SKIPPED or raw in _CLOSING
        return True

    def _blanks(self) -> None:
        while found := _BLANK.match(self.text, self.position):
            self.position = found.end()

    def _skip_to(self, stop: str) -> str:
        """Read words up to `stop`, which is consumed, or the end of the line; the first of them."""
        first = ""
        while True:
            self._blanks()
            start = self.position
            if start >= len(self.text) or self.text[start] == "\n" or (self.text[start] == ";" and stop == "do"):
                return first
            self.word()
            if self.text[start : self.position] == stop:
                return first
            first = first or self.text[start : self.position]
            if self.position == start:
                self.position += 1

    def _loop(self) -> None:
        self._blanks()
        if self.text.startswith("((", self.position):
            end = self.text.find("))", self.position)
            self.position = len(self.text) if end < 0 else end + 2
            return
        name = self._skip_to("do")
        self.variables.set(name, UNKNOWN, True)

    def _case(self) -> None:
        self._skip_to("in")
        self._cases += 1
        self._pattern()

    def _pattern(self) -> None:
        """Skip the pattern of a branch of `case` with its closing parenthesis."""
        text = self.text
        while self.position < len(text):
            found = _BLANK.match(text, self.position)
            if found:
                self.position = found.end()
            elif text[self.position] == "\n":
                self.position += 1
            elif text[self.position] == "#":
                end = text.find("\n", self.position)
                self.position = len(text) if end < 0 else end
            else:
                break
        if _ESAC.match(text, self.position):
            return
        self.position += text.startswith("(", self.position)
        while self.position < len(text) and text[self.position] not in ")\n;":
            start = self.position
            self.word()
            if self.position == start:
                self.position += 1
        self.position += text.startswith(")", self.position)
