"""Edits of a YAML document that keep every byte they need not touch: comments, styles, line breaks, order."""

from __future__ import annotations

from hublint.documents.edits import Edit
from hublint.documents.source import Span
from hublint.documents.yaml import places
from hublint.documents.yaml.nodes import Mapping, Node, Scalar, Sequence, Step, format_route
from hublint.documents.yaml.removing import remove_part
from hublint.documents.yaml.render import is_text, render_flow, render_pair, render_scalar
from hublint.documents.yaml.replacing import replace_below_key, replace_inline, replace_item, style_for
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence as Names
    from typing import Any

    from hublint.documents.yaml.layout import BlockStyle
    from hublint.documents.yaml.places import Document, Place

KEY_ORDER = (
    "license",
    "license_name",
    "license_link",
    "language",
    "library_name",
    "pipeline_tag",
    "base_model",
    "base_model_relation",
    "datasets",
    "tags",
)

Path = tuple[Step, ...] | list[Step]

_KEY_COMMENT = lazy(r"[^\r\n#]*?([ \t]+#[^\r\n]*)")
_EMPTY_BLOCK = lazy(r"\s*---(?:\r\n|\r|\n)(?=---[ \t]*(?:[\r\n]|\Z))")
_LINE = lazy(r"(?<=[\r\n])(?=[^\r\n])")


def set_value(document: Document, path: Path, value: Any) -> Edit:
    """Replace the value at a path, in the old one's style where that can hold the new one; comments beside it stay.

    Args:
        document: a card or another document with a YAML tree.
        path: keys and indexes that lead to an existing value, perhaps an empty one.
        value: str, int, float, bool, None, or a list or dict of those.

    Raises:
        KeyError: the path leads nowhere.
    """
    place = places.find(document, path)
    node = place.node
    style = style_for(document, node)
    route = format_route(tuple(path))
    collection = isinstance(value, (dict, list, tuple))
    stays_flow = collection and isinstance(node, (Mapping, Sequence)) and node.flow and bool(places.parts_of(node))
    if place.flow or stays_flow or (style.is_inline(value) and not places.is_block_collection(node)):
        quotes = node.style if isinstance(node, Scalar) else "plain"
        text = render_flow(value) if collection else render_scalar(value, quotes, place.flow)
        return replace_inline(document, place, text, route)
    if place.entry is not None:
        return replace_below_key(document, place, value, style, route)
    return replace_item(document, place, value, style, route)


def replace_text(document: Document, node: Node, text: str) -> Edit:
    """Put `text` in the place of a node's source text, as it is."""
    return Edit(document.path, node.span, text, node.route)


def quote(document: Document, node: Scalar) -> Edit:
    """Put a plain scalar into double quotes, its text as it stands: `3.10` becomes `"3.10"`."""
    escaped = node.text.replace("\\", "\\\\").replace('"', '\\"')
    return replace_text(document, node, f'"{escaped}"')


def rename_key(document: Document, path: Path, name: str) -> Edit:
    """Give the key at a path another name, in its own quotes.

    Raises:
        KeyError: the path leads nowhere, or to a list item.
    """
    place = places.find(document, path)
    if place.entry is None:
        raise KeyError(format_route(tuple(path)))
    key = place.entry.key
    quotes = key.style if isinstance(key, Scalar) else "plain"
    return Edit(document.path, key.span, render_scalar(name, quotes, place.flow), format_route(tuple(path)))


def remove_entry(document: Document, path: Path) -> Edit:
    """Remove the entry at a path with its value, own comment and line break; `{}` stays where it was the only one.

    Raises:
        KeyError: the path leads nowhere, or to a list item.
    """
    place = places.find(document, path)
    mapping = place.parent
    if place.entry is None or not isinstance(mapping, Mapping):
        raise KeyError(format_route(tuple(path)))
    return remove_part(document, mapping, mapping.entries.index(place.entry), format_route(tuple(path)))


def remove_item(document: Document, path: Path) -> Edit:
    """Remove the list item at a path with its own comment and its line break; `[]` stays where it was the only one.

    Raises:
        KeyError: the path leads nowhere, or to a mapping's entry.
    """
    place = places.find(document, path)
    sequence = place.parent
    if place.entry is not None or not isinstance(sequence, Sequence):
        raise KeyError(format_route(tuple(path)))
    index = path[-1]
    if not isinstance(index, int) or sequence.items[index] is not place.node:
        index = sequence.items.index(place.node)
    return remove_part(document, sequence, index, format_route(tuple(path)))


