"""Edits of a Python file: a keyword argument taken out, a literal replaced, an import added."""

from __future__ import annotations

import ast
import re
import sys
from bisect import bisect_left, bisect_right

from hublint.documents.edits import Edit
from hublint.documents.python.syntax import docstring
from hublint.documents.source import Span, locate
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.python.source import PythonSource
    from hublint.documents.source import Source

_AFTER = lazy(r"(?:\s|\\\r?\n|#[^\r\n]*[\r\n])*(?:#[^\r\n]*)?")
_BEFORE = lazy(r"(?:[\s)]|\\\r?\n|#[^\r\n]*[\r\n])*(?:#[^\r\n]*)?")
_READ_BY_PYTHON = lazy(r"#!|#.*coding[:=]|# /// |# ///$|#.*hublint:")
_BLANKS = lazy(r"[ \t]*")
_LINE_BREAK = lazy(r"(?:\r\n|\r|\n)?")


def removal_span(python: PythonSource, call: ast.Call, keyword: ast.keyword) -> Span | None:
    """What to delete to take a keyword argument out of a call: it, one comma and the blanks that go with it.

    None inside an f-string whose positions an older Python does not know.
    """
    source, text = python.source, python.source.text
    start, end = locate(source, keyword)
    ends = [locate(source, node).end for node in (call.func, *call.args, *call.keywords) if node is not keyword]
    opening = _end(_BEFORE, text, max((other for other in ends if other <= start), default=len(text)))
    closing = _end(_AFTER, text, end)
    if text[opening : opening + 1] not in ("(", ",") or text[closing : closing + 1] not in (")", ","):
        return None
    gap_start = opening + 1 if not text[opening + 1 : start].strip() else start  # a comment in between stays
    if text[closing] == ")":
        if gap_start == start and opening + 1 != start:
            return Span(start, end)
        return Span(opening, end) if text[opening] == "," else Span(gap_start, end)
    line_start = source.offset(source.position(start).line)
    rest = _end(_BLANKS, text, closing + 1)
    line_break = _end(_LINE_BREAK, text, rest)
    if line_break > rest:
        alone = not text[line_start:start].strip()
        return Span(line_start, line_break) if alone else Span(gap_start, closing + 1)
    if text[rest] == ")":
        return Span(gap_start, closing + 1 if text[opening] == "," else rest)
    return Span(start, rest)


def literal_edit(python: PythonSource, node: ast.expr, text: str) -> Edit | None:
    """Put the expression `text` in the place of a literal; None inside f-strings and patterns, which take none."""
    if node in python.facts.rigid:
        return None
    source, whole = python.source, python.source.text
    start, end = locate(source, node)
    before = " " if _is_word(whole[start - 1 : start]) else ""
    after = " " if _is_word(whole[end : end + 1]) else ""
    return Edit(source.path, Span(start, end), before + text + after)


def import_edits(python: PythonSource, module: str, before: ast.expr | None = None) -> tuple[Edit, ...] | None:
    """What makes `module` usable under its own name: no edit if it is imported (above `before`, if given).

    The import goes behind the docstring and `from __future__` imports. None where the name means something else.
    """
    tree, scope = python.tree, python.facts.names.module
    if tree is None or (module in scope.bindings and scope.imported(module) != module):
        return None
    bound = module.partition(".")[0] in scope.bindings
    if bound and _is_imported(python, tree, module, before.lineno if before else sys.maxsize):
        return ()
    return (_new_import(python.source, tree, f"import {module}"),)


def _is_imported(python: PythonSource, tree: ast.Module, module: str, last: int) -> bool:
    """Whether a plain import of the module stands above line `last`, in no block."""
    for each in python.imports:
        node = each.node
        if each.module != module or not isinstance(node, ast.Import) or node.lineno >= last:
            continue
        if any(alias.name == module and not alias.asname for alias in node.names) and _is_statement_of(tree, node):
            return True
    return False


def _is_statement_of(tree: ast.Module, node: ast.Import) -> bool:
    first = bisect_left(tree.body, node.lineno, key=lambda statement: statement.lineno)
    last = bisect_right(tree.body, node.lineno, key=lambda statement: statement.lineno)
    return any(statement is node for statement in tree.body[first:last])


def _new_import(source: Source, tree: ast.Module, line: str) -> Edit:
    header = 0
    while header < len(tree.body) and (_is_future(tree.body[header]) or (header == 0 and docstring(tree.body))):
        header += 1
    following = tree.body[header] if header < len(tree.body) else None
    if following and (header == 0 or isinstance(following, (ast.Import, ast.ImportFrom))):
        start = _statement_start(source, following)
        if not source.text[source.offset(following.lineno) : start].strip("\ufeff\f"):
            if not isinstance(following, (ast.Import, ast.ImportFrom)):
                start = _above_comments(source, start)
            return Edit(source.path, Span(start, start), line + source.newline)
    if header == 0:
        return Edit(source.path, Span(len(source.text), len(source.text)), line + source.newline)
    end = locate(source, tree.body[header - 1]).end
    if following and source.position(end).line == following.lineno:
        return Edit(source.path, Span(end, end), f"; {line}")
    stop = source.line_span(source.position(end).line).end
    return Edit(source.path, Span(stop, stop), source.newline + line)


def _above_comments(source: Source, start: int) -> int:
    """Where the comments begin that stand right above a statement; those that Python itself reads stay above."""
    line = source.position(start).line
    first = line
    while first > 1 and source.line(first - 1).startswith("#") and not _READ_BY_PYTHON.match(source.line(first - 1)):
        first -= 1
    return start if first == line else source.offset(first)


def _end(pattern: re.Pattern[str], text: str, offset: int) -> int:
    found = pattern.match(text, offset)
    return found.end() if found else offset


def _statement_start(source: Source, statement: ast.stmt) -> int:
    """Where a statement begins, at its first decorator if it has one."""
    decorators = getattr(statement, "decorator_list", None)
    return source.offset(decorators[0].lineno) if decorators else locate(source, statement).start


def _is_word(character: str) -> bool:
    return character == "_" or character.isalnum()


def _is_future(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.ImportFrom) and statement.module == "__future__"
