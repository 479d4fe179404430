"""Edits that make Python code read a value from the environment in place of a literal."""

from __future__ import annotations

import ast

from hublint.documents.edits import Edit
from hublint.documents.python.edits import import_edits, literal_edit
from hublint.documents.source import locate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from hublint.documents.python import PythonSource

_SETS = ("os.environ.", "environ.")


def environment_edits(python: PythonSource, value: str, variable: Callable[[str, str], str]) -> tuple[Edit, ...]:
    """Edits that put `os.environ["NAME"]` in the place of every string literal that is `value` and nothing else.

    A read of the environment with that default loses the default. What is written into `os.environ` stays.

    Args:
        variable: gives the variable for the name that the literal is given, empty where it has none, and for that of
            the dict or function to which it is given, if any.

    Returns:
        No edit where no literal can be replaced, or where `os` means something else in the file.
    """
    edits: list[Edit] = []
    first: ast.expr | None = None
    replaced: set[ast.AST] = set()
    for node in python.literals_by_text.get(value, ()):
        given = python.names_of_values.get(node, "")
        if given.startswith(_SETS) or node in replaced:
            continue
        read = python.reads_by_default.get(node)
        place = read.node if read else node
        owner = python.owners_of_values.get(node, "").rpartition(".")[2]
        name = read.name if read else variable(given.rpartition(".")[2], owner)
        edit = _edit(python, place, f'os.environ["{name}"]')
        if edit:
            edits.append(edit)
            first = first or place
            replaced.update(ast.walk(place) if read else ())
    imports = import_edits(python, "os", first) if first else None
    return (*edits, *imports) if imports is not None else ()


def _edit(python: PythonSource, place: ast.expr, text: str) -> Edit | None:
    if isinstance(place, ast.Constant):
        return literal_edit(python, place, text)
    return Edit(python.source.path, locate(python.source, place), text)