def insert_entry(document: Document, name: str, value: Any, after: Names[str] = ()) -> Edit:
    """Add a top-level key, below the last name of `after` that is present, else where cards usually have it, else last.

    A README without a metadata block gets one.

    Raises:
        TypeError: the document is a list or a scalar.
    """
    root = document.root
    block = getattr(document, "block", None)
    style = places.block_style(document)
    if isinstance(root, Mapping) and (root.entries or root.flow):
        names = after or (KEY_ORDER[: KEY_ORDER.index(name)] if name in KEY_ORDER else ())
        present = [entry for wanted in names if (entry := root.entry(wanted)) is not None]
        index = root.entries.index(present[-1]) if present else len(root.entries) - 1
        return _insert(document, root, index, name, value, style, name)
    if root is not None:
        raise TypeError(f"{document.path} is not a mapping")
    new = style.entry(name, value, 0)
    newline = document.newline
    if block is not None:
        if not document.text[slice(*block.content)].strip():
            return Edit(document.path, Span(*block.content), new, name)
        return Edit(document.path, Span(block.closing.start, block.closing.start), f"{new}{newline}", name)
    if hasattr(document, "block"):
        fences = _EMPTY_BLOCK.match(document.text)
        if fences is not None:
            return Edit(document.path, Span(fences.end(), fences.end()), f"{new}{newline}", name)
        at = 1 if document.text.startswith("\ufeff") else 0
        return Edit(document.path, Span(at, at), f"---{newline}{new}{newline}---{newline}", name)
    end = len(document.text)
    lead = newline if document.text and document.text[-1] not in "\r\n" else ""
    return Edit(document.path, Span(end, end), f"{lead}{new}{newline}", name)


def insert_nested(document: Document, path: Path, name: str, value: Any) -> Edit:
    """Add a key at the end of the mapping at a path, which is made where it is absent or empty.

    Raises:
        TypeError: there is something else than a mapping at that path.
    """
    route = format_route((*path, name))
    if not path:
        return insert_entry(document, name, value)
    try:
        place = places.find(document, path)
    except KeyError:
        inner: Any = {name: value}
        if len(path) == 1:
            return insert_entry(document, str(path[0]), inner)
        return insert_nested(document, path[:-1], str(path[-1]), inner)
    mapping = place.node
    if isinstance(mapping, Scalar) and mapping.value is None:
        return set_value(document, path, {name: value})._replace(route=route)
    if not isinstance(mapping, Mapping):
        raise TypeError(f"{format_route(tuple(path))} is not a mapping")
    style = places.block_style(document)
    return _insert(document, mapping, len(mapping.entries) - 1, name, value, style, route)


def append_item(document: Document, path: Path, value: Any) -> Edit:
    """Add an item at the end of the list at a path; an empty value becomes a list of it.

    Raises:
        KeyError: the path leads nowhere.
        TypeError: there is something else than a list at that path.
    """
    place = places.find(document, path)
    sequence = place.node
    if isinstance(sequence, Scalar) and sequence.value is None:
        return set_value(document, path, [value])
    if not isinstance(sequence, Sequence):
        raise TypeError(f"{format_route(tuple(path))} is not a list")
    text, count = document.text, len(sequence.items)
    route = format_route((*path, count))
    if sequence.flow:
        at = sequence.items[-1].span.end if count else sequence.span.start + 1
        return Edit(document.path, Span(at, at), f"{', ' if count else ''}{render_flow(value)}", route)
    indent = places.column(text, sequence.span.start)
    is_word = isinstance(value, str) and not is_text(value)
    written = render_scalar(value) if is_word else places.block_style(document).item(value, indent)
    return _insert_line(document, sequence, indent, f"- {written}", route)


