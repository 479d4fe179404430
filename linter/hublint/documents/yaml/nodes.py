"""A YAML document as a tree of nodes that keep their source span, style, key order and duplicate keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from hublint.documents.source import Span
from hublint.documents.yaml.scalars import Plain, core_value, property_name
from hublint.regexes import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

Step = str | int

MAX_DEPTH = 100
MAX_EXPANDED = 100_000
MAX_RETRIED = 100_000

_LOADER: Any = getattr(yaml, "CLoader", yaml.Loader)
_PROPERTIES = lazy(r"(?:[!&][^\s,\[\]{}]*\s+)+|[!&][^\s,\[\]{}]*$")
_SURROGATE = lazy("[\ud800-\udfff]")
_COLON = lazy(r"[ \t]*:")
_PREFIX = "tag:yaml.org,2002:"
# js-yaml 4 knows binary, timestamp, merge, omap, pairs and set, js-yaml 5 does not: the Hub may run either.
_SCALAR_TAGS = frozenset(("!", "str", "int", "float", "bool", "null", "binary", "timestamp", "merge"))
_COLLECTION_TAGS = {
    yaml.MappingStartEvent: frozenset(("!", "map", "set")),
    yaml.SequenceStartEvent: frozenset(("!", "seq", "omap", "pairs")),
}
_NUMERIC = frozenset("+-.0123456789")
_STYLES = {None: "plain", "": "plain", "'": "single", '"': "double", "|": "literal", ">": "folded"}


class YamlError(Exception):
    """Text that the Hub's YAML parser refuses.

    `kind` is `syntax`, `tag`, `alias` or `depth`; `problem` is the parser's own wording, never shown to users;
    `offset` is where the parser gave up, `context_offset` where the construct it was in began.
    """

    def __init__(self, kind: str, problem: str, offset: int, context_offset: int | None = None) -> None:
        super().__init__(problem)
        self.kind = kind
        self.problem = problem
        self.offset = offset
        self.context_offset = context_offset


class Node:
    """One node of a YAML document. `step` is its key or index in `parent`."""

    __slots__ = ("parent", "span", "step", "tag")

    def __init__(self, span: Span, tag: str = "") -> None:
        self.span = span
        self.tag = tag
        self.parent: Node | None = None
        self.step: Step = ""

    @property
    def path(self) -> tuple[Step, ...]:
        """Keys and indexes from the document's root to this node."""
        steps: list[Step] = []
        node = self
        while node.parent is not None:
            steps.append(node.step)
            node = node.parent
        return tuple(reversed(steps))

    @property
    def route(self) -> str:
        """The path as users read it, e.g. `model-index[0].results[0].metrics`."""
        return format_route(self.path)

    @property
    def value(self) -> Any:
        """Plain Python data: dict, list, str, int, float, bool or None."""
        raise NotImplementedError


class Scalar(Node):
    """A scalar. `text` is its source text, `content` the string after unquoting and folding."""

    __slots__ = ("content", "style", "text")

    def __init__(self, span: Span, tag: str, text: str, content: str, style: str) -> None:
        super().__init__(span, tag)
        self.text = text
        self.content = content
        self.style = style

    @property
    def value(self) -> Plain:
        """The value that the Hub reads."""
        if self.tag in ("!", _PREFIX + "str") or (self.style != "plain" and not self.tag):
            return self.content
        return core_value(self.content)


class Sequence(Node):
    """A list, block or flow."""

    __slots__ = ("flow", "items")

    def __init__(self, span: Span, tag: str, flow: bool) -> None:
        super().__init__(span, tag)
        self.flow = flow
        self.items: list[Node] = []

    @property
    def value(self) -> list[Any]:
        """The items' values."""
        return [item.value for item in self.items]


class Entry:
    """One `key: value` of a mapping; `name` is the key as JavaScript writes it."""

    __slots__ = ("key", "name", "value")

    def __init__(self, key: Node, value: Node) -> None:
        self.key = key
        self.value = value
        self.name = property_name(key.value)

    @property
    def span(self) -> Span:
        """From the key's first character to the value's last."""
        return Span(self.key.span.start, max(self.value.span.end, self.key.span.end))

    @property
    def route(self) -> str:
        """The route of the value."""
        return self.value.route


