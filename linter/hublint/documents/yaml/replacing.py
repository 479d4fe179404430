"""Edits that put new values in the place of old ones in a YAML document; `yaml_edits` chooses between them."""

from __future__ import annotations

import re

from hublint.documents.edits import Edit
from hublint.documents.source import Span
from hublint.documents.yaml import places
from hublint.documents.yaml.nodes import Mapping, Node, Sequence
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from hublint.documents.yaml.layout import BlockStyle
    from hublint.documents.yaml.places import Document, Place

_TAG = lazy(r"![^\s,\[\]{}]*[ \t]*")
_PROPERTIES = lazy(r"(?:[ \t]+[!&][^\s,\[\]{}]*)+")
_COMMENT = lazy(r"[ \t]+#[^\r\n]*")


def style_for(document: Document, node: Node) -> BlockStyle:
    """The style of what replaces `node`: the node's own where it is a list, else that of the document's lists."""
    style = places.block_style(document, flow_lists=True)
    style.text_blocks = False
    if isinstance(node, (Mapping, Sequence)) and places.parts_of(node):
        entry = node.parent.entry(str(node.step)) if isinstance(node.parent, Mapping) else None
        if isinstance(node, Sequence) and not node.flow and entry is not None:
            key = places.column(document.text, places.entry_start(document.text, entry))
            style.item_indent = max(places.column(document.text, node.span.start) - key, 0)
        style.flow_lists = node.flow
    return style


def replace_inline(document: Document, place: Place, new: str, route: str) -> Edit:
    """Put text on one line in the place of a scalar, an alias or a flow collection, or where nothing stands."""
    text, node = document.text, place.node
    start, end = node.span
    if start == end:
        if place.entry is not None and places.after_colon(text, place.entry) is None:
            return Edit(document.path, Span(end, end), f": {new}", route)
        found = _PROPERTIES.match(text, start)
        at = found.end() if found else start
        return Edit(document.path, Span(at, at), new if text[at - 1 : at] in (" ", "\t") else f" {new}", route)
    if places.is_block_scalar(node):
        found = _COMMENT.search(text[start : places.line_end(text, start)])
        new += found[0] if found else ""
    if node.tag:
        start = places.outer_start(text, node)
        new = _TAG.sub("", text[start : node.span.start]) + new
    return Edit(document.path, Span(start, end), new, route)


def replace_below_key(
    document: Document, place: Place, value: Any, style: BlockStyle, route: str, end: int = 0
) -> Edit:
    """Put a value behind a key in block style where the old or the new one takes lines of its own."""
    assert place.entry is not None
    text, node = document.text, place.node
    colon = places.after_colon(text, place.entry) or place.entry.key.span.end
    start, end = node.span.start, end or node.span.end
    gap = text[colon:start].rstrip() if start > colon else ""
    if places.is_block_scalar(node):
        found = _COMMENT.search(text[start : places.line_end(text, start)])
        gap += found[0] if found else ""
    elif not places.is_block_collection(node):
        found = _COMMENT.match(text, end)
        gap += found[0] if found else ""
        end = found.end() if found else end
    properties = _PROPERTIES.match(gap)
    if properties is not None:
        gap = gap[properties.end() :]
    kept = re.sub(r"[ \t]+![^\s]*", "", properties[0]) if properties else ""
    if style.is_inline(value):
        return Edit(document.path, Span(colon, end), f"{kept} {style.inline(value)}{gap}", route)
    indent = places.column(text, places.entry_start(text, place.entry))
    return Edit(document.path, Span(colon, end), f"{kept}{gap}{style.after_colon(value, indent)}", route)


def replace_item(document: Document, place: Place, value: Any, style: BlockStyle, route: str) -> Edit:
    """Put a value in the place of a block list's item, or of the root."""
    text, (start, end) = document.text, place.node.span
    lead = " " if start == end and text[start - 1 : start] == "-" else ""
    new = style.item(value, places.column(text, start) + len(lead) - 2)
    return Edit(document.path, Span(start, end), f"{lead}{new}", route)
