"""What Python code asks of its environment, read off the syntax tree; nothing is run."""

from __future__ import annotations

import ast
from functools import cached_property

from hublint.documents.python.syntax import ends_program
from hublint.space.variables.reads import Read
from hublint.space.variables.settings_classes import settings_fields

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.python import Call, EnvRead, PythonSource
    from hublint.documents.python.runs import Moment
    from hublint.space.variables.reads import Need

_CATCHING = frozenset(("KeyError", "LookupError", "Exception", "BaseException", "TypeError"))
_CONVERSIONS = frozenset(("int", "float", "json.loads", "pathlib.Path"))
_MOST = 500  # reads of one file that are judged


def python_reads(python: PythonSource, main: bool = True) -> list[Read]:
    """Every read of an environment variable whose name is known, apart from those that the code sets itself.

    Args:
        python: the file.
        main: whether it is the main program, rather than a module that is loaded.
    """
    if python.tree is None:
        return []
    from itertools import islice

    return sorted(islice(_Reader(python, main).reads(), _MOST), key=lambda read: read.line)


class _Reader:
    """Judges the reads of one file by what stands around them."""

    def __init__(self, python: PythonSource, main: bool) -> None:
        self.python = python
        self.main = main
        self.tree: ast.AST = python.tree or ast.Module([], [])
        self.parents = {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}
        self.path = python.source.path
        self.given: set[str] = set()
        self.sometimes_given: set[str] = set()
        self.written_back: set[str] = set()
        self._look_at_writes()

    def reads(self) -> Iterator[Read]:
        for read in self.python.environment_reads:
            if read.name not in self.given:
                yield Read(read.name, self.path, read.node.lineno, self._need(read))
        for call in self.python.calls:
            name = self._of_library(call)
            if name:
                need: Need = "default" if _has_default(call.node) else self._when(call.node, call.moment, name)
                yield Read(name, self.path, call.node.lineno, need)
        for lookup in self.python.facts.lookups:
            node = lookup.node
            if isinstance(node, ast.Subscript) and self.python.dotted(lookup.place) == "streamlit.secrets":
                known = self.python.value(lookup.key)
                if known is not None and isinstance(known.value, str):
                    need = self._when(node, lookup.moment, known.value)
                    yield Read(known.value, self.path, node.lineno, need, "st.secrets")
        for name, line, made in settings_fields(self.python):
            yield Read(name, self.path, line, self._when(made.node, made.moment, name))

    def _look_at_writes(self) -> None:
        """Sort the variables that the code writes: with a literal, with their own old value, with something else."""
        for assignment in self.python.assignments:
            place, _, name = assignment.name.rpartition(".")
            if place not in ("os.environ", "environ") or _mentions(assignment.value, name):
                continue
            known = self.python.value(assignment.value)
            if known is not None and known.env == name:
                statement = self.parents.get(assignment.node)
                if known.value is None and statement is not None and self.parents.get(statement) is self.tree:
                    self.written_back.add(name)  # `os.environ[name] = None` is a TypeError
            elif known is not None and known.value:
                self.given.add(name)
            else:
                self.sometimes_given.add(name)

    def _of_library(self, call: Call) -> str:
        """The variable that python-decouple or environs is asked for."""
        first = call.args[0] if call.args else None
        if not isinstance(first, ast.Constant) or not isinstance(first.value, str):
            return ""
        func = call.node.func
        if call.name == "decouple.config" or self.python.constructor(func) in ("environs.Env", "environ.Env"):
            return first.value
        if isinstance(func, ast.Attribute) and self.python.constructor(func.value) == "environs.Env":
            return first.value if func.attr in ("str", "int", "float", "bool", "list", "url", "json") else ""
        return ""

    def _need(self, read: EnvRead) -> Need:
        node, name = read.node, read.name
        if isinstance(node, ast.Subscript):
            return self._when(node, read.moment, name)
        if isinstance(node, ast.Compare):
            return "optional"
        if isinstance(node, ast.Call) and _has_default(node):
            return "optional" if _is_empty(node, self.python) else "default"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "pop":
            return "optional" if len(node.args) > 1 else self._when(node, read.moment, name)
        parent = self.parents.get(node)
        if isinstance(parent, ast.BoolOp) and isinstance(parent.op, ast.Or):
            last = parent.values[-1]
            return "default" if isinstance(last, ast.Constant) and last.value else "optional"
        written_back = name in self.written_back
        if written_back or self._fails_on_none(node, parent) or self._is_demanded(node, parent):
            return self._when(node, read.moment, name)
        return "optional"

    def _fails_on_none(self, node: ast.expr, parent: ast.AST | None) -> bool:
        if isinstance(parent, ast.Attribute):
            return True
        if isinstance(parent, ast.Call) and node in parent.args:
            return self.python.dotted(parent.func) in _CONVERSIONS
        if isinstance(parent, ast.Assign):
            return any(
                isinstance(target, ast.Subscript) and self.python.dotted(target.value) == "os.environ"
                for target in parent.targets
            )
        return False

    def _is_demanded(self, node: ast.expr, parent: ast.AST | None) -> bool:
        """Whether the statements of the module stop where the value is missing."""
        if node in self.demanded:
            return True
        if isinstance(parent, ast.Assign) and self.parents.get(parent) is self.tree:
            return any(isinstance(target, ast.Name) and target.id in self.demanded for target in parent.targets)
        return isinstance(parent, ast.NamedExpr) and parent.target.id in self.demanded

    @cached_property
    def demanded(self) -> set[ast.AST | str]:
        """Expressions and names in the module's asserts, and in its tests for absence that end the program."""
        found: set[ast.AST | str] = set()
        for statement in getattr(self.tree, "body", ()):
            if isinstance(statement, ast.Assert) or (
                isinstance(statement, ast.If) and _tests_absence(statement.test) and _stops(statement.body)
            ):
                found.update(part.id if isinstance(part, ast.Name) else part for part in ast.walk(statement.test))
        return found

    def _when(self, node: ast.AST, moment: Moment, name: str) -> Need:
        """When a read that cannot do without the variable fails, if nothing catches that."""
        if name in self.sometimes_given or not _CATCHING.isdisjoint(moment.caught(self.main)):
            return "optional"
        if self._is_tested(node, name):
            return "optional"
        return "start" if moment.runs(self.main) == "always" else "use"

    def _is_tested(self, node: ast.AST, name: str) -> bool:
        """Whether a condition around a read asks for the variable."""
        child, parent = node, self.parents.get(node)
        while parent is not None:
            asked: list[ast.expr] = []
            if isinstance(parent, (ast.If, ast.IfExp, ast.While)):
                asked = [parent.test]
            elif isinstance(parent, ast.BoolOp):
                asked = parent.values
            if any(_mentions(each, name) for each in asked if each is not child):
                return True
            child, parent = parent, self.parents.get(parent)
        return False


def _has_default(call: ast.AST) -> bool:
    """Whether a call gives a default other than None."""
    if not isinstance(call, ast.Call):
        return False
    given = [*call.args[1:2], *(k.value for k in call.keywords if k.arg in ("default", None))]
    return any(not (isinstance(value, ast.Constant) and value.value is None) for value in given)


def _is_empty(call: ast.Call, python: PythonSource) -> bool:
    """Whether the default is the empty string, which is no more than nothing."""
    known = python.value(call.args[1]) if len(call.args) > 1 else None
    return known is not None and known.value == ""


def _mentions(expression: ast.AST, name: str) -> bool:
    return any(isinstance(part, ast.Constant) and part.value == name for part in ast.walk(expression))


def _tests_absence(test: ast.expr) -> bool:
    return any(
        (isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.Not))
        or (isinstance(part, ast.Compare) and isinstance(part.ops[0], (ast.Is, ast.Eq)))
        for part in ast.walk(test)
    )


def _stops(body: list[ast.stmt]) -> bool:
    """Whether statements raise or end the program."""
    for statement in body:
        if isinstance(statement, ast.Raise):
            return True
        if isinstance(statement, ast.Expr) and ends_program(statement.value):
            return True
    return False