class Mapping(Node):
    """A mapping with its entries in source order, duplicates kept."""

    __slots__ = ("entries", "flow")

    def __init__(self, span: Span, tag: str, flow: bool) -> None:
        super().__init__(span, tag)
        self.flow = flow
        self.entries: list[Entry] = []

    @property
    def value(self) -> dict[str, Any]:
        """Names to values; of a duplicate key the last counts."""
        return {entry.name: entry.value.value for entry in self.entries}

    def entry(self, name: str) -> Entry | None:
        """The last entry of that name."""
        for entry in reversed(self.entries):
            if entry.name == name:
                return entry
        return None

    def get(self, name: str) -> Node | None:
        """The value of the last entry of that name."""
        entry = self.entry(name)
        return entry.value if entry else None

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)


class Alias(Node):
    """`*name`; its value is that of the anchored node."""

    __slots__ = ("target",)

    def __init__(self, span: Span, target: Node) -> None:
        super().__init__(span)
        self.target = target

    @property
    def value(self) -> Any:
        """The anchored node's value."""
        return self.target.value


def resolve(node: Node | None) -> Node | None:
    """The node an alias stands for; any other node itself."""
    while isinstance(node, Alias):
        node = node.target
    return node


def format_route(path: tuple[Step, ...]) -> str:
    """`("model-index", 0, "name")` as `model-index[0].name`."""
    route = ""
    for step in path:
        if isinstance(step, int):
            route += f"[{step}]"
        else:
            route += f".{step}" if route else step
    return route


def parse(text: str, span: Span | None = None) -> Node | None:
    """Parse one YAML document; None where it holds nothing but comments.

    Args:
        text: the file's text.
        span: the part of it that is YAML, the whole by default. Node spans are offsets into `text`.

    Raises:
        YamlError: the Hub's parser would refuse the text, or it is nested or aliased beyond all reason.
    """
    start, end = span if span is not None else Span(0, len(text))
    # As js-yaml does: with a last line break a block scalar at the end keeps its own.
    content = text[start:end]
    if not content.endswith(("\n", "\r")):
        content += "\n"
    try:
        return _Builder(text, start, end).build(content, _LOADER)
    except yaml.reader.ReaderError as error:
        position = error.position if isinstance(error.position, int) else 0
        raise YamlError("syntax", str(error.reason), min(start + position, end)) from None
    except yaml.MarkedYAMLError as error:
        if _LOADER is not yaml.Loader and len(content) < MAX_RETRIED:
            # libyaml refuses some of what js-yaml and PyYAML's own parser read, such as "\ud83d\ude80" or [a:].
            try:
                return _Builder(text, start, end).build(content, yaml.Loader)
            except (yaml.YAMLError, OverflowError):
                pass
        mark, context = error.problem_mark, error.context_mark
        raise YamlError(
            "syntax",
            str(error.problem or error.context or ""),
            min(start + mark.index, end) if mark else start,
            min(start + context.index, end) if context else None,
        ) from None
    except UnicodeEncodeError as error:  # invalid UTF-8 kept as surrogates
        raise YamlError("syntax", "invalid UTF-8", start + error.start) from None


