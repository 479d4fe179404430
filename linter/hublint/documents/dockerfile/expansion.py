"""Variables and quotes in a Dockerfile's arguments, as BuildKit's frontend/dockerfile/shell reads them."""

from __future__ import annotations

from hublint.documents.expanding import concatenated, replaced
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_PLAIN = lazy(r"[^$'\"\\`}/<]+")
_NAME = lazy(r"[0-9]+|[@*#?\-$!]|\w+")
_BLANK = lazy(r"\s+")
_DEEPEST = 50


class ExpansionError(ValueError):
    """A word that BuildKit cannot read: an open quote, a bad substitution."""


class NestingError(ExpansionError):
    """A word nested deeper than this reader goes; BuildKit may well accept it."""


def expand(text: str, env: Mapping[str, str | None], escape: str = "\\") -> str | None:
    """`text` with its variables replaced and its quotes and escapes removed.

    A name whose value in `env` is None is unknown, and so is a name that is not in `env`, because the base
    image may set it; if `env` has a true attribute `closed` such a name is unset. None is returned when the
    result depends on something unknown or when BuildKit cannot read the word.
    """
    if not any(mark in text for mark in ("$", "'", '"', escape)):
        return text
    try:
        return _Reader(text, escape, env).until("")
    except ExpansionError:
        return None


def unquote(text: str, escape: str = "\\") -> str:
    """`text` without quotes and escapes, its variables left as they are; unreadable text comes back as it is."""
    if not any(mark in text for mark in ("'", '"', escape)):
        return text
    try:
        result = _Reader(text, escape, None).until("")
    except ExpansionError:
        return text
    return text if result is None else result


def problem(text: str, escape: str = "\\") -> str:
    """What makes BuildKit refuse the word whatever the variables are, empty when nothing does."""
    if not any(mark in text for mark in ("$", "'", '"')):
        return ""
    try:
        _Reader(text, escape, {}).until("")
    except NestingError:
        return ""
    except ExpansionError as error:
        return str(error)
    return ""


def raw_words(text: str) -> list[str]:
    """The words of a line with their quotes, variables and escapes, a heredoc's `<<` joined to its name.

    Raises:
        ExpansionError: the line cannot be read.
    """
    reader = _Reader(text, "\\", None)
    words: list[str] = []
    word: list[str] = []
    while reader.position < len(text):
        start = reader.position
        character = text[start]
        if character == "$":
            reader.dollar(0)
            parts = _BLANK.split(text[start : reader.position])
        elif character in "'\"":
            reader.quotation(0)
            parts = [text[start : reader.position]]
        elif character == "\\":
            reader.position += 2
            parts = [text[start : reader.position]]
        elif text.startswith("<<", start):
            reader.position += 2
            while text[reader.position : reader.position + 1] in ("\t", "\r", " "):
                reader.position += 1
            parts = [text[start : reader.position]]
        else:
            found = _PLAIN.match(text, start)
            reader.position = found.end() if found else start + 1
            parts = _BLANK.split(text[start : reader.position])
        for number, part in enumerate(parts):
            if number and word:
                words.append("".join(word))
                word = []
            if part:
                word.append(part)
    if word:
        words.append("".join(word))
    return words


