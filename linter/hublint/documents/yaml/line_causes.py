"""Mistakes of one line that make YAML unreadable, each with new text for the line where the way out is certain."""

from __future__ import annotations

from hublint.documents.yaml.lines import Line, Lines
from hublint.records import NamedTuple
from hublint.regexes import lazy

BAD_INDENTATION = "Invalid YAML in README.md: bad indentation of a mapping entry"

_BLANKS = " \t"
_NAME = lazy(r"[A-Za-z_][\w-]*")
_SLASHES = lazy(r"[ ]*//(?=[ \t]|$)")
_DASH = lazy(r"-(?=[ \t\r\n])")
_GLUED_DASH = lazy(r"[ ]*-(?=[^\s\-])")
_GLUED_COLON = lazy(r"[ ]*(?:- +)*(?P<key>[A-Za-z_][\w-]*):(?=[^\s:/])")
_KEY_OR_ITEM = lazy(r"[ \t]*(?:- |(?:- )*[\w-]+:(?:[ \t]|$))")
_BLOCK_HEADER = lazy(r"[|>][-+0-9]*")
_FLOW_WORD = lazy(r"[:-][^\s,\[\]{}]*")
_MARKDOWN_LINK = lazy(r"\[[^\[\]]*\]\([^()\s]*\)")
_MEANINGS = {"*": "a reference", "&": "an anchor", "!": "a tag", "?": "a complex key", "%": "a directive"}
# Keys that are not words of prose although they are one word.
_DISTINCTIVE = frozenset("sdk emoji license pinned".split())
# Keys below the Hub's own.
_INNER_KEYS = frozenset("dataset name type value split config".split())
_PROSE_KEYS = frozenset("title pretty_name short_description description name text".split())


class Cause(NamedTuple):
    """Why text is no YAML: a name for the cause, the guilty line and columns, a message.

    `repairs` gives lines another text; it is empty where the way out is not certain. `hub_message` is what both
    js-yaml 4.3 and 5.5 say, in the Hub's frame.
    """

    name: str
    line: int
    start: int
    end: int
    message: str
    repairs: dict[int, str] = {}  # noqa: RUF012
    hub_message: str = ""


class Failure(NamedTuple):
    """Where a parser gave up: its problem, line and column, the line and offset where the construct began."""

    lines: Lines
    problem: str
    number: int
    column: int
    begun: int
    context: int | None


def whole_line(lines: Lines, name: str, number: int, message: str, repairs: dict[int, str] | None = None) -> Cause:
    """A cause that is the whole line."""
    line = lines[number]
    return Cause(name, number, line.indent, max(len(line.text.rstrip()), line.indent), message, repairs or {})


def quoted(value: str) -> str:
    """A value in double quotes, or in single ones where that saves escapes."""
    if ('"' in value or "\\" in value) and "'" not in value:
        return f"'{value}'"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def slash_comment(failure: Failure) -> Cause | None:
    """A line that begins with `//`, as a comment does in other languages."""
    lines = failure.lines
    above = lines.before(failure.number)
    beside = above is not None and lines[above].indent == lines[failure.number].indent
    for number in (failure.number, failure.begun, above if beside else None):
        found = _SLASHES.match(lines[number].text) if number is not None else None
        if number is None or found is None:
            continue
        owner = _owner(lines, number)
        if owner is None or not _BLOCK_HEADER.fullmatch(owner.value):
            text = lines[number].text
            repairs = {number: f"{text[: found.end() - 2]}#{text[found.end() :]}"}
            message = "`//` does not begin a comment in YAML; begin the line with `#`"
            return whole_line(lines, "slash-comment", number, message, repairs)
    return None


def missing_colon(failure: Failure) -> Cause | None:
    """A line that should be a key and has no colon."""
    return _no_key(failure.lines, failure.begun)


def _no_key(lines: Lines, number: int) -> Cause:
    """A line that stands where a key should and is none."""
    line, above = lines[number], lines.before(number)
    bare = line.text.strip()
    glued = _GLUED_COLON.match(line.text)
    if _GLUED_DASH.match(line.text):
        return _glued_dash(lines, number)
    if glued is not None:
        repairs = {number: f"{line.text[: glued.end()]} {line.text[glued.end() :]}"}
        message = f"`{glued['key']}:` needs a space after the colon to be a key"
        return whole_line(lines, "glued-colon", number, message, repairs)
    if bare.startswith("<!--") or bare.endswith("-->"):
        return whole_line(lines, "html-comment", number, "an HTML comment is not YAML; begin the line with `#`")
    owner = _owner(lines, number)
    if owner is not None and owner.key and _BLOCK_HEADER.fullmatch(owner.value):
        message = f"the text of `{owner.key}: {owner.value}` must be indented deeper than its key"
        return whole_line(lines, "block-text", number, message, _indented(lines, number, owner.indent + 2))
    if bare[:1] in ("[", "{") and above is not None and lines[above].key and not lines[above].value:
        message = f"the value of `{lines[above].key}` must be indented deeper than its key"
        return whole_line(lines, "indentation", number, message)
    return whole_line(lines, "no-colon", number, f"`{bare[:40]}` has no colon, so it is neither a key nor a list item")


