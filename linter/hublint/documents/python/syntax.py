"""What a piece of syntax says by itself, whatever surrounds it."""

from __future__ import annotations

import ast

_IMPORT_ERRORS = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}


def docstring(body: list[ast.stmt]) -> bool:
    first = body[0].value if body and isinstance(body[0], ast.Expr) else None
    return isinstance(first, ast.Constant) and isinstance(first.value, str)


def is_main(test: ast.expr) -> bool:
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return any(is_main(part) for part in test.values)
    if not isinstance(test, ast.Compare) or len(test.ops) != 1 or not isinstance(test.ops[0], ast.Eq):
        return False
    sides = [test.left, test.comparators[0]]
    named = any(isinstance(side, ast.Name) and side.id == "__name__" for side in sides)
    return named and any(isinstance(side, ast.Constant) and side.value == "__main__" for side in sides)


def catches(error: ast.expr) -> bool:
    errors = error.elts if isinstance(error, ast.Tuple) else [error]
    return any(written(each).rpartition(".")[2] in _IMPORT_ERRORS for each in errors)


def written(expression: ast.expr) -> str:
    """A name as the file writes it, a constant key as if it were an attribute; empty where there is none."""
    parts: list[str] = []
    for _ in range(64):
        if isinstance(expression, ast.Attribute):
            parts.append(expression.attr)
            expression = expression.value
        elif isinstance(expression, ast.Subscript):
            key = expression.slice
            if not isinstance(key, ast.Constant) or not isinstance(key.value, str):
                return ""
            parts.append(key.value)
            expression = expression.value
        else:
            break
    if not isinstance(expression, ast.Name):
        return ".".join(reversed(parts))
    return ".".join([expression.id, *reversed(parts)])


def key_name(place: ast.expr, key: ast.expr) -> str:
    if not isinstance(key, ast.Constant) or not isinstance(key.value, str):
        return ""
    return f"{written(place)}.{key.value}".lstrip(".")


def option_names(decorator: ast.expr) -> list[str]:
    """The parameters that `@click.option("--port", ...)` fills."""
    if not isinstance(decorator, ast.Call) or written(decorator.func).rpartition(".")[2] != "option":
        return []
    flags = [a.value for a in decorator.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    chosen = [f for f in flags if not f.startswith("-")] or [f for f in flags if f.startswith("--")] or flags
    return [chosen[0].lstrip("-").replace("-", "_").lower()] if chosen else []
