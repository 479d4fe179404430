"""The names that a module, class or function binds."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeAlias

    Bound: TypeAlias = "ast.expr | str | Scope | None"


class Scope:
    """A module, class or function and the names bound in it: to an expression, a module's name, a function, or None."""

    def __init__(self, parent: Scope | None, is_class: bool = False) -> None:
        self.parent = parent
        self.is_class = is_class
        self.bindings: dict[str, list[Bound]] = {}
        self.returns: list[ast.expr | None] = []
        self._imported: dict[str, str | None] = {}

    def bind(self, name: str, value: Bound) -> None:
        """Bind a name once more; None is for what is not known."""
        self.bindings.setdefault(name, []).append(value)

    def objects(self, name: str) -> list[Bound]:
        """What a name is bound to, apart from the constant None that merely declares it."""
        return [b for b in self.bindings[name] if not (isinstance(b, ast.Constant) and b.value is None)]

    def imported(self, name: str) -> str | None:
        """The module or member that every import of this name means; to be asked when all names are bound."""
        if name not in self._imported:
            bound = self.objects(name)
            first = bound[0] if bound else None
            self._imported[name] = first if isinstance(first, str) and all(b == first for b in bound) else None
        return self._imported[name]
