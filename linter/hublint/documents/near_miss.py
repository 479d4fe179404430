"""A metadata block that its author meant and that no reader of the Hub finds."""

from __future__ import annotations

import re

from hublint.documents.frontmatter import find_block
from hublint.documents.source import Span
from hublint.records import NamedTuple
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.yaml.nodes import Mapping

BYTE_ORDER_MARK = "\ufeff"
SEARCHED_LINES = 60

_LINE = lazy(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_KEY = lazy(r"""(["']?)([A-Za-z_][\w-]*)\1[ \t]*:(?=[ \t]|$)""")
_ODD_FENCE = lazy(r"[ \t]*(?:-{2,}|[—–−]+)[ \t]*")
_CODE_FENCE = lazy(r"[ \t]*(`{3,}|~{3,})(.*)")
_CONFLICT = lazy(r"^(?:<{7}|>{7})(?: |$)", re.MULTILINE)
# So many collections in one another are no metadata, and PyYAML's own parser takes their number squared.
_DEEP = lazy(r"(?:[\[{][ \t\r\n]*){100}")
_TEXT = ("#", "<", "[", "!", ">", "*", "`")
_DISTINCTIVE = frozenset(("sdk", "widget", "emoji", "configs"))


class NearMiss(NamedTuple):
    """A block that is not read as it was meant.

    `cause` is one of `byte-order-mark`, `conflict-markers`, `text-before`, `leading-blank`, `opening-fence`,
    `closing-fence`, `closing-text`, `closing-blanks`, `unclosed`, `code-fence` and `comment`. `where` is the guilty
    text, `content` the meant metadata. `repairs` are replacements of spans that together make it a block which parses;
    none where the meaning is not certain. `misread` says that the Hub finds a block, but another one than was meant.
    """

    cause: str
    where: Span
    content: Span
    repairs: tuple[tuple[Span, str], ...] = ()
    misread: bool = False


def near_miss(text: str) -> NearMiss | None:
    """The block that the author of a README surely meant and that is not read so; None where there is no such thing."""
    if text.startswith(BYTE_ORDER_MARK):
        return _after_mark(text)
    block = find_block(text)
    if block is None:
        found = _Search(text).find()
    elif not text[slice(*block.content)].strip():
        return None
    else:
        found = _misread(text, block.content, block.closing.end)
        if found is None and block.end - block.closing.end > 0:
            blanks = Span(
                block.closing.end, block.closing.end + len(text[block.closing.end : block.end].rstrip("\r\n"))
            )
            if blanks.end > blanks.start:
                return NearMiss("closing-blanks", blanks, block.content, ((blanks, ""),))
        if found is None and block.opening.start > 0:
            blank = Span(0, block.opening.start)
            return NearMiss("leading-blank", blank, block.content, ((blank, ""),))
    if found is None or _reads(_repaired(text, found.repairs)):
        return found
    return found._replace(repairs=())


def _after_mark(text: str) -> NearMiss | None:
    rest = text.lstrip(BYTE_ORDER_MARK)
    size = len(text) - len(rest)
    block = find_block(rest)
    content = block.content if block else None
    if content is None:
        inner = near_miss(rest)
        content = inner.content if inner else None
    if content is None or not is_metadata(keys_in(rest[slice(*content)])):
        return None
    mark = Span(0, size)
    return NearMiss("byte-order-mark", mark, Span(content.start + size, content.end + size), ((mark, ""),))


def _misread(text: str, content: Span, block_end: int) -> NearMiss | None:
    """A block that goes on to a rule in the text below, because its own closing fence is none."""
    conflict = _CONFLICT.search(text, content.start, content.end)
    if conflict:
        return NearMiss("conflict-markers", Span(conflict.start(), conflict.start() + 7), content, (), True)
    search = _Search(text[:block_end])
    first = next(index for index, line in enumerate(search.lines) if line.start >= content.start)
    end = search.metadata(first)
    if end.closing is None and (end.prose is None or not search.is_text_below(end.prose)):
        return None
    stop = search.lines[end.last if end.closing is None else end.closing]
    if stop.start >= content.end or _parses(text[slice(*content)]):
        return None
    found = search.unfinished(first, end, search.lines[first - 1])
    return found._replace(misread=True) if found else None


class _End(NamedTuple):
    """Where the lines that look like metadata stop: the last of them, the fence after it, the prose after it."""

    keys: list[str]
    last: int
    closing: int | None
    prose: int | None


class _Search:
    """One search through the lines of a text that holds no block."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: list[Span] = []
        self.breaks: list[str] = []
        for found in _LINE.finditer(text):
            self.lines.append(Span(*found.span(1)))
            self.breaks.append(found[2])
            if not found[2]:
                break
        self.newline = next((mark for mark in self.breaks if mark), "\n")

    def line(self, index: int) -> str:
        return self.text[slice(*self.lines[index])]

    def find(self) -> NearMiss | None:
        first = next((index for index in range(len(self.lines)) if self.line(index).strip()), None)
        if first is None:
            return None
        line = self.line(first)
        if line.rstrip() == "---" or _ODD_FENCE.fullmatch(line):
            return self._opened(first)
        if line.startswith("---") and _KEY.match(line, 3):
            return self._glued(first)
        code = _CODE_FENCE.match(line)
        if code and code[2].strip().lower() in ("", "yaml", "yml"):
            return self._code(first, code[1])
        return self._unopened(first) or self._below(first)

    def _opened(self, first: int) -> NearMiss | None:
        """The text begins with something like a fence."""
        opening = self.lines[first]
        end = self.metadata(first + 1)
        if not is_metadata(end.keys):
            return None
        if self.line(first) == "---":
            return self.unfinished(first + 1, end, opening)
        repairs = [(opening, "---")]
        if end.closing is not None:
            repairs += self._closing_repair(end.closing)
        elif end.prose is None or not self.line(end.prose - 1).strip():
            repairs.append(self._closing_after(end.last))
        return NearMiss("opening-fence", opening, self._content(first + 1, end.last), tuple(repairs))

    def _glued(self, first: int) -> NearMiss | None:
        """`---title: x`: the first key stands on the fence's line."""
        start = self.lines[first].start
        inner = _Search(self.text[:start] + "---" + self.newline + self.text[start + 3 :])
        end = inner.metadata(first + 1)
        if not is_metadata(end.keys) or end.closing is None:
            return None
        repair = (Span(start + 3, start + 3), self.newline)
        content = Span(start + 3, inner.lines[end.last].end - len(self.newline))
        return NearMiss("opening-fence", self.lines[first], content, (repair,))

    def unfinished(self, first: int, end: _End, opening: Span) -> NearMiss | None:
        """The opening fence is right and the closing one is not."""
        if not is_metadata(end.keys):
            return None
        content = self._content(first, end.last)
        if end.closing is not None:
            where = self.lines[end.closing]
            repairs = tuple(self._closing_repair(end.closing))
            cause = "closing-fence" if _ODD_FENCE.fullmatch(self.line(end.closing)) else "closing-text"
            return NearMiss(cause, where, content, repairs)
        last = self.lines[end.last]
        if self.line(end.last).endswith("---") and (end.prose is None or not self.line(end.last + 1).strip()):
            where = Span(last.end - 3, last.end)
            return NearMiss("closing-fence", where, content, ((Span(where.start, where.start), self.newline),))
        certain = end.prose is None or self.is_text_below(end.prose)
        return NearMiss("unclosed", opening, content, (self._closing_after(end.last),) if certain else ())

    def _unopened(self, first: int) -> NearMiss | None:
        """Key lines at the very top, and a closing fence after them."""
        if not _KEY.match(self.line(first)):
            return None
        end = self.metadata(first)
        if end.closing is None or not is_metadata(end.keys, surely=True):
            return None
        start = self.lines[first].start
        repairs = [(Span(start, start), "---" + self.newline), *self._closing_repair(end.closing)]
        return NearMiss("opening-fence", self.lines[first], self._content(first, end.last), tuple(repairs))

    def _code(self, first: int, fence: str) -> NearMiss | None:
        """The metadata is shown as a code block at the top of the text."""
        begin = first + 1
        fenced = begin < len(self.lines) and self.line(begin).rstrip() == "---"
        end = self.metadata(begin + fenced, code=fence)
        if end.closing is None or not is_metadata(end.keys, surely=True):
            return None
        last = end.closing
        while last < len(self.lines) and not self.line(last).strip().startswith(fence):
            last += 1
        if last == len(self.lines):
            return None
        repairs: tuple[tuple[Span, str], ...]
        if fenced:
            if last == end.closing:
                return None
            repairs = ((self._whole(first), ""), (self._whole(last), ""))
        else:
            repairs = ((self.lines[first], "---"), (self.lines[last], "---"))
        return NearMiss("code-fence", self.lines[first], self._content(begin + fenced, end.last), repairs)

    def _below(self, first: int) -> NearMiss | None:
        """A whole block that stands below other text, in a comment or after conflict markers."""
        code = ""
        for index in range(first, min(len(self.lines), first + SEARCHED_LINES)):
            line = self.line(index)
            fence = _CODE_FENCE.match(line)
            if fence and (not code or fence[1].startswith(code)):
                code = "" if code else fence[1]
            if code or line.rstrip() != "---":
                continue
            end = self.metadata(index + 1)
            if end.closing is None or not is_metadata(end.keys, surely=True):
                continue
            content = self._content(index + 1, end.last)
            if self.line(end.closing).rstrip() != "---" or not _parses(self.text[slice(*content)]):
                continue
            above = self.text[: self.lines[index].start]
            if above.rfind("<!--") > above.rfind("-->"):
                at = above.rfind("<!--")
                return NearMiss("comment", Span(at, at + 4), content)
            conflict = _CONFLICT.search(above)
            if conflict:
                return NearMiss("conflict-markers", Span(conflict.start(), conflict.start() + 7), content)
            block = Span(self.lines[index].start, self._whole(end.closing).end)
            moved = self.text[slice(*block)]
            if not self.breaks[end.closing]:
                moved += self.newline
            where = self.lines[first]
            return NearMiss("text-before", where, content, ((Span(0, 0), moved), (block, "")))
        return None

    def metadata(self, first: int, code: str = "") -> _End:
        """Follow the lines that look like metadata, up to a fence, to prose, or to the end of the text."""
        keys: list[str] = []
        last = first - 1
        blank = False
        for index in range(first, len(self.lines)):
            line = self.line(index)
            if not line.strip():
                blank = True
                continue
            if keys and self._closes(line, code):
                return _End(keys, last, index, None)
            if line[0] == "#":
                if not self._goes_on(index):
                    return _End(keys, last, None, index)
                continue
            if not self._is_yaml(line, bool(keys), blank):
                return _End(keys, last, None, index)
            key = _KEY.match(line)
            if key:
                keys.append(key[2])
            last = index
            blank = False
        return _End(keys, last, None, None)

    @staticmethod
    def _closes(line: str, code: str) -> bool:
        if code and line.strip().startswith(code):
            return True
        if _ODD_FENCE.fullmatch(line):
            return True
        return line.startswith("---") and line[3:4] != "-" and not _KEY.match(line, 3)

    @staticmethod
    def _is_yaml(line: str, begun: bool, after_blank: bool) -> bool:
        key = _KEY.match(line)
        if key:
            return not after_blank or not begun or key[2] in _known() or key[2].islower()
        return begun and (line[0] in " \t" or line.startswith(("- ", "-\t")) or line == "-")

    def _goes_on(self, index: int) -> bool:
        """Whether a line with `#` is a comment among keys rather than a heading."""
        for later in range(index + 1, min(len(self.lines), index + 20)):
            line = self.line(later)
            if line.strip() and line[0] != "#":
                key = _KEY.match(line)
                return _ODD_FENCE.fullmatch(line) is not None or (key is not None and key[2] in _known())
        return False

    def is_text_below(self, index: int) -> bool:
        """Whether a line after a blank one is the text's beginning, rather than a stray line of metadata."""
        return not self.line(index - 1).strip() and self.line(index).startswith(_TEXT)

    def _content(self, first: int, last: int) -> Span:
        return Span(self.lines[first].start, self.lines[max(last, first)].end)

    def _whole(self, index: int) -> Span:
        """A line with its line break."""
        return Span(self.lines[index].start, self.lines[index].end + len(self.breaks[index]))

    def _closing_after(self, index: int) -> tuple[Span, str]:
        at = self.lines[index].end
        return Span(at, at), self.newline + "---"

    def _closing_repair(self, index: int) -> list[tuple[Span, str]]:
        line = self.line(index)
        if line.rstrip() == "---":
            return []
        if _ODD_FENCE.fullmatch(line):
            return [(self.lines[index], "---")]
        at = self.lines[index].start + 3
        blanks = len(line) - 3 - len(line[3:].lstrip())
        return [(Span(at, at + blanks), self.newline * 2)]


def keys_in(content: str) -> list[str]:
    """The keys that lines at the margin begin with."""
    return [found[2] for found in (_KEY.match(line) for line in content.splitlines()) if found]


def is_metadata(keys: list[str], surely: bool = False) -> bool:
    """Whether the keys are those of the Hub; pages of site generators have front matter too."""
    names = set(keys)
    known = names & _known()
    if len(known) * 2 <= len(names):
        return False
    if not surely:
        return True
    telling = {name for name in known if "_" in name or name in _DISTINCTIVE or not name.islower()}
    return len(known) > 1 and (bool(telling) or known == names)


def _known() -> frozenset[str]:
    global _names
    if _names is None:
        import hublint_schemas

        forbidden = hublint_schemas.table("keys")["dataset"]["forbidden"]
        _names = frozenset().union(*hublint_schemas.keys().values(), forbidden)
    return _names


_names: frozenset[str] | None = None


def _repaired(text: str, repairs: tuple[tuple[Span, str], ...]) -> str:
    for span, new in sorted(repairs, reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return text


def _reads(text: str) -> bool:
    block = find_block(text)
    return block is not None and _parses(text[slice(*block.content)])


def _parses(content: str) -> bool:
    return mapping_of(content) is not None


def mapping_of(content: str) -> Mapping | None:
    """The metadata between two fences; None where they do not parse or are not a mapping."""
    if _DEEP.search(content):
        return None
    from hublint.documents.yaml.nodes import Mapping, YamlError
    from hublint.documents.yaml.parsing import parse

    try:
        root = parse(content)
    except YamlError:
        return None
    return root if isinstance(root, Mapping) else None
