"""The first piece of syntax in a file that an older Python refuses."""

from __future__ import annotations

import ast
import re
import sys
import warnings

from hublint.documents.source import Span, locate
from hublint.records import NamedTuple
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.python.source import PythonSource
    from hublint.documents.source import Source

# What CPython's parser says with `feature_version`: "Pattern matching is only supported in Python 3.10 and greater".
_SAID = r"^(.*?),? (is|are) only supported in Python (3\.\d+)"
_UNREAD = (
    (r"\s*type\s", "type statement needs"),
    (r"\s*(?:async\s+def|def|class)\s", "type parameter lists need"),
    (r"\s*except\s*\*", "exception groups need"),
)
_TYPES = frozenset("str int float bool bytes list dict set tuple frozenset".split())
_NODES = {"Pattern matching": "Match", "Exception groups": "TryStar", "Type statement": "TypeAlias"}
_STRING = lazy(r"(?i)(?<!\w)([rbuft]{0,2})('''|\"\"\"|'|\")|#[^\n]*")
_LONGEST = 400_000


class NewerSyntax(NamedTuple):
    """Syntax that came with a Python.

    Attributes:
        span: where it stands.
        what: what needs it, as `pattern matching needs`.
        version: that Python.
        error: what an older one raises.
    """

    span: Span
    what: str
    version: str
    error: str = "SyntaxError"


def newer_syntax(python: PythonSource, minor: int) -> NewerSyntax | None:
    """The first syntax of a file that Python 3.`minor` does not read though a newer one does; None where it is fine."""
    source = python.source
    if len(source.raw) > _LONGEST:
        return None
    if python.tree is None:
        error = python.error
        newer = error.newer if error else ""
        if error is None or not newer or int(newer[2:]) <= minor or "too deeply" in error.message:
            return None
        if newer == "3.12" and re.search(r"(?i:\b(?:f|rf|fr)['\"])", source.line(error.line)):
            return _f_string(python)
        return NewerSyntax(_start_of(source, error.line), _unread(source.line(error.line)), newer)
    found = _refused(python, minor) or (_union(python) if minor < 10 else None)
    return found or (_f_string(python) if minor < 12 <= sys.version_info[1] else None)


def _refused(python: PythonSource, minor: int) -> NewerSyntax | None:
    """What CPython's own parser says when it is asked to be an older one."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(python.source.raw, feature_version=(3, minor))
    except SyntaxError as error:
        said = re.match(_SAID, error.msg)
        if said is None or error.lineno is None:
            return None
        what = f"{said[1][0].lower()}{said[1][1:]} {'needs' if said[2] == 'is' else 'need'}"
        return NewerSyntax(_start_of(python.source, _line(python, said[1]) or error.lineno), what, said[3])
    except (ValueError, RecursionError, MemoryError):
        return None
    return None


def _start_of(source: Source, line: int) -> Span:
    """A line without its indentation."""
    start, end = source.line_span(line)
    text = source.text[start:end]
    return Span(start + len(text) - len(text.lstrip()), end)


def _unread(line: str) -> str:
    """What a line has that the Python which runs this cannot read."""
    return next((words for pattern, words in _UNREAD if re.match(pattern, line)), "this syntax needs")


def _union(python: PythonSource) -> NewerSyntax | None:
    """The first annotation such as `str | None` that is evaluated when a function or class is defined."""
    if any(each.module == "__future__" and "annotations" in each.names for each in python.imports):
        return None
    pending: list[ast.stmt] = list(reversed(python.tree.body if python.tree else []))
    while pending:
        node = pending.pop()
        if isinstance(node, ast.ClassDef):
            pending += reversed(node.body)
        for annotation in _annotations(node):
            found = next((part for part in ast.walk(annotation) if _is_union(python, part)), None)
            if found is not None:
                what = f"`{ast.unparse(found)}` as an annotation needs"
                return NewerSyntax(locate(python.source, found), what, "3.10", "TypeError")
    return None


def _annotations(node: ast.stmt) -> list[ast.expr]:
    if isinstance(node, ast.AnnAssign):
        return [node.annotation]
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return []
    given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return [*(each.annotation for each in given if each.annotation), *([node.returns] if node.returns else [])]


def _is_union(python: PythonSource, node: ast.AST) -> bool:
    """Whether an expression joins built-in types or None by `|`, which their classes refused before Python 3.10."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.BitOr):
        return False
    sides = [_built_in(python, node.left), _built_in(python, node.right)]
    return all(sides) and "type" in sides


