"""What js-yaml, with which the Hub reads, takes where PyYAML does not.

js-yaml 4.3 and 5.5 both allow a tab after a dash that a list or mapping on the same line does not follow, after a
colon or a value, before a value that blanks indent, in empty lines and before comments; control characters in comments;
a question mark inside flow collections and a colon that begins a value there, or goes on an anchor's name; and take
U+0085, U+2028 and U+2029 for text where PyYAML sees line breaks. js-yaml 4.3 allows tabs that indent the inside of a
flow collection, js-yaml 5.5 a tag right before a comma.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from hublint.documents.yaml.nodes import ODD_BREAK, Mapping, Scalar, Sequence, YamlError
from hublint.documents.yaml.parsing import parse
from hublint.documents.yaml.walk import restore_scalars, walk
from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.source import Span
    from hublint.documents.yaml.nodes import Node

_BLANK_LINE = re.compile(r"^([ ]*)\t[ \t]*(?=[#\r\n]|\Z)", re.MULTILINE)
_TEXT_LINE = re.compile(r"^[ ]*[^ \t\r\n][^\r\n]*", re.MULTILINE)
_TAB_INDENT = re.compile(r"^([ ]*)\t[ \t]*", re.MULTILINE)
_TAB_AFTER_DASH = re.compile(r"^[ ]*(?:[-?:][ ]+)*[-?:][ ]*(\t)[ \t]*(?:[-?:][ \t]+)*", re.MULTILINE)
_QUESTION_MARK = re.compile(r"(?<=[^\s\[{,\\])\?|(?<!\\)\?(?=[^\s,\[\]{}])")
_LEADING_COLON = re.compile(r"(?<=[\[{,])[ \t\r\n]*(:)|(?<=: )[ ]*(:)(?=[^\s,\[\]{}])")
_LONE_COLON = re.compile(r"(?<=[\[{,])[ \t\r\n]*:(?=[\s,\[\]{}])")
_ANCHOR = re.compile(r"(?:^|(?<=[:-] ))[ ]*[&*][^\s,\[\]{}]*", re.MULTILINE)
_TAG_OF_NOTHING = re.compile(r"!!str(?=,)")
_TEXTS = ("literal", "folded")
_QUOTED = ("single", "double")
_FIRST_TEXT = re.compile(r"[\r\n]([ ]*)[^\s]")
_COMMENT = re.compile(r"(?:^|(?<=[ \t\r\n]))#[^\r\n]*")
_UNPRINTABLE = re.compile("[\x7f-\x84\x86-\x9f\ufffe\uffff]")


def as_the_hub_reads(text: str) -> str | None:
    """A text of the same length in which other characters stand for what only PyYAML refuses.

    None where js-yaml would refuse the text too, or PyYAML takes it as it is.
    """
    lenient = _BLANK_LINE.sub(lambda found: " " * len(found[0]), text)
    lenient = _TEXT_LINE.sub(lambda found: found[0].replace("\t", " "), lenient)
    lenient = ODD_BREAK.sub("_", lenient)
    lenient = _COMMENT.sub(lambda found: _UNPRINTABLE.sub("_", found[0]), lenient)
    lenient = _QUESTION_MARK.sub("_", lenient)
    lenient = _ANCHOR.sub(lambda found: found[0].replace(":", "_"), lenient)
    lenient = _TAG_OF_NOTHING.sub("''   ", lenient)
    colons = [found.end() for found in _LONE_COLON.finditer(lenient)]
    lenient = _LEADING_COLON.sub(lambda found: f"{found[0][:-1]}_", lenient)
    indents = [_Tab(found.start(), found.end(), len(found[1])) for found in _TAB_INDENT.finditer(lenient)]
    lenient = _TAB_INDENT.sub(lambda found: " " * len(found[0]), lenient)
    if lenient == text:
        return None
    try:
        root = parse(lenient)
    except YamlError:
        return None
    nodes = _Nodes(text, root)
    dashes = [range(found.end(1), found.end() + 1) for found in _TAB_AFTER_DASH.finditer(text)]
    empty = [_Tab(found.start(), found.end(), len(found[1])) for found in _BLANK_LINE.finditer(text)]
    refused = (
        any(offset in nodes.blocks for places in dashes for offset in places)
        or any(map(nodes.cuts_text, empty))
        or not all(map(nodes.is_in_flow, colons))
        or not all(nodes.is_in_flow(tab.end) or nodes.indents_value(tab) for tab in indents)
    )
    return None if refused else lenient


def restore(root: Node | None, text: str) -> None:
    """Give values and keys of one line the characters for which others stood, from the text that was really written.

    Args:
        root: what was read of a text of `as_the_hub_reads`.
        text: the file's own text, which is as long.
    """
    restore_scalars(root, lambda scalar: _restore(scalar, text))


def _restore(scalar: Scalar, text: str) -> None:
    own = text[slice(*scalar.span)]
    if own == scalar.text or "\n" in own or "\r" in own:
        return
    if scalar.style == "plain":
        scalar.text = scalar.content = own
    elif scalar.style in _QUOTED and isinstance(written := _quoted(own), Scalar):
        scalar.text, scalar.content = own, written.content


def _quoted(own: str) -> Node | None:
    """What a text between quotes is by itself; None where PyYAML refuses what it holds."""
    try:
        return parse(own)
    except YamlError:
        return None


class _Tab(NamedTuple):
    """Blanks and tabs that a line begins with: where they begin and end, and how many blanks come first."""

    start: int
    end: int
    blanks: int


class _Nodes:
    """Where the nodes of a text lie that decide whether js-yaml takes a tab.

    Attributes:
        blocks: where lists and mappings begin that no bracket opens.
    """

    def __init__(self, text: str, root: Node | None) -> None:
        self.text = text
        nodes = list(walk(root))
        collections = [node for node in nodes if isinstance(node, (Mapping, Sequence))]
        self.blocks = frozenset(node.span.start for node in collections if not node.flow)
        self.flows: list[Span] = []
        for span in sorted(node.span for node in collections if node.flow):
            if not self.flows or span.start >= self.flows[-1].end:
                self.flows.append(span)
        self.scalars = sorted((node for node in nodes if isinstance(node, Scalar)), key=_start)
        self.depths: dict[int, int] = {}

    def is_in_flow(self, offset: int) -> bool:
        """Whether an offset lies inside the brackets of a flow collection."""
        index = bisect_left(self.flows, offset, key=lambda span: span.start) - 1
        return index >= 0 and offset < self.flows[index].end

    def cuts_text(self, tab: _Tab) -> bool:
        """Whether an empty line with a tab stands inside a `|` or `>` text and less deep than it."""
        node = self._scalar(tab.start)
        return node is not None and node.style in _TEXTS and tab.blanks < self._depth(node)

    def indents_value(self, tab: _Tab) -> bool:
        """Whether a tab follows blanks that indent a value of its key or item deep enough."""
        node = self._scalar(tab.end)
        if node is None or (node.style in _TEXTS and node.span.start != tab.end):
            return False
        return node.parent is None or tab.blanks > self._column(node.parent.span.start)

    def _scalar(self, offset: int) -> Scalar | None:
        """The scalar that an offset lies in."""
        index = bisect_right(self.scalars, offset, key=_start) - 1
        node = self.scalars[index] if index >= 0 else None
        return node if node is not None and offset < node.span.end else None

    def _depth(self, node: Scalar) -> int:
        """How far a `|` or `>` text is indented."""
        if node.span.start not in self.depths:
            found = _FIRST_TEXT.search(self.text, *node.span)
            self.depths[node.span.start] = len(found[1]) if found else 0
        return self.depths[node.span.start]

    def _column(self, offset: int) -> int:
        return offset - max(self.text.rfind("\n", 0, offset), self.text.rfind("\r", 0, offset)) - 1


def _start(node: Node) -> int:
    return node.span.start
