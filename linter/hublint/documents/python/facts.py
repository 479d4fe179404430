"""What is read from a Python file: imports, calls, values, environment variables and assignments."""

from __future__ import annotations

import ast

from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from hublint.documents.python.names import Names
    from hublint.documents.python.runs import Moment, Runs
    from hublint.documents.source import Source


class Import(NamedTuple):
    """One `import` of one module.

    `module` is dotted, with leading dots when relative; `names` what `from` takes from it. `guarded`: its absence is
    provided for, as in `try` with `except ImportError`, or under a test for TYPE_CHECKING, a platform or a version.
    """

    module: str
    names: tuple[str, ...]
    node: ast.Import | ast.ImportFrom
    guarded: bool
    top_level: bool
    moment: Moment

    @property
    def runs(self) -> Runs:
        """Whether it runs when the file is started as a program."""
        return self.moment.runs()

    @property
    def caught(self) -> bool:
        """Whether an error of it is caught, so that the program goes on."""
        return bool(self.moment.caught())


class Value(NamedTuple):
    """A value known without running the code.

    `node` is the literal. `env` is the environment variable and `option` the command line option that replace it.
    `source` is the file with the literal where that is another one of the same app.
    """

    value: Any
    node: ast.expr
    env: str | None = None
    option: str | None = None
    source: Source | None = None


class EnvRead(NamedTuple):
    """A read of the environment variable `name`, with its default when that is known."""

    name: str
    default: Value | None
    node: ast.expr
    moment: Moment


class Assignment(NamedTuple):
    """A value that gets a name: variable, attribute, keyword argument, dict item, default argument, `os.environ` item.

    `name` is dotted as written; a constant key counts as an attribute: `os.environ["X"]` is `os.environ.X`.
    """

    name: str
    value: ast.expr
    node: ast.AST


class Call:
    """One call."""

    __slots__ = ("_names", "moment", "node")

    def __init__(self, names: Names, node: ast.Call, moment: Moment) -> None:
        self._names = names
        self.node = node
        self.moment = moment

    @property
    def function(self) -> str | None:
        """The name of the function that encloses it."""
        function = self.moment.place.function
        return function.name if function is not None else None

    @property
    def runs(self) -> Runs:
        """Whether it runs when the file is started as a program."""
        return self.moment.runs()

    @property
    def caught(self) -> bool:
        """Whether an error of it is caught, so that the program goes on."""
        return bool(self.moment.caught())

    @property
    def name(self) -> str:
        """What is called, see `PythonSource.dotted`."""
        return self._names.dotted(self.node.func)

    @property
    def method(self) -> str:
        """The last part of what is called, `launch` in `demo.launch()`; empty if it has no name."""
        func = self.node.func
        return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""

    @property
    def receiver(self) -> str | None:
        """What made the object whose method is called: `gradio.Blocks` for `demo.launch()`; None if unknown."""
        func = self.node.func
        return self._names.constructor(func.value) if isinstance(func, ast.Attribute) else None

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
        """The keyword argument of that name; None where it is given twice, which Python refuses."""
        given = [keyword for keyword in self.node.keywords if keyword.arg == name]
        return given[0] if len(given) == 1 else None

    def argument(self, name: str, position: int = -1) -> ast.expr | None:
        """A keyword argument's value, else that of the positional argument at `position`."""
        keyword = self.keyword(name)
        if keyword:
            return keyword.value
        if not 0 <= position < len(self.args) or any(isinstance(a, ast.Starred) for a in self.args[: position + 1]):
            return None
        return self.args[position]
