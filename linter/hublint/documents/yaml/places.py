"""Where the parts of a YAML tree's text begin and end: entries with their line, colons, dashes, indentation."""

from __future__ import annotations

from hublint.documents.yaml.layout import BlockStyle
from hublint.documents.yaml.nodes import Entry, Mapping, Node, Scalar, Sequence, Step, format_route, resolve
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol

    class Document(Protocol):
        """A text with its YAML tree; a `Card` is one."""

        path: str
        text: str

        @property
        def newline(self) -> str: ...

        @property
        def root(self) -> Node | None: ...


_COLON = lazy(r"[ \t]*:")
_PROPERTIES = lazy(r"(?:[!&][^\s,\[\]{}]*[ \t]+)+$")
_LINE_END = lazy(r"[^\r\n]*")
_BREAK = lazy(r"\r\n|\n|\r")


class Place:
    """A node of a document together with its entry, where a mapping holds it."""

    __slots__ = ("entry", "flow", "node", "parent")

    def __init__(self, node: Node, entry: Entry | None) -> None:
        self.node = node
        self.entry = entry
        self.parent = node.parent
        self.flow = any(isinstance(outer, (Mapping, Sequence)) and outer.flow for outer in _outer_nodes(node))


def _outer_nodes(node: Node) -> Iterator[Node]:
    outer = node.parent
    while outer is not None:
        yield outer
        outer = outer.parent


def find(document: Document, path: tuple[Step, ...] | list[Step]) -> Place:
    """The place at a path; aliases are followed but for the last step.

    Raises:
        KeyError: the path leads nowhere.
    """
    node: Node | None = document.root
    entry: Entry | None = None
    for step in path:
        outer = resolve(node)
        node = None
        if isinstance(outer, Mapping) and isinstance(step, str):
            entry = outer.entry(step)
            node = entry.value if entry is not None else None
        elif isinstance(outer, Sequence) and isinstance(step, int) and 0 <= step < len(outer.items):
            entry, node = None, outer.items[step]
    if node is None:
        raise KeyError(format_route(tuple(path)))
    return Place(node, entry)


def column(text: str, offset: int) -> int:
    """0-based column of an offset."""
    return offset - line_start(text, offset)


def line_start(text: str, offset: int) -> int:
    """Where the line of an offset begins."""
    start = text.rfind("\n", 0, offset) + 1
    return max(start, text.rfind("\r", start, offset) + 1)


def line_end(text: str, offset: int) -> int:
    """Where the line of an offset ends, before its line break."""
    found = _LINE_END.match(text, offset)
    return found.end() if found else offset


def next_line(text: str, offset: int) -> int:
    """Where the line after that of an offset begins."""
    end = line_end(text, offset)
    found = _BREAK.match(text, end)
    return found.end() if found else end


def begins_line(text: str, offset: int) -> bool:
    """Whether only blanks precede an offset on its line."""
    return not text[line_start(text, offset) : offset].strip(" \t")


def outer_start(text: str, node: Node) -> int:
    """Where a node begins, its anchor and tag on the same line included."""
    start = node.span.start
    begin = line_start(text, start)
    begin = max(begin, *(text.rfind(mark, begin, start) + 1 for mark in ",[]{}"))  # no property goes on beyond these
    found = _PROPERTIES.search(text[begin:start])
    return begin + found.start() if found else start


def entry_start(text: str, entry: Entry) -> int:
    """Where an entry begins, its key's anchor, tag and `? ` included."""
    start = outer_start(text, entry.key)
    before = text[line_start(text, start) : start].rstrip(" \t")
    return line_start(text, start) + len(before) - 1 if before.endswith("?") else start


def after_colon(text: str, entry: Entry) -> int | None:
    """The offset behind an entry's colon, None where there is no colon."""
    found = _COLON.match(text, entry.key.span.end)
    if found is not None:
        return found.end()
    at = text.find(":", entry.key.span.end, entry.value.span.start)
    return at + 1 if at >= 0 else None


def skip_comments(text: str, offset: int) -> int:
    """The offset of the first line, from the one at `offset` on, that is neither blank nor a comment."""
    while offset < len(text):
        line = text[offset : line_end(text, offset)].lstrip(" \t")
        if line and not line.startswith("#"):
            break
        offset = next_line(text, offset)
    return offset


def dash(text: str, sequence: Sequence, index: int) -> int:
    """The offset of an item's dash in a block sequence."""
    if index == 0:
        return sequence.span.start
    at = skip_comments(text, next_line(text, sequence.items[index - 1].span.end))
    return text.index("-", at)


def parts_of(collection: Mapping | Sequence) -> list[Entry] | list[Node]:
    """A mapping's entries or a sequence's items."""
    return collection.entries if isinstance(collection, Mapping) else collection.items


def is_block_collection(node: Node) -> bool:
    """Whether it is a mapping or sequence whose parts stand on lines."""
    return isinstance(node, (Mapping, Sequence)) and not node.flow


def last_leaf(node: Node) -> Node:
    """The scalar, alias or empty collection that a node's text ends with."""
    while True:
        if isinstance(node, Mapping) and node.entries and not node.flow:
            node = node.entries[-1].value
        elif isinstance(node, Sequence) and node.items and not node.flow:
            node = node.items[-1]
        else:
            return node


def is_block_scalar(node: Node) -> bool:
    """Whether it is a `|` or `>` scalar."""
    return isinstance(node, Scalar) and node.style in ("literal", "folded")


def keeps_blank_lines(node: Node) -> bool:
    """Whether blank lines below it are part of it (`|+`)."""
    return isinstance(node, Scalar) and is_block_scalar(node) and "+" in node.text.split("\n", 1)[0].split("#", 1)[0]


def below(text: str, node: Node, indent: int) -> int:
    """The start of the line below a block node and the comments that are indented deeper than `indent`."""
    at = next_line(text, node.span.end)
    keeps = keeps_blank_lines(last_leaf(node))
    while at < len(text):
        line = text[at : line_end(text, at)]
        bare = line.lstrip(" \t")
        if not (bare.startswith("#") and len(line) - len(bare) > indent) and not (keeps and not bare):
            break
        at = next_line(text, at)
    return at


def block_style(document: Document, flow_lists: bool = False) -> BlockStyle:
    """The style of the document's lists and nested mappings; `flow_lists` is for a document that has no list."""
    lists: list[int] = []
    mappings: list[int] = []
    flow = 0
    pending = [document.root]
    while pending:
        node = pending.pop()
        if isinstance(node, Sequence):
            pending.extend(node.items)
        if not isinstance(node, Mapping):
            continue
        for entry in node:
            value = entry.value
            pending.append(value)
            if not isinstance(value, (Mapping, Sequence)) or not parts_of(value) or node.flow:
                continue
            if value.flow:
                flow += isinstance(value, Sequence)
                continue
            start = entry_start(document.text, entry)
            indents = lists if isinstance(value, Sequence) else mappings
            indents.append(column(document.text, value.span.start) - column(document.text, start))
    if lists or flow:
        flow_lists = flow > len(lists)
    return BlockStyle(document.newline, max(_usual(lists, 0), 0), flow_lists, max(_usual(mappings, 2), 1))


def _usual(numbers: list[int], default: int) -> int:
    """The most frequent number, of several the smallest."""
    return max(sorted(set(numbers)), key=numbers.count) if numbers else default
