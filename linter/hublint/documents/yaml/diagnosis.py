"""Why a metadata block is no YAML: the guilty line, the cause in plain words, and a fix where it is certain."""

from __future__ import annotations

import re

from hublint.documents.edits import Edit, Fix
from hublint.documents.source import Span
from hublint.documents.yaml import odd_breaks
from hublint.documents.yaml.causes import find_cause
from hublint.documents.yaml.lines import Lines
from hublint.documents.yaml.nodes import Mapping, Node, YamlError
from hublint.documents.yaml.parsing import parse
from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.card import Card
    from hublint.documents.yaml.line_causes import Cause

_MAX_READ = 500_000
_ROOT_KEY = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*:(?=[ \t\r\n]|\Z)", re.MULTILINE)
_TITLES = {
    "colon-in-value": "Put the value in quotes",
    "reserved-character": "Put the value in quotes",
    "markdown-link": "Put the value in quotes",
    "glued-dash": "Put a space after the dash",
    "glued-colon": "Put a space after the colon",
    "tab": "Indent with spaces",
    "stray-tab": "Take the tab out",
    "block-text": "Indent the text",
    "slash-comment": "Make it a comment",
}


class Diagnosis(NamedTuple):
    """What is wrong with a block.

    `cause` names the kind of mistake; `hub_message` is the Hub's own sentence where it is known for certain.
    """

    span: Span
    message: str
    cause: str
    fix: Fix | None
    hub_message: str = ""


def diagnose(source: Card, error: YamlError) -> Diagnosis:
    """Find the guilty line of a card whose block does not parse, and a fix that makes it parse if one is certain."""
    span = source.block.content if source.block is not None else Span(0, len(source.text))
    if error.kind == "break":
        place = Span(error.offset, error.offset + 1)
        message = f"{error.problem} stands here, which nobody sees: text for the Hub, a line break for Python's tools"
        return Diagnosis(place, message, "odd-break", odd_breaks.mend(source.path, source.text, span, source.root))
    odd = odd_breaks.Stand(source.text)
    lines = Lines(odd.plain(source.text[slice(*span)]))
    cause = find_cause(lines, error, span.start)
    start = span.start + lines.starts[cause.line]
    end = min(start + max(cause.end, cause.start + 1), span.end)
    place = Span(min(start + cause.start, end), end)
    fix = _fix(source, span, lines, cause)
    if fix is not None:
        fix = fix._replace(edits=tuple(edit._replace(text=odd.restored(edit.text)) for edit in fix.edits))
    return Diagnosis(place, odd.restored(cause.message), cause.name, fix, cause.hub_message)


def _parse(text: str) -> tuple[Node | None, YamlError | None]:
    try:
        return parse(text), None
    except YamlError as error:
        return None, error


def _fix(source: Card, span: Span, lines: Lines, cause: Cause) -> Fix | None:
    """Repair the first cause and every further one of its kind, until the block parses."""
    repairs: dict[int, str] = {}
    first, repaired, read = cause, lines, 0
    while cause.repairs and cause.name == first.name and read <= _MAX_READ:
        if not cause.repairs.keys().isdisjoint(repairs):
            return None
        repairs.update(cause.repairs)
        repaired = lines.replaced(repairs)
        read += len(repaired.text)
        root, error = _parse(repaired.text)
        if error is None:
            return _checked_fix(source, span, lines, repairs, first, root, repaired.text)
        cause = find_cause(repaired, error, 0)
    return None


def _checked_fix(
    source: Card,
    span: Span,
    lines: Lines,
    repairs: dict[int, str],
    cause: Cause,
    root: Node | None,
    text: str,
) -> Fix | None:
    """The fix, unless the repaired block is not a mapping or lost a key that a reader sees in it."""
    if not isinstance(root, Mapping):
        return None
    places = {entry.key.span.start for entry in root}
    if any(found.start() not in places for found in _ROOT_KEY.finditer(text)) and not root.flow:
        return None
    edits = []
    for number, new in sorted(repairs.items()):
        old = lines[number].text
        start = _common(old, new)
        tail = _common(old[start:][::-1], new[start:][::-1])
        offset = span.start + lines.starts[number]
        place = Span(offset + start, offset + len(old) - tail)
        edits.append(Edit(source.path, place, new[start : len(new) - tail]))
    return Fix(_TITLES[cause.name], tuple(edits))


def _common(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
