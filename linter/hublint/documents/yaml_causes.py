"""What a line did that made YAML unreadable, in the words of the person who wrote it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from hublint.documents.yaml_lines import Line, Lines

if TYPE_CHECKING:
    from hublint.documents.yaml_nodes import YamlError

BAD_INDENTATION = "Invalid YAML in README.md: bad indentation of a mapping entry"

_LOADER: Any = getattr(yaml, "CLoader", yaml.Loader)
_CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: |$)|^={7}$", re.MULTILINE)
_TEMPLATE = re.compile(r"\{\{|\{%|\{#")
_GLUED_DASH = re.compile(r"[ ]*-(?=[^\s\-])")
_GLUED_COLON = re.compile(r"[ ]*(?:- +)*(?P<key>[A-Za-z_][\w-]*):(?=[^\s:/])")
_KEY_OR_ITEM = re.compile(r"[ \t]*(?:- |(?:- )*[\w-]+:(?:[ \t]|$))")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*$")
_MARKDOWN_LINK = re.compile(r"\[[^\[\]]*\]\([^()\s]*\)")
_RESERVED = "`@%"
_CLOSERS = {"'": "'", '"': '"', "]": "[", "}": "{"}
_CARD_KEYS = frozenset(
    "title emoji colorFrom colorTo sdk sdk_version app_file app_port pinned license language tags datasets metrics"
    " library_name pipeline_tag base_model pretty_name size_categories task_categories short_description".split()
)


class Cause(NamedTuple):
    """Why text is no YAML: a name for the cause, the guilty line and columns, a message, and new text for lines.

    `repairs` is empty where the way out is not certain.
    """

    name: str
    line: int
    start: int
    end: int
    message: str
    repairs: dict[int, str] = {}  # noqa: RUF012
    hub_message: str = ""


def find_cause(lines: Lines, error: YamlError, offset: int, context: int | None) -> Cause:
    """Why a YAML parser gave up.

    Args:
        lines: the YAML text.
        error: what the parser said.
        offset: where in `lines` it gave up.
        context: where the construct it was reading began.
    """
    number, column = lines.place(min(offset, len(lines.text)))
    begun = lines.place(context)[0] if context is not None else number
    for look in (_encoding, _conflict, _template, _quote, _BY_PROBLEM.get(error.problem.rstrip("."), _other)):
        cause = look(lines, error, number, column, begun, context)
        if cause is not None:
            return cause
    return _whole(
        lines, "syntax", number, "this line is no YAML where it stands; check its quotes, colons and indentation"
    )


def _whole(lines: Lines, name: str, number: int, message: str, repairs: dict[int, str] | None = None) -> Cause:
    line = lines[number]
    return Cause(name, number, line.indent, max(len(line.text.rstrip()), line.indent), message, repairs or {})


def quoted(value: str) -> str:
    """A value in double quotes, or in single ones where that saves escapes."""
    if ('"' in value or "\\" in value) and "'" not in value:
        return f"'{value}'"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _of(line: Line) -> str:
    return f"the value of `{line.key}`" if line.key else "the list item" if line.has_dash else "the line"


def _encoding(
    lines: Lines, error: YamlError, number: int, column: int, begun: int, context: int | None
) -> Cause | None:
    if error.problem == "invalid UTF-8":
        return Cause("encoding", number, column, column + 1, "a byte here is not UTF-8; save the file as UTF-8")
    if "control characters" in error.problem or "special characters" in error.problem:
        name = f"U+{ord(lines.text[lines.starts[number] + column]):04X}" if error.offset < 10**9 else ""
        return Cause(
            "control-character",
            number,
            column,
            column + 1,
            f"the invisible control character {name} is not allowed in YAML; remove it",
        )
    return None


def _conflict(
    lines: Lines, error: YamlError, number: int, column: int, begun: int, context: int | None
) -> Cause | None:
    found = _CONFLICT.search(lines.text)
    if found is None:
        return None
    message = f"`{found[0].strip()}` is left from a git merge conflict; keep one side and remove the markers"
    return _whole(lines, "merge-conflict", lines.place(found.start())[0], message)


def _template(
    lines: Lines, error: YamlError, number: int, column: int, begun: int, context: int | None
) -> Cause | None:
    for guilty in (number, begun):
        found = _TEMPLATE.search(lines[guilty].text)
        if found is not None:
            message = f"`{lines[guilty].text[found.start() :].strip()[:40]}` is template text that was never filled in; render the template or quote the value"
            return Cause("template", guilty, found.start(), max(lines[guilty].end, found.end()), message)
    return None


def _quote(lines: Lines, error: YamlError, number: int, column: int, begun: int, context: int | None) -> Cause | None:
    """An opening quote that was never closed, or that the next quote lines below closed."""
    start = context if error.problem == "found unexpected end of stream" else None
    try:
        for token in yaml.scan(lines.text, Loader=_LOADER) if start is None else ():
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                first, last = (lines.place(mark.index)[0] for mark in (token.start_mark, token.end_mark))
                if any(_KEY_OR_ITEM.match(lines[inner].text) for inner in range(first + 1, last + 1)):
                    start = token.start_mark.index
                    break
    except yaml.YAMLError:
        pass
    if start is None:
        return None
    opening, at = lines.place(start)
    line = lines[opening]
    message = f"the quote that opens {_of(line)} is never closed; add `{line.text[at]}` at the end of the value"
    return Cause("unclosed-quote", opening, at, max(len(line.text.rstrip()), at + 1), message)


def _missing_colon(
    lines: Lines, error: YamlError, number: int, column: int, begun: int, context: int | None
) -> Cause | None:
    return _no_key(lines, begun)


def _no_key(lines: Lines, number: int) -> Cause:
    """A line that stands where a key should and is none."""
    line, above = lines[number], lines.before(number)
    bare = line.text.strip()
    if _GLUED_DASH.match(line.text):
        return _glued_dash(lines, number)
    glued = _GLUED_COLON.match(line.text)
    if glued is not None:
        repaired = f"{line.text[: glued.end()]} {line.text[glued.end() :]}"
        return _whole(
            lines, "glued-colon", number, f"there is no blank after the colon of `{glued['key']}`", {number: repaired}
        )
    if bare.startswith("<!--") or bare.endswith("-->"):
        return _whole(lines, "html-comment", number, "an HTML comment is no YAML; begin the line with `#`")
    if above is not None and _BLOCK_HEADER.search(lines[above].value) and lines[above].key:
        header = lines[above]
        message = f"the text of `{header.key}: {header.value}` must be indented deeper than its key"
        return _whole(lines, "block-text", number, message, _indented(lines, number, header.indent + 2))
    if bare[:1] in ("[", "{") and above is not None and lines[above].key and not lines[above].value:
        return _whole(
            lines, "indentation", number, f"the value of `{lines[above].key}` must be indented deeper than its key"
        )
    if bare[:1] == '"' or bare[:1] == "'":
        return _whole(
            lines, "no-colon", number, "this text stands where a key is expected; indent it or make it a list item"
        )
    return _whole(lines, "no-colon", number, f"`{bare[:40]}` has no colon: neither a key nor a list item")


def _indented(lines: Lines, number: int, indent: int) -> dict[int, str]:
    """Paragraphs of a `|` or `>` text moved right, up to the next key."""
    repairs = {}
    while number < len(lines) and not _KEY_OR_ITEM.match(lines[number].text):
        if lines[number].text.strip() and lines[number].indent < indent:
            repairs[number] = " " * indent + lines[number].text.lstrip(" ")
        number += 1
    return repairs


def _glued_dash(lines: Lines, number: int) -> Cause:
    """`-item`, together with the same mistake in the rest of its list."""
    indent, repairs, sure = lines[number].indent, {}, True
    for step in (-1, 1):
        near = number if step > 0 else number - 1
        while 0 <= near < len(lines):
            line = lines[near]
            if not line.is_blank:
                if line.indent != indent or not line.text.lstrip(" ").startswith("-"):
                    break
                found = _GLUED_DASH.match(line.text)
                if found is not None:
                    repairs[near] = f"{line.text[: found.end()]} {line.text[found.end() :]}"
                    sure = sure and not line.text[found.end()].isdigit()
            near += step
    first = min(repairs)
    above = lines.before(first)
    sure = sure and above is not None and (not lines[above].value or lines[above].text.lstrip(" ").startswith("- "))
    message = f"`{lines[first].text.strip()[:40]}` has no blank after the dash, so it is no list item"
    return _whole(lines, "glued-dash", first, message, repairs if sure else {})


def _second_colon(
    lines: Lines, error: YamlError, number: int, column: int, begun: int, context: int | None
) -> Cause | None:
    """A colon where no key can stand."""
    line, above = lines[number], lines.before(number)
    if line.start <= column and line.value and (line.key is not None or line.has_dash):
        return _colon_in_value(lines, number, column)
    if above is None:
        return None
    before = lines[above]
    if before.key is None and not before.has_dash:
        return _no_key(lines, above)
    if before.indent < line.indent or (before.has_dash and line.indent <= before.start):
        message = f"`{line.key}` is indented by {line.indent} where nothing can be nested; align it with the keys it belongs to"
        return _whole(lines, "indentation", number, message)
    return None


def _colon_in_value(lines: Lines, number: int, column: int) -> Cause:
    line = lines[number]
    second = line.text[line.start : column].split()
    if line.key and len(second) == 2 and second[1] in _CARD_KEYS:
        message = f"`{second[1]}:` stands on the line of `{line.key}`; give it a line of its own"
        return Cause("two-keys", number, column - len(second[1]), column + 1, message, {}, BAD_INDENTATION)
    sure = line.value[0] not in "'\"[{&*!|>" and line.end > column and not _TEMPLATE.search(line.value)
    mark = ": " if line.text[column + 1 : column + 2] else ":"
    message = f"{_of(line)} holds `{mark}`, which YAML reads as the end of another key; put the value in quotes"
    repairs = {number: line.with_value(quoted(line.value))} if sure else {}
    return Cause("colon-in-value", number, line.start, line.end, message, repairs, BAD_INDENTATION)


def _text_behind(
    lines: Lines, error: YamlError, number: int, column: int, begun: int, context: int | None
) -> Cause | None:
    """Text behind a closing quote or bracket, or a line that is aligned with nothing above it."""
    line, above = lines[number], lines.before(number)
    before = line.text[:column].rstrip()
    closer = before[-1:]
    if before.strip() and closer in _CLOSERS:
        if _MARKDOWN_LINK.fullmatch(line.value):
            message = f"{_of(line)} is a Markdown link, which YAML reads as a list; put it in quotes"
            return Cause(
                "bracket", number, line.start, line.end, message, {number: line.with_value(quoted(line.value))}
            )
        rest = line.text[column:].strip()[:20]
        way = (
            f"double the `{closer}` inside the value or use the other quotes"
            if closer in "'\""
            else "put the whole value in quotes"
        )
        message = f"`{rest}` follows the `{closer}` that closes {_of(line)}; {way}"
        return Cause("text-behind", number, line.start, max(line.end, column), message)
    if line.text[line.start : column].startswith("*") or (before.strip() and line.value.startswith(("*", "&"))):
        return _starts_with(lines, number)
    if before.strip():
        return None
    if line.has_dash:
        parent = next(
            (k for n in range(number - 1, -1, -1) if (k := lines[n].key) and lines[n].indent <= line.indent), None
        )
        of = f" of `{parent}`" if parent else ""
        return _whole(
            lines,
            "indentation",
            number,
            f"this list item is not aligned with the items above it{of}"
            if above is not None and lines[above].has_dash
            else "a list item cannot stand among keys; indent the whole list alike",
        )
    if error.problem == "did not find expected '-' indicator":
        opening = lines[begun]
        if opening.indent >= line.indent and opening.has_dash and line.key and lines.before(begun) is None:
            message = (
                f"the block begins with a list item, so `{line.key}` further down cannot be a key; remove the dash"
            )
            return _whole(lines, "list-and-keys", begun, message)
    if line.key is None:
        return _no_key(lines, number)
    message = (
        f"`{line.key}` is indented by {line.indent}, which fits no key above it; align it with the keys it belongs to"
    )
    return _whole(lines, "indentation", number, message)


def _list_on_key_line(
    lines: Lines, error: YamlError, number: int, column: int, begun: int, context: int | None
) -> Cause | None:
    line = lines[number]
    if line.key is None:
        return None
    message = f"the list of `{line.key}` begins on its key's line; put each `- ` on a line of its own"
    return Cause("list-on-key-line", number, line.start, line.end, message, {}, BAD_INDENTATION)


def _bad_start(
    lines: Lines, error: YamlError, number: int, column: int, begun: int, context: int | None
) -> Cause | None:
    line = lines[number]
    if "\t" in line.text[: column + 1]:
        return _tab(lines, error, number, column, begun, context)
    if column == line.start and line.value:
        return _starts_with(lines, number)
    return _whole(
        lines,
        "reserved-character",
        number,
        f"`{line.text[column : column + 1]}` cannot begin a name in YAML; put it in quotes",
    )


def _starts_with(lines: Lines, number: int) -> Cause:
    """A plain value whose first character means something else to YAML."""
    line = lines[number]
    first = line.value[:1]
    meanings = {
        "*": "a reference to an anchor",
        "&": "an anchor",
        "!": "a tag",
        "?": "a complex key",
        "%": "a directive",
    }
    message = f"{_of(line)} begins with `{first}`, which YAML takes for {meanings.get(first, 'a reserved sign')}; put the value in quotes"
    simple = line.key is not None or line.has_dash
    hub = BAD_INDENTATION if line.key is not None and not line.has_dash and first in _RESERVED else ""
    repairs = {number: line.with_value(quoted(line.value))} if simple else {}
    return Cause("reserved-character", number, line.start, line.end, message, repairs, hub)


def _alias(lines: Lines, error: YamlError, number: int, column: int, begun: int, context: int | None) -> Cause | None:
    line = lines[number]
    if line.value[:1] in ("*", "&"):
        cause = _starts_with(lines, number)
        emphasis = line.value.startswith("**") or line.value.endswith("*") or line.value[1:2] in ("", " ")
        return cause if emphasis else cause._replace(repairs={})
    return None


def _tag(lines: Lines, error: YamlError, number: int, column: int, begun: int, context: int | None) -> Cause | None:
    return _starts_with(lines, number)._replace(repairs={}) if lines[number].value.startswith("!") else None


def _tab(lines: Lines, error: YamlError, number: int, column: int, begun: int, context: int | None) -> Cause | None:
    """A tab in the indentation; blanks take its place where the line above tells how many."""
    while (
        number < len(lines) - 1
        and "\t" not in lines[number].text[: lines[number].indent] + lines[number].text[column : column + 1]
    ):
        number += 1
    line, above = lines[number], lines.before(number)
    at = max(line.text.find("\t"), 0)
    repairs = {}
    if above is not None and at < line.indent:
        before = lines[above]
        indent = None
        if line.has_dash and before.has_dash:
            indent = before.indent
        elif before.key is not None and not before.value:
            indent = before.indent + 2 + (2 if before.has_dash else 0)
        if indent is not None:
            prefix = line.text[: line.indent]
            same = number
            while same < len(lines) and lines[same].text[: lines[same].indent] == prefix:
                repairs[same] = " " * indent + lines[same].text[line.indent :]
                same += 1
    message = "a tab indents this line; YAML allows only blanks there"
    return Cause("tab", number, at, max(line.indent, at + 1), message, repairs)


def _bracket(lines: Lines, error: YamlError, number: int, column: int, begun: int, context: int | None) -> Cause | None:
    opener = lines.text[context : context + 1] if context is not None else "["
    closer = {"[": "]", "{": "}"}.get(opener, "]")
    line = lines[number]
    if begun == number and context is not None and line.text[column:].strip():
        message = f"`{line.text[column:].strip()[:20]}` inside `{opener}{closer}` needs a comma before it, or quotes around its value"
        return Cause("missing-comma", number, column, max(line.end, column + 1), message)
    opening = lines[begun]
    at = lines.place(context)[1] if context is not None else opening.start
    message = (
        f"the `{opener}` in {_of(opening)} is never closed; add the missing `{closer}`, or a comma between the parts"
    )
    return Cause("unclosed-bracket", begun, at, max(opening.end, at + 1), message)


def _node_content(
    lines: Lines, error: YamlError, number: int, column: int, begun: int, context: int | None
) -> Cause | None:
    line = lines[number]
    if column == line.start and line.value:
        return _starts_with(lines, number)
    if lines.text[lines.starts[number] + column : lines.starts[number] + column + 1] == ",":
        return Cause("missing-comma", number, column, column + 1, "nothing stands before this comma; remove the comma")
    return _bracket(lines, error, number, column, begun, context)


def _escape(lines: Lines, error: YamlError, number: int, column: int, begun: int, context: int | None) -> Cause | None:
    at = lines[number].text.rfind("\\", 0, column + 1)
    at = at if at >= 0 else column
    message = f"`{lines[number].text[at : at + 2]}` means nothing inside double quotes; write `\\\\` for a backslash or use single quotes"
    return Cause("escape", number, at, at + 2, message)


def _block_header(
    lines: Lines, error: YamlError, number: int, column: int, begun: int, context: int | None
) -> Cause | None:
    line = lines[number]
    sign = line.value[:1]
    message = f"nothing may follow `{sign}` on its line; put the text below it, indented, or the value in quotes"
    return Cause("block-text", number, line.start, line.end, message)


def _documents(
    lines: Lines, error: YamlError, number: int, column: int, begun: int, context: int | None
) -> Cause | None:
    while number and not lines[number].text.startswith(("---", "...")):
        number -= 1
    mark = lines[number].text[:3]
    if mark not in ("---", "..."):
        return None
    return _whole(
        lines, "documents", number, f"`{mark}` ends the YAML document in the middle of the block; remove the line"
    )


def _directive(
    lines: Lines, error: YamlError, number: int, column: int, begun: int, context: int | None
) -> Cause | None:
    for guilty in (number, begun):
        if lines[guilty].text.startswith("%"):
            return _whole(
                lines,
                "reserved-character",
                guilty,
                "a line that begins with `%` is a directive to YAML; put it in quotes",
            )
    return None


def _other(lines: Lines, error: YamlError, number: int, column: int, begun: int, context: int | None) -> Cause | None:
    if error.kind == "tag":
        return _tag(lines, error, number, column, begun, context)
    return None


_BY_PROBLEM = {
    "could not find expected ':'": _missing_colon,
    "mapping values are not allowed in this context": _second_colon,
    "did not find expected key": _text_behind,
    "did not find expected '-' indicator": _text_behind,
    "block sequence entries are not allowed in this context": _list_on_key_line,
    "mapping keys are not allowed in this context": _bad_start,
    "found character that cannot start any token": _bad_start,
    "found a tab character that violates indentation": _tab,
    "found a tab character where an indentation space is expected": _tab,
    "did not find expected ',' or ']'": _bracket,
    "did not find expected ',' or '}'": _bracket,
    "did not find expected node content": _node_content,
    "did not find expected alphabetic or numeric character": _alias,
    "undefined alias": _alias,
    "found unknown escape character": _escape,
    "did not find expected hexdecimal number": _escape,
    "did not find expected comment or line break": _block_header,
    "more than one document": _documents,
    "did not find expected <document start>": _documents,
    "found unknown directive name": _directive,
    "found unexpected non-alphabetical character": _directive,
    "could not find expected directive name": _directive,
}
