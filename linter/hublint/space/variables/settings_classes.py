"""Fields of pydantic's settings classes that the environment has to give."""

from __future__ import annotations

import ast

from hublint.documents.python.classes import is_settings, prefix_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.python import Call, PythonSource

_PLAIN = frozenset("str int float bool SecretStr HttpUrl AnyUrl AnyHttpUrl PostgresDsn RedisDsn EmailStr".split())


def settings_fields(python: PythonSource) -> Iterator[tuple[str, int, Call]]:
    """Variable, line and the call that makes settings of the class, of each required field."""
    if not any(imported.module.startswith("pydantic") for imported in python.imports):
        return
    classes = [node for node in ast.walk(python.tree or ast.Module([], [])) if isinstance(node, ast.ClassDef)]
    for node in classes:
        if not is_settings(python.facts.names, node):
            continue
        prefix = prefix_of(node)
        made = next((call for call in python.calls if call.name == f".{node.name}" and not call.args), None)
        if prefix is None or made is None or made.node.keywords:
            continue
        for field in node.body:
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and _is_required(field):
                yield f"{prefix}{field.target.id}".upper(), field.lineno, made


def _is_required(field: ast.AnnAssign) -> bool:
    annotation = field.annotation
    name = annotation.attr if isinstance(annotation, ast.Attribute) else getattr(annotation, "id", "")
    if name not in _PLAIN:
        return False
    value = field.value
    if value is None:
        return True
    if not isinstance(value, ast.Call) or getattr(value.func, "id", getattr(value.func, "attr", "")) != "Field":
        return False
    given = {keyword.arg for keyword in value.keywords}
    first = value.args[0] if value.args else None
    plain = first is None or (isinstance(first, ast.Constant) and first.value is ...)
    return plain and given.isdisjoint(("default", "default_factory", "alias", "validation_alias", "env", None))
