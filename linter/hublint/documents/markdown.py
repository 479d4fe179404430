"""The text of a card, parsed as Markdown, with the places of its headings, links and code.

markdown-it knows the lines of blocks only; the places within a line come from its inline rules, which are wrapped so
that each notes where it began and ended. They run when something is asked for that stands within lines.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, cached_property

from hublint.documents.card import Card
from hublint.documents.source import Span
from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from hublint.documents.source import Source

LARGEST = 200_000
_DEEPEST = 20
_WRAPPED = ("backticks", "link", "image", "autolink", "html_inline")
# What the noted parts of a line begin with.
_SIGNS = frozenset("`[<")
_SIGNS_OF_HTML = frozenset("<")
_SURROGATE = "[\ud800-\udfff]"
_COMMENT = r"<!--[\s\S]*?(?:-->|\Z)"
_TAG = (
    r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)\b"
    r"(?P<attributes>(?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*')*)>"
)
_ATTRIBUTE = r"(?i)\b(src|href|id|name)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))"
_SHOWN_TAGS = frozenset(("img", "video", "audio", "source"))
_VERBATIM_TAGS = frozenset(("code", "pre", "kbd", "samp", "tt", "script", "style", "svg"))


class Heading(NamedTuple):
    """A heading; `text` is what readers see, `source` what is written."""

    level: int
    text: str
    source: str
    span: Span


class CodeBlock(NamedTuple):
    """A block of code, fenced or indented; `info` is what stands after the opening fence."""

    info: str
    content: str
    fenced: bool
    closed: bool
    span: Span


class Link(NamedTuple):
    """A link or image; `target` may be percent-encoded by the parser, `span` is where it is written."""

    target: str
    image: bool
    span: Span


class Markdown:
    """A card's text, or a part of it.

    Attributes:
        blocks: the blocks of code.
    """

    def __init__(
        self, source: Source, start: int, blocks: list[CodeBlock], tokens: list[Token], references: dict[str, Any]
    ) -> None:
        """
        Args:
            source: what holds the text.
            start: where it begins, which is the start of a line.
            blocks: the blocks of code.
            tokens: what markdown-it says of all blocks.
            references: what it says of the meaning of links.
        """
        self.blocks = blocks
        self._source = source
        self._start = start
        self._tokens = tokens
        self._references = references
        self._block_spans = [block.span for block in self.blocks]

    @cached_property
    def headings(self) -> list[Heading]:
        """The headings."""
        found = []
        places = _Places(self._source, self._start)
        for opening, token in zip(self._tokens, self._tokens[1:], strict=False):
            if opening.type == "heading_open":
                parts = self._parts(token)
                text = "".join(part.content for part in parts if part.type != "html_inline")
                found.append(Heading(int(opening.tag[1]), text, token.content, places.lines(*token.map or (0, 0))))
        return found

    def _read(self, signs: frozenset[str]) -> _Reader:
        """What stands within lines that hold one of some signs, and in blocks of HTML."""
        reader = _Reader(self._source, _Places(self._source, self._start))
        for token in self._tokens:
            if token.type == "html_block":
                reader.read_html(token)
            elif token.type == "inline" and not signs.isdisjoint(token.content):
                reader.read(token, self._parts(token))
        return reader

    @cached_property
    def _inline(self) -> _Reader:
        return self._read(_SIGNS)

    def _parts(self, token: Token) -> list[Token]:
        """The parts of what stands within the lines of a block."""
        if not token.children:
            token.children = _parser().inline.parse(token.content, _parser(), self._references, [])
        return token.children

    @cached_property
    def links(self) -> list[Link]:
        """The links and images, in the order of the text."""
        return sorted(self._inline.links, key=lambda link: link.span)

    @cached_property
    def anchors(self) -> set[str]:
        """The ids that the author wrote as HTML."""
        return self._read(_SIGNS_OF_HTML).anchors

    @cached_property
    def code(self) -> list[Span]:
        """What readers see as code or not at all, sorted and apart."""
        return _merged([*self._block_spans, *self._inline.code])

    @cached_property
    def markup(self) -> list[Span]:
        """Tags and the targets of links, sorted and apart."""
        return _merged(self._inline.markup)

    def is_code(self, start: int, end: int | None = None) -> bool:
        """Whether a range touches code or a comment."""
        return _touches(self._block_spans, start, end) or _touches(self.code, start, end)

    def block_at(self, start: int, end: int) -> CodeBlock | None:
        """The block of code that holds a whole range."""
        index = bisect_right(self._block_spans, start, key=lambda span: span.start) - 1
        block = self.blocks[index] if index >= 0 else None
        return block if block is not None and end <= block.span.end else None

    def is_prose(self, start: int, end: int | None = None) -> bool:
        """Whether a range touches neither code nor markup."""
        return not (_touches(self.code, start, end) or _touches(self.markup, start, end))


def parse(source: Source) -> Markdown | None:
    """The text below the metadata; None where it is longer than 200,000 characters."""
    span = source.body if isinstance(source, Card) else Span(0, len(source.text))
    return None if span.end - span.start > LARGEST else parse_part(source, span)


def parse_part(source: Source, span: Span) -> Markdown:
    """A part of the text, from the start of a line on, as if there were nothing else."""
    start, end = span
    references: dict[str, Any] = {}
    tokens = _parser().parse(source.parsed(_as_read)[start:end], references)
    places = _Places(source, start)
    blocks = [
        _code_block(token, places.lines(*token.map))
        for token in tokens
        if token.type in ("fence", "code_block") and token.map
    ]
    return Markdown(source, start, blocks, tokens, references)


def parse_fenced(source: Source, span: Span) -> Markdown:
    """The same of a part that is no more than a closed block of code whose fences begin at a line's first column."""
    start, end = span
    text = source.parsed(_as_read)[start:end].rstrip("\r\n")
    opening, _, rest = text.replace("\r\n", "\n").replace("\r", "\n").partition("\n")
    content = rest[: rest.rfind("\n") + 1]
    block = CodeBlock(opening.lstrip(opening[0]).strip(), content, True, True, Span(start, start + len(text)))
    return Markdown(source, start, [block], [], {})


