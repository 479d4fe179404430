"""What expressions are worth without running the code."""

from __future__ import annotations

import ast
from functools import cached_property

from hublint.documents.python.classes import attribute_of
from hublint.documents.python.facts import EnvRead, Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, ClassVar, Protocol

    from hublint.documents.python.facts import Call
    from hublint.documents.python.runs import Moment
    from hublint.documents.python.scopes import Scope
    from hublint.documents.python.walk import Walk
    from hublint.documents.source import Source

    class Modules(Protocol):
        """Finds the modules that belong to an app, as the files of it import them."""

        def find(self, dotted: str, importer: Source) -> tuple[Values, list[str]] | None:
            """The module in which a dotted name begins, and the names in it: `config.PORT` is `PORT` of config.py."""


_ENVIRONMENT = {"os.getenv", "os.environ.get", "os.environ.setdefault", "os.environ.pop"}
_LENGTH = 4096  # of a text that is put together, in characters, and of an integer, in bits: Python prints no huge ones


class Values:
    """What the expressions of one file are worth."""

    def __init__(self, facts: Walk, source: Source) -> None:
        self.facts = facts
        self.source = source

    def value(self, expression: ast.expr, modules: Modules | None = None) -> Value | None:
        """See `PythonSource.value`."""
        known = _Evaluation(self, modules, []).known(expression, 0)
        return known._replace(source=None) if known and known.source is self.source else known

    def may_rebind(self, literal: ast.expr) -> bool:
        """Whether names may be bound anew after a literal in ways that cannot be read: `exec`, `from x import *`."""
        if any(call.name in ("exec", "globals") for call in self.facts.calls):
            return True
        return any("*" in each.names and each.node.lineno > literal.lineno for each in self.facts.imports)

    @cached_property
    def environment_reads(self) -> list[EnvRead]:
        """See `PythonSource.environment_reads`."""
        found: list[tuple[ast.expr | None, ast.expr | None, ast.expr, Moment]] = []
        for call in self.facts.calls:
            if call.method in ("getenv", "get", "setdefault", "pop") and call.name in _ENVIRONMENT:
                found.append((call.argument("key", 0), call.argument("default", 1), call.node, call.moment))
        for lookup in self.facts.lookups:
            if self.facts.names.dotted(lookup.place) == "os.environ":
                found.append((lookup.key, None, lookup.node, lookup.moment))
        reads = []
        for key_node, default, node, moment in found:
            name = self.value(key_node) if key_node else None
            if name and isinstance(name.value, str) and not name.env:
                reads.append(EnvRead(name.value, self.value(default) if default else None, node, moment))
        return sorted(reads, key=lambda read: (read.node.lineno, read.node.col_offset))

    @cached_property
    def declared_arguments(self) -> dict[str, list[tuple[Call, str]]]:
        """argparse's declarations and their flags by attribute; none where `set_defaults` may change them."""
        found: dict[str, list[tuple[Call, str]]] = {}
        for call in self.facts.calls:
            if call.method == "set_defaults":
                return {}
            flags = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if call.method == "add_argument" and flags:
                flag = next((flag for flag in flags if flag.startswith("--")), flags[0])
                target = call.argument("dest")
                named = target.value if isinstance(target, ast.Constant) else None
                attribute = named if isinstance(named, str) else flag.lstrip("-").replace("-", "_")
                found.setdefault(attribute, []).append((call, flag))
        return found


