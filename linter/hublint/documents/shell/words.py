"""The words of a POSIX shell command line: quotes, expansions and where they stand."""

from __future__ import annotations

import re

from hublint.documents.expanding import concatenated
from hublint.documents.source import Span
from hublint.records import NamedTuple
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PLAIN = lazy(r"[^\s;&|()<>$`\"'\\#]+|#+")
_IN_QUOTES = lazy(r"[^$`\"\\]+")
_IN_BRACES = lazy(r"[^$`\"'\\}]+")
_NAME = lazy(r"[A-Za-z_][A-Za-z0-9_]*")
_SPECIAL = lazy(r"[0-9@*#?$!\-]")
_DEEPEST = 12


class Value(NamedTuple):
    """What an expansion gives: the text if known, else the text that its `:-` defaults would give, if all have one."""

    known: str | None
    default: str | None


UNKNOWN = Value(None, None)


def joined(parts: list[Value], written: int) -> Value:
    """The value of parts that stand next to each other in `written` characters; none is that of an empty text."""
    if len(parts) <= 1:
        return parts[0] if parts else Value("", "")
    text = concatenated([part.known for part in parts], written)
    if text is not None:
        return Value(text, text)
    return Value(None, concatenated([part.default for part in parts], written))


class ShellWord:
    """One word of a command.

    Attributes:
        text: as written.
        value: after quotes and expansions, None when a part is unknown.
        default: when `value` is None, what it is if every unknown variable takes its `${X:-default}`;
            None when one has none. Equal to `value` when that is known.
        span: its place in the file.
        quoted: whether any of it stands in quotes.
    """

    __slots__ = ("default", "quoted", "script", "span", "text", "value")

    def __init__(
        self, text: str, value: Value, span: Span, quoted: bool, script: Callable[[], tuple[str, list[int]]] | None
    ) -> None:
        self.text = text
        self.value = value.known
        self.default = value.known if value.known is not None else value.default
        self.span = span
        self.quoted = quoted
        self.script = script

    def __repr__(self) -> str:
        return f"ShellWord({self.text!r}, {self.value!r}, {self.span.start}..{self.span.end})"


class Variables:
    """The shell's variables while a script is read: known, unknown or with a default."""

    def __init__(self, env: Mapping[str, str | None], outer: Variables | None = None) -> None:
        self._env = env
        self._outer = outer
        self._set: dict[str, Value] = {}
        self.lost = False

    def copy(self) -> Variables:
        """The same variables for a subshell, whose changes do not come back."""
        return Variables(self._env, self)

    def get(self, name: str) -> Value:
        """The value of a variable; unknown when nothing sets it here, for the caller's environment may."""
        if name in self._set:
            return self._set[name]
        if self.lost:
            return UNKNOWN
        if self._outer is not None:
            return self._outer.get(name)
        value = self._env.get(name)
        return Value(value, value)

    def set(self, name: str, value: Value, certain: bool) -> None:
        """Take over an assignment; one that may not be run leaves the variable unknown unless it changes nothing."""
        self._set[name] = value if certain or self.get(name) == value else UNKNOWN

    def lose(self) -> None:
        """Forget everything: a sourced file or `eval` may have changed it."""
        self.lost = True
        self._set.clear()


