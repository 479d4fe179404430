"""Bytes to a syntax tree whose columns count the file's own bytes, or to the problem that prevents one."""

from __future__ import annotations

import ast
import codecs
import re
import sys
import warnings

from hublint.documents.source import Span
from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from hublint.documents.source import Source

# Patterns are compiled where they are needed, which is seldom.
_CODING = rb"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)"
_NOT_UTF8 = "[\udc80-\udcff]"
# Syntax that an older interpreter refuses though a Space's newer Python reads it (What's New in Python 3.11 to 3.14).
_NEWER = (
    ((3, 11), r"except\s*\*"),
    ((3, 12), r"^\s*type\s+\w+.*=|^\s*(?:async\s+def|def|class)\s+\w+\s*\[|(?i:\b(?:f|rf|fr)['\"])"),
    ((3, 14), r"^\s*except\b[^:(]*,|(?i:\b(?:t|rt|tr)['\"])"),
)


class SyntaxProblem(NamedTuple):
    """Why a file is no Python; `newer` names the first Python version that may read it after all, empty if none can."""

    span: Span
    line: int
    column: int
    message: str
    newer: str


def parse(source: Source) -> tuple[ast.Module | None, SyntaxProblem | None]:
    """The tree of a file, or why it has none."""
    data = source.raw
    if sys.version_info < (3, 11) and _overflows(data):
        return None, _too_deep(source)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(data)
        _shift_columns(tree, data)
    except SyntaxError as error:
        return None, _refused(source, error)
    except (RecursionError, MemoryError):
        return None, _too_deep(source)
    except (ValueError, LookupError) as error:
        return None, _problem(source, 1, 1, str(error))
    return tree, None


def _refused(source: Source, error: SyntaxError) -> SyntaxProblem:
    undecoded = "codec can't decode" in error.msg or "UTF-8" in error.msg
    found = re.search(_NOT_UTF8, source.text) if undecoded else None
    line, column = error.lineno or 1, error.offset or 1
    if found:
        line, column = source.position(found.start())
    elif line == 1 and source.text.startswith("\ufeff"):
        column += 1
    return _problem(source, line, column, error.msg)


def _too_deep(source: Source) -> SyntaxProblem:
    running = "{}.{}".format(*sys.version_info)
    return _problem(source, 1, 1, "nested too deeply to be parsed")._replace(newer=running)


def _problem(source: Source, line: int, column: int, message: str) -> SyntaxProblem:
    if source.encoding != "utf-8":
        message = "UTF-16, which Python does not read"
    line = min(max(line, 1), len(source.line_starts))
    start, end = source.line_span(line)
    offset = min(start + max(column, 1) - 1, end)
    found = (v for v, syntax in _NEWER if v > sys.version_info[:2] and re.search(syntax, source.line(line)))
    newer = next(("{}.{}".format(*version) for version in found), "")
    return SyntaxProblem(Span(offset, min(offset + 1, end)), line, offset - start + 1, message, newer)


def _shift_columns(tree: ast.Module, data: bytes) -> None:
    """Make columns count the file's own bytes: `ast` drops a byte order mark and counts UTF-8 whatever the encoding."""
    if data.startswith(b"\xef\xbb\xbf"):
        maps: dict[int, Sequence[int]] = {1: range(3, len(data) + 4)}
        lines: list[bytes] = []
        encoding = ""
    else:
        maps = {}
        encoding = _declared_encoding(data)
        lines = re.split(rb"\r\n|\r|\n", data) if encoding else []
    for node in ast.walk(tree) if maps or lines else ():
        for line, column in (("lineno", "col_offset"), ("end_lineno", "end_col_offset")):
            number = getattr(node, line, None)
            if number and number not in maps and number <= len(lines) and not lines[number - 1].isascii():
                maps[number] = _byte_columns(lines[number - 1].decode(encoding, "replace"), encoding)
            if number in maps:
                setattr(node, column, maps[number][getattr(node, column)])


def _overflows(data: bytes) -> bool:
    """Whether an expression may be so long that Python 3.10's `ast` overflows the C stack and kills the process."""
    statements = re.split(rb"[\r\n]+(?=[\w@#])", data) if len(data) > 50_000 else []
    return any(len(re.findall(rb"[^\w\s'\"#,]", statement)) > 50_000 for statement in statements)


def _declared_encoding(data: bytes) -> str:
    """The encoding of a `coding` comment (PEP 263); empty for UTF-8 and ASCII."""
    for line in data[:1000].splitlines()[:2] if b"coding" in data[:1000] else ():
        found = re.match(_CODING, line)
        if found:
            name = codecs.lookup(found[1].decode("ascii")).name
            return "" if name.startswith(("utf-8", "ascii")) else name
        if line.strip() and not line.lstrip().startswith(b"#"):
            break
    return ""


def _byte_columns(text: str, encoding: str) -> list[int]:
    """For each UTF-8 byte of a line, the offset of its character in the line's own encoding."""
    columns: list[int] = []
    offset = 0
    for character in text:
        columns += [offset] * len(character.encode("utf-8"))
        offset += len(character.encode(encoding, "replace"))
    return [*columns, offset]
