"""A Python file read by `ast`: imports, calls, names, known values, literals, and spans to edit. Nothing is run."""

from __future__ import annotations

import ast
import codecs
import re
import sys
import warnings
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from hublint.documents.source import Span
from hublint.rule import Edit, locate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hublint.documents.source import Source

    Children = list[tuple[ast.AST, "_Context"]]

_CODING = re.compile(rb"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_NOT_UTF8 = re.compile("[\udc80-\udcff]")
_AFTER = re.compile(r"(?:\s+|\\\r?\n|#[^\r\n]*)*")
_BEFORE = re.compile(r"(?:[\s)]+|\\\r?\n|#[^\r\n]*)*")
_BLANKS = re.compile(r"[ \t]*")
_LINE_BREAK = re.compile(r"(?:\r\n|\r|\n)?")
# Syntax that an older interpreter refuses though a Space's newer Python reads it (What's New in Python 3.11 to 3.14).
_NEWER = (
    ((3, 11), r"except\s*\*"),
    ((3, 12), r"^\s*type\s+\w+.*=|^\s*(?:async\s+def|def|class)\s+\w+\s*\[|(?i:\b(?:f|rf|fr)['\"])"),
    ((3, 14), r"^\s*except\b[^:(]*,|(?i:\b(?:t|rt|tr)['\"])"),
)
_IMPORT_ERRORS = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}
_ENVIRONMENT = {"os.getenv", "os.environ.get", "os.environ.setdefault", "os.environ.pop"}
_LENGTH = 4096  # of a value that is put together


class SyntaxProblem(NamedTuple):
    """Why a file is no Python; `newer` names the first Python version that may read it after all, empty if none can."""

    span: Span
    line: int
    column: int
    message: str
    newer: str


class Import(NamedTuple):
    """One `import` of one module.

    `module` is dotted, with leading dots when relative; `names` what `from` takes from it. `guarded`: it may fail or
    never run, as in `try` with `except ImportError`, or under a test for TYPE_CHECKING, a platform or a version.
    """

    module: str
    names: tuple[str, ...]
    node: ast.Import | ast.ImportFrom
    guarded: bool
    top_level: bool


class Value(NamedTuple):
    """A value known without running the code.

    `node` is the literal. `env` is the environment variable and `option` the command line option that replace it.
    """

    value: Any
    node: ast.expr
    env: str | None = None
    option: str | None = None


class EnvRead(NamedTuple):
    """A read of the environment variable `name`, with its default when that is known."""

    name: str
    default: Value | None
    node: ast.expr


class Assignment(NamedTuple):
    """A value that gets a name: variable, attribute, keyword argument, dict item, default argument, `os.environ` item.

    `name` is dotted as written; a constant key counts as an attribute: `os.environ["X"]` is `os.environ.X`.
    """

    name: str
    value: ast.expr
    node: ast.AST


class Call:
    """One call. `function` encloses it; `main_guarded` says it is inside `if __name__ == "__main__"`."""

    __slots__ = ("_python", "function", "main_guarded", "node")

    def __init__(self, python: PythonSource, node: ast.Call, function: str | None, main_guarded: bool) -> None:
        self._python = python
        self.node = node
        self.function = function
        self.main_guarded = main_guarded

    @property
    def name(self) -> str:
        """What is called, see `PythonSource.dotted`."""
        return self._python.dotted(self.node.func)

    @property
    def method(self) -> str:
        """The last part of what is called, `launch` in `demo.launch()`; empty if it has no name."""
        func = self.node.func
        return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""

    @property
    def receiver(self) -> str | None:
        """What made the object whose method is called: `gradio.Blocks` for `demo.launch()`; None if unknown."""
        func = self.node.func
        return self._python.constructor(func.value) if isinstance(func, ast.Attribute) else None

    @property
    def args(self) -> list[ast.expr]:
        """Positional arguments."""
        return self.node.args

    @property
    def keywords(self) -> dict[str, ast.expr]:
        """Values of the keyword arguments."""
        return {keyword.arg: keyword.value for keyword in self.node.keywords if keyword.arg}

    @property
    def unpacks(self) -> bool:
        """Whether `*args` or `**kwargs` hide arguments."""
        return any(k.arg is None for k in self.node.keywords) or any(isinstance(a, ast.Starred) for a in self.args)

    def keyword(self, name: str) -> ast.keyword | None:
        """The keyword argument of that name."""
        return next((keyword for keyword in self.node.keywords if keyword.arg == name), None)

    def argument(self, name: str, position: int = -1) -> ast.expr | None:
        """A keyword argument's value, else that of the positional argument at `position`."""
        keyword = self.keyword(name)
        if keyword:
            return keyword.value
        if not 0 <= position < len(self.args) or any(isinstance(a, ast.Starred) for a in self.args[: position + 1]):
            return None
        return self.args[position]