def _built_in(python: PythonSource, node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and node.value is None:
        return "None"
    owner = node.value if isinstance(node, ast.Subscript) else node
    return "type" if isinstance(owner, ast.Name) and python.dotted(owner) in _TYPES else ""


def _line(python: PythonSource, words: str) -> int:
    """The line where the first statement of a kind begins, since the parser says where it ends; 0 for other kinds."""
    kind = _NODES.get(words)
    nodes = [node for node in ast.walk(python.tree or ast.Module([], [])) if type(node).__name__ == kind]
    lines = [node.handlers[0].lineno if kind == "TryStar" else node.lineno for node in nodes]  # type: ignore[attr-defined]
    return min(lines, default=0)


def _f_string(python: PythonSource) -> NewerSyntax | None:
    """The first f-string that repeats its quotes or has a backslash within braces, which Python 3.12 allows."""
    text = python.source.text
    position = 0
    while (found := _STRING.search(text, position)) is not None:
        position = found.end()
        if not found[2]:
            continue
        end, at, what = _end(text, position, found[2]), -1, ""
        if "f" in found[1].lower():
            end, at, what = _Formatted(text, found[2]).read(position)
        if at >= 0:
            return NewerSyntax(Span(at, at + 1), what, "3.12")
        if end < 0:
            return None
        position = end
    return None


def _end(text: str, position: int, quote: str) -> int:
    """Where a string that is not formatted ends; -1 where it does not."""
    while 0 <= position < len(text):
        if text[position] == "\\":
            position += 2
        elif text.startswith(quote, position):
            return position + len(quote)
        else:
            position += 1
    return -1


class _Formatted:
    """Reads one f-string.

    Args:
        text: the file's text.
        quote: what it begins and ends with.
    """

    def __init__(self, text: str, quote: str) -> None:
        self._text = text
        self._quote = quote
        self._what = ""
        self._at = -1

    def read(self, position: int) -> tuple[int, int, str]:
        """Where it ends, where it has what Python 3.12 allows, and what that is; -1 for neither."""
        end = self._literal(position, 0)
        return end, self._at, self._what

    def _literal(self, position: int, depth: int) -> int:
        """Read text up to the closing quote, within a format up to the brace that ends it."""
        text = self._text
        while 0 <= position < len(text) and self._at < 0 and depth < 8:
            if not depth and text.startswith(self._quote, position):
                return position + len(self._quote)
            letter = text[position]
            if letter == "\\":
                named = text.startswith("N{", position + 1)
                skipped = 1 if text[position + 1 : position + 2] in ("{", "}") else 2
                position = text.find("}", position) + 1 if named else position + skipped
            elif letter == "{" and not text.startswith("{{", position):
                position = self._expression(position + 1, depth)
            elif letter == "{":
                position += 2
            elif letter == "}" and depth:
                return position
            else:
                position += 1
        return -1

    def _expression(self, position: int, depth: int) -> int:
        """Read what stands in braces; the place behind them."""
        text, opened = self._text, 0
        while 0 <= position < len(text) and self._at < 0:
            letter = text[position]
            if letter == "\\":
                return self._newer(position, "a backslash within the braces of an f-string needs")
            if letter in "'\"":
                position = self._nested(position)
                continue
            if letter == "#" or (letter == "\n" and len(self._quote) == 1):
                return self._newer(position, "a comment or line break within the braces of an f-string needs")
            opened += (letter in "([{") - (letter in ")]}")
            if opened < 0:
                return position + 1
            if letter == ":" and not opened:
                position = self._literal(position + 1, depth + 1)
                continue
            position += 1
        return -1

    def _nested(self, position: int) -> int:
        """Read a string within braces."""
        text, letter = self._text, self._text[position]
        quote = letter * 3 if text.startswith(letter * 3, position) else letter
        if (quote if len(self._quote) == 3 else letter) == self._quote:
            return self._newer(position, "an f-string with its own quotes within its braces needs")
        end = _end(text, position + len(quote), quote)
        if "\\" in text[position:end]:
            return self._newer(position, "a backslash within the braces of an f-string needs")
        return end

    def _newer(self, position: int, what: str) -> int:
        self._at, self._what = position, what
        return -1
