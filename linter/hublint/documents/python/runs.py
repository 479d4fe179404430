"""Which code of a file is run when the file is started, or loaded by a server or another module.

Code runs for certain where it runs in every start that no error and no `sys.exit()` ends before: whoever writes
`if not token: raise ...` above their app means the app to run.
"""

from __future__ import annotations

import ast

from hublint.documents.python.scopes import Scope
from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from hublint.documents.python.names import Names

    Runs = Literal["always", "perhaps", "never"]


NEVER, PERHAPS, ABSENT, ALWAYS = range(4)  # ABSENT: for certain, but only while a path is absent
_NAMES: tuple[Runs, ...] = ("never", "perhaps", "perhaps", "always")
# What runs when a class is called.
_MAKING = frozenset(("__init__", "__new__", "__post_init__"))
# Who can call a function that nothing in the file names.
_DYNAMIC = frozenset(("globals", "locals", "vars", "exec", "eval", "getattr"))
_NOTHING: frozenset[str] = frozenset()


class Place(NamedTuple):
    """Where a piece of code stands.

    Attributes:
        function: the function that holds it, None for the module.
        level: whether it runs when that is run.
        main: True under `if __name__ == "__main__"`, False under its `else`, else None.
        caught: the errors of it that are caught, so that the program goes on, by their last names.
    """

    function: Scope | None = None
    level: int = ALWAYS
    main: bool | None = None
    caught: frozenset[str] = _NOTHING


class Mention(NamedTuple):
    """A name that is read: `place` says where, `called` whether that runs the function which it names."""

    node: ast.Name | ast.Attribute
    place: Place
    called: bool
    awaited: bool


class _Use(NamedTuple):
    function: Scope
    place: Place
    is_sure: bool


class _State(NamedTuple):
    level: int
    caught: frozenset[str]


class Moments:
    """When the functions of one file are run; to be asked when the walk over it is done."""

    def __init__(self, names: Names) -> None:
        self.mentions: list[Mention] = []
        self.functions: list[Scope] = []
        self.decorated: list[tuple[Scope, Place]] = []
        self._names = names
        self._states: dict[bool, dict[Scope, _State]] = {}

    def state(self, place: Place, main: bool) -> _State:
        """Whether the code of a place runs, and which of its errors are caught."""
        if place.main not in (None, main):
            return _State(NEVER, _NOTHING)
        if place.function is None:
            return _State(place.level, place.caught)
        held = self._functions(main).get(place.function)
        if held is None:
            return _State(NEVER, _NOTHING)
        return _State(min(place.level, held.level), place.caught | held.caught)

    def _functions(self, main: bool) -> dict[Scope, _State]:
        """The state of every function that may be run: what calls it, and what calls that."""
        if main in self._states:
            return self._states[main]
        states: dict[Scope, _State] = {}
        self._states[main] = states
        uses: dict[Scope | None, list[_Use]] = {}
        for use in self._uses():
            uses.setdefault(use.place.function, []).append(use)
        pending: list[Scope | None] = [None]
        if not main or any(isinstance(m.node, ast.Name) and m.node.id in _DYNAMIC for m in self.mentions):
            outer = [each for each in self.functions if each.parent is self._names.module or _owner(each)]
            states.update((each, _State(PERHAPS, _NOTHING)) for each in outer)
            pending += outer
        while pending:
            for use in uses.get(pending.pop(), ()):
                level, caught = self.state(use.place, main)
                level = level if use.is_sure else min(level, PERHAPS)
                old = states.get(use.function)
                new = _State(level, caught) if old is None else _State(max(level, old.level), caught & old.caught)
                if level != NEVER and new != old:
                    states[use.function] = new
                    pending.append(use.function)
        return states

    def _uses(self) -> Iterator[_Use]:
        methods: dict[str, list[Scope]] = {}
        for function in self.functions:
            if _owner(function):
                methods.setdefault(function.name, []).append(function)
        for function, place in self.decorated:
            yield _Use(function, place, False)
        for mention in self.mentions:
            yield from self._named(mention) if isinstance(mention.node, ast.Name) else self._method(mention, methods)

    def _named(self, mention: Mention) -> Iterator[_Use]:
        scope = self._names.scope_of(mention.node) if isinstance(mention.node, ast.Name) else None
        name = getattr(mention.node, "id", "")
        defined = scope.defines.get(name, ()) if scope else ()
        is_only = scope is not None and len(scope.bindings[name]) == 1
        for each in defined:
            if not each.is_class:
                yield _Use(each, mention.place, is_only and _is_entered(each, mention))
                continue
            for method in (method for group in each.defines.values() for method in group if not method.is_class):
                is_sure = is_only and method.name in _MAKING and _is_entered(method, mention)
                yield _Use(method, mention.place, is_sure)

    def _method(self, mention: Mention, methods: dict[str, list[Scope]]) -> Iterator[_Use]:
        name = getattr(mention.node, "attr", "")
        if name not in methods:
            return
        owner = self._class_of(mention.node.value, mention) if isinstance(mention.node, ast.Attribute) else None
        own = owner.defines.get(name, []) if owner else []
        for method in methods[name]:
            yield _Use(method, mention.place, own == [method] and _is_entered(method, mention))

    def _class_of(self, expression: ast.expr, mention: Mention) -> Scope | None:
        """The class of the file that an object is of: `self`, `App()`, a variable that is bound to `App()` alone."""
        if isinstance(expression, ast.Name):
            scope = self._names.scope_of(expression)
            if scope is None:
                return None
            if expression.id == scope.first and len(scope.bindings[expression.id]) == 1:
                return _owner(scope)
            if expression.id in scope.defines:
                return _only_class(scope.defines[expression.id])
            bound = scope.objects(expression.id)
            expression = bound[0] if len(bound) == 1 and isinstance(bound[0], ast.expr) else expression
        func = expression.func if isinstance(expression, ast.Call) else None
        scope = self._names.scope_of(func) if isinstance(func, ast.Name) else None
        return _only_class(scope.defines.get(func.id, [])) if scope and isinstance(func, ast.Name) else None


def _owner(function: Scope) -> Scope | None:
    """The class whose method a function is."""
    return function.parent if function.parent and function.parent.is_class else None


def _only_class(defined: list[Scope]) -> Scope | None:
    return defined[0] if len(defined) == 1 and defined[0].is_class else None


def _is_entered(function: Scope, mention: Mention) -> bool:
    """Whether a mention surely runs the body."""
    return mention.called and not function.is_opaque and (mention.awaited or not function.waits)


class Moment:
    """When one call, import or read is run.

    Each answer is for the file as the main program or, with `main=False`, as a module that is loaded.
    """

    __slots__ = ("_moments", "place")

    def __init__(self, moments: Moments, place: Place) -> None:
        self._moments = moments
        self.place = place

    def runs(self, main: bool = True) -> Runs:
        """Whether it runs: "perhaps" where a condition or a caller that is not known decides."""
        return _NAMES[self._moments.state(self.place, main).level]

    def caught(self, main: bool = True) -> frozenset[str]:
        """The errors of it that are caught, so that the program goes on, by their last names."""
        return self._moments.state(self.place, main).caught

    @property
    def is_conditional(self) -> bool:
        """Whether a condition holds it in the function or module where it stands."""
        return self.place.level != ALWAYS

    def only_while_absent(self, main: bool = True) -> bool:
        """Whether it runs for certain, but only while a path is absent: under `if not os.path.exists(...)`."""
        return self._moments.state(self.place, main).level == ABSENT
