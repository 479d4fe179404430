"""Reads YAML as the Hub does, with libyaml where that is certain, into a tree of nodes."""

from __future__ import annotations

from hublint.documents.source import Span
from hublint.documents.yaml.nodes import INVALID_UTF_8, PREFIX, Alias, Entry, Mapping, Node, Scalar, Sequence, YamlError
from hublint.documents.yaml.pyyaml import yaml
from hublint.documents.yaml.scalars import core_value
from hublint.records import NamedTuple
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

MAX_DEPTH = 100
MAX_EXPANDED = 100_000
MAX_EXPANDED_TOGETHER = 1_000_000

# libyaml, where PyYAML was built with it; tests set it to None.
FAST_LOADER: Any = getattr(yaml, "CLoader", None)
_PROPERTIES = lazy(r"(?:[!&][^\s,\[\]{}]*\s+)+|[!&][^\s,\[\]{}]*$")
_COLON = lazy(r"[ \t]*:")
_GLUED_COMMENT = lazy(r"[|>][-+0-9]*#")
# js-yaml 4 knows binary, timestamp, merge, omap, pairs and set, js-yaml 5 does not: the Hub may run either.
_SCALAR_TAGS = frozenset(("!", "str", "int", "float", "bool", "null", "binary", "timestamp", "merge"))
_COLLECTION_TAGS = {
    yaml.MappingStartEvent: frozenset(("!", "map", "set")),
    yaml.SequenceStartEvent: frozenset(("!", "seq", "omap", "pairs")),
}
_GLUED_QUESTION_MARK = lazy(r"\?(?=[^\s,\[\]{}])")
_NUMERIC = frozenset("+-.0123456789")
_STYLES = {None: "plain", "": "plain", "'": "single", '"': "double", "|": "literal", ">": "folded"}


def parse(text: str, span: Span | None = None, plain_keys: bool = False) -> Node | None:
    """Parse one YAML document; None where it holds nothing but comments.

    Args:
        text: the file's text.
        span: the part of it that is YAML, the whole by default. Node spans are offsets into `text`.
        plain_keys: refuse lists and mappings as keys, as PyYAML's constructor does and js-yaml 5 too.

    Raises:
        YamlError: the Hub's parser would refuse the text, or it is nested or aliased beyond all reason.
    """
    start, end = span if span is not None else Span(0, len(text))
    # As js-yaml does: with a last line break a block scalar at the end keeps its own.
    content = text[start:end]
    if not content.endswith(("\n", "\r")):
        content += "\n"
    has_directive = content[0] == "%" or "\n%" in content
    if FAST_LOADER is not None and "\t" not in content and "\ufeff" not in content and not has_directive:
        try:
            return _Builder(text, start, end, plain_keys, fast=True).build(FAST_LOADER(content))
        except (yaml.YAMLError, UnicodeEncodeError, _DoubtfulError):
            pass
        except YamlError as error:
            if error.kind == "key":  # all of it was read
                raise
    return _parse_with_python(text, start, end, content, plain_keys)


class _DoubtfulError(Exception):
    """libyaml accepts what PyYAML's own parser may refuse."""


def _parse_with_python(text: str, start: int, end: int, content: str, plain_keys: bool) -> Node | None:
    """Parse with PyYAML's own parser, which has the last word: huggingface_hub and datasets read with it.

    libyaml refuses some of what it and js-yaml read, such as "\\ud83d\\ude80" or [a:], accepts some of what both or
    only it refuse, such as [a?] or a tab behind a value, and words its errors in another way.
    """
    loader: Any = None
    try:
        loader = yaml.Loader(content)
        return _Builder(text, start, end, plain_keys, fast=False).build(loader)
    except yaml.reader.ReaderError as error:
        surrogate = isinstance(error.character, int) and 0xD800 <= error.character < 0xE000
        problem = INVALID_UTF_8 if surrogate else str(error.reason)
        raise YamlError("syntax", problem, min(start + error.position, end)) from None
    except yaml.MarkedYAMLError as error:
        mark, context = error.problem_mark, error.context_mark
        raise YamlError(
            "syntax",
            str(error.problem or error.context or ""),
            min(start + mark.index, end) if mark else start,
            min(start + context.index, end) if context else None,
        ) from None
    except (OverflowError, ValueError):  # "\U00110000", or a version of thousands of digits
        raise YamlError("syntax", "a number that is out of range", min(start + loader.index, end)) from None