class _Evaluation:
    """The evaluation of one expression, which gives up on what is nested or referred to too often.

    Args:
        values: of the file.
        modules: finds other files.
        steps: what was looked at so far, in all files.
    """

    def __init__(self, values: Values, modules: Modules | None, steps: list[ast.expr]) -> None:
        self.values = values
        self.modules = modules
        self.facts = values.facts
        self.names = values.facts.names
        self.steps = steps

    def known(self, node: ast.expr, depth: int) -> Value | None:
        """What a node is worth, None if that is unknown."""
        self.steps.append(node)
        if depth > 40 or len(self.steps) > 400:
            return None
        evaluate = self._by_kind.get(type(node))
        return evaluate(self, node, depth + 1) if evaluate else None

    def _constant(self, node: ast.Constant, depth: int) -> Value | None:
        huge = isinstance(node.value, int) and node.value.bit_length() > _LENGTH
        return None if huge or node.value is ... else Value(node.value, node, source=self.values.source)

    def _name(self, node: ast.Name, depth: int) -> Value | None:
        scope = self.names.scope_of(node)
        if scope is None:
            return self._of_star(node.id, depth)
        return self._bound(scope, node.id, depth)

    def _bound(self, scope: Scope, name: str, depth: int) -> Value | None:
        """What a name is worth that a scope binds, once or by the same import each time."""
        bound = scope.bindings.get(name, [])
        if len(bound) == 1 and isinstance(bound[0], ast.expr):
            return self.known(bound[0], depth)
        imported = bound[0] if bound and all(each == bound[0] for each in bound) else None
        return self._of_module(imported, depth) if isinstance(imported, str) else None

    def _of_star(self, name: str, depth: int) -> Value | None:
        """What a name is worth that only `from MODULE import *` can bind."""
        stars = [each.module for each in self.facts.imports if "*" in each.names]
        if len(stars) != 1 or name.startswith("_"):
            return None
        return self._of_module(stars[0] + "." * (not stars[0].endswith(".")) + name, depth, starred=True)

    def _of_module(self, dotted: str, depth: int, starred: bool = False) -> Value | None:
        """What a name of one of the app's own modules is worth."""
        found = self._in_module(dotted, starred)
        if found is None or depth > 40:
            return None
        other, names = found
        if names[-1] in self.facts.stored_attributes:
            return None
        if len(names) == 2:
            return other.member(ast.Name(names[0], ast.Load()), names[1], depth)
        known = other._bound(other.names.module, names[0], depth + 1) if len(names) == 1 else None
        if known is None or known.source is not other.values.source:
            return known
        return None if other.values.may_rebind(known.node) else known

    def _in_module(self, dotted: str, starred: bool = False) -> tuple[_Evaluation, list[str]] | None:
        """The module that a dotted name begins in; a second `from x import *` may bind any name anew."""
        if self.modules is None or sum("*" in each.names for each in self.facts.imports) > starred:
            return None
        found = self.modules.find(dotted, self.values.source)
        if found is None or (starred and "__all__" in found[0].facts.names.module.bindings):
            return None
        return _Evaluation(found[0], self.modules, self.steps), found[1]

    def _attribute(self, node: ast.Attribute, depth: int) -> Value | None:
        if self.names.constructor(node.value) == "argparse.ArgumentParser().parse_args":
            return self._argument(node.attr, depth)
        dotted = self._imported(node)
        if dotted:
            return self._of_module(dotted, depth)
        return self.member(node.value, node.attr, depth)

    def _imported(self, node: ast.expr) -> str:
        """The dotted name of an expression that begins with what an import binds; empty for any other."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute) and len(parts) < 8:
            parts.append(node.attr)
            node = node.value
        scope = self.names.scope_of(node) if isinstance(node, ast.Name) else None
        bound = scope.bindings[node.id] if scope is not None and isinstance(node, ast.Name) else []
        first = bound[0] if bound and all(each == bound[0] for each in bound) else None
        return ".".join((first, *reversed(parts))) if isinstance(first, str) else ""

    def member(self, owner: ast.expr, name: str, depth: int) -> Value | None:
        """What an attribute is worth of a class of the app's own, or of an object that it makes."""
        made = self._class(owner, depth)
        if made is None or name in self.facts.stored_attributes | made[0].facts.stored_attributes:
            return None
        other, node, is_instance = made
        attribute = attribute_of(other.names, node, name, is_instance)
        known = other.known(attribute.value, depth) if attribute else None
        if not attribute or not attribute.variable or known is None:
            return known
        return _joined(known, known._replace(value=None, env=attribute.variable), lambda first, _: first)

    def _class(self, node: ast.expr, depth: int) -> tuple[_Evaluation, ast.ClassDef, bool] | None:
        """The class that an expression is, or whose object it is, and which of both."""
        self.steps.append(node)
        if depth > 40 or len(self.steps) > 400:
            return None
        if isinstance(node, ast.Name):
            return self._class_of_name(node, depth + 1)
        dotted = self._imported(node) if isinstance(node, ast.Attribute) else ""
        if dotted:
            found = self._in_module(dotted)
            return (
                found[0]._class(ast.Name(found[1][0], ast.Load()), depth + 1) if found and len(found[1]) == 1 else None
            )
        if not isinstance(node, ast.Call) or node.args or node.keywords:
            return None
        made = self._class(node.func, depth + 1)
        return (made[0], made[1], True) if made and not made[2] else self._class_returned(node.func, depth + 1)

    def _class_of_name(self, node: ast.Name, depth: int) -> tuple[_Evaluation, ast.ClassDef, bool] | None:
        scope = self.names.scope_of(node)
        bound = scope.bindings[node.id] if scope else []
        if bound and isinstance(bound[0], str):
            found = self._in_module(bound[0]) if all(each == bound[0] for each in bound) else None
            return found[0]._class(ast.Name(found[1][0], ast.Load()), depth) if found and len(found[1]) == 1 else None
        if len(bound) != 1:
            return None
        if isinstance(bound[0], ast.expr):
            return self._class(bound[0], depth)
        classes = self.facts.classes.get(node.id, [])
        return (self, classes[0], False) if len(classes) == 1 and bound == [None] else None

    def _class_returned(self, func: ast.expr, depth: int) -> tuple[_Evaluation, ast.ClassDef, bool] | None:
        """The class of what a function of the app's own returns, as `get_settings()` does."""
        scope = self.names.scope_of(func) if isinstance(func, ast.Name) else None
        if scope is None or not isinstance(func, ast.Name) or len(scope.bindings[func.id]) != 1:
            return None
        [bound] = scope.bindings[func.id]
        if isinstance(bound, str):
            found = self._in_module(bound)
            return (
                found[0]._class_returned(ast.Name(found[1][0], ast.Load()), depth)
                if found and len(found[1]) == 1
                else None
            )
        functions = scope.defines.get(func.id, [])
        if len(functions) != 1 or functions[0].is_opaque or functions[0].waits or len(functions[0].returns) != 1:
            return None
        [returned] = functions[0].returns
        return self._class(returned, depth + 1) if returned is not None and depth < 40 else None

    def _negated(self, node: ast.UnaryOp, depth: int) -> Value | None:
        operand = self.known(node.operand, depth) if isinstance(node.op, ast.USub) else None
        return operand._replace(value=-operand.value) if operand and type(operand.value) in (int, float) else None

    def _first_true(self, node: ast.BoolOp, depth: int) -> Value | None:
        known = self.known(node.values[0], depth) if isinstance(node.op, ast.Or) else None
        for value in node.values[1:]:
            if known is None or known.value:
                break
            known = _joined(known, self.known(value, depth), lambda _, second: second)
        return known

    def _sum(self, node: ast.BinOp, depth: int) -> Value | None:
        left = self.known(node.left, depth) if isinstance(node.op, ast.Add) else None
        return left and _joined(left, self.known(node.right, depth), _added)

    def _f_string(self, node: ast.JoinedStr, depth: int) -> Value | None:
        text: Value | None = Value("", node, source=self.values.source)
        for part in node.values:
            plain = isinstance(part, ast.FormattedValue) and part.conversion == -1 and part.format_spec is None
            inner = part.value if plain and isinstance(part, ast.FormattedValue) else part
            known = self.known(inner, depth) if plain or isinstance(part, ast.Constant) else None
            text = text and _joined(text, known, lambda first, second: _added(first, str(second)))
        return text and text._replace(node=node, source=self.values.source)

    def _call(self, node: ast.Call, depth: int) -> Value | None:
        call = self.facts.call_of.get(node)
        if call is None:
            return None
        name = call.name
        if name in ("int", "str", "float") and len(node.args) == 1 and not node.keywords:
            known = self.known(node.args[0], depth)
            return known and _converted(known, name)
        if name in _ENVIRONMENT and name != "os.environ.pop":
            return self._environment(call, depth)
        if name in ("typer.Option", "typer.Argument", "click.option"):
            return self._option(call, -1 if name == "click.option" else 0, depth)
        return None

    def _environment(self, call: Call, depth: int) -> Value | None:
        key, default = call.argument("key", 0), call.argument("default", 1)
        variable = key and self.known(key, depth)
        if not variable or not isinstance(variable.value, str) or variable.env or call.unpacks:
            return None
        known = self.known(default, depth) if default else Value(None, call.node, source=self.values.source)
        return known and _joined(known, known._replace(value=None, env=variable.value), lambda first, _: first)

    def _option(self, call: Call, position: int, depth: int) -> Value | None:
        """The default of a click or typer option."""
        default = call.argument("default", position)
        known = self.known(default, depth) if default else None
        flags = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        env = call.argument("envvar")
        variable = self.known(env, depth) if env else None
        if known is None or known.env or (env and not variable) or call.unpacks:
            return None
        flag = next((flag for flag in flags if flag.startswith("-")), "")
        return known._replace(option=flag, env=variable.value if variable else None)

    def _argument(self, attribute: str, depth: int) -> Value | None:
        """The default of an argparse option, by the attribute that it fills."""
        declared = self.values.declared_arguments.get(attribute, [])
        if len(declared) != 1 or attribute in self.facts.stored_attributes:
            return None
        call, flag = declared[0]
        default, action, required = (call.argument(name) for name in ("default", "action", "required"))
        if call.unpacks or action or required or not default or not flag.startswith("-"):
            return None
        known = self.known(default, depth)
        kind = call.argument("type")
        if known and kind and isinstance(known.value, str):  # argparse converts a default only when it is a string
            known = _converted(known, self.names.dotted(kind))
        return known and known._replace(option=flag)

    _by_kind: ClassVar[dict[type[ast.expr], Callable[[_Evaluation, Any, int], Value | None]]] = {
        ast.Constant: _constant,
        ast.Name: _name,
        ast.Call: _call,
        ast.Attribute: _attribute,
        ast.UnaryOp: _negated,
        ast.BoolOp: _first_true,
        ast.BinOp: _sum,
        ast.JoinedStr: _f_string,
    }


def _joined(first: Value, second: Value | None, join: Any) -> Value | None:
    """Two values made one; None where more than one thing from outside may change the result."""
    if second is None or (first.env and second.env and first.env != second.env):
        return None
    if first.option is not None and second.option is not None and first.option != second.option:
        return None
    result = join(first.value, second.value)
    if result is None and (first.value, second.value) != (None, None):
        return None
    option = first.option if first.option is not None else second.option
    origin = second if result is second.value else first
    return Value(result, origin.node, first.env or second.env, option, origin.source)


def _added(first: Any, second: Any) -> Any:
    if type(first) is not type(second) or type(first) not in (str, int, float):
        return None
    result = first + second
    return None if isinstance(result, str) and len(result) > _LENGTH else result


def _converted(known: Value, kind: str) -> Value | None:
    convert = {"int": int, "str": str, "float": float}.get(kind)
    if not convert or len(str(known.value)[:200]) > 100:
        return None
    try:
        return known._replace(value=convert(known.value))
    except (ValueError, TypeError, OverflowError):
        return None
