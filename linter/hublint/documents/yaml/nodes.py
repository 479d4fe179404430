"""A YAML document as a tree of nodes that keep their source span, style, key order and duplicate keys."""

from __future__ import annotations

from hublint.documents.source import Span
from hublint.documents.yaml.scalars import Plain, core_value, property_name
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

Step = str | int

PREFIX = "tag:yaml.org,2002:"
_TEXT_TAGS = ("!", PREFIX + "str")
INVALID_UTF_8 = "invalid UTF-8"
ODD_BREAK = lazy("[\x85\u2028\u2029]")  # line breaks for PyYAML, text for js-yaml


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

    __slots__ = ("end", "parent", "start", "step", "tag")

    def __init__(self, start: int, end: int, tag: str = "") -> None:
        self.start = start
        self.end = end
        self.tag = tag
        self.parent: Node | None = None
        self.step: Step = ""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)

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

    def __init__(self, start: int, end: int, tag: str, text: str, content: str, style: str) -> None:
        self.start = start  # as Node does, without a call: there are many scalars
        self.end = end
        self.tag = tag
        self.parent = None
        self.step = ""
        self.text = text
        self.content = content
        self.style = style

    @property
    def value(self) -> Plain:
        """The value that the Hub reads."""
        is_text = self.tag in _TEXT_TAGS if self.tag else self.style != "plain"
        return self.content if is_text else core_value(self.content)


class Sequence(Node):
    """A list, block or flow."""

    __slots__ = ("flow", "items")

    def __init__(self, start: int, tag: str, flow: bool) -> None:
        super().__init__(start, start, tag)
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
        return Span(self.key.start, self.end)

    @property
    def end(self) -> int:
        """Where it ends."""
        return max(self.value.end, self.key.end)

    @property
    def route(self) -> str:
        """The route of the value."""
        return self.value.route


class Mapping(Node):
    """A mapping with its entries in source order, duplicates kept."""

    __slots__ = ("entries", "flow")

    def __init__(self, start: int, tag: str, flow: bool) -> None:
        super().__init__(start, start, tag)
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

    def __init__(self, start: int, end: int, target: Node) -> None:
        super().__init__(start, end)
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
