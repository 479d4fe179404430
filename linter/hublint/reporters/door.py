"""The door through which everything goes that is printed: credentials are covered, no line commands a CI runner."""

from __future__ import annotations

import re
import sys

from hublint.errors import UnheardError, UsageError
from hublint.regexes import lazy
from hublint.secrets.candidates import may_have_shape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TextIO

_SHORTEST = 16  # no credential is shorter
_LONGEST = 2000  # characters of a sentence; whatever it quotes may be longer
# `::error ...` counts at the beginning of a line, blanks left out; `##[error]` and `##vso[...]` count anywhere.
# Source: actions/runner, src/Runner.Common/ActionCommand.cs; Azure Pipelines' documentation of logging commands.
_AT_BEGINNING = lazy(r"^([^\S\n]*):(?=:)", re.MULTILINE)
_ANYWHERE = lazy(r"#(?=#\w{0,40}\[)")


# What a program reads: how a character is written in it otherwise.
_AS_JSON, _AS_XML = "\\\\u{0:04x}", "&#{0};"
_FORMS = {**dict.fromkeys(("json", "jsonl", "sarif", "gitlab", "rdjson"), _AS_JSON), "junit": _AS_XML}
DOCUMENTS = frozenset(_FORMS)


def passed(text: str, format: str = "text") -> str:
    """A rendered text as it may be printed; what a program reads keeps its form."""
    if len(text) >= _SHORTEST and may_have_shape(text):
        from hublint.secrets.shapes import covered

        text = covered(text)
    form = _FORMS.get(format, r"\\x{0:02x}")
    if form != _AS_JSON and format != "github" and "::" in text:
        text = _AT_BEGINNING.sub(rf"\1{form.format(ord(':'))}", text)
    if "##" in text:
        text = _ANYWHERE.sub(form.format(ord("#")), text)
    return text


def emit(text: str | bytes, stream: TextIO | Any, format: str = "text") -> None:
    """Print a text, or as they are the bytes of a file that was asked for, and see that it arrives.

    Raises:
        UsageError: it cannot be printed.
        UnheardError: nobody reads it any more.
    """
    if stream is None:
        raise UsageError("standard output is closed")
    try:
        if isinstance(text, bytes):
            stream.buffer.write(text)
        else:
            text = passed(text, format)
            try:
                stream.write(text)
            except UnicodeEncodeError:
                stream.write(_escaped(text, stream.encoding, format))
        stream.flush()
    except BrokenPipeError:
        raise UnheardError from None
    except OSError as error:
        raise UsageError(f"standard output cannot be written: {error.strerror or error}") from None


def _escaped(text: str, encoding: str, format: str) -> str:
    """A text with escapes for what an encoding lacks; in JSON they are JSON's own."""
    if _FORMS.get(format) != _AS_JSON:
        return text.encode(encoding, "backslashreplace").decode(encoding)
    import json

    return "".join(char if char.isascii() else json.dumps(char)[1:-1] for char in text)


def complain(message: str, name: str = "hublint: ") -> None:
    """Print one sentence on standard error, as far as anybody listens; line breaks in it are shown, not made.

    On a terminal it is broken into lines that fit.
    """
    from hublint.reporters.style import Style

    style = Style.of("never", sys.stderr)
    sentence = passed(f"{name}{style.shown(message)}")
    if len(sentence) > _LONGEST:
        sentence = f"{sentence[:_LONGEST]}..."
    if style.width and len(sentence) > style.width // 2:
        from hublint.reporters.wrapping import wrapped

        sentence = "\n".join(wrapped(sentence, style.width, "  "))
    try:
        emit(f"{sentence}\n", sys.stderr)
    except (UnheardError, UsageError):
        return
