"""What made YAML unreadable, in the words of the person who wrote it."""

from __future__ import annotations

import re

from hublint.documents.yaml import line_causes
from hublint.documents.yaml.line_causes import Cause, Failure, whole_line
from hublint.documents.yaml.nodes import INVALID_UTF_8
from hublint.documents.yaml.pyyaml import yaml
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.yaml.lines import Lines
    from hublint.documents.yaml.nodes import YamlError

_MAX_SCANNED = 500_000
# A quote that may open a text and is not closed in its line.
_LEFT_OPEN = lazy(r"""(?:^|(?<=[\s\[{,:?!-]))(?:"(?!(?:[^"\\\r\n]|\\[^\r\n])*")|'(?!(?:[^'\r\n]|'')*'(?!')))""")
_CONFLICT = lazy(r"^(?:<{7}|>{7})(?= |$)", re.MULTILINE)
_TEMPLATE = lazy(r"\{\{|\{%|\{#")
_KEY_OR_ITEM = lazy(r"[ \t]*(?:- |(?:- )*[\w-]+:(?:[ \t]|$))")


def find_cause(lines: Lines, error: YamlError, start: int) -> Cause:
    """Why a YAML parser gave up on `lines`, which begin at `start` of the text that the error's offsets count in."""
    number, column = lines.place(min(error.offset - start, len(lines.text)))
    context = error.context_offset - start if error.context_offset is not None else None
    begun = lines.place(context)[0] if context is not None else number
    failure = Failure(lines, error.problem, number, column, begun, context)
    looks = [_encoding, _merge_conflict, _template, _unclosed_quote, line_causes.slash_comment]
    if error.kind == "tag":
        looks.append(line_causes.reserved_start)
    looks += [look for problem, look in _BY_PROBLEM.items() if error.problem.startswith(problem)]
    for look in looks:
        cause = look(failure)
        if cause is not None:
            return cause
    return whole_line(lines, "syntax", number, "this line is not YAML; check its quotes, colons and indentation")


def _encoding(failure: Failure) -> Cause | None:
    lines, number, column = failure.lines, failure.number, failure.column
    if failure.problem == INVALID_UTF_8:
        return Cause("encoding", number, column, column + 1, "this byte is not UTF-8; save the file as UTF-8")
    if failure.problem.endswith("characters are not allowed"):
        character = lines.text[lines.starts[number] + column :][:1]
        name = f"U+{ord(character):04X}" if character else ""
        message = f"the control character {name} is not allowed in YAML; remove it"
        return Cause("control-character", number, column, column + 1, message)
    return None


def _merge_conflict(failure: Failure) -> Cause | None:
    found = _CONFLICT.search(failure.lines.text)
    if found is None:
        return None
    message = f"`{found[0]}` is left from a git merge conflict; keep one side and remove the markers"
    return whole_line(failure.lines, "merge-conflict", failure.lines.place(found.start())[0], message)


def _template(failure: Failure) -> Cause | None:
    for number in (failure.number, failure.begun):
        line = failure.lines[number]
        found = _TEMPLATE.search(line.text)
        if found is not None:
            text = line.text[found.start() :].strip()[:40]
            message = f"`{text}` is template text that was never filled in; render the template or quote the value"
            return Cause("template", number, found.start(), max(line.end, found.end()), message)
    return None


def _unclosed_quote(failure: Failure) -> Cause | None:
    """An opening quote that was never closed, or that the next quote some lines below closed."""
    lines = failure.lines
    start = failure.context if failure.problem == "found unexpected end of stream" else _swallowing_quote(failure)
    if start is None:
        return None
    number, column = lines.place(start)
    line = lines[number]
    mark = line.text[column : column + 1]
    message = f"the quote that opens {line.subject} is never closed; add `{mark}` at the end of the value"
    return Cause("unclosed-quote", number, column, len(line.text.rstrip()), message)


def _swallowing_quote(failure: Failure) -> int | None:
    """Where a quoted text begins that holds lines which look like keys or list items."""
    lines = failure.lines
    text = lines.text[: lines.starts[failure.number] + failure.column + 1]
    if len(text) > _MAX_SCANNED or not _LEFT_OPEN.search(text):
        return None
    try:
        for token in yaml.scan(text, Loader=yaml.Loader):
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                first, last = (lines.place(mark.index)[0] for mark in (token.start_mark, token.end_mark))
                if any(_KEY_OR_ITEM.match(lines[inner].text) for inner in range(first + 1, last + 1)):
                    return int(token.start_mark.index)
    except (yaml.YAMLError, ValueError, OverflowError):
        pass
    return None


def _escape(failure: Failure) -> Cause | None:
    text = failure.lines[failure.number].text
    at = max(text.rfind("\\", 0, failure.column + 1), 0)
    message = f"`{text[at : at + 2]}` means nothing in double quotes; write `\\\\` for a backslash or use single quotes"
    return Cause("escape", failure.number, at, at + 2, message)


def _documents(failure: Failure) -> Cause | None:
    number = failure.number
    while number and not failure.lines[number].text.startswith(("---", "...")):
        number -= 1
    mark = failure.lines[number].text[:3]
    if mark not in ("---", "..."):
        return None
    message = f"`{mark}` ends the YAML document in the middle of the block; remove it"
    return whole_line(failure.lines, "documents", number, message)


def _no_name(failure: Failure) -> Cause | None:
    """A `%`, `*` or `&` that no name follows."""
    for number in (failure.number, failure.begun):
        if failure.lines[number].text.startswith("%"):
            message = "a line that begins with `%` is a directive to YAML; put it in quotes"
            return whole_line(failure.lines, "reserved-character", number, message)
    return line_causes.reserved_start(failure)


# How PyYAML's own parser begins its sentences.
_BY_PROBLEM = {
    "could not find expected ':'": line_causes.missing_colon,
    "mapping values are not allowed here": line_causes.second_colon,
    "expected <block end>": line_causes.out_of_place,
    "sequence entries are not allowed here": line_causes.list_on_key_line,
    "mapping keys are not allowed here": line_causes.bad_start,
    "found character": line_causes.bad_start,
    "expected ',' or": line_causes.bracket,
    "expected the node content, but found '<document end>'": _documents,
    "expected the node content": line_causes.no_content,
    "found unhashable key": line_causes.complex_key,
    "a list of lists as a key": line_causes.complex_key,
    "expected alphabetic or numeric character": _no_name,
    "undefined alias": line_causes.reserved_start,
    "expected chomping or indentation indicators": line_causes.text_on_header,
    "expected a comment or a line break": line_causes.text_on_header,
    "found unknown escape character": _escape,
    "expected escape sequence": _escape,
    "more than one document": _documents,
    "expected '<document start>'": _documents,
}
