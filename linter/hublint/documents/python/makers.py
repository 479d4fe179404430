"""Which call made the object whose method is called, where another module of the same app may have made it."""

from __future__ import annotations

import ast

from hublint.documents.python.scopes import Scope

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.python.facts import Call
    from hublint.documents.python.values import Modules, Values

_MOST_MODULES = 8


def maker(values: Values, call: Call, modules: Modules | None) -> str | None:
    """What made the object whose method is called, such as `gradio.Blocks`; None if unknown.

    Args:
        values: of the file with the call.
        call: the call of a method.
        modules: finds the modules of the app, for `ui.demo.launch()` and `from server import app`; None for this file.
    """
    func = call.node.func
    if not isinstance(func, ast.Attribute):
        return None
    made = values.facts.names.constructor(func.value)
    if modules is None:
        return made
    return _followed(values, made or values.facts.names.dotted(func.value), bool(made), modules)


def _followed(values: Values, dotted: str, is_made: bool, modules: Modules) -> str | None:
    """The maker behind a dotted name: of a class or function that was called, or of an object."""
    for _ in range(_MOST_MODULES):
        found = modules.find(dotted, values.source) if dotted else None
        if found is None:
            return dotted if is_made else None
        values, rest = found
        names = values.facts.names
        if is_made and rest[1:] == ["queue"]:  # Blocks.queue() returns the Blocks
            rest, is_made = rest[:1], False
        if len(rest) != 1 or rest[0] not in names.module.bindings:
            return None
        bound = names.module.objects(rest[0])
        imported = names.module.imported(rest[0])
        if imported:
            dotted = imported
        elif not is_made:
            dotted, is_made = names.made(rest[0]) or "", True
        elif len(bound) == 1 and isinstance(bound[0], Scope) and not bound[0].is_class:
            dotted = names.returned(bound[0]) or ""
        else:
            return None
        if not dotted:
            return None
    return None
