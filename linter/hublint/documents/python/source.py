"""One Python file and the questions that rules ask about it."""

from __future__ import annotations

import ast
from functools import cached_property

from hublint.documents.python.parsing import SyntaxProblem, parse
from hublint.documents.python.values import Values
from hublint.documents.python.walk import Walk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.python.facts import Assignment, Call, EnvRead, Import, Value
    from hublint.documents.python.values import Modules
    from hublint.documents.source import Source


class PythonSource:
    """One Python file; whatever is wrong with it is `error`, and then it has no tree and every list is empty."""

    def __init__(self, source: Source) -> None:
        self.source = source

    @cached_property
    def _parsed(self) -> tuple[ast.Module | None, SyntaxProblem | None]:
        return parse(self.source)

    @property
    def tree(self) -> ast.Module | None:
        """The syntax tree; None where the file does not parse."""
        return self._parsed[0]

    @property
    def error(self) -> SyntaxProblem | None:
        """Why the file does not parse."""
        return self._parsed[1]

    @cached_property
    def facts(self) -> Walk:
        """What the walk over the tree gathered."""
        return Walk(self.tree or ast.Module([], []))

    @cached_property
    def values(self) -> Values:
        """What its expressions are worth."""
        return Values(self.facts, self.source)

    @property
    def imports(self) -> list[Import]:
        """Every import, in order."""
        return self.facts.imports

    @property
    def calls(self) -> list[Call]:
        """Every call, in order, an outer call before those in it."""
        return self.facts.calls

    @property
    def assignments(self) -> list[Assignment]:
        """Every value that gets a name."""
        return self.facts.assignments

    @property
    def string_literals(self) -> Iterator[tuple[ast.Constant, str]]:
        """Every string that is not a docstring; the fixed parts of an f-string count one by one."""
        return iter(self.facts.literals)

    @property
    def environment_reads(self) -> list[EnvRead]:
        """Every read of an environment variable whose name is known."""
        return self.values.environment_reads

    @cached_property
    def literals_by_text(self) -> dict[str, list[ast.Constant]]:
        """The string literals that are a text and nothing else, in order."""
        found: dict[str, list[ast.Constant]] = {}
        for node, text in self.string_literals:
            found.setdefault(text, []).append(node)
        return found

    @cached_property
    def names_of_values(self) -> dict[ast.expr, str]:
        """The name that each value gets."""
        return {assignment.value: assignment.name for assignment in self.assignments}

    @cached_property
    def owners_of_values(self) -> dict[ast.expr, str]:
        """The name of the dict that each value is an item of, and of the function that a keyword argument is given to.

        A function's name ends in `()`.
        """
        owners = {
            value: assignment.name
            for assignment in self.assignments
            if isinstance(assignment.value, ast.Dict)
            for value in assignment.value.values
        }
        owners.update((keyword.value, f"{call.method}()") for call in self.calls for keyword in call.node.keywords)
        return owners

    @cached_property
    def reads_by_default(self) -> dict[ast.expr, EnvRead]:
        """The read of the environment that has an expression within it as its default."""
        return {
            read.default.node: read
            for read in self.environment_reads
            if read.default and any(read.default.node is part for part in ast.walk(read.node))
        }

    def dotted(self, expression: ast.expr) -> str:
        """The dotted name of an expression, import aliases resolved.

        `gr.Blocks().launch` is `gradio.Blocks().launch`. What this file or package defines begins with a dot
        (`.demo.launch`), what nobody defines is a builtin (`open`); empty where there is no name.
        """
        return self.facts.names.dotted(expression)

    def constructor(self, expression: ast.expr) -> str | None:
        """The dotted name of the call that made an object, a variable's if all its assignments agree, else None."""
        return self.facts.names.constructor(expression)

    def value(self, expression: ast.expr, modules: Modules | None = None) -> Value | None:
        """What an expression is worth: constants, names bound once, defaults of `os.getenv` and options; else None.

        Args:
            expression: of this file.
            modules: finds the app's own modules, whose constants then count as this file's do.
        """
        return self.values.value(expression, modules)
