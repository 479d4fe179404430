"""What encloses a piece of code, handed down by the walk."""

from __future__ import annotations

import ast

from hublint.documents.python.runs import ABSENT, ALWAYS, NEVER, PERHAPS, Place
from hublint.documents.python.syntax import is_absence, is_another_name, is_main, is_not_main, truth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from hublint.documents.python.scopes import Scope


class Context:
    """What encloses a node."""

    __slots__ = ("guarded", "loop", "place", "rigid", "scope")

    def __init__(
        self, scope: Scope, place: Place, guarded: bool = False, loop: bool = False, rigid: bool = False
    ) -> None:
        self.scope = scope
        self.place = place
        self.guarded = guarded
        self.loop = loop
        self.rigid = rigid

    def but(self, **changes: Any) -> Context:
        """The same with some changes."""
        return Context(**{name: getattr(self, name) for name in self.__slots__} | changes)

    def at(self, level: int) -> Context:
        """The same where code runs no more surely than that."""
        return self if level >= self.place.level else self.but(place=self.place._replace(level=level))

    def catching(self, names: frozenset[str]) -> Context:
        """The same where those errors are caught."""
        return self.but(place=self.place._replace(caught=self.place.caught | names)) if names else self


def branches(test: ast.expr, context: Context) -> tuple[Context, Context]:
    """What encloses code that runs where a condition holds, and where it does not."""
    known = truth(test)
    if known is not None:
        return context.at(ALWAYS if known else NEVER), context.at(NEVER if known else ALWAYS)
    if is_absence(test):
        return context.at(ABSENT), context.at(PERHAPS)
    if is_another_name(test):  # perhaps that of the module, where the file is imported
        perhaps = context.at(PERHAPS)
        return perhaps.but(place=perhaps.place._replace(main=False)), perhaps
    if is_main(test) and not isinstance(test, ast.Compare):
        return context.at(PERHAPS).but(place=context.at(PERHAPS).place._replace(main=True)), context.at(PERHAPS)
    sides = (True, False) if is_main(test) else (False, True) if is_not_main(test) else None
    if sides is None:
        return context.at(PERHAPS), context.at(PERHAPS)
    body, other = (context.but(place=context.place._replace(main=side)) for side in sides)
    return body, other
