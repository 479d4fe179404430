"""One walk over a syntax tree, which gathers the facts of the file and the names it binds."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from hublint.documents.python.facts import Assignment, Call, Import
from hublint.documents.python.scopes import Scope
from hublint.documents.python.syntax import catches, docstring, is_main, key_name, option_names, written

if TYPE_CHECKING:
    from hublint.documents.python.source import PythonSource

    Children = list[tuple[ast.AST, "_Context"]]


class _Context:
    """What encloses a node."""

    __slots__ = ("function", "guarded", "loop", "main", "rigid", "scope")

    def __init__(
        self,
        scope: Scope,
        function: str | None = None,
        guarded: bool = False,
        main: bool = False,
        loop: bool = False,
        rigid: bool = False,
    ) -> None:
        self.scope = scope
        self.function = function
        self.guarded = guarded
        self.main = main
        self.loop = loop
        self.rigid = rigid

    def but(self, **changes: Any) -> _Context:
        """The same with some changes."""
        return _Context(**{name: getattr(self, name) for name in self.__slots__} | changes)


class Walk:
    """One pass over a tree, without recursion, in the order of the text."""

    def __init__(self, python: PythonSource, tree: ast.Module) -> None:
        self.python = python
        self.module = Scope(None)
        self.imports: list[Import] = []
        self.calls: list[Call] = []
        self.assignments: list[Assignment] = []
        self.literals: list[tuple[ast.Constant, str]] = []
        self.lookups: list[tuple[ast.expr, ast.expr, ast.expr]] = []
        self.stored_attributes: set[str] = set()
        self.rigid: set[ast.AST] = set()
        self.scopes: dict[ast.Name, Scope] = {}
        stack: Children = [(tree, _Context(self.module))]
        while stack:
            node, context = stack.pop()
            visit = _VISITS.get(type(node).__name__)
            children = visit(self, node, context) if visit else None
            if children is None:
                children = [(child, context) for child in ast.iter_child_nodes(node)]
            stack.extend(reversed(children))

    def scope_of(self, name: ast.Name) -> Scope | None:
        """The scope that binds a name, None where this file does not bind it."""
        first = scope = self.scopes.get(name, self.module)
        while name.id not in scope.bindings or (scope.is_class and scope is not first):
            if scope.parent is None:
                return None
            scope = scope.parent
        return scope

    def _name(self, node: ast.Name, context: _Context) -> None:
        if not isinstance(node.ctx, ast.Load):
            context.scope.bind(node.id, None)
        elif context.scope is not self.module:
            self.scopes[node] = context.scope

    def _attribute(self, node: ast.Attribute, context: _Context) -> None:
        if not isinstance(node.ctx, ast.Load):
            self.stored_attributes.add(node.attr)

    def _bind(self, target: ast.expr, value: ast.expr, context: _Context) -> Children:
        """Bind a target; what is left to visit of it."""
        if isinstance(target, (ast.Tuple, ast.List)) and isinstance(value, (ast.Tuple, ast.List)):
            pairs = list(zip(target.elts, value.elts, strict=False))
            if len(target.elts) == len(value.elts) and not any(isinstance(e, ast.Starred) for p in pairs for e in p):
                return [child for pair in pairs for child in self._bind(*pair, context)]
        name = written(target)
        if name:
            self.assignments.append(Assignment(name, value, target))
        if not isinstance(target, ast.Name):
            return [(target, context)]
        context.scope.bind(target.id, None if context.loop else value)
        return []

    def _assign(self, node: ast.Assign, context: _Context) -> Children:
        targets = [child for target in node.targets for child in self._bind(target, node.value, context)]
        return [*targets, (node.value, context)]

    def _annotated(self, node: ast.AnnAssign | ast.NamedExpr, context: _Context) -> Children:
        if node.value is None:
            return []
        rest = [(node.annotation, context)] if isinstance(node, ast.AnnAssign) else []
        return [*self._bind(node.target, node.value, context), *rest, (node.value, context)]

    def _with(self, node: ast.With | ast.AsyncWith, context: _Context) -> Children:
        children: Children = []
        for item in node.items:
            children.append((item.context_expr, context))
            if isinstance(item.optional_vars, ast.Name):
                context.scope.bind(item.optional_vars.id, None if context.loop else item.context_expr)
            elif item.optional_vars:
                children.append((item.optional_vars, context))
        suppressed = any(
            isinstance(item.context_expr, ast.Call)
            and written(item.context_expr.func).rpartition(".")[2] == "suppress"
            and any(catches(argument) for argument in item.context_expr.args)
            for item in node.items
        )
        return children + _each(node.body, context.but(guarded=context.guarded or suppressed))

    def _loop(self, node: ast.For | ast.AsyncFor | ast.While, context: _Context) -> Children:
        looped = context.but(loop=True)
        return [(child, looped) for child in ast.iter_child_nodes(node)]

    def _import(self, node: ast.Import, context: _Context) -> Children:
        for alias in node.names:
            bound = alias.asname or alias.name.partition(".")[0]
            context.scope.bind(bound, alias.name if alias.asname else bound)
            self.imports.append(Import(alias.name, (), node, context.guarded, context.scope is self.module))
        return []

    def _import_from(self, node: ast.ImportFrom, context: _Context) -> Children:
        module = "." * node.level + (node.module or "")
        for alias in node.names:
            separator = "" if module.endswith(".") else "."
            context.scope.bind(alias.asname or alias.name, module + separator + alias.name)
        names = tuple(alias.name for alias in node.names)
        self.imports.append(Import(module, names, node, context.guarded, context.scope is self.module))
        return []

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, context: _Context) -> Children:
        scope = Scope(context.scope)
        context.scope.bind(node.name, None if node.decorator_list else scope)
        given = node.args
        positional = [*given.posonlyargs, *given.args]
        defaults = dict(zip(reversed(positional), reversed(given.defaults), strict=False))
        defaults.update((a, d) for a, d in zip(given.kwonlyargs, given.kw_defaults, strict=True) if d)
        options = {name: d for d in node.decorator_list for name in option_names(d)}
        for argument in [*positional, *given.kwonlyargs, *filter(None, (given.vararg, given.kwarg))]:
            default = defaults.get(argument)
            if default:
                self.assignments.append(Assignment(argument.arg, default, argument))
            declared = isinstance(default, ast.Call) and node.decorator_list
            scope.bind(argument.arg, default if declared else options.get(argument.arg))
        outer: list[ast.AST] = [*node.decorator_list, given, *getattr(node, "type_params", ())]
        outer += [node.returns] if node.returns else []
        inner = _Context(scope, node.name, main=context.main)
        return (
            _each([child for child in outer if child is not given], context)
            + self._signature(given, context)
            + _body(node.body, inner)
        )

    def _signature(self, given: ast.arguments, context: _Context) -> Children:
        arguments = [*given.posonlyargs, *given.args, *given.kwonlyargs, *filter(None, (given.vararg, given.kwarg))]
        annotations = [argument.annotation for argument in arguments if argument.annotation]
        return _each([*annotations, *given.defaults, *filter(None, given.kw_defaults)], context)

    def _argument(self, node: ast.arg, context: _Context) -> None:
        context.scope.bind(node.arg, None)  # of a lambda

    def _class(self, node: ast.ClassDef, context: _Context) -> Children:
        context.scope.bind(node.name, None)
        scope = Scope(context.scope, is_class=True)
        outer = [*node.decorator_list, *getattr(node, "type_params", ()), *node.bases, *node.keywords]
        return _each(outer, context) + _body(node.body, context.but(scope=scope, loop=False))

    def _foreign(self, node: ast.Global | ast.Nonlocal, context: _Context) -> None:
        for name in node.names:
            scope: Scope | None = context.scope
            while scope:
                if scope in (context.scope, self.module) or isinstance(node, ast.Nonlocal):
                    scope.bind(name, None)
                scope = scope.parent

    def _return(self, node: ast.Return | ast.Yield | ast.YieldFrom, context: _Context) -> None:
        context.scope.returns.append(node.value if isinstance(node, ast.Return) else None)

    def _if(self, node: ast.If, context: _Context) -> Children:
        words = {
            word for part in ast.walk(node.test) if (word := getattr(part, "attr", None) or getattr(part, "id", None))
        }
        exact = isinstance(node.test, (ast.Name, ast.Attribute)) and "TYPE_CHECKING" in words
        inverse = isinstance(node.test, ast.UnaryOp) and "TYPE_CHECKING" in words
        doubtful = not words.isdisjoint(("TYPE_CHECKING", "version_info", "platform", "find_spec"))
        body = context.but(guarded=context.guarded or (doubtful and not inverse))
        other = context.but(guarded=context.guarded or (doubtful and not exact))
        if is_main(node.test):
            body = body.but(main=True)
        return [(node.test, context), *_each(node.body, body), *_each(node.orelse, other)]

    def _try(self, node: ast.Try, context: _Context) -> Children:
        caught = any(handler.type is None or catches(handler.type) for handler in node.handlers)
        tried = context.but(guarded=True) if caught else context
        return _each([*node.body, *node.handlers], tried) + _each([*node.orelse, *node.finalbody], context)

    def _handler(self, node: ast.ExceptHandler, context: _Context) -> None:
        if node.name:
            context.scope.bind(node.name, None)

    def _call(self, node: ast.Call, context: _Context) -> None:
        self.calls.append(Call(self.python, node, context.function, context.main))
        for keyword in node.keywords:
            if keyword.arg:
                self.assignments.append(Assignment(keyword.arg, keyword.value, keyword))
        if isinstance(node.func, ast.Attribute) and node.func.attr == "setdefault" and len(node.args) == 2:
            name = key_name(node.func.value, node.args[0])
            if name:
                self.assignments.append(Assignment(name, node.args[1], node.args[0]))

    def _subscript(self, node: ast.Subscript, context: _Context) -> None:
        if isinstance(node.ctx, ast.Load) and isinstance(node.value, (ast.Name, ast.Attribute)):
            self.lookups.append((node.slice, node.value, node))

    def _compare(self, node: ast.Compare, context: _Context) -> None:
        if len(node.ops) == 1 and isinstance(node.ops[0], (ast.In, ast.NotIn)):
            self.lookups.append((node.left, node.comparators[0], node))

    def _dict(self, node: ast.Dict, context: _Context) -> None:
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                self.assignments.append(Assignment(key.value, value, key))

    def _rigid(self, node: ast.AST, context: _Context) -> Children:
        name = getattr(node, "name", None) or getattr(node, "rest", None)
        if name:
            context.scope.bind(name, None)
        return _each(list(ast.iter_child_nodes(node)), context.but(rigid=True))

    def _constant(self, node: ast.Constant, context: _Context) -> None:
        if context.rigid:
            self.rigid.add(node)
        if isinstance(node.value, str):
            self.literals.append((node, node.value))

    def _module(self, node: ast.Module, context: _Context) -> Children:
        return _body(node.body, context)


_VISITS: dict[str, Any] = {
    "AnnAssign": Walk._annotated,
    "Assign": Walk._assign,
    "AsyncFor": Walk._loop,
    "AsyncFunctionDef": Walk._function,
    "AsyncWith": Walk._with,
    "Attribute": Walk._attribute,
    "Call": Walk._call,
    "ClassDef": Walk._class,
    "Compare": Walk._compare,
    "Constant": Walk._constant,
    "Dict": Walk._dict,
    "ExceptHandler": Walk._handler,
    "For": Walk._loop,
    "FunctionDef": Walk._function,
    "Global": Walk._foreign,
    "If": Walk._if,
    "Import": Walk._import,
    "ImportFrom": Walk._import_from,
    "JoinedStr": Walk._rigid,
    "MatchAs": Walk._rigid,
    "MatchMapping": Walk._rigid,
    "MatchStar": Walk._rigid,
    "MatchValue": Walk._rigid,
    "Module": Walk._module,
    "Name": Walk._name,
    "NamedExpr": Walk._annotated,
    "Nonlocal": Walk._foreign,
    "Return": Walk._return,
    "Subscript": Walk._subscript,
    "TemplateStr": Walk._rigid,
    "Try": Walk._try,
    "TryStar": Walk._try,
    "While": Walk._loop,
    "With": Walk._with,
    "Yield": Walk._return,
    "YieldFrom": Walk._return,
    "arg": Walk._argument,
}


def _each(nodes: list[Any], context: _Context) -> Children:
    return [(node, context) for node in nodes]


def _body(body: list[ast.stmt], context: _Context) -> Children:
    return _each(body[1:] if docstring(body) else body, context)