def _as_read(source: Source) -> str:
    """The text with what markdown-it replaces or chokes on replaced by as many characters, so that places stay."""
    text = source.text.replace("\0", "\ufffd")
    return text if source.is_utf8 else re.sub(_SURROGATE, "\ufffd", text)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt, rules_inline

    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    parser.disable(["inline", "text_join"])
    rules = {"backticks": rules_inline.backtick}
    for name in _WRAPPED:
        parser.inline.ruler.at(name, _noting(rules.get(name) or getattr(rules_inline, name)))
    return parser


def _noting(rule: Callable[[Any, bool], bool]) -> Callable[[Any, bool], bool]:
    def noting(state: Any, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        for index in range(count, len(state.tokens)):
            token = state.tokens[index]
            if token.type != "text":
                token.meta["at"] = (start, state.pos)
                break
        return True

    return noting


class _Places:
    """Places of a text that begins at an offset of the source, which is the start of a line.

    `text` is the source's text as markdown-it read it, of the same length.
    """

    def __init__(self, source: Source, start: int) -> None:
        self.source = source
        self.text = source.parsed(_as_read)
        self.first = source.position(start).line
        self._reached: dict[int, int] = {}

    def lines(self, first: int, end: int) -> Span:
        """The lines from `first` up to but not including `end`, without the last line break."""
        start = self.source.offset(self.first + first)
        last = self.source.line_span(self.first + max(end - 1, first)).end
        return Span(start, max(start, last))

    def inline(self, content: str, first: int, end: int) -> Callable[[int, int], Span]:
        """A function from a range of a block's inline content to the file.

        Markers and indentation are not part of the content, so each of its lines is looked up in the file's line.
        Where it is not found, as in a table's cell with an escaped bar, the whole line stands for it.
        """
        begins: list[int] = []
        found: list[int | None] = []
        offset = 0
        for number, piece in enumerate(content.split("\n")):
            begins.append(offset)
            found.append(self._find(piece, self.first + min(first + number, max(end - 1, first))))
            offset += len(piece) + 1

        def at(offset: int) -> Span:
            number = bisect_right(begins, offset) - 1
            start = found[number]
            if start is None:
                return self.lines(first + number, first + number + 1)
            return Span(start + offset - begins[number], start + offset - begins[number] + 1)

        return lambda start, stop: Span(at(start).start, at(stop - 1).end)

    def _find(self, piece: str, line: int) -> int | None:
        """Where a piece of a line stands; what was found before, as a table's cells are, stands to its left."""
        start, end = self.source.line_span(line)
        found = self.text.find(piece.rstrip(), max(start, self._reached.get(line, start)), end)
        if found < 0:
            return None
        self._reached[line] = found + len(piece.rstrip())
        return found


class _Reader:
    """Gathers what the tokens say, with places in the file."""

    def __init__(self, source: Source, places: _Places) -> None:
        self.source = source
        self.places = places
        self.links: list[Link] = []
        self.anchors: set[str] = set()
        self.code: list[Span] = []
        self.markup: list[Span] = []
        self.verbatim: dict[str, int] = {}

    def read(self, token: Token, parts: list[Token]) -> None:
        """Take in the parts of what stands within the lines of a block."""
        noted = [part for part in parts if "at" in part.meta]
        place = self.places.inline(token.content, *(token.map or (0, 0))) if noted else None
        for part in noted:
            begin, end = part.meta["at"]
            span = place(begin, end) if place else Span(0, 0)
            if part.type == "code_inline":
                self.code.append(span)
            elif part.type == "html_inline":
                self._html(span)
            elif part.markup == "autolink":
                self.markup.append(span)
            else:
                target = str(part.attrs.get("href", part.attrs.get("src", "")))
                is_exact = self.source.text.startswith(("[", "!["), span.start)
                written = self.source.text.rfind("](", *span) if is_exact else -1
                place_of = Span(written + 2, span.end - 1) if written >= 0 else span
                self.markup.append(place_of)
                self.links.append(Link(target, part.type == "image", self._without_title(place_of)))

    def _without_title(self, span: Span) -> Span:
        found = re.match(r"\s*(<[^<>\n]*>|[^\s]+)", self.source.text[slice(*span)])
        return Span(span.start + found.start(1), span.start + found.end(1)) if found else span

    def read_html(self, token: Token) -> None:
        """Take in a block of HTML."""
        self._html(self.places.lines(*token.map or (0, 0)))

    def _html(self, span: Span) -> None:
        """Comments, tags with their targets and ids, and elements whose content is code."""
        self.markup.append(span)
        text = self.source.text[slice(*span)]
        for comment in re.finditer(_COMMENT, text):
            self.code.append(Span(span.start + comment.start(), span.start + comment.end()))
        text = re.sub(_COMMENT, lambda comment: " " * len(comment[0]), text)
        for tag in re.finditer(_TAG, text):
            name = tag["name"].lower()
            if name in _VERBATIM_TAGS:
                if not tag["close"]:
                    self.verbatim.setdefault(name, span.start + tag.end())
                elif name in self.verbatim:
                    self.code.append(Span(self.verbatim.pop(name), span.start + tag.start()))
            if tag["close"] or "pre" in self.verbatim or "code" in self.verbatim:
                continue
            for found in re.finditer(_ATTRIBUTE, tag["attributes"]):
                group = found.lastindex or 1
                start = span.start + tag.start("attributes") + found.start(group)
                self._attribute(name, found[1].lower(), Span(start, start + len(found[group])))

    def _attribute(self, tag: str, name: str, span: Span) -> None:
        from html import unescape

        value = unescape(self.source.text[slice(*span)])
        if name in ("id", "name"):
            self.anchors.add(value)
        elif name == "href" if tag == "a" else name == "src" and tag in _SHOWN_TAGS:
            self.links.append(Link(value, tag != "a", span))


def _code_block(token: Token, span: Span) -> CodeBlock:
    first, end = token.map or (0, 0)
    lines = token.content.count("\n") + (not token.content.endswith("\n") and token.content != "")
    fenced = token.type == "fence"
    closed = not fenced or lines == end - first - 2
    return CodeBlock(token.info.strip(), token.content, fenced, closed, span)


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _touches(spans: list[Span], start: int, end: int | None) -> bool:
    end = start + 1 if end is None else end
    index = bisect_right(spans, Span(end, -1)) - 1
    return index >= 0 and spans[index].end > start