class _Measure(NamedTuple):
    """How many nodes a node is, and how many collections deep."""

    size: int
    depth: int


class _Builder:
    """Turns a parser's events into nodes; `fast` says that the parser is libyaml."""

    def __init__(self, text: str, start: int, end: int, plain_keys: bool, fast: bool) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.plain_keys = plain_keys
        self.complex_key: Node | None = None
        self.fast = fast
        self.root: Node | None = None
        self.documents = 0
        self.stack: list[Mapping | Sequence] = []
        self.keys: list[Node | None] = []
        self.anchors: dict[str, Node] = {}
        self.measures: dict[int, _Measure] = {}
        self.expanded = 0

    def build(self, loader: Any) -> Node | None:
        """The root of what `loader` parses.

        Raises:
            YamlError: the events make no document for the Hub.
            _DoubtfulError: see there.
        """
        try:
            for event in iter(loader.get_event, None):
                take = _TAKEN.get(type(event))
                if take is not None:
                    take(self, event)
        finally:
            loader.dispose()
        if self.plain_keys and self.complex_key is not None:
            raise YamlError("key", "found unhashable key", self.complex_key.start)
        return self.root

    def _offset(self, event: Any) -> int:
        return self.start + int(event.start_mark.index)

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise YamlError("syntax", "more than one document", self._offset(event))

    def _scalar(self, event: Any) -> None:
        start, end = self.start + event.start_mark.index, self.start + event.end_mark.index
        style = _STYLES[event.style]
        content = event.value
        if event.tag is not None or event.anchor is not None:
            start = self._after_properties(event, start, end)
        if style != "plain":
            content, end = self._unquoted(content, style, start, end)
        elif self.stack and self.stack[-1].flow:
            if self.fast and "?" in content:
                raise _DoubtfulError
            if content == "-":  # js-yaml: the dash of a list item
                raise YamlError("syntax", "expected the node content, but found '-'", start)
        self._place(Scalar(start, end, event.tag or "", self.text[start:end], content, style), event.anchor)

    def _after_properties(self, event: Any, start: int, end: int) -> int:
        """Where a scalar begins, behind its tag and anchor."""
        self._check_tag(event.tag, start, _SCALAR_TAGS)
        if event.tag and not _fits(event.tag, event.value):
            raise YamlError("tag", event.tag, start)
        if event.anchor and self.text.startswith(f"&{event.anchor}:", start):  # js-yaml: part of the name
            raise YamlError("syntax", "expected alphabetic or numeric character", start)
        found = _PROPERTIES.match(self.text, start, end)
        return found.end() if found else start

    def _unquoted(self, content: str, style: str, start: int, end: int) -> tuple[str, int]:
        """What a scalar that is not plain says, and where it ends."""
        if style in ("literal", "folded"):
            if self.fast and _GLUED_COMMENT.match(self.text, start):
                raise _DoubtfulError
            return content, start + len(self.text[start:end].rstrip())
        try:
            content.encode()
        except UnicodeEncodeError:  # `"\ud83d\ude00"` is one character, as in JSON
            content = content.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return content, end

    def _open(self, event: Any) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise YamlError("depth", "nested too deeply", self._offset(event))
        start = self.start + event.start_mark.index
        if event.tag is not None or event.anchor is not None:
            self._check_tag(event.tag, start, _COLLECTION_TAGS[type(event)])
            found = _PROPERTIES.match(self.text, start, self.end)
            start = found.end() if found else start
        make = Mapping if isinstance(event, yaml.MappingStartEvent) else Sequence
        if event.flow_style and _GLUED_QUESTION_MARK.match(self.text, start, self.end):  # js-yaml: text
            raise YamlError("syntax", "expected ',' or ']', but got '?'", start, self.stack[-1].start)
        node = make(start, event.tag or "", bool(event.flow_style))
        self._place(node, event.anchor)
        self.stack.append(node)
        self.keys.append(None)

    def _close(self, event: Any) -> None:
        node = self.stack.pop()
        self.keys.pop()
        if node.flow:
            node.end = self.start + event.end_mark.index
        else:
            parts = node.entries if isinstance(node, Mapping) else node.items
            node.end = max(node.start, parts[-1].end) if parts else node.start

    def _alias(self, event: Any) -> None:
        start, end = self.start + event.start_mark.index, self.start + event.end_mark.index
        target = self.anchors.get(event.anchor)
        if target is None:
            raise YamlError("syntax", "undefined alias", start)
        if target in self.stack:
            raise YamlError("alias", "an alias that contains itself", start)
        size, depth = self._measure(target)
        self.expanded += size
        if size > MAX_EXPANDED or self.expanded > MAX_EXPANDED_TOGETHER:
            raise YamlError("alias", "aliases expand to too many nodes", start)
        if len(self.stack) + depth > MAX_DEPTH:
            raise YamlError("depth", "nested too deeply", start)
        self._place(Alias(start, end, target), None)

    def _measure(self, node: Node) -> _Measure:
        """How large `node` is once its aliases are expanded; measured once per anchored node."""
        known = self.measures.get(id(node))
        if known is not None:
            return known
        if isinstance(node, Alias):
            measure = self._measure(node.target)
        elif isinstance(node, (Mapping, Sequence)):
            values = [entry.value for entry in node.entries] if isinstance(node, Mapping) else node.items
            parts = [self._measure(part) for part in values]
            keys = len(parts) if isinstance(node, Mapping) else 0
            measure = _Measure(
                1 + keys + sum(part.size for part in parts), 1 + max((p.depth for p in parts), default=0)
            )
        else:
            measure = _Measure(1, 0)
        self.measures[id(node)] = measure
        return measure

    def _place(self, node: Node, anchor: str | None) -> None:
        if anchor is not None:
            self.anchors[anchor] = node
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        node.parent = parent
        if isinstance(parent, Sequence):
            node.step = len(parent.items)
            parent.items.append(node)
            return
        key = self.keys[-1]
        if key is None:
            if self.fast and isinstance(node, Scalar) and not node.text:  # the two place it differently
                raise _DoubtfulError
            self.keys[-1] = node
            return
        if isinstance(key, (Mapping, Sequence)):
            self._check_key(key)
        entry = Entry(key, node)
        node.step = key.step = entry.name
        if isinstance(node, Scalar) and not node.text:
            found = _COLON.match(self.text, key.end)
            node.start = node.end = found.end() if found else key.end
        parent.entries.append(entry)
        self.keys[-1] = None

    def _check_key(self, key: Mapping | Sequence) -> None:
        if isinstance(key, Sequence) and any(isinstance(item, Sequence) for item in key.items):
            raise YamlError("syntax", "a list of lists as a key", key.start)
        self.complex_key = self.complex_key or key

    def _check_tag(self, tag: str | None, offset: int, allowed: frozenset[str]) -> None:
        if tag is not None and self.fast:
            raise _DoubtfulError
        if tag is not None and tag.removeprefix(PREFIX) not in allowed:
            raise YamlError("tag", tag, offset)


_TAKEN: dict[type, Callable[[_Builder, Any], None]] = {
    yaml.ScalarEvent: _Builder._scalar,
    yaml.MappingStartEvent: _Builder._open,
    yaml.SequenceStartEvent: _Builder._open,
    yaml.MappingEndEvent: _Builder._close,
    yaml.SequenceEndEvent: _Builder._close,
    yaml.AliasEvent: _Builder._alias,
    yaml.DocumentStartEvent: _Builder._document,
}


def _fits(tag: str, content: str) -> bool:
    """Whether js-yaml can read `content` as what its tag says."""
    value = core_value(content)
    if tag == PREFIX + "null":
        return value is None
    if tag == PREFIX + "bool":
        return isinstance(value, bool)
    if tag in (PREFIX + "int", PREFIX + "float"):
        return content[:1] in _NUMERIC if isinstance(value, str) else isinstance(value, (int, float))
    return True