class PythonSource:
    """One Python file; whatever is wrong with it is `error`, and then it has no tree and every list is empty."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._steps = 0
        self._made: dict[tuple[_Scope, str], str | None] = {}

    @cached_property
    def _parsed(self) -> tuple[ast.Module | None, SyntaxProblem | None]:
        data = self.source.raw
        if sys.version_info < (3, 11) and _overflows(data):
            return None, self._too_deep()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(data)
            _shift_columns(tree, data)
        except SyntaxError as error:
            found = (
                _NOT_UTF8.search(self.source.text)
                if "codec can't decode" in error.msg or "UTF-8" in error.msg
                else None
            )
            line, column = error.lineno or 1, error.offset or 1
            if found:
                line, column = self.source.position(found.start())
            elif line == 1 and self.source.text.startswith("\ufeff"):
                column += 1
            return None, self._problem(line, column, error.msg)
        except (RecursionError, MemoryError):
            return None, self._too_deep()
        except (ValueError, LookupError) as error:
            return None, self._problem(1, 1, str(error))
        return tree, None

    def _too_deep(self) -> SyntaxProblem:
        running = "{}.{}".format(*sys.version_info)
        return self._problem(1, 1, "nested too deeply to be parsed")._replace(newer=running)

    def _problem(self, line: int, column: int, message: str) -> SyntaxProblem:
        source = self.source
        if source.encoding != "utf-8":
            message = "UTF-16, which Python does not read"
        line = min(max(line, 1), len(source.line_starts))
        start, end = source.line_span(line)
        offset = min(start + max(column, 1) - 1, end)
        found = (v for v, syntax in _NEWER if v > sys.version_info[:2] and re.search(syntax, source.line(line)))
        newer = next(("{}.{}".format(*version) for version in found), "")
        return SyntaxProblem(Span(offset, min(offset + 1, end)), line, offset - start + 1, message, newer)

    @property
    def tree(self) -> ast.Module | None:
        """The syntax tree; None where the file does not parse."""
        return self._parsed[0]

    @property
    def error(self) -> SyntaxProblem | None:
        """Why the file does not parse."""
        return self._parsed[1]

    @cached_property
    def _facts(self) -> _Walk:
        return _Walk(self, self.tree or ast.Module([], []))

    @property
    def imports(self) -> list[Import]:
        """Every import, in order."""
        return self._facts.imports

    @property
    def calls(self) -> list[Call]:
        """Every call, in order, an outer call before those in it."""
        return self._facts.calls

    @property
    def assignments(self) -> list[Assignment]:
        """Every value that gets a name."""
        return self._facts.assignments

    @property
    def string_literals(self) -> Iterator[tuple[ast.Constant, str]]:
        """Every string that is no docstring; the fixed parts of an f-string count one by one."""
        return iter(self._facts.literals)

    @cached_property
    def environment_reads(self) -> list[EnvRead]:
        """Every read of an environment variable whose name is known."""
        found: list[tuple[ast.expr | None, ast.expr | None, ast.expr]] = []
        for call in self.calls:
            if call.method in ("getenv", "get", "setdefault", "pop") and call.name in _ENVIRONMENT:
                found.append((call.argument("key", 0), call.argument("default", 1), call.node))
        for key, place, node in self._facts.lookups:
            if self.dotted(place) == "os.environ":
                found.append((key, None, node))
        reads = []
        for key_node, default, node in found:
            name = self.value(key_node) if key_node else None
            if name and isinstance(name.value, str) and not name.env:
                reads.append(EnvRead(name.value, self.value(default) if default else None, node))
        return sorted(reads, key=lambda read: (read.node.lineno, read.node.col_offset))

    def dotted(self, expression: ast.expr) -> str:
        """The dotted name of an expression, import aliases resolved.

        `gr.Blocks().launch` is `gradio.Blocks().launch`. What this file or package defines begins with a dot
        (`.demo.launch`), what nobody defines is a builtin (`open`); empty where there is no name.
        """
        parts: list[str] = []
        for _ in range(64):
            if isinstance(expression, ast.Attribute):
                parts.append("." + expression.attr)
                expression = expression.value
            elif isinstance(expression, ast.Call):
                parts.append("()")
                expression = expression.func
            elif isinstance(expression, ast.Name):
                scope = self._facts.scope_of(expression)
                imported = scope.imported(expression.id) if scope else expression.id
                return (imported or "." + expression.id) + "".join(reversed(parts))
            else:
                break
        return ""

    def constructor(self, expression: ast.expr, depth: int = 0) -> str | None:
        """The dotted name of the call that made an object, a variable's if all its assignments agree, else None."""
        if depth > 8:
            return None
        if isinstance(expression, ast.Name):
            scope = self._facts.scope_of(expression)
            if not scope:
                return None
            key = (scope, expression.id)
            if key not in self._made:
                self._made[key] = None  # a name that is made from itself
                bound = [b for b in scope.bindings[expression.id] if not _is_none(b)]
                made = {self.constructor(b, depth + 1) if isinstance(b, ast.expr) else None for b in bound}
                self._made[key] = made.pop() if len(made) == 1 else None
            return self._made[key]
        if not isinstance(expression, ast.Call):
            return None
        func = expression.func
        if isinstance(func, ast.Attribute):
            owner = self.constructor(func.value, depth + 1)
            if owner and owner.startswith("gradio.") and func.attr == "queue":
                return owner  # Blocks.queue() returns the Blocks
            if owner:
                return f"{owner}().{func.attr}"
        elif isinstance(func, ast.Name) and (scope := self._facts.scope_of(func)):
            [function, *others] = scope.bindings[func.id]
            if isinstance(function, _Scope) and not others:
                made = {self.constructor(r, depth + 1) if r else None for r in function.returns}
                return made.pop() if len(made) == 1 else None
        name = self.dotted(func)
        return name if name and not name.startswith(".") else None

    def value(self, expression: ast.expr) -> Value | None:
        """What an expression is worth: constants, names bound once, defaults of `os.getenv` and options; else None."""
        self._steps = 0
        return self._value(expression, 0)

    def _value(self, node: ast.expr, depth: int) -> Value | None:
        self._steps += 1
        if depth > 40 or self._steps > 400:
            return None
        if isinstance(node, ast.Constant):
            return None if node.value is ... else Value(node.value, node)
        if isinstance(node, ast.Name):
            scope = self._facts.scope_of(node)
            bound = scope.bindings[node.id] if scope else []
            return self._value(bound[0], depth + 1) if len(bound) == 1 and isinstance(bound[0], ast.expr) else None
        if isinstance(node, ast.Call):
            return self._called_value(node, depth + 1)
        if isinstance(node, ast.Attribute):
            parsed = self.constructor(node.value) == "argparse.ArgumentParser().parse_args"
            return self._argument_default(node.attr, depth + 1) if parsed else None
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            known = self._value(node.operand, depth + 1)
            return known._replace(value=-known.value) if known and type(known.value) in (int, float) else None
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
            known = self._value(node.values[0], depth + 1)
            for other in node.values[1:]:
                if known is None or known.value:
                    break
                known = _joined(known, self._value(other, depth + 1), lambda _, second: second)
            return known
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            left = self._value(node.left, depth + 1)
            return left and _joined(left, self._value(node.right, depth + 1), _added)
        if isinstance(node, ast.JoinedStr):
            text: Value | None = Value("", node)
            for part in node.values:
                plain = isinstance(part, ast.FormattedValue) and part.conversion == -1 and part.format_spec is None
                inner = part.value if plain and isinstance(part, ast.FormattedValue) else part
                known = self._value(inner, depth + 1) if plain or isinstance(part, ast.Constant) else None
                text = text and _joined(text, known, lambda first, second: _added(first, str(second)))
            return text and text._replace(node=node)
        return None

    def _called_value(self, node: ast.Call, depth: int) -> Value | None:
        call = Call(self, node, None, False)
        name = call.name
        if name in ("int", "str", "float") and len(node.args) == 1 and not node.keywords:
            known = self._value(node.args[0], depth)
            return known and _converted(known, name)
        if name in _ENVIRONMENT and name != "os.environ.pop":
            key, default = call.argument("key", 0), call.argument("default", 1)
            variable = key and self._value(key, depth)
            if not variable or not isinstance(variable.value, str) or variable.env or call.unpacks:
                return None
            known = self._value(default, depth) if default else Value(None, node)
            return known and _joined(known, Value(None, node, variable.value), lambda first, _: first)
        if name in ("typer.Option", "typer.Argument", "click.option"):
            default = call.argument("default", -1 if name == "click.option" else 0)
            known = self._value(default, depth) if default else None
            flags = [a.value for a in node.args if isinstance(a, ast.Constant) and str(a.value).startswith("-")]
            env = call.argument("envvar")
            variable = self._value(env, depth) if env else None
            if known is None or known.env or (env and not variable) or call.unpacks:
                return None
            return known._replace(option=str(flags[0]) if flags else "", env=variable.value if variable else None)
        return None

    def _argument_default(self, attribute: str, depth: int) -> Value | None:
        declared = self._arguments.get(attribute, [])
        if len(declared) != 1 or attribute in self._facts.stored_attributes:
            return None
        call, flag = declared[0]
        default, action, required = (call.argument(name) for name in ("default", "action", "required"))
        if call.unpacks or action or required or not default or not flag.startswith("-"):
            return None
        known = self._value(default, depth)
        kind = call.argument("type")
        if known and kind and isinstance(known.value, str):  # argparse converts a default only when it is a string
            known = _converted(known, self.dotted(kind))
        return known and known._replace(option=flag)

    @cached_property
    def _arguments(self) -> dict[str, list[tuple[Call, str]]]:
        """argparse's declarations by attribute; none where `set_defaults` may change them."""
        found: dict[str, list[tuple[Call, str]]] = {}
        for call in self.calls:
            if call.method == "set_defaults":
                return {}
            flags = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if call.method == "add_argument" and flags:
                flag = next((flag for flag in flags if flag.startswith("--")), flags[0])
                target = call.argument("dest")
                attribute = target.value if isinstance(target, ast.Constant) else flag.lstrip("-").replace("-", "_")
                found.setdefault(str(attribute), []).append((call, flag))
        return found

    def removal_span(self, call: ast.Call, keyword: ast.keyword) -> Span | None:
        """What to delete to take a keyword argument out of a call: it, one comma and the blanks that go with it.

        None inside an f-string whose positions an older Python does not know.
        """
        source, text = self.source, self.source.text
        start, end = locate(source, keyword)
        ends = [locate(source, node).end for node in (call.func, *call.args, *call.keywords) if node is not keyword]
        opening = _end(_BEFORE, text, max((other for other in ends if other <= start), default=len(text)))
        closing = _end(_AFTER, text, end)
        if text[opening : opening + 1] not in ("(", ",") or text[closing : closing + 1] not in (")", ","):
            return None
        gap_start = opening + 1 if not text[opening + 1 : start].strip() else start  # a comment in between stays
        if text[closing] == ")":
            if gap_start == start and opening + 1 != start:
                return Span(start, end)
            return Span(opening, end) if text[opening] == "," else Span(gap_start, end)
        line_start = source.offset(source.position(start).line)
        rest = _end(_BLANKS, text, closing + 1)
        line_break = _end(_LINE_BREAK, text, rest)
        if line_break > rest:
            alone = not text[line_start:start].strip()
            return Span(line_start, line_break) if alone else Span(gap_start, closing + 1)
        if text[rest] == ")":
            return Span(gap_start, closing + 1 if text[opening] == "," else rest)
        return Span(start, rest)

    def literal_edit(self, node: ast.expr, text: str) -> Edit | None:
        """Put the expression `text` in the place of a literal; None inside f-strings and patterns, which take none."""
        if node in self._facts.rigid:
            return None
        whole = self.source.text
        start, end = locate(self.source, node)
        before = " " if _is_word(whole[start - 1 : start]) else ""
        after = " " if _is_word(whole[end : end + 1]) else ""
        return Edit(self.source.path, Span(start, end), before + text + after)

    def import_edits(self, module: str, before: ast.expr | None = None) -> tuple[Edit, ...] | None:
        """What makes `module` usable under its own name: no edit if it is imported (above `before`, if given).

        The import goes behind the docstring and `from __future__` imports. None where the name means something else.
        """
        tree, source = self.tree, self.source
        bindings = self._facts.module.bindings
        if tree is None or (module in bindings and self._facts.module.imported(module) != module):
            return None
        last = before.lineno if before else sys.maxsize
        for statement in tree.body:
            aliases = statement.names if isinstance(statement, ast.Import) and statement.lineno < last else []
            if any(alias.name == module and not alias.asname for alias in aliases):
                return ()
        line = f"import {module}"
        header = 0
        while header < len(tree.body) and (_is_future(tree.body[header]) or (header == 0 and _docstring(tree.body))):
            header += 1
        following = tree.body[header] if header < len(tree.body) else None
        if following and (header == 0 or isinstance(following, (ast.Import, ast.ImportFrom))):
            start = _statement_start(source, following)
            if not source.text[source.offset(following.lineno) : start].strip("\ufeff\f"):
                return (Edit(source.path, Span(start, start), line + source.newline),)
        if header == 0:
            return (Edit(source.path, Span(len(source.text), len(source.text)), line + source.newline),)
        end = locate(source, tree.body[header - 1]).end
        if following and source.position(end).line == following.lineno:
            return (Edit(source.path, Span(end, end), f"; {line}"),)
        stop = source.line_span(source.position(end).line).end
        return (Edit(source.path, Span(stop, stop), source.newline + line),)


