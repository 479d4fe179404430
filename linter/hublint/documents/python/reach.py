"""Which calls of a Python file are run when it is started."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from hublint.documents.python.syntax import is_main

if TYPE_CHECKING:
    from hublint.documents.python import PythonSource


class Reach:
    """Whether a call is run when its file is started: "always", "perhaps" (a condition, an error) or "never".

    A function counts as run if its name is used anywhere; `if __name__ == "__main__"` is no condition.
    """

    def __init__(self, python: PythonSource) -> None:
        self._tree = python.tree
        self._calls: dict[ast.AST, tuple[bool, str]] = {}
        self._used: dict[str, bool] = {}
        self._decorated: set[str] = set()
        self._walked = False

    def of(self, node: ast.Call) -> str:
        """Which of the three it is for a call of the file."""
        if not self._walked:
            self._walk()
        conditional, function = self._calls.get(node, (True, ""))
        if function and function not in self._used:
            return "perhaps" if function in self._decorated else "never"
        return "perhaps" if conditional or self._used.get(function) else "always"

    def _walk(self) -> None:
        """Note what holds every call, and for every name whether each use of it stands under a condition."""
        self._walked = True
        stack: list[tuple[ast.AST, bool, str]] = [(self._tree, False, "")] if self._tree else []
        while stack:
            node, conditional, function = stack.pop()
            if isinstance(node, ast.Call):
                self._calls[node] = (conditional, function)
            elif isinstance(node, (ast.Name, ast.Attribute)):
                name = node.id if isinstance(node, ast.Name) else node.attr
                self._used[name] = conditional and self._used.get(name, True)
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                function, conditional = node.name, False
                if node.decorator_list:
                    self._decorated.add(node.name)
            inner = conditional or (isinstance(node, ast.If) and not _is_plain_main(node.test))
            inner = inner or isinstance(node, (ast.ExceptHandler, ast.IfExp, ast.While))
            stack.extend((child, inner, function) for child in ast.iter_child_nodes(node))


def _is_plain_main(test: ast.expr) -> bool:
    """Whether a condition is `__name__ == "__main__"` and nothing more."""
    return isinstance(test, ast.Compare) and is_main(test)
