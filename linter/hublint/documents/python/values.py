"""What expressions are worth without running the code."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from hublint.documents.python.facts import EnvRead, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from hublint.documents.python.facts import Call
    from hublint.documents.python.runs import Moment
    from hublint.documents.python.walk import Walk

_ENVIRONMENT = {"os.getenv", "os.environ.get", "os.environ.setdefault", "os.environ.pop"}
_LENGTH = 4096  # of a text that is put together, in characters, and of an integer, in bits: Python prints no huge ones


class Values:
    """What the expressions of one file are worth."""

    def __init__(self, facts: Walk) -> None:
        self.facts = facts

    def value(self, expression: ast.expr) -> Value | None:
        """See `PythonSource.value`."""
        return _Evaluation(self).known(expression, 0)

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
    """The evaluation of one expression, which gives up on what is nested or referred to too often."""

    def __init__(self, values: Values) -> None:
        self.values = values
        self.facts = values.facts
        self.names = values.facts.names
        self.steps = 0

    def known(self, node: ast.expr, depth: int) -> Value | None:
        """What a node is worth, None if that is unknown."""
        self.steps += 1
        if depth > 40 or self.steps > 400:
            return None
        evaluate = self._by_kind.get(type(node))
        return evaluate(self, node, depth + 1) if evaluate else None

    def _constant(self, node: ast.Constant, depth: int) -> Value | None:
        huge = isinstance(node.value, int) and node.value.bit_length() > _LENGTH
        return None if huge or node.value is ... else Value(node.value, node)

    def _name(self, node: ast.Name, depth: int) -> Value | None:
        scope = self.names.scope_of(node)
        bound = scope.bindings[node.id] if scope else []
        return self.known(bound[0], depth) if len(bound) == 1 and isinstance(bound[0], ast.expr) else None

    def _attribute(self, node: ast.Attribute, depth: int) -> Value | None:
        parsed = self.names.constructor(node.value) == "argparse.ArgumentParser().parse_args"
        return self._argument(node.attr, depth) if parsed else None

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
        text: Value | None = Value("", node)
        for part in node.values:
            plain = isinstance(part, ast.FormattedValue) and part.conversion == -1 and part.format_spec is None
            inner = part.value if plain and isinstance(part, ast.FormattedValue) else part
            known = self.known(inner, depth) if plain or isinstance(part, ast.Constant) else None
            text = text and _joined(text, known, lambda first, second: _added(first, str(second)))
        return text and text._replace(node=node)

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
        known = self.known(default, depth) if default else Value(None, call.node)
        return known and _joined(known, Value(None, call.node, variable.value), lambda first, _: first)

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
    return Value(result, second.node if result is second.value else first.node, first.env or second.env, option)


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
