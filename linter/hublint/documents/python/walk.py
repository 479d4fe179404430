"""One walk over a syntax tree, which gathers the facts of the file and the names it binds."""

from __future__ import annotations

import ast

from hublint.documents.python.calling import is_transparent, place_of_run, run_by
from hublint.documents.python.context import Context, branches
from hublint.documents.python.facts import Assignment, Call, Import
from hublint.documents.python.flow import BREAKS, FALLS, LEAVES, ending_of, endings
from hublint.documents.python.names import Names
from hublint.documents.python.runs import NEVER, PERHAPS, Mention, Moment, Moments, Place
from hublint.documents.python.syntax import (
    docstring,
    errors,
    hides_import_errors,
    is_filled,
    key_name,
    option_names,
    suppressed,
    written,
)
from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from hublint.documents.python.scopes import Scope

    Children = list[tuple[ast.AST, Context]]


class Lookup(NamedTuple):
    """A subscript that is read, or a test with `in`: the key, what it is looked up in, and the whole expression."""

    key: ast.expr
    place: ast.expr
    node: ast.expr
    moment: Moment


class Walk:
    """One pass over a tree, without recursion, in the order of the text."""

    def __init__(self, tree: ast.Module) -> None:
        self.names = Names()
        self.moments = Moments(self.names)
        self.imports: list[Import] = []
        self.calls: list[Call] = []
        self.call_of: dict[ast.Call, Call] = {}
        self.assignments: list[Assignment] = []
        self.literals: list[tuple[ast.Constant, str]] = []
        self.lookups: list[Lookup] = []
        self.stored_attributes: set[str] = set()
        self.classes: dict[str, list[ast.ClassDef]] = {}
        self.rigid: set[ast.AST] = set()
        self._endings = endings(tree)
        self._called: dict[ast.AST, Place] = {}
        self._awaited: set[ast.AST] = set()
        stack: Children = [(tree, Context(self.names.module, Place()))]
        while stack:
            node, context = stack.pop()
            visit = _VISITS.get(type(node).__name__)
            children = visit(self, node, context) if visit else None
            if children is None:
                children = [(child, context) for child in ast.iter_child_nodes(node)]
            stack.extend(reversed(children))

    def _block(self, block: list[ast.stmt], context: Context) -> Children:
        """Statements that follow upon each other: what stands behind a `return` is not reached."""
        children: Children = []
        for statement in block:
            children.append((statement, context))
            ending = self._endings.get(statement, FALLS)
            if not ending & FALLS:
                context = context.at(NEVER)
            elif ending & LEAVES:
                context = context.at(PERHAPS)
        return children

    def _name(self, node: ast.Name, context: Context) -> None:
        if not isinstance(node.ctx, ast.Load):
            context.scope.bind(node.id, None)
            return
        if context.scope is not self.names.module:
            self.names.scopes[node] = context.scope
        self._mention(node, context)

    def _attribute(self, node: ast.Attribute, context: Context) -> None:
        if not isinstance(node.ctx, ast.Load):
            self.stored_attributes.add(node.attr)
        else:
            self._mention(node, context)

    def _mention(self, node: ast.Name | ast.Attribute, context: Context) -> None:
        called = self._called.pop(node, None)
        self.moments.mentions.append(Mention(node, called or context.place, called is not None, node in self._awaited))

    def _bind(self, target: ast.expr, value: ast.expr, context: Context) -> Children:
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

    def _assign(self, node: ast.Assign, context: Context) -> Children:
        targets = [child for target in node.targets for child in self._bind(target, node.value, context)]
        return [*targets, (node.value, context)]

    def _annotated(self, node: ast.AnnAssign | ast.NamedExpr, context: Context) -> Children:
        if node.value is None:
            return []
        rest = [(node.annotation, context.at(PERHAPS))] if isinstance(node, ast.AnnAssign) else []
        return [*self._bind(node.target, node.value, context), *rest, (node.value, context)]

    def _with(self, node: ast.With | ast.AsyncWith, context: Context) -> Children:
        children: Children = []
        for item in node.items:
            children.append((item.context_expr, context))
            if isinstance(item.optional_vars, ast.Name):
                context.scope.bind(item.optional_vars.id, None if context.loop else item.context_expr)
            elif item.optional_vars:
                children.append((item.optional_vars, context))
        hidden = suppressed(node)
        guarded = context.guarded or hides_import_errors(hidden)
        return children + self._block(node.body, context.but(guarded=guarded).catching(hidden))

    def _for(self, node: ast.For | ast.AsyncFor, context: Context) -> Children:
        looped = context.but(loop=True)
        body = looped if is_filled(node.iter) else looped.at(PERHAPS)
        return [(node.target, looped), (node.iter, looped), *self._loop(node, body, looped)]

    def _while(self, node: ast.While, context: Context) -> Children:
        looped = context.but(loop=True)
        body, _ = branches(node.test, looped)
        return [(node.test, looped), *self._loop(node, body, looped)]

    def _loop(self, node: ast.For | ast.AsyncFor | ast.While, body: Context, looped: Context) -> Children:
        breaks = ending_of(node.body, self._endings) & BREAKS
        return self._block(node.body, body) + self._block(node.orelse, looped.at(PERHAPS) if breaks else looped)

    def _comprehension(self, node: ast.ListComp | ast.DictComp, context: Context) -> Children:
        """Only the first iterable is surely looked at: it may be empty."""
        inner = context.at(PERHAPS)
        parts: Children = []
        for child in ast.iter_child_nodes(node):
            if child is node.generators[0]:
                first = node.generators[0]
                parts += [(first.target, inner), (first.iter, context), *_each(first.ifs, inner)]
            else:
                parts.append((child, inner))
        return parts

    def _lambda(self, node: ast.Lambda, context: Context) -> Children:
        inner = context.but(place=context.place._replace(level=min(context.place.level, PERHAPS), caught=frozenset()))
        defaults = [*node.args.defaults, *filter(None, node.args.kw_defaults)]
        return [*_each(_arguments(node.args), context), *_each(defaults, context), (node.body, inner)]

    def _choice(self, node: ast.IfExp, context: Context) -> Children:
        body, other = branches(node.test, context)
        return [(node.test, context), (node.body, body), (node.orelse, other)]

    def _bool(self, node: ast.BoolOp, context: Context) -> Children:
        return [(node.values[0], context), *_each(node.values[1:], context.at(PERHAPS))]

    def _assert(self, node: ast.Assert, context: Context) -> Children:
        return [(node.test, context), *_each([node.msg] if node.msg else [], context.at(PERHAPS))]

    def _match(self, node: ast.Match, context: Context) -> Children:
        children: Children = [(node.subject, context)]
        inner = context.at(PERHAPS)
        for case in node.cases:
            children += [(case.pattern, inner), *_each([case.guard] if case.guard else [], inner)]
            children += self._block(case.body, inner)
        return children

    def _await(self, node: ast.Await, context: Context) -> None:
        if isinstance(node.value, ast.Call):
            self._awaited.add(node.value.func)

    def _import(self, node: ast.Import, context: Context) -> Children:
        for alias in node.names:
            bound = alias.asname or alias.name.partition(".")[0]
            context.scope.bind(bound, alias.name if alias.asname else bound)
            self._imported(alias.name, (), node, context)
        return []

    def _import_from(self, node: ast.ImportFrom, context: Context) -> Children:
        module = "." * node.level + (node.module or "")
        for alias in node.names:
            separator = "" if module.endswith(".") else "."
            context.scope.bind(alias.asname or alias.name, module + separator + alias.name)
        names = tuple(alias.name for alias in node.names)
        self._imported(module, names, node, context)
        return []

    def _imported(
        self, module: str, names: tuple[str, ...], node: ast.Import | ast.ImportFrom, context: Context
    ) -> None:
        top_level = context.scope is self.names.module
        self.imports.append(Import(module, names, node, context.guarded, top_level, self._moment(context)))

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, context: Context) -> Children:
        scope = context.scope.define(node.name)
        scope.waits = isinstance(node, ast.AsyncFunctionDef)
        scope.is_opaque = any(not is_transparent(each) for each in node.decorator_list)
        context.scope.bind(node.name, None if node.decorator_list else scope)
        self.moments.functions.append(scope)
        if node.decorator_list:
            self.moments.decorated.append((scope, context.place))
        given = node.args
        positional = [*given.posonlyargs, *given.args]
        scope.first = positional[0].arg if positional else ""
        defaults = dict(zip(reversed(positional), reversed(given.defaults), strict=False))
        defaults.update((a, d) for a, d in zip(given.kwonlyargs, given.kw_defaults, strict=True) if d)
        options = {name: d for d in node.decorator_list for name in option_names(d)}
        for argument in _arguments(given):
            default = defaults.get(argument)
            if default:
                self.assignments.append(Assignment(argument.arg, default, argument))
            declared = isinstance(default, ast.Call) and node.decorator_list
            scope.bind(argument.arg, default if declared else options.get(argument.arg))
        return [
            *_each([*node.decorator_list, *getattr(node, "type_params", ())], context),
            *_each([node.returns] if node.returns else [], context.at(PERHAPS)),
            *_each([each.annotation for each in _arguments(given) if each.annotation], context.at(PERHAPS)),
            *_each([*given.defaults, *filter(None, given.kw_defaults)], context),
            *self._block(_undocumented(node.body), Context(scope, Place(scope))),
        ]

    def _argument(self, node: ast.arg, context: Context) -> None:
        context.scope.bind(node.arg, None)  # of a lambda

    def _class(self, node: ast.ClassDef, context: Context) -> Children:
        context.scope.bind(node.name, None)
        self.classes.setdefault(node.name, []).append(node)
        scope = context.scope.define(node.name, is_class=True)
        outer = [*node.decorator_list, *getattr(node, "type_params", ()), *node.bases, *node.keywords]
        return _each(outer, context) + self._block(_undocumented(node.body), context.but(scope=scope, loop=False))

    def _foreign(self, node: ast.Global | ast.Nonlocal, context: Context) -> None:
        for name in node.names:
            scope: Scope | None = context.scope
            while scope:
                if scope in (context.scope, self.names.module) or isinstance(node, ast.Nonlocal):
                    scope.bind(name, None)
                scope = scope.parent

    def _return(self, node: ast.Return | ast.Yield | ast.YieldFrom, context: Context) -> None:
        context.scope.returns.append(node.value if isinstance(node, ast.Return) else None)
        if not isinstance(node, ast.Return):
            context.scope.is_opaque = True  # a generator runs when somebody asks it

    def _if(self, node: ast.If, context: Context) -> Children:
        words = {
            word for part in ast.walk(node.test) if (word := getattr(part, "attr", None) or getattr(part, "id", None))
        }
        exact = isinstance(node.test, (ast.Name, ast.Attribute)) and "TYPE_CHECKING" in words
        inverse = isinstance(node.test, ast.UnaryOp) and "TYPE_CHECKING" in words
        doubtful = not words.isdisjoint(("TYPE_CHECKING", "version_info", "platform", "find_spec"))
        body, other = branches(node.test, context)
        body = body.but(guarded=context.guarded or (doubtful and not inverse))
        other = other.but(guarded=context.guarded or (doubtful and not exact))
        return [(node.test, context), *self._block(node.body, body), *self._block(node.orelse, other)]

    def _try(self, node: ast.Try, context: Context) -> Children:
        going_on = [each for each in node.handlers if ending_of(each.body, self._endings) & (FALLS | LEAVES)]
        caught = frozenset(name for handler in going_on for name in errors(handler.type))
        guarded = context.guarded or any(hides_import_errors(errors(each.type)) for each in node.handlers)
        tried = context.but(guarded=guarded)
        return [
            *self._block(node.body, tried.catching(caught)),
            *_each(node.handlers, tried.at(PERHAPS)),
            *self._block(node.orelse, context.at(PERHAPS) if caught else context),
            *self._block(node.finalbody, context),
        ]

    def _handler(self, node: ast.ExceptHandler, context: Context) -> Children:
        if node.name:
            context.scope.bind(node.name, None)
        return [*_each([node.type] if node.type else [], context), *self._block(node.body, context)]

    def _moment(self, context: Context) -> Moment:
        return Moment(self.moments, context.place)

    def _call(self, node: ast.Call, context: Context) -> None:
        call = Call(self.names, node, self._moment(context))
        self.calls.append(call)
        self.call_of[node] = call
        self._called[node.func] = context.place
        run, awaited = run_by(node)
        self._called.update((each, place_of_run(node, context.place)) for each in run)
        self._awaited.update(awaited)
        for keyword in node.keywords:
            if keyword.arg:
                self.assignments.append(Assignment(keyword.arg, keyword.value, keyword))
        if isinstance(node.func, ast.Attribute) and node.func.attr == "setdefault" and len(node.args) == 2:
            name = key_name(node.func.value, node.args[0])
            if name:
                self.assignments.append(Assignment(name, node.args[1], node.args[0]))

    def _subscript(self, node: ast.Subscript, context: Context) -> None:
        if isinstance(node.ctx, ast.Load) and isinstance(node.value, (ast.Name, ast.Attribute)):
            self.lookups.append(Lookup(node.slice, node.value, node, self._moment(context)))

    def _compare(self, node: ast.Compare, context: Context) -> None:
        if len(node.ops) == 1 and isinstance(node.ops[0], (ast.In, ast.NotIn)):
            self.lookups.append(Lookup(node.left, node.comparators[0], node, self._moment(context)))

    def _dict(self, node: ast.Dict, context: Context) -> None:
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                self.assignments.append(Assignment(key.value, value, key))

    def _rigid(self, node: ast.AST, context: Context) -> Children:
        name = getattr(node, "name", None) or getattr(node, "rest", None)
        if name:
            context.scope.bind(name, None)
        return _each(list(ast.iter_child_nodes(node)), context.but(rigid=True))

    def _constant(self, node: ast.Constant, context: Context) -> None:
        if context.rigid:
            self.rigid.add(node)
        if isinstance(node.value, str):
            self.literals.append((node, node.value))

    def _module(self, node: ast.Module, context: Context) -> Children:
        return self._block(_undocumented(node.body), context)


