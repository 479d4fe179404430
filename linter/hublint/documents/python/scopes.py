"""The names that a module, class or function binds."""

from __future__ import annotations

import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    Bound: TypeAlias = "ast.expr | str | Scope | None"


class Scope:
    """A module, class or function and the names bound in it: to an expression, a module's name, a function, or None.

    Attributes:
        name: the function's or class's, empty for the module.
        defines: the functions and classes that are defined in it.
        waits: whether a call alone does not run the function: a coroutine has to be awaited.
        is_opaque: whether it cannot be told if a call runs the function: a generator, an unknown decorator.
    """

    def __init__(self, parent: Scope | None, name: str = "", is_class: bool = False) -> None:
        self.parent = parent
        self.name = name
        self.is_class = is_class
        self.bindings: dict[str, list[Bound]] = {}
        self.defines: dict[str, list[Scope]] = {}
        self.returns: list[ast.expr | None] = []
        self.first = ""
        self.waits = False
        self.is_opaque = False
        self._imported: dict[str, str | None] = {}

    def bind(self, name: str, value: Bound) -> None:
        """Bind a name once more; None is for what is not known."""
        self.bindings.setdefault(name, []).append(value)

    def define(self, name: str, is_class: bool = False) -> Scope:
        """The scope of a new function or class that is defined in this one."""
        scope = Scope(self, name, is_class)
        self.defines.setdefault(name, []).append(scope)
        return scope

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
