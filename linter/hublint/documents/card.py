"""A README.md: its metadata block as a YAML tree, and the text below it."""

from __future__ import annotations

from functools import cached_property

from hublint.documents.frontmatter import Block, find_block
from hublint.documents.placeholders import is_placeholder
from hublint.documents.source import Source, Span
from hublint.documents.yaml import nodes as yaml_nodes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from hublint.documents.near_miss import NearMiss
    from hublint.documents.yaml.nodes import Entry, Mapping, Node, Step, YamlError
    from hublint_schemas import Kind
    from hublint_schemas.violation import Violation


class Card(Source):
    """The README.md of a Hub repository."""

    _violations: tuple[Kind, list[Violation]] | None = None

    @cached_property
    def block(self) -> Block | None:
        """The metadata block's fences, None where huggingface_hub finds none; it reads past a byte order mark."""
        return find_block(self.text, int(self.encoding == "utf-8" and self.text.startswith("\ufeff")))

    @cached_property
    def near_miss(self) -> NearMiss | None:
        """The block that the author surely meant and that is not read so; None where there is no such thing."""
        from hublint.documents.near_miss import near_miss

        return near_miss(self.text)

    @cached_property
    def _reading(self) -> tuple[Node | None, YamlError | None, frozenset[str]]:
        if self.block is None:
            return None, None, frozenset()
        if not self.text.isascii() and yaml_nodes.ODD_BREAK.search(self.text, *self.block.content):
            from hublint.documents.yaml import odd_breaks

            return odd_breaks.read(self.text, self.block.content)
        from hublint.documents.yaml.parsing import parse

        try:
            return parse(self.text, self.block.content, plain_keys=True), None, frozenset()
        except yaml_nodes.YamlError as error:
            from hublint.documents.yaml.recovery import recover

            return recover(self.text, self.block.content, error)

    @property
    def error(self) -> YamlError | None:
        """Why the block is no YAML for Python's tools.

        There is a `root` all the same where the Hub reads it, or where the fault is one key's own: see `unknown`.
        """
        return self._reading[1]

    @property
    def unknown(self) -> frozenset[str]:
        """The keys that nobody can read, where the root is what is left of a block that the Hub refuses."""
        return self._reading[2]

    @property
    def root(self) -> Node | None:
        """The block's root node, whatever its type; None where the block is absent, empty or broken."""
        return self._reading[0]

    @cached_property
    def metadata(self) -> Mapping | None:
        """The block's root where it is a mapping, which is all that the Hub accepts."""
        root = self.root
        return root if isinstance(root, yaml_nodes.Mapping) else None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The metadata's top-level entries; none where there is no metadata."""
        return tuple(self.metadata) if self.metadata is not None else ()

    @cached_property
    def data(self) -> dict[str, Any]:
        """The metadata as plain data; empty where there is none."""
        return self.metadata.value if self.metadata is not None else {}

    def violations(self, kind: Kind, rule: str) -> list[Violation]:
        """What the JSON Schema of `kind` refuses in the metadata and assigns to that rule's code.

        Placeholders of templates are left out: they are FM012's alone.
        """
        return [violation for violation in self._violations_of(kind) if violation.rule == rule]

    def violated(self, kind: Kind) -> frozenset[str]:
        """The codes of the rules that have `violations`."""
        return frozenset(violation.rule for violation in self._violations_of(kind))

    def _violations_of(self, kind: Kind) -> list[Violation]:
        if self._violations is None or self._violations[0] != kind:
            self._violations = (kind, self._find_violations(kind))
        return self._violations[1]

    def _find_violations(self, kind: Kind) -> list[Violation]:
        import hublint_schemas

        if self.metadata is None or hublint_schemas.is_valid(kind, self.data):
            return []
        return [
            violation
            for violation in hublint_schemas.violations(kind, self.data)
            if violation.keyword == "required" or not is_placeholder(violation.value)
        ]

    def entry(self, name: str) -> Entry | None:
        """The metadata's top-level entry of that name."""
        return self.metadata.entry(name) if self.metadata is not None else None

    def get(self, *path: Step) -> Node | None:
        """The metadata's node at a path of keys and indexes, aliases followed; None where the path leads nowhere."""
        node: Node | None = self.metadata
        for step in path:
            node = yaml_nodes.resolve(node)
            if isinstance(node, yaml_nodes.Mapping) and isinstance(step, str):
                node = node.get(step)
            elif isinstance(node, yaml_nodes.Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
                node = node.items[step]
            else:
                return None
        return yaml_nodes.resolve(node)

    def place(self, *path: Step) -> Placed:
        """Where to report a problem of a path: its value, else its nearest parent's key, else the opening fence."""
        for end in range(len(path), 0, -1):
            node = self.get(*path[:end])
            if node is None:
                continue
            if end == len(path) and node.span.start < node.span.end:
                return Placed(node.span, yaml_nodes.format_route(path))
            parent = self.get(*path[: end - 1])
            step = path[end - 1]
            entry = parent.entry(step) if isinstance(parent, yaml_nodes.Mapping) and isinstance(step, str) else None
            return Placed(entry.key.span if entry else node.span, yaml_nodes.format_route(path))
        return Placed(self.fence, yaml_nodes.format_route(path))

    @property
    def fence(self) -> Span:
        """The opening `---`, or the very start of a README without metadata."""
        return self.block.opening if self.block else Span(0, 0)

    @cached_property
    def body(self) -> Span:
        """The text below the metadata block."""
        return Span(self.block.end if self.block else 0, len(self.text))

    @cached_property
    def prose(self) -> str:
        """The text below the metadata block."""
        return self.text[slice(*self.body)]

    @cached_property
    def lowered(self) -> str:
        """The same in lower case."""
        return self.prose.lower()


class Placed:
    """A span together with the route that it stands for."""

    __slots__ = ("route", "span")

    def __init__(self, span: Span, route: str) -> None:
        self.span = span
        self.route = route