_VISITS: dict[str, Any] = {
    "AnnAssign": Walk._annotated,
    "Assign": Walk._assign,
    "Assert": Walk._assert,
    "AsyncFor": Walk._for,
    "AsyncFunctionDef": Walk._function,
    "AsyncWith": Walk._with,
    "Attribute": Walk._attribute,
    "Await": Walk._await,
    "BoolOp": Walk._bool,
    "Call": Walk._call,
    "ClassDef": Walk._class,
    "Compare": Walk._compare,
    "Constant": Walk._constant,
    "Dict": Walk._dict,
    "DictComp": Walk._comprehension,
    "ExceptHandler": Walk._handler,
    "For": Walk._for,
    "FunctionDef": Walk._function,
    "GeneratorExp": Walk._comprehension,
    "Global": Walk._foreign,
    "If": Walk._if,
    "IfExp": Walk._choice,
    "Import": Walk._import,
    "ImportFrom": Walk._import_from,
    "JoinedStr": Walk._rigid,
    "Lambda": Walk._lambda,
    "ListComp": Walk._comprehension,
    "Match": Walk._match,
    "MatchAs": Walk._rigid,
    "MatchMapping": Walk._rigid,
    "MatchStar": Walk._rigid,
    "MatchValue": Walk._rigid,
    "Module": Walk._module,
    "Name": Walk._name,
    "NamedExpr": Walk._annotated,
    "Nonlocal": Walk._foreign,
    "Return": Walk._return,
    "SetComp": Walk._comprehension,
    "Subscript": Walk._subscript,
    "TemplateStr": Walk._rigid,
    "Try": Walk._try,
    "TryStar": Walk._try,
    "While": Walk._while,
    "With": Walk._with,
    "Yield": Walk._return,
    "YieldFrom": Walk._return,
    "arg": Walk._argument,
}


def _each(nodes: list[Any], context: Context) -> Children:
    return [(node, context) for node in nodes]


def _arguments(given: ast.arguments) -> list[ast.arg]:
    every = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    return [argument for argument in every if argument is not None]


def _undocumented(body: list[ast.stmt]) -> list[ast.stmt]:
    return body[1:] if docstring(body) else body
