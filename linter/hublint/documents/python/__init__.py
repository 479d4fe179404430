"""A Python file read by `ast`: imports, calls, names, known values, literals, and spans to edit. Nothing is run."""

from hublint.documents.python.facts import Assignment, Call, EnvRead, Import, Value
from hublint.documents.python.parsing import SyntaxProblem
from hublint.documents.python.source import PythonSource

__all__ = ["Assignment", "Call", "EnvRead", "Import", "PythonSource", "SyntaxProblem", "Value"]
