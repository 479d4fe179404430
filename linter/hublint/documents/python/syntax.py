"""What a piece of syntax says by itself, whatever surrounds it."""

from __future__ import annotations

import ast

_IMPORT_ERRORS = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}
_EXITS = frozenset(("sys.exit", "exit", "quit", "os._exit", "os.abort", "st.stop", "streamlit.stop"))
_PROGRAM = ("__main__", "__mp_main__")
_TESTS = frozenset(("exists", "isdir", "isfile", "is_dir", "is_file"))


def docstring(body: list[ast.stmt]) -> bool:
    first = body[0].value if body and isinstance(body[0], ast.Expr) else None
    return isinstance(first, ast.Constant) and isinstance(first.value, str)


def is_main(test: ast.expr) -> bool:
    """Whether a condition is `__name__ == "__main__"` or demands it, `__name__ in {"__main__", "__mp_main__"}` too."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return any(is_main(part) for part in test.values)
    return _compares_with_main(test, ast.Eq) or _compares_with_main(test, ast.In)


def is_not_main(test: ast.expr) -> bool:
    """Whether a condition is `__name__ != "__main__"`."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return isinstance(test.operand, ast.Compare) and is_main(test.operand)
    return _compares_with_main(test, ast.NotEq)


def is_another_name(test: ast.expr) -> bool:
    """Whether a condition is `__name__ == "main"` or the like, which holds in no program."""
    if not isinstance(test, ast.Compare) or len(test.ops) != 1 or not isinstance(test.ops[0], ast.Eq):
        return False
    sides = [test.left, test.comparators[0]]
    named = any(isinstance(side, ast.Name) and side.id == "__name__" for side in sides)
    return named and any(
        isinstance(side, ast.Constant) and isinstance(side.value, str) and side.value not in _PROGRAM for side in sides
    )


def _compares_with_main(test: ast.expr, operator: type[ast.cmpop]) -> bool:
    if not isinstance(test, ast.Compare) or len(test.ops) != 1 or not isinstance(test.ops[0], operator):
        return False
    sides = [test.left, test.comparators[0]]
    if operator is ast.In:
        sides = [test.left, *getattr(test.comparators[0], "elts", ())]
    named = any(isinstance(side, ast.Name) and side.id == "__name__" for side in sides)
    return named and any(isinstance(side, ast.Constant) and side.value == "__main__" for side in sides)


def is_absence(test: ast.expr) -> bool:
    """Whether a condition is `not os.path.exists(...)` or the like."""
    if not (isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not) and isinstance(test.operand, ast.Call)):
        return False
    func = test.operand.func
    return isinstance(func, ast.Attribute) and func.attr in _TESTS


def truth(test: ast.expr) -> bool | None:
    """What a condition always is while the program runs; None where that depends."""
    if isinstance(test, ast.Constant):
        return bool(test.value)
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        inner = truth(test.operand) if not isinstance(test.operand, ast.UnaryOp) else None
        return None if inner is None else not inner
    return False if written(test).rpartition(".")[2] == "TYPE_CHECKING" else None


def is_filled(iterable: ast.expr) -> bool:
    """Whether a loop over an expression surely runs: a list that is written out, `range(3)`."""
    if isinstance(iterable, (ast.List, ast.Tuple, ast.Set)):
        return any(not isinstance(item, ast.Starred) for item in iterable.elts)
    if isinstance(iterable, ast.Dict):
        return any(key is not None for key in iterable.keys)
    if isinstance(iterable, ast.Call) and written(iterable.func) == "range" and len(iterable.args) == 1:
        last = iterable.args[0]
        return isinstance(last, ast.Constant) and isinstance(last.value, int) and last.value > 0
    return isinstance(iterable, ast.Constant) and isinstance(iterable.value, (str, bytes)) and bool(iterable.value)


def ends_program(expression: ast.expr) -> bool:
    """Whether a statement of that expression alone is `sys.exit()` or the like."""
    return isinstance(expression, ast.Call) and written(expression.func) in _EXITS


def errors(handled: ast.expr | None) -> frozenset[str]:
    """The last names of the errors that `except` or `suppress` takes; without any it takes all."""
    if handled is None:
        return frozenset(("BaseException",))
    return frozenset(
        written(each).rpartition(".")[2] for each in (handled.elts if isinstance(handled, ast.Tuple) else [handled])
    )


def suppressed(node: ast.With | ast.AsyncWith) -> frozenset[str]:
    """The errors that `with contextlib.suppress(...)` takes; none for another `with`."""
    found: frozenset[str] = frozenset()
    for item in node.items:
        made = item.context_expr
        if isinstance(made, ast.Call) and written(made.func).rpartition(".")[2] == "suppress":
            found = found.union(*map(errors, made.args))
    return found


def hides_import_errors(names: frozenset[str]) -> bool:
    """Whether one of the errors is what an import that fails raises."""
    return not names.isdisjoint(_IMPORT_ERRORS)


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