class _Scope:
    """A module, class or function and the names bound in it: to an expression, a module's name, a function, or None."""

    def __init__(self, parent: _Scope | None, is_class: bool = False) -> None:
        self.parent = parent
        self.is_class = is_class
        self.bindings: dict[str, list[ast.expr | str | _Scope | None]] = {}
        self.returns: list[ast.expr | None] = []

    def bind(self, name: str, value: ast.expr | str | _Scope | None) -> None:
        self.bindings.setdefault(name, []).append(value)

    def imported(self, name: str) -> str | None:
        """The module or member that every import of this name means."""
        bound = [b for b in self.bindings[name] if not _is_none(b)]
        first = bound[0] if bound else None
        return first if isinstance(first, str) and all(b == first for b in bound) else None


class _Context(NamedTuple):
    """What encloses a node."""

    scope: _Scope
    function: str | None = None
    guarded: bool = False
    main: bool = False
    loop: bool = False
    rigid: bool = False


class _Walk:
    """One pass over a tree, without recursion, in the order of the text."""

    def __init__(self, python: PythonSource, tree: ast.Module) -> None:
        self.python = python
        self.module = _Scope(None)
        self.imports: list[Import] = []
        self.calls: list[Call] = []
        self.assignments: list[Assignment] = []
        self.literals: list[tuple[ast.Constant, str]] = []
        self.lookups: list[tuple[ast.expr, ast.expr, ast.expr]] = []
        self.stored_attributes: set[str] = set()
        self.rigid: set[ast.AST] = set()
        self.scopes: dict[ast.Name, _Scope] = {}
        stack: Children = [(tree, _Context(self.module))]
        while stack:
            node, context = stack.pop()
            visit = _VISITS.get(type(node).__name__)
            children = visit(self, node, context) if visit else None
            if children is None:
                children = [(child, context) for child in ast.iter_child_nodes(node)]
            stack.extend(reversed(children))

    def scope_of(self, name: ast.Name) -> _Scope | None:
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
        name = _written(target)
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
            and _written(item.context_expr.func).rpartition(".")[2] == "suppress"
            and any(_catches(argument) for argument in item.context_expr.args)
            for item in node.items
        )
        return children + _each(node.body, context._replace(guarded=context.guarded or suppressed))

    def _loop(self, node: ast.For | ast.AsyncFor | ast.While, context: _Context) -> Children:
        looped = context._replace(loop=True)
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
        scope = _Scope(context.scope)
        context.scope.bind(node.name, None if node.decorator_list else scope)
        given = node.args
        positional = [*given.posonlyargs, *given.args]
        defaults = dict(zip(reversed(positional), reversed(given.defaults), strict=False))
        defaults.update((a, d) for a, d in zip(given.kwonlyargs, given.kw_defaults, strict=True) if d)
        options = {name: d for d in node.decorator_list for name in _option_names(d)}
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
        scope = _Scope(context.scope, is_class=True)
        outer = [*node.decorator_list, *getattr(node, "type_params", ()), *node.bases, *node.keywords]
        return _each(outer, context) + _body(node.body, context._replace(scope=scope, loop=False))

    def _foreign(self, node: ast.Global | ast.Nonlocal, context: _Context) -> None:
        for name in node.names:
            scope: _Scope | None = context.scope
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
        body = context._replace(guarded=context.guarded or (doubtful and not inverse))
        other = context._replace(guarded=context.guarded or (doubtful and not exact))
        if _is_main(node.test):
            body = body._replace(main=True)
        return [(node.test, context), *_each(node.body, body), *_each(node.orelse, other)]

    def _try(self, node: ast.Try, context: _Context) -> Children:
        caught = any(handler.type is None or _catches(handler.type) for handler in node.handlers)
        tried = context._replace(guarded=True) if caught else context
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
            name = _key_name(node.func.value, node.args[0])
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
        return _each(list(ast.iter_child_nodes(node)), context._replace(rigid=True))

    def _constant(self, node: ast.Constant, context: _Context) -> None:
        if context.rigid:
            self.rigid.add(node)
        if isinstance(node.value, str):
            self.literals.append((node, node.value))

    def _module(self, node: ast.Module, context: _Context) -> Children:
        return _body(node.body, context)


