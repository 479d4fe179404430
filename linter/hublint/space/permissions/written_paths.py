"""Paths that Python code writes out: literals, `os.path.join`, `pathlib` and names that are bound once."""

from __future__ import annotations

import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.dockerfile.stage import Stage
    from hublint.documents.python import PythonSource

_PATHS = frozenset(("pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath", "str", "os.fspath", "os.path.join"))
_SAME_FUNCTIONS = frozenset(("os.path.abspath", "os.path.realpath", "os.path.normpath"))
_SAME = frozenset(("resolve", "absolute", "as_posix"))
_DEEPEST = 12


def written_path(python: PythonSource, expression: ast.expr, stage: Stage | None, place: str) -> str | None:
    """The path that an expression surely is, absolute or as the process sees it; None where that is not known.

    A variable of the environment counts where ENV sets it; a default in the code does not, since the Space's settings
    may set the variable. `place` is the file's own path in the container, which `__file__` is; without a stage nothing
    is known of variables.
    """
    return _Reader(python, stage, place).path(expression, 0)


class _Reader:
    def __init__(self, python: PythonSource, stage: Stage | None, place: str) -> None:
        self.python = python
        self.stage = stage
        self.place = place

    def path(self, node: ast.expr, depth: int) -> str | None:
        """See `written_path`."""
        if depth > _DEEPEST:
            return None
        known = self.python.value(node)
        if known is not None and known.option is None:
            if known.env:
                return self._variable(known.env)
            if isinstance(known.value, str):
                return _plain(known.value)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            return _join([self.path(part, depth + 1) for part in (node.left, node.right)])
        if isinstance(node, ast.Name):
            return self._name(node, depth + 1)
        if isinstance(node, ast.Subscript):
            key = node.slice.value if isinstance(node.slice, ast.Constant) else None
            known_name = isinstance(key, str) and self.python.dotted(node.value) == "os.environ"
            return self._variable(str(key)) if known_name else None
        if isinstance(node, ast.Attribute) and node.attr == "parent":
            return _above(self.path(node.value, depth + 1))
        return self._call(node, depth + 1) if isinstance(node, ast.Call) else None

    def _variable(self, name: str) -> str | None:
        return self.stage.env.get(name) or None if self.stage is not None else None

    def _name(self, node: ast.Name, depth: int) -> str | None:
        scope = self.python.facts.names.scope_of(node)
        if node.id == "__file__" and scope is None:
            return self.place
        bound = scope.bindings[node.id] if scope else []
        return self.path(bound[0], depth) if len(bound) == 1 and isinstance(bound[0], ast.expr) else None

    def _call(self, node: ast.Call, depth: int) -> str | None:
        if isinstance(node.func, ast.Attribute) and node.func.attr in _SAME and not node.args:
            return self.path(node.func.value, depth)
        if node.keywords or not node.args or any(isinstance(part, ast.Starred) for part in node.args):
            return None
        if isinstance(node.func, ast.Attribute) and node.func.attr == "joinpath":
            return _join([self.path(part, depth) for part in (node.func.value, *node.args)])
        name = self.python.dotted(node.func)
        if name in _PATHS:
            return _join([self.path(part, depth) for part in node.args])
        if name in _SAME_FUNCTIONS:
            return self.path(node.args[0], depth)
        return _above(self.path(node.args[0], depth)) if name == "os.path.dirname" else None


def _above(path: str | None) -> str | None:
    return path.rpartition("/")[0] or "/" if path and path.startswith("/") else None


def _plain(text: str) -> str | None:
    odd = not text or text.startswith((":", "~", "file:")) or "://" in text or "\0" in text or len(text) > 300
    return None if odd else text


def _join(parts: list[str | None]) -> str | None:
    found = ""
    for part in parts:
        if part is None:
            return None
        found = part if part.startswith("/") or not found else f"{found.rstrip('/')}/{part}"
    return found or None