def _owner(lines: Lines, number: int) -> Line | None:
    """The nearest key above that stands no deeper."""
    indent = lines[number].indent
    for above in range(number - 1, -1, -1):
        line = lines[above]
        if line.key is not None and line.indent <= indent and not line.is_blank:
            return line
    return None


def _indented(lines: Lines, number: int, indent: int) -> dict[int, str]:
    """The lines of a `|` or `>` text moved right, up to the next key; none where `Note: ...` may be text or key."""
    repairs = {}
    while number < len(lines) and not _KEY_OR_ITEM.match(lines[number].text):
        line = lines[number]
        if line.text.strip() and line.indent < indent:
            repairs[number] = " " * indent + line.text.lstrip(" ")
        number += 1
    return repairs if number == len(lines) or lines[number].text[:1].islower() else {}


def _glued_dash(lines: Lines, number: int) -> Cause:
    """`-item`, together with the same mistake in the rest of its list."""
    indent = lines[number].indent
    repairs: dict[int, str] = {}
    for step in (-1, 1):
        near = number if step > 0 else number - 1
        while 0 <= near < len(lines):
            line = lines[near]
            if not line.is_blank and (line.indent != indent or line.text[indent] != "-"):
                break
            found = _GLUED_DASH.match(line.text)
            if found is not None:
                repairs[near] = f"{line.text[: found.end()]} {line.text[found.end() :]}"
            near += step
    first = min(repairs)
    above = lines.before(first)
    begins_list = above is not None and (not lines[above].value or lines[above].has_dash)
    is_number = any(text[indent + 2].isdigit() for text in repairs.values())
    written = lines[first].text.strip()[:40]
    message = f"`{written}` needs a space after the dash to be a list item: `- {written[1:]}`"
    return whole_line(lines, "glued-dash", first, message, repairs if begins_list and not is_number else {})


def second_colon(failure: Failure) -> Cause | None:
    """A colon where no key can stand."""
    lines, number = failure.lines, failure.number
    line, above = lines[number], lines.before(number)
    if line.start <= failure.column and line.value and (line.key is not None or line.has_dash):
        return _colon_in_value(lines, number, failure.column)
    if above is None:
        return None
    owner = above
    while owner and (lines[owner].is_blank or lines[owner].indent >= line.indent):
        owner -= 1
    outer = lines[owner]
    if outer.indent < line.indent and outer.value and (outer.key is not None or outer.has_dash):
        if owner == above and line.key is not None and _NAME.fullmatch(line.key):
            message = f"`{line.key}` is indented by {line.indent} where nothing can be nested; align it with its keys"
            return whole_line(lines, "indentation", number, message)
        message = f"{outer.subject} goes on here and holds `: `, which YAML reads as a key; put all of it in quotes"
        return whole_line(lines, "colon-in-value", number, message)
    return _no_key(lines, above) if lines[above].key is None and not lines[above].has_dash else None


def _colon_in_value(lines: Lines, number: int, column: int) -> Cause:
    line = lines[number]
    words = line.text[line.start : column].split()
    if line.key and len(words) == 2 and _is_key(words[1], line.key in _PROSE_KEYS):
        message = f"`{words[1]}:` stands on the line of `{line.key}`; give it a line of its own"
        start = line.text.rindex(words[1], 0, column)
        return Cause("two-keys", number, start, column + 1, message, {}, BAD_INDENTATION)
    certain = line.value[0] not in "'\"[{&*!|>" and line.end > column
    mark = ": " if line.text[column + 1 : column + 2] else ":"
    message = f"{line.subject} holds `{mark}`, which YAML reads as the end of another key; put the value in quotes"
    repairs = {number: line.with_value(quoted(line.value))} if certain else {}
    return Cause("colon-in-value", number, line.start, line.end, message, repairs, BAD_INDENTATION)


def _is_key(word: str, in_prose: bool) -> bool:
    """Whether a word is a key; in prose one that is no other word."""
    import hublint_schemas

    if not any(word in keys for keys in hublint_schemas.keys().values()):
        return word in _INNER_KEYS and not in_prose
    return not in_prose or word in _DISTINCTIVE or "_" in word or not word.islower()


