"""One Python file and the questions that rules ask about it."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING

from hublint.documents.python import names, values
from hublint.documents.python.parsing import SyntaxProblem, parse
from hublint.documents.python.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.edits import Edit
    from hublint.documents.python.facts import Assignment, Call, EnvRead, Import, Value
    from hublint.documents.python.scopes import Scope
    from hublint.documents.source import Source, Span


class PythonSource:
    """One Python file; whatever is wrong with it is `error`, and then it has no tree and every list is empty."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.makers: dict[tuple[Scope, str], str | None] = {}

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
        """What the walk over the tree gathered, for the modules of this package."""
        return Walk(self, self.tree or ast.Module([], []))

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
        """Every string that is no docstring; the fixed parts of an f-string count one by one."""
        return iter(self.facts.literals)

    @cached_property
    def environment_reads(self) -> list[EnvRead]:
        """Every read of an environment variable whose name is known."""
        return values.environment_reads(self)

    @cached_property
    def declared_arguments(self) -> dict[str, list[tuple[Call, str]]]:
        """argparse's declarations and their flags by attribute; none where `set_defaults` may change them."""
        return values.declared_arguments(self)

    def dotted(self, expression: ast.expr) -> str:
        """The dotted name of an expression, import aliases resolved.

        `gr.Blocks().launch` is `gradio.Blocks().launch`. What this file or package defines begins with a dot
        (`.demo.launch`), what nobody defines is a builtin (`open`); empty where there is no name.
        """
        return names.dotted(self, expression)

    def constructor(self, expression: ast.expr) -> str | None:
        """The dotted name of the call that made an object, a variable's if all its assignments agree, else None."""
        return names.constructor(self, expression)

    def value(self, expression: ast.expr) -> Value | None:
        """What an expression is worth: constants, names bound once, defaults of `os.getenv` and options; else None."""
        return values.value(self, expression)

    def removal_span(self, call: ast.Call, keyword: ast.keyword) -> Span | None:
        """What to delete to take a keyword argument out of a call: it, one comma and the blanks that go with it.

        None inside an f-string whose positions an older Python does not know.
        """
        from hublint.documents.python.edits import removal_span

        return removal_span(self, call, keyword)

    def literal_edit(self, node: ast.expr, text: str) -> Edit | None:
        """Put the expression `text` in the place of a literal; None inside f-strings and patterns, which take none."""
        from hublint.documents.python.edits import literal_edit

        return literal_edit(self, node, text)

    def import_edits(self, module: str, before: ast.expr | None = None) -> tuple[Edit, ...] | None:
        """What makes `module` usable under its own name: no edit if it is imported (above `before`, if given).

        The import goes behind the docstring and `from __future__` imports. None where the name means something else.
        """
        from hublint.documents.python.edits import import_edits

        return import_edits(self, module, before)