_VISITS: dict[str, Any] = {
    "AnnAssign": _Walk._annotated,
    "Assign": _Walk._assign,
    "AsyncFor": _Walk._loop,
    "AsyncFunctionDef": _Walk._function,
    "AsyncWith": _Walk._with,
    "Attribute": _Walk._attribute,
    "Call": _Walk._call,
    "ClassDef": _Walk._class,
    "Compare": _Walk._compare,
    "Constant": _Walk._constant,
    "Dict": _Walk._dict,
    "ExceptHandler": _Walk._handler,
    "For": _Walk._loop,
    "FunctionDef": _Walk._function,
    "Global": _Walk._foreign,
    "If": _Walk._if,
    "Import": _Walk._import,
    "ImportFrom": _Walk._import_from,
    "JoinedStr": _Walk._rigid,
    "MatchAs": _Walk._rigid,
    "MatchMapping": _Walk._rigid,
    "MatchStar": _Walk._rigid,
    "MatchValue": _Walk._rigid,
    "Module": _Walk._module,
    "Name": _Walk._name,
    "NamedExpr": _Walk._annotated,
    "Nonlocal": _Walk._foreign,
    "Return": _Walk._return,
    "Subscript": _Walk._subscript,
    "TemplateStr": _Walk._rigid,
    "Try": _Walk._try,
    "TryStar": _Walk._try,
    "While": _Walk._loop,
    "With": _Walk._with,
    "Yield": _Walk._return,
    "YieldFrom": _Walk._return,
    "arg": _Walk._argument,
}