def out_of_place(failure: Failure) -> Cause | None:
    """Text behind a closing quote or bracket, or a line that is aligned with nothing above it."""
    lines, number, column = failure.lines, failure.number, failure.column
    line, above = lines[number], lines.before(number)
    before = line.text[:column].strip()
    if before.endswith(("'", '"', "]", "}")):
        return _text_behind(lines, number, column, before[-1])
    if before:
        return reserved_start(failure)
    if line.has_dash:
        message = "this list item is not aligned with the items above it"
        if above is None or not lines[above].has_dash:
            message = "a list item cannot stand among keys; indent it below the key that it belongs to"
        return whole_line(lines, "indentation", number, message)
    if line.key is None:
        return _no_key(lines, number)
    if failure.context is not None and _DASH.match(lines.text, failure.context):
        opening = lines[failure.begun]
        if opening.indent >= line.indent and lines.before(failure.begun) is None:
            message = f"the block begins with a list item, so `{line.key}` below cannot be a key; remove the dash"
            return whole_line(lines, "list-and-keys", failure.begun, message)
    if above is not None and lines[above].has_dash and lines[above].key and lines[above].value:
        message = f"`{line.key}` belongs to the same list item as `{lines[above].key}` and must stand exactly below it"
        return whole_line(lines, "indentation", number, message)
    message = f"`{line.key}` is indented by {line.indent}, which fits no key above it; align it with its keys"
    return whole_line(lines, "indentation", number, message)


def _text_behind(lines: Lines, number: int, column: int, closer: str) -> Cause:
    line = lines[number]
    if _MARKDOWN_LINK.fullmatch(line.value):
        message = f"{line.subject} is a Markdown link, which YAML reads as a list; put it in quotes"
        repairs = {number: line.with_value(quoted(line.value))}
        return Cause("markdown-link", number, line.start, line.end, message, repairs)
    rest = line.text[column:].strip()[:20]
    way = "put the whole value in quotes"
    if closer in "'\"" and rest[:1].isalnum():
        way = "double the `'` inside the value" if closer == "'" else 'write `\\"` inside the value'
    message = f"`{rest}` follows the `{closer}` that closes {line.subject}; {way}"
    return Cause("text-behind", number, line.start, max(line.end, column + 1), message)


def list_on_key_line(failure: Failure) -> Cause | None:
    """`key: - item`."""
    line = failure.lines[failure.number]
    if line.key is None:
        return None
    message = f"the list of `{line.key}` begins on its key's line; put each `- ` on a line of its own"
    hub = "" if line.has_dash else BAD_INDENTATION
    return Cause("list-on-key-line", failure.number, line.start, line.end, message, {}, hub)


def bad_start(failure: Failure) -> Cause | None:
    """A character that nothing can begin with."""
    lines, number, column = failure.lines, failure.number, failure.column
    line = lines[number]
    if line.text[column : column + 1] == "\t" and line.text[:column].strip(" \t-"):
        return _stray_tab(lines, number, column)
    if "\t" in line.text[: column + 1]:
        return tab(failure)
    if column == line.start and line.value:
        return reserved_start(failure)
    character = line.text[column : column + 1]
    name = "a backtick" if character == "`" else f"`{character}`"
    return whole_line(lines, "reserved-character", number, f"{name} cannot begin a name in YAML; put it in quotes")


def _stray_tab(lines: Lines, number: int, column: int) -> Cause:
    """A tab behind a key, a value or a word."""
    line = lines[number]
    head, tail = line.text[:column].rstrip(), line.text[column:].lstrip(_BLANKS)
    end = len(line.text) - len(tail)
    if not tail:
        return Cause("stray-tab", number, column, end, "a tab ends this line; remove it", {number: head})
    if head.endswith(":") or tail.startswith("#"):
        message = f"a tab follows `{head.lstrip()[-40:]}`; write a space"
        return Cause("stray-tab", number, column, end, message, {number: f"{head} {tail}"})
    message = f"a tab stands inside {line.subject}; write a space, or put the value in quotes"
    return Cause("stray-tab", number, column, end, message)


