"""What names mean: import aliases resolved, and which call made an object."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from hublint.documents.python.scopes import Scope

if TYPE_CHECKING:
    from hublint.documents.python.source import PythonSource


def dotted(python: PythonSource, expression: ast.expr) -> str:
    """See `PythonSource.dotted`."""
    parts: list[str] = []
    for _ in range(64):
        if isinstance(expression, ast.Attribute):
            parts.append("." + expression.attr)
            expression = expression.value
        elif isinstance(expression, ast.Call):
            parts.append("()")
            expression = expression.func
        elif isinstance(expression, ast.Name):
            scope = python.facts.scope_of(expression)
            imported = scope.imported(expression.id) if scope else expression.id
            return (imported or "." + expression.id) + "".join(reversed(parts))
        else:
            break
    return ""


def constructor(python: PythonSource, expression: ast.expr, depth: int = 0) -> str | None:
    """See `PythonSource.constructor`."""
    if depth > 8:
        return None
    if isinstance(expression, ast.Name):
        scope = python.facts.scope_of(expression)
        return _variable_maker(python, scope, expression.id, depth) if scope else None
    if not isinstance(expression, ast.Call):
        return None
    func = expression.func
    if isinstance(func, ast.Attribute):
        owner = constructor(python, func.value, depth + 1)
        if owner and owner.startswith("gradio.") and func.attr == "queue":
            return owner  # Blocks.queue() returns the Blocks
        if owner:
            return f"{owner}().{func.attr}"
    elif isinstance(func, ast.Name) and (scope := python.facts.scope_of(func)):
        [function, *others] = scope.bindings[func.id]
        if isinstance(function, Scope) and not others:
            return _result_maker(python, function, depth)
    name = dotted(python, func)
    return name if name and not name.startswith(".") else None


def _variable_maker(python: PythonSource, scope: Scope, name: str, depth: int) -> str | None:
    key = (scope, name)
    if key not in python.makers:
        python.makers[key] = None  # a name that is made from itself
        bound = scope.objects(name)
        made = {constructor(python, b, depth + 1) if isinstance(b, ast.expr) else None for b in bound}
        python.makers[key] = made.pop() if len(made) == 1 else None
    return python.makers[key]


def _result_maker(python: PythonSource, function: Scope, depth: int) -> str | None:
    key = (function, "return")
    if key not in python.makers:
        python.makers[key] = None  # a function that returns what it returns
        made = {constructor(python, r, depth + 1) if r else None for r in function.returns}
        python.makers[key] = made.pop() if len(made) == 1 else None
    return python.makers[key]