class _Builder:
    """Turns libyaml's events into nodes."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.root: Node | None = None
        self.documents = 0
        self.stack: list[Mapping | Sequence] = []
        self.keys: list[Node | None] = []
        self.anchors: dict[str, Node] = {}
        self.sizes: dict[int, int] = {}

    def build(self, content: str, loader: Any) -> Node | None:
        for event in yaml.parse(content, Loader=loader):
            self.take(event)
        return self.root

    def take(self, event: Any) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._place(self._scalar(event), event.anchor)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            if len(self.stack) >= MAX_DEPTH:
                raise YamlError("depth", "nested too deeply", self._offset(event))
            self._open(event)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._close(event)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise YamlError("syntax", "more than one document", self._offset(event))

    def _offset(self, event: Any) -> int:
        return self.start + int(event.start_mark.index)

    def _scalar(self, event: Any) -> Scalar:
        start, end = self.start + event.start_mark.index, self.start + event.end_mark.index
        if event.tag is not None or event.anchor is not None:
            self._check_tag(event.tag, start, _SCALAR_TAGS)
            if event.tag and not _fits(event.tag, event.value):
                raise YamlError("tag", event.tag, start)
            found = _PROPERTIES.match(self.text, start, end)
            start = found.end() if found else start
        style = _STYLES[event.style]
        if style in ("literal", "folded"):
            end = start + len(self.text[start:end].rstrip())
        content = event.value
        if _SURROGATE.search(content):
            content = content.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return Scalar(Span(start, end), event.tag or "", self.text[start:end], content, style)

    def _open(self, event: Any) -> None:
        start = self.start + event.start_mark.index
        if event.tag is not None or event.anchor is not None:
            self._check_tag(event.tag, start, _COLLECTION_TAGS[type(event)])
            found = _PROPERTIES.match(self.text, start, self.end)
            start = found.end() if found else start
        make = Mapping if isinstance(event, yaml.MappingStartEvent) else Sequence
        node = make(Span(start, start), event.tag or "", bool(event.flow_style))
        self._place(node, event.anchor)
        self.stack.append(node)
        self.keys.append(None)

    def _close(self, event: Any) -> None:
        node = self.stack.pop()
        self.keys.pop()
        end = node.span.start
        if node.flow:
            end = self.start + event.end_mark.index
        elif isinstance(node, Mapping):
            if node.entries:
                end = node.entries[-1].span.end
        elif node.items:
            end = max(item.span.end for item in node.items[-1:])
        node.span = Span(node.span.start, max(end, node.span.start))

    def _alias(self, event: Any) -> None:
        span = Span(self.start + event.start_mark.index, self.start + event.end_mark.index)
        target = self.anchors.get(event.anchor)
        if target is None:
            raise YamlError("syntax", "undefined alias", span.start)
        if target in self.stack:
            raise YamlError("alias", "an alias that contains itself", span.start)
        if self._size(target) > MAX_EXPANDED:
            raise YamlError("alias", "aliases expand to too many nodes", span.start)
        self._place(Alias(span, target), None)

    def _size(self, node: Node) -> int:
        """How many nodes `node` is once its aliases are expanded; counted once per anchored node."""
        known = self.sizes.get(id(node))
        if known is not None:
            return known
        if isinstance(node, Alias):
            size = self._size(node.target)
        elif isinstance(node, Mapping):
            size = 1 + sum(1 + self._size(entry.value) for entry in node.entries)
        elif isinstance(node, Sequence):
            size = 1 + sum(self._size(item) for item in node.items)
        else:
            size = 1
        self.sizes[id(node)] = size
        return size

    def _place(self, node: Node, anchor: str | None) -> None:
        if anchor is not None:
            self.anchors[anchor] = node
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        if isinstance(parent, Sequence):
            node.parent, node.step = parent, len(parent.items)
            parent.items.append(node)
            return
        key = self.keys[-1]
        if key is None:
            self.keys[-1] = node
            node.parent = parent
            return
        entry = Entry(key, node)
        node.parent = key.parent = parent
        node.step = key.step = entry.name
        if isinstance(node, Scalar) and not node.text:
            found = _COLON.match(self.text, key.span.end)
            at = found.end() if found else key.span.end
            node.span = Span(at, at)
        parent.entries.append(entry)
        self.keys[-1] = None

    @staticmethod
    def _check_tag(tag: str | None, offset: int, allowed: frozenset[str]) -> None:
        if tag is not None and tag.removeprefix(_PREFIX) not in allowed:
            raise YamlError("tag", tag, offset)


def _fits(tag: str, content: str) -> bool:
    """Whether js-yaml can read `content` as what its tag says."""
    value = core_value(content)
    if tag == _PREFIX + "null":
        return value is None
    if tag == _PREFIX + "bool":
        return isinstance(value, bool)
    if tag in (_PREFIX + "int", _PREFIX + "float"):
        return content[:1] in _NUMERIC if isinstance(value, str) else isinstance(value, (int, float))
    return True
