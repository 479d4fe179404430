"""What names mean: import aliases resolved, and which call made an object."""

from __future__ import annotations

import ast

from hublint.documents.python.scopes import Scope


class Names:
    """The names of one file; to be asked when all of them are bound.

    Attributes:
        module: the file's own scope.
        scopes: where each name is read that is read in a class or function.
    """

    def __init__(self) -> None:
        self.module = Scope(None)
        self.scopes: dict[ast.Name, Scope] = {}
        self._makers: dict[tuple[Scope, str], str | None] = {}

    def scope_of(self, name: ast.Name) -> Scope | None:
        """The scope that binds a name, None where this file does not bind it."""
        first = scope = self.scopes.get(name, self.module)
        while name.id not in scope.bindings or (scope.is_class and scope is not first):
            if scope.parent is None:
                return None
            scope = scope.parent
        return scope

    def dotted(self, expression: ast.expr) -> str:
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
                scope = self.scope_of(expression)
                imported = scope.imported(expression.id) if scope else expression.id
                return (imported or "." + expression.id) + "".join(reversed(parts))
            else:
                break
        return ""

    def constructor(self, expression: ast.expr, depth: int = 0) -> str | None:
        """See `PythonSource.constructor`."""
        if depth > 8:
            return None
        if isinstance(expression, ast.Name):
            scope = self.scope_of(expression)
            return self._variable_maker(scope, expression.id, depth) if scope else None
        if not isinstance(expression, ast.Call):
            return None
        func = expression.func
        if isinstance(func, ast.Attribute):
            owner = self.constructor(func.value, depth + 1)
            if owner and owner.startswith("gradio.") and func.attr == "queue":
                return owner  # Blocks.queue() returns the Blocks
            if owner:
                return f"{owner}().{func.attr}"
        elif isinstance(func, ast.Name) and (scope := self.scope_of(func)):
            [function, *others] = scope.bindings[func.id]
            if isinstance(function, Scope) and not others:
                return self._result_maker(function, depth)
        name = self.dotted(func)
        return name if name and not name.startswith(".") else None

    def made(self, name: str) -> str | None:
        """What made the object that a name of the module itself is bound to; None if unknown."""
        return self._variable_maker(self.module, name, 0)

    def returned(self, function: Scope) -> str | None:
        """What made the object that a function returns; None if unknown."""
        return self._result_maker(function, 0)

    def _variable_maker(self, scope: Scope, name: str, depth: int) -> str | None:
        key = (scope, name)
        if key not in self._makers:
            self._makers[key] = None  # a name that is made from itself
            bound = scope.objects(name)
            made = {self.constructor(b, depth + 1) if isinstance(b, ast.expr) else None for b in bound}
            self._makers[key] = made.pop() if len(made) == 1 else None
        return self._makers[key]

    def _result_maker(self, function: Scope, depth: int) -> str | None:
        key = (function, "return")
        if key not in self._makers:
            self._makers[key] = None  # a function that returns what it returns
            made = {self.constructor(r, depth + 1) if r else None for r in function.returns}
            self._makers[key] = made.pop() if len(made) == 1 else None
        return self._makers[key]
