"""The calls of a Python file that surely run when the file is started or imported."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from hublint.documents.python import Call
from hublint.documents.python.syntax import is_main

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.python import PythonSource

    Held = tuple[ast.AST, bool, bool]

_TESTS = frozenset(("exists", "isdir", "isfile", "is_dir", "is_file"))
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_DOUBTFUL = (ast.While, ast.For, ast.AsyncFor, ast.IfExp, ast.ExceptHandler, ast.Match, ast.BoolOp, ast.comprehension)


def start_calls(python: PythonSource, main: bool) -> Iterator[tuple[Call, bool]]:
    """Each call that nothing can skip and no handler catches, and whether it runs only while a path is absent.

    Statements of the module, of `if __name__ == "__main__"` where the file is the main program, and of functions that
    these call by their plain names. What stands behind a `return`, `sys.exit` or a `raise` is not told apart.
    """
    tree = python.tree
    if tree is None:
        return
    functions: dict[str, list[ast.AST]] = {}
    for statement in tree.body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            functions.setdefault(statement.name, []).append(statement)
    pending: list[tuple[list[ast.stmt], bool]] = [(tree.body, False)]
    entered: set[str] = set()
    while pending:
        body, absent = pending.pop(0)
        for node, only_absent in _calls(body, main, absent):
            yield Call(python, node, None, False), only_absent
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            found = functions.get(name, [])
            function = found[0] if len(found) == 1 and name not in entered else None
            if isinstance(function, ast.FunctionDef) and not function.decorator_list and not _returns_early(function):
                entered.add(name)
                pending.append((function.body, only_absent))


def _calls(body: list[ast.stmt], main: bool, absent: bool) -> Iterator[tuple[ast.Call, bool]]:
    stack: list[tuple[ast.AST, bool]] = [(statement, absent) for statement in reversed(body)]
    while stack:
        node, only_absent = stack.pop()
        if isinstance(node, ast.Call):
            yield node, only_absent
        if isinstance(node, (*_FUNCTIONS, *_DOUBTFUL)) or type(node).__name__ == "TryStar":
            continue
        children = list(ast.iter_child_nodes(node))
        if isinstance(node, ast.Try):
            children = [*([] if node.handlers else node.body), *node.finalbody]
        elif isinstance(node, ast.If):
            if is_main(node.test):
                children = list(node.body) if main else []
            elif _is_absence(node.test):
                children, only_absent = list(node.body), True
            else:
                children = [node.test]
        elif isinstance(node, (ast.With, ast.AsyncWith)) and _suppresses(node):
            continue
        stack.extend((child, only_absent) for child in reversed(children))


def _is_absence(test: ast.expr) -> bool:
    """Whether a condition is `not os.path.exists(...)` or the like."""
    if not (isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not) and isinstance(test.operand, ast.Call)):
        return False
    func = test.operand.func
    return isinstance(func, ast.Attribute) and func.attr in _TESTS


def _suppresses(node: ast.With | ast.AsyncWith) -> bool:
    return any("suppress" in ast.dump(item.context_expr) for item in node.items)


def _returns_early(function: ast.FunctionDef) -> bool:
    """Whether a `return` stands before the last statement, or the body runs only when a generator is asked."""
    if any(isinstance(node, (ast.Yield, ast.YieldFrom)) for node in ast.walk(function)):
        return True
    return any(isinstance(node, ast.Return) for part in function.body[:-1] for node in ast.walk(part))