def wrap_in_list(document: Document, path: Path) -> Edit:
    """Make the value at a path the only item of a list, its text as it stands.

    Raises:
        KeyError: the path leads nowhere.
    """
    place = places.find(document, path)
    node, text, route = place.node, document.text, format_route(tuple(path))
    style = places.block_style(document, flow_lists=True)
    start, end = places.outer_start(text, node), node.span.end
    if isinstance(node, Scalar) and not node.text:
        return set_value(document, path, [])
    if isinstance(node, Mapping) and not node.flow:
        return _wrap_block_mapping(document, place, style, route)
    fits = not isinstance(node, Scalar) or node.style in ("single", "double") or not set(node.text) & set(",[]{}:\r\n")
    if place.flow or (style.flow_lists and fits):
        source = text[start:end] if fits else render_scalar(node.value, flow=True)
        return Edit(document.path, Span(start, end), f"[{source}]", route)
    colon = places.after_colon(text, place.entry) if place.entry is not None else None
    if place.entry is None or colon is None or not text[colon:start].isspace() or places.begins_line(text, start):
        return Edit(document.path, Span(start, end), f"- {_LINE.sub('  ', text[start:end])}", route)
    indent = places.column(text, places.entry_start(text, place.entry))
    if not set(text[start:end]) & set("\r\n"):  # lines that go on must stand deeper than the dash
        indent += style.item_indent
    return Edit(document.path, Span(colon, start), f"{style.newline}{' ' * indent}- ", route)


def _wrap_block_mapping(document: Document, place: Place, style: BlockStyle, route: str) -> Edit:
    text, (start, end) = document.text, place.node.span
    if place.entry is not None and style.item_indent == 0 and places.begins_line(text, start):
        key = places.column(text, places.entry_start(text, place.entry))
        if places.column(text, start) - 2 >= key and text[start - 2 : start] == "  ":
            return Edit(document.path, Span(start - 2, start), "- ", route)
    return Edit(document.path, Span(start, end), f"- {_LINE.sub('  ', text[start:end])}", route)


def replace_entry(document: Document, path: Path, name: str, value: Any) -> Edit:
    """Put another entry in the place of the one at a path."""
    return replace_entries(document, path, {name: value})


def replace_entries(document: Document, path: Path, entries: dict[str, Any]) -> Edit:
    """Put one or more other entries in the place of the one at a path; the comment beside it stays.

    Raises:
        KeyError: the path leads nowhere, or to a list item.
    """
    place = places.find(document, path)
    if place.entry is None:
        raise KeyError(format_route(tuple(path)))
    text, route = document.text, format_route(tuple(path))
    start = places.entry_start(text, place.entry)
    span = Span(start, place.entry.span.end)
    if place.flow:
        return Edit(document.path, span, ", ".join(render_pair(*entry) for entry in entries.items()), route)
    style = style_for(document, place.node)
    first, *others = style.block(entries, places.column(text, start)).split(style.newline)
    if places.is_block_scalar(place.node) or places.is_block_collection(place.node):
        found = _KEY_COMMENT.match(text, places.after_colon(text, place.entry) or start, span.end)
        first += found[1] if found else ""
    return Edit(document.path, span, style.newline.join((first, *others)), route)


def _insert(
    document: Document, mapping: Mapping, index: int, name: str, value: Any, style: BlockStyle, route: str
) -> Edit:
    """Put a new entry behind the one at `index`."""
    text, (start, end) = document.text, mapping.span
    if not mapping.entries:
        outermost = mapping.parent is None
        style.text_blocks = False
        new = style.entry(name, value, places.column(text, start)) if outermost else f"{{{render_pair(name, value)}}}"
        return Edit(document.path, mapping.span, new, route)
    entry = mapping.entries[index]
    if not mapping.flow:
        indent = places.column(text, places.entry_start(text, mapping.entries[0]))
        return _insert_line(document, entry.value, indent, style.entry(name, value, indent), route)
    new = f", {render_pair(name, value)}"
    if text[start : start + 1] != "{":  # `[a: 1]` holds a mapping without braces
        return Edit(document.path, mapping.span, f"{{{text[start:end]}{new}}}", route)
    at = entry.span.end
    return Edit(document.path, Span(at, at), f" {new}" if text[at - 1 : at] == ":" else new, route)


def _insert_line(document: Document, node: Node, indent: int, lines: str, route: str) -> Edit:
    text, newline = document.text, document.newline
    at = places.below(text, node, indent)
    if at == len(text) and text[-1] not in "\r\n":
        return Edit(document.path, Span(at, at), f"{newline}{' ' * indent}{lines}", route)
    return Edit(document.path, Span(at, at), f"{' ' * indent}{lines}{newline}", route)
