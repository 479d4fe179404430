"""Edits that take entries and items out of a YAML document, with their comment and line break."""

from __future__ import annotations

from hublint.documents.edits import Edit
from hublint.documents.source import Span
from hublint.documents.yaml import places
from hublint.documents.yaml.layout import BlockStyle
from hublint.documents.yaml.nodes import Entry, Mapping, Node, Sequence
from hublint.documents.yaml.replacing import replace_below_key
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from hublint.documents.yaml.places import Document

_FLOW_REST = lazy(r"[ \t]*,?[ \t]*(?:#[^\r\n]*)?(?=[\r\n])")


def remove_part(document: Document, collection: Mapping | Sequence, index: int, route: str) -> Edit:
    """Take the entry or item at `index` out of a collection."""
    text, parts = document.text, places.parts_of(collection)
    empty = "{}" if isinstance(collection, Mapping) else "[]"
    start, end = _start(document, collection, index), parts[index].span.end
    if collection.flow:
        span = collection.span if len(parts) == 1 else _flow_part(document, collection, index)
        return Edit(document.path, span, empty if len(parts) == 1 else "", route)
    if len(parts) == 1:
        place = places.find(document, collection.path)
        end = places.line_end(text, end)
        if place.entry is None:
            return Edit(document.path, Span(start, end), empty, route)
        bare: Any = {} if isinstance(collection, Mapping) else []
        return replace_below_key(document, place, bare, BlockStyle(document.newline), route, end)
    below = places.next_line(text, end)
    if not places.begins_line(text, start):  # the first part of a list item: `- a: 1`
        while text[below : below + 1] in (" ", "\t"):
            below += 1
        return Edit(document.path, Span(start, below), "", route)
    if index:
        below = _below_block_scalar(text, parts[index - 1], below)
    return Edit(document.path, Span(places.line_start(text, start), below), "", route)


def _below_block_scalar(text: str, previous: Entry | Node, below: int) -> int:
    """Skip the lines that would become part of a block scalar once what parts them from it is gone."""
    leaf = places.last_leaf(previous.value if isinstance(previous, Entry) else previous)
    while places.is_block_scalar(leaf) and below < len(text):
        line = text[below : places.line_end(text, below)]
        if line.strip() if line[:1] not in (" ", "\t") else not line.lstrip(" \t").startswith("#"):
            break
        if not line.strip() and not places.keeps_blank_lines(leaf):
            break
        below = places.next_line(text, below)
    return below


def _flow_part(document: Document, collection: Mapping | Sequence, index: int) -> Span:
    """What to cut to remove one of several parts of a flow collection."""
    text, parts = document.text, places.parts_of(collection)
    start, end = _start(document, collection, index), parts[index].span.end
    if places.begins_line(text, start) and _FLOW_REST.match(text, end):
        return Span(places.line_start(text, start), places.next_line(text, end))
    if index + 1 < len(parts):
        following = _start(document, collection, index + 1)
        between = text[end:following]
        own_comment = "#" in between and "#" in text[places.line_end(text, end) : following]
        return Span(start, places.line_end(text, end) if own_comment else following)
    before = parts[index - 1].span.end
    return Span(start if "#" in text[before:start] else before, end)


def _start(document: Document, collection: Mapping | Sequence, index: int) -> int:
    """Where a part of a collection begins: an entry, a flow item, a block item's dash."""
    if isinstance(collection, Mapping):
        return places.entry_start(document.text, collection.entries[index])
    if collection.flow:
        return places.outer_start(document.text, collection.items[index])
    return places.dash(document.text, collection, index)