class WordReader:
    """Reads words from `text` at `position`; `substitution` is called at the inside of `$(`, `<(` and backticks."""

    def __init__(self, text: str, variables: Variables) -> None:
        self.text = text
        self.variables = variables
        self.position = 0
        self.depth = 0
        self._arithmetic_free = 0

    def substitution(self) -> None:
        """Read commands up to the closing parenthesis, which is consumed."""
        raise NotImplementedError

    def backticks(self, start: int, end: int) -> None:
        """Read the commands between two backticks."""
        raise NotImplementedError

    def word(self) -> tuple[Value, bool, bool]:
        """Read one word: its value, whether it is quoted, and whether it is nothing but an unquoted expansion."""
        text, start = self.text, self.position
        parts: list[Value] = []
        quoted = expanded = False
        while self.position < len(text):
            found = PLAIN.match(text, self.position)
            if found:
                parts.append(Value(found[0], found[0]))
                self.position = found.end()
                continue
            character = text[self.position]
            if character in "\"'":
                quoted = True
                parts.append(self.quotation())
            elif character == "\\":
                self.position += 2
                escaped = text[self.position - 1 : self.position]
                if escaped != "\n":
                    parts.append(Value(escaped, escaped))
                    quoted = True
            elif character == "$" and text[self.position + 1 : self.position + 2] in ('"', "'"):
                self.position += 1
                value = self.quotation()
                parts.append(
                    UNKNOWN if text[self.position - 1] == "'" and value.known and "\\" in value.known else value
                )
                quoted = True
            elif character in "$`":
                value = self.expansion()
                expanded = expanded or character == "`" or value is not _DOLLAR
                parts.append(value)
            else:
                break
        self.position = min(self.position, len(text))
        return joined(parts, self.position - start), quoted, expanded

    def quotation(self) -> Value:
        """Read what stands in the quotes at the position; quotes that never close reach to the end."""
        text = self.text
        quote = text[self.position]
        self.position += 1
        if quote == "'":
            end = text.find("'", self.position)
            start, self.position = self.position, len(text) if end < 0 else end + 1
            content = text[start : self.position if end < 0 else end]
            return Value(content, content)
        return self._until('"', _IN_QUOTES)

    def _until(self, stop: str, plain: re.Pattern[str]) -> Value:
        text, start = self.text, self.position
        parts: list[Value] = []
        while self.position < len(text):
            found = plain.match(text, self.position)
            if found:
                parts.append(Value(found[0], found[0]))
                self.position = found.end()
                continue
            character = text[self.position]
            if character == stop:
                self.position += 1
                break
            if character == "\\":
                self.position += 2
                escaped = text[self.position - 1 : self.position]
                if escaped not in ("$", "`", '"', "\\", "\n"):
                    escaped = "\\" + escaped
                parts.append(Value("" if escaped == "\n" else escaped, "" if escaped == "\n" else escaped))
            elif character in "$`":
                parts.append(self.expansion())
            elif character in "\"'":  # only inside ${...}
                parts.append(self.quotation())
            else:
                parts.append(Value(character, character))
                self.position += 1
        return joined(parts, self.position - start)

    def expansion(self) -> Value:
        """Read what begins with `$` or a backtick at the position."""
        text = self.text
        if text[self.position] == "`":
            start = self.position + 1
            end = start
            while end < len(text) and text[end] != "`":
                end += 2 if text[end] == "\\" else 1
            self.position = min(end + 1, len(text))
            self.backticks(start, min(end, len(text)))
            return UNKNOWN
        after = text[self.position + 1 : self.position + 2]
        if after == "(":
            if text.startswith("$((", self.position):
                end = self._arithmetic_end(self.position + 3)
                if end:
                    self.position = end
                    return UNKNOWN
            self.position += 2
            self._deeper(self.substitution)
            return UNKNOWN
        if after == "{":
            self.position += 2
            values: list[Value] = []
            self._deeper(lambda: values.append(self._braces()))
            return values[0] if values else UNKNOWN
        found = _NAME.match(text, self.position + 1)
        if found:
            self.position = found.end()
            return self.variables.get(found[0])
        if _SPECIAL.match(text, self.position + 1):
            self.position += 2
            return UNKNOWN
        self.position += 1
        return _DOLLAR

    def _deeper(self, read: Callable[[], None]) -> None:
        if self.depth >= _DEEPEST:
            self.position = len(self.text)
            return
        self.depth += 1
        read()
        self.depth -= 1

    def _arithmetic_end(self, position: int) -> int:
        """Where what `((` opened before `position` ends, 0 when that is not arithmetic after all."""
        if position < self._arithmetic_free:
            return 0
        unclosed = 2
        while position < len(self.text) and self.text[position] not in "'\"\n;":
            if self.text[position] == "(":
                unclosed += 1
            elif self.text[position] == ")":
                unclosed -= 1
                if not unclosed and self.text[position - 1] == ")":
                    return position + 1
                if not unclosed:
                    break
            position += 1
        self._arithmetic_free = position  # no second look at the same text
        return 0

    def _braces(self) -> Value:
        text = self.text
        found = _NAME.match(text, self.position)
        if not found:
            self._until("}", _IN_BRACES)
            return UNKNOWN
        self.position = found.end()
        value = self.variables.get(found[0])
        empty_counts = text.startswith(":", self.position)
        modifier = text[self.position + empty_counts : self.position + empty_counts + 1]
        if modifier == "}" and not empty_counts:
            self.position += 1
            return value
        if modifier not in ("-", "=", "?", "+"):
            self._until("}", _IN_BRACES)
            return UNKNOWN
        self.position += 1 + empty_counts
        word = self._until("}", _IN_BRACES)
        if modifier == "+":
            return word if value.known else UNKNOWN
        if value.known is not None and (value.known or not empty_counts):
            return value
        if modifier == "?":
            return UNKNOWN
        if value.known == "":
            return word
        default = value.default if value.default else word.default
        result = Value(None, default)
        if modifier == "=":
            self.variables.set(found[0], result, True)
        return result


_DOLLAR = Value("$", "$")


def dequoted(text: str, offset: int) -> tuple[str, list[int]]:
    """A word without its quotes but with its expansions, and the index of every character (`offset` added)."""
    characters: list[str] = []
    places: list[int] = []
    quote = ""
    position = 0
    while position < len(text):
        character = text[position]
        if character == quote:
            quote = ""
        elif not quote and character in "\"'":
            quote = character
        else:
            if character == "\\" and quote != "'" and position + 1 < len(text):
                after = text[position + 1]
                if not quote or after in '$`"\\\n':
                    position += 1
                    character = "" if after == "\n" else after
            if character:
                characters.append(character)
                places.append(offset + position)
        position += 1
    places.append(offset + len(text))
    return "".join(characters), places