class _Reader:
    """Reads one word; without an environment variables are kept as they are written."""

    def __init__(self, text: str, escape: str, env: Mapping[str, str | None] | None) -> None:
        self.text = text
        self.escape = escape
        self.env = env
        self.closed = bool(getattr(env, "closed", False))
        self.position = 0

    def until(self, stop: str, depth: int = 0, raw_escapes: bool = False) -> str | None:
        """The text up to `stop`, which is consumed; up to the end when it is empty."""
        if depth > _DEEPEST:
            raise NestingError("nested too deeply to be read")
        text = self.text
        parts: list[str | None] = []
        while self.position < len(text):
            found = _PLAIN.match(text, self.position)
            if found:
                parts.append(found[0])
                self.position = found.end()
                continue
            character = text[self.position]
            if character == stop:
                self.position += 1
                return concatenated(parts, len(text))
            if character == "$":
                parts.append(self.dollar(depth))
            elif character in "'\"":
                parts.append(self.quotation(depth))
            elif character == self.escape:
                start = self.position if raw_escapes else self.position + 1
                self.position += 2
                parts.append(text[start : self.position])
            else:
                parts.append(character)
                self.position += 1
        if stop:
            raise ExpansionError(f"the closing `{stop}` of a substitution is missing")
        return concatenated(parts, len(text))

    def quotation(self, depth: int) -> str | None:
        """What stands in the quotes that open at the position."""
        text = self.text
        quote = text[self.position]
        self.position += 1
        if quote == "'":
            end = text.find("'", self.position)
            if end < 0:
                raise ExpansionError("a single quote is not closed")
            start, self.position = self.position, end + 1
            return text[start:end]
        parts: list[str | None] = []
        while self.position < len(text):
            found = _PLAIN.match(text, self.position)
            if found:
                parts.append(found[0])
                self.position = found.end()
                continue
            character = text[self.position]
            if character == '"':
                self.position += 1
                return concatenated(parts, len(text))
            if character == "$":
                parts.append(self.dollar(depth))
                continue
            if character == self.escape:
                after = text[self.position + 1 : self.position + 2]
                if after in ('"', "$", self.escape):
                    self.position += 1
                    character = after
            parts.append(character)
            self.position += 1
        raise ExpansionError("a double quote is not closed")

    def dollar(self, depth: int) -> str | None:
        """The value of the variable that begins at the position."""
        start = self.position
        self.position += 1
        if self.text[self.position : self.position + 1] == "{":
            self.position += 1
            value = self._braces(depth)
        else:
            name = self._name()
            value = self._value(name)[1] if name else "$"
        return self.text[start : self.position] if self.env is None else value

    def _name(self) -> str:
        found = _NAME.match(self.text, self.position)
        if not found:
            return ""
        self.position = found.end()
        return found[0]

    def _value(self, name: str) -> tuple[bool | None, str | None]:
        """Whether the variable is set (None: unknown) and its value (None: unknown; empty when unset)."""
        if self.env is not None and name in self.env:
            value = self.env[name]
            return (None if value is None else True), value
        if self.closed or not (name[:1].isalpha() or name[:1] == "_"):
            return False, ""
        return None, None

    def _braces(self, depth: int) -> str | None:
        text = self.text
        first = text[self.position : self.position + 1]
        if not first:
            raise ExpansionError("the closing `}` of a substitution is missing")
        if first in "{}:":
            raise ExpansionError(f"`${{{first}` is not a substitution")
        name = self._name()
        modifier = text[self.position : self.position + 1]
        self.position += 1
        if modifier == "}":
            return self._value(name)[1]
        if modifier == "/":
            return self._replaced(name, depth)
        empty_counts = modifier == ":"
        if empty_counts:
            modifier = text[self.position : self.position + 1]
            self.position += 1
        elif not modifier or modifier not in "+-?#%":
            raise ExpansionError(f"`${{{name}{modifier}` is not a substitution that a Dockerfile knows")
        word = self.until("}", depth + 1, modifier in ("#", "%"))
        if (not modifier or modifier not in ("+-?" if empty_counts else "+-?#%")) and self.env is not None:
            shown = ":" * empty_counts + modifier
            raise ExpansionError(f"`${{{name}{shown}` is not a substitution that a Dockerfile knows")
        return self._modified(name, modifier, word, empty_counts)

    def _modified(self, name: str, modifier: str, word: str | None, empty_counts: bool) -> str | None:
        """The value of `${name-word}` and the like; `:-` takes an empty variable for one that is not set."""
        is_set, value = self._value(name)
        if is_set is None or value is None:
            return None
        if modifier in ("#", "%"):
            return _trimmed(value, word, modifier)
        present = is_set and not (empty_counts and not value)
        if modifier == "-":
            return value if present else word
        if modifier == "+":
            return word if present else ""
        return value if present else None

    def _replaced(self, name: str, depth: int) -> str | None:
        every = self.text[self.position : self.position + 1] == "/"
        self.position += every
        pattern = self.until("/", depth + 1, True)
        replacement = self.until("}", depth + 1, True)
        value = self._value(name)[1]
        if value is None or not pattern or replacement is None or _has_wildcard(pattern) or "$" in replacement:
            return None
        return replaced(value, pattern, replacement, -1 if every else 1, len(self.text))


def _has_wildcard(pattern: str) -> bool:
    return any(mark in pattern for mark in "*?\\")


def _trimmed(value: str, pattern: str | None, modifier: str) -> str | None:
    if pattern is None or _has_wildcard(pattern):
        return None
    pattern = pattern.removeprefix(modifier)
    return value.removeprefix(pattern) if modifier == "#" else value.removesuffix(pattern)
