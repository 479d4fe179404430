"""Fields of pydantic's settings classes that the environment has to give.

Source: https://docs.pydantic.dev/latest/concepts/pydantic_settings/: a field's variable is its prefix and name, in any
case of letters; a field without default is required.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.python import Call, PythonSource

_BASES = frozenset(("pydantic_settings.BaseSettings", "pydantic.BaseSettings", "pydantic.v1.BaseSettings"))
_PLAIN = frozenset("str int float bool SecretStr HttpUrl AnyUrl AnyHttpUrl PostgresDsn RedisDsn EmailStr".split())


def settings_fields(python: PythonSource) -> Iterator[tuple[str, int, Call]]:
    """Variable, line and the call that makes settings of the class, of each required field."""
    if not any(imported.module.startswith("pydantic") for imported in python.imports):
        return
    classes = [node for node in ast.walk(python.tree or ast.Module([], [])) if isinstance(node, ast.ClassDef)]
    for node in classes:
        if not any(python.dotted(base) in _BASES for base in node.bases):
            continue
        prefix = _prefix(node)
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


def _prefix(node: ast.ClassDef) -> str | None:
    """The class's `env_prefix`, empty without one, None where it is not plain text."""
    for part in ast.walk(node):
        value: ast.expr | None = None
        if isinstance(part, ast.keyword):
            value = part.value if part.arg == "env_prefix" else None
        elif isinstance(part, ast.Assign):
            value = part.value if any(getattr(target, "id", "") == "env_prefix" for target in part.targets) else None
        elif isinstance(part, ast.Dict):
            keys = [getattr(key, "value", None) for key in part.keys]
            value = part.values[keys.index("env_prefix")] if "env_prefix" in keys else None
        if value is not None:
            return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None
    return ""