def _each(nodes: list[Any], context: _Context) -> Children:
    return [(node, context) for node in nodes]


def _body(body: list[ast.stmt], context: _Context) -> Children:
    return _each(body[1:] if _docstring(body) else body, context)


def _docstring(body: list[ast.stmt]) -> bool:
    first = body[0].value if body and isinstance(body[0], ast.Expr) else None
    return isinstance(first, ast.Constant) and isinstance(first.value, str)


def _is_none(bound: ast.expr | str | _Scope | None) -> bool:
    return isinstance(bound, ast.Constant) and bound.value is None


def _is_word(character: str) -> bool:
    return character == "_" or character.isalnum()


def _is_future(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.ImportFrom) and statement.module == "__future__"


def _is_main(test: ast.expr) -> bool:
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return any(_is_main(part) for part in test.values)
    if not isinstance(test, ast.Compare) or len(test.ops) != 1 or not isinstance(test.ops[0], ast.Eq):
        return False
    sides = [test.left, test.comparators[0]]
    named = any(isinstance(side, ast.Name) and side.id == "__name__" for side in sides)
    return named and any(isinstance(side, ast.Constant) and side.value == "__main__" for side in sides)


def _catches(error: ast.expr) -> bool:
    errors = error.elts if isinstance(error, ast.Tuple) else [error]
    return any(_written(each).rpartition(".")[2] in _IMPORT_ERRORS for each in errors)