def reserved_start(failure: Failure) -> Cause | None:
    """A plain value whose first character means something else to YAML."""
    number = failure.number
    line = failure.lines[number]
    first, value = line.value[:1], line.value
    if not first or first not in "`@%?*&!,[]{}" or not (line.key is not None or line.has_dash):
        return None
    emphasis = first == "*" and (value.startswith("**") or value.endswith("*"))
    certain = first in "`@%" or emphasis or (first in "&?" and value[1:2] in ("", " "))
    name = "a backtick" if first == "`" else f"`{first}`"
    meaning = _MEANINGS.get(first, "a reserved sign")
    message = f"{line.subject} begins with {name}, which YAML takes for {meaning}; put the value in quotes"
    hub = BAD_INDENTATION if line.key is not None and not line.has_dash and first in "`@%" else ""
    repairs = {number: line.with_value(quoted(value))} if certain else {}
    return Cause("reserved-character", number, line.start, line.end, message, repairs, hub)


def tab(failure: Failure) -> Cause | None:
    """A tab in the indentation; blanks take its place where the lines above tell how many."""
    lines, number = failure.lines, failure.number
    while number < len(lines) - 1 and "\t" not in lines[number].text[: max(failure.column + 1, lines[number].indent)]:
        number += 1
    line = lines[number]
    at = max(line.text.find("\t"), 0)
    indent = _indent_of_list(lines, number) if at < line.indent and line.has_dash else None
    repairs = {}
    if indent is not None:
        prefix, same = line.text[: line.indent] + "-", number
        while same < len(lines) and lines[same].text.startswith(prefix):
            repairs[same] = " " * indent + lines[same].text[line.indent :]
            same += 1
    message = "a tab indents this line; YAML allows only spaces there"
    return Cause("tab", number, at, max(line.indent, at + 1), message, repairs)


def _indent_of_list(lines: Lines, number: int) -> int | None:
    """How far the item on a line has to stand: like the item above it, or below its key like the lists further up."""
    above = lines.before(number)
    if above is None or "\t" in lines[above].text[: lines[above].indent]:
        return None
    if lines[above].has_dash and lines[above].key is None:
        return lines[above].indent
    if lines[above].key is None or lines[above].value or lines[above].has_dash:
        return None
    for item in range(above, 0, -1):
        key = lines.before(item) if lines[item].has_dash else None
        if key is not None and lines[key].key is not None and not lines[key].value:
            distance = lines[item].indent - lines[key].indent
            if distance >= 0 and "\t" not in lines[item].text[: lines[item].indent]:
                return lines[above].indent + distance
    return lines[above].indent + 2


def bracket(failure: Failure) -> Cause | None:
    """A `[` or `{` without end, or a missing comma inside."""
    lines, number, column, context = failure.lines, failure.number, failure.column, failure.context
    opening = lines[failure.begun]
    at = lines.place(context)[1] if context is not None else opening.start
    opener = opening.text[at : at + 1]
    closer = "}" if opener == "{" else "]"
    line = lines[number]
    rest = line.text[column:].strip()
    if failure.begun == number and rest:
        message = f"`{rest[:20]}` inside `{opener}{closer}` needs a comma before it, or quotes around its value"
        return Cause("missing-comma", number, column, max(line.end, column + 1), message)
    message = f"the `{opener}` in {opening.subject} is never closed; add the missing `{closer}`, or a comma"
    return Cause("unclosed-bracket", failure.begun, at, max(opening.end, at + 1), message)


def no_content(failure: Failure) -> Cause | None:
    """A bracket or comma where a value is expected."""
    line, column = failure.lines[failure.number], failure.column
    if line.text[column : column + 1] == "," and column > line.start:
        message = "nothing stands before this comma; remove the comma"
        return Cause("missing-value", failure.number, column, column + 1, message)
    if column == line.start and line.value[:1] in (",", "]", "}"):
        return reserved_start(failure)
    word = _FLOW_WORD.match(line.text, column)
    if word is not None:
        sign = word[0][0]
        message = f"`{word[0][:40]}` begins with `{sign}`, which is a sign of YAML's own in brackets; put it in quotes"
        return Cause("reserved-character", failure.number, column, word.end(), message)
    return bracket(failure)


def complex_key(failure: Failure) -> Cause | None:
    """A list or mapping where a key stands."""
    line, column = failure.lines[failure.number], failure.column
    kind = "a mapping" if line.text[column : column + 1] == "{" else "a list"
    message = (
        f"{kind} stands here as a key, which has to be a word; put it in quotes, or write the key without brackets"
    )
    return Cause("complex-key", failure.number, column, max(line.end, column + 1), message)


def text_on_header(failure: Failure) -> Cause | None:
    """`key: > text`."""
    line = failure.lines[failure.number]
    message = f"nothing may follow `{line.value[:1]}` on its line; put the text below it, indented, or quote the value"
    return Cause("block-text", failure.number, line.start, line.end, message)