def _written(expression: ast.expr) -> str:
    """A name as the file writes it, a constant key as if it were an attribute; empty where there is none."""
    parts: list[str] = []
    for _ in range(64):
        if isinstance(expression, ast.Attribute):
            parts.append(expression.attr)
            expression = expression.value
        elif isinstance(expression, ast.Subscript):
            key = expression.slice
            if not isinstance(key, ast.Constant) or not isinstance(key.value, str):
                return ""
            parts.append(key.value)
            expression = expression.value
        else:
            break
    if not isinstance(expression, ast.Name):
        return ".".join(reversed(parts))
    return ".".join([expression.id, *reversed(parts)])


def _key_name(place: ast.expr, key: ast.expr) -> str:
    if not isinstance(key, ast.Constant) or not isinstance(key.value, str):
        return ""
    return f"{_written(place)}.{key.value}".lstrip(".")


def _option_names(decorator: ast.expr) -> list[str]:
    """The parameters that `@click.option("--port", ...)` fills."""
    if not isinstance(decorator, ast.Call) or _written(decorator.func).rpartition(".")[2] != "option":
        return []
    flags = [a.value for a in decorator.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    chosen = [f for f in flags if not f.startswith("-")] or [f for f in flags if f.startswith("--")] or flags
    return [chosen[0].lstrip("-").replace("-", "_").lower()] if chosen else []


def _joined(first: Value, second: Value | None, join: Any) -> Value | None:
    """Two values made one; None where more than one thing from outside may change the result."""
    if second is None or (first.env and second.env and first.env != second.env):
        return None
    if first.option is not None and second.option is not None and first.option != second.option:
        return None
    value = join(first.value, second.value)
    if value is None and (first.value, second.value) != (None, None):
        return None
    option = first.option if first.option is not None else second.option
    return Value(value, second.node if value is second.value else first.node, first.env or second.env, option)


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


def _end(pattern: re.Pattern[str], text: str, offset: int) -> int:
    found = pattern.match(text, offset)
    return found.end() if found else offset


def _statement_start(source: Source, statement: ast.stmt) -> int:
    """Where a statement begins, at its first decorator if it has one."""
    decorators = getattr(statement, "decorator_list", None)
    return source.offset(decorators[0].lineno) if decorators else locate(source, statement).start


def _shift_columns(tree: ast.Module, data: bytes) -> None:
    """Make columns count the file's own bytes: `ast` drops a byte order mark and counts UTF-8 whatever the encoding."""
    if data.startswith(b"\xef\xbb\xbf"):
        maps: dict[int, Sequence[int]] = {1: range(3, len(data) + 4)}
        lines: list[bytes] = []
        encoding = ""
    else:
        maps = {}
        encoding = _declared_encoding(data)
        lines = re.split(rb"\r\n|\r|\n", data) if encoding else []
    for node in ast.walk(tree) if maps or lines else ():
        for line, column in (("lineno", "col_offset"), ("end_lineno", "end_col_offset")):
            number = getattr(node, line, None)
            if number and number not in maps and number <= len(lines) and not lines[number - 1].isascii():
                maps[number] = _byte_columns(lines[number - 1].decode(encoding, "replace"), encoding)
            if number in maps:
                setattr(node, column, maps[number][getattr(node, column)])


def _overflows(data: bytes) -> bool:
    """Whether an expression may be so long that Python 3.10's `ast` overflows the C stack and kills the process."""
    statements = re.split(rb"[\r\n]+(?=[\w@#])", data) if len(data) > 50_000 else []
    return any(len(re.findall(rb"[^\w\s'\"#,]", statement)) > 50_000 for statement in statements)


def _declared_encoding(data: bytes) -> str:
    """The encoding of a `coding` comment (PEP 263); empty for UTF-8 and ASCII."""
    for line in data[:1000].splitlines()[:2] if b"coding" in data[:1000] else ():
        found = _CODING.match(line)
        if found:
            name = codecs.lookup(found[1].decode("ascii")).name
            return "" if name.startswith(("utf-8", "ascii")) else name
        if line.strip() and not line.lstrip().startswith(b"#"):
            break
    return ""


def _byte_columns(text: str, encoding: str) -> list[int]:
    """For each UTF-8 byte of a line, the offset of its character in the line's own encoding."""
    columns: list[int] = []
    offset = 0
    for character in text:
        columns += [offset] * len(character.encode("utf-8"))
        offset += len(character.encode(encoding, "replace"))
    return [*columns, offset]
