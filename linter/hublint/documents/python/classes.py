"""What the attributes of a file's own classes are worth: plain constants, and the fields of pydantic's settings.

Source: https://docs.pydantic.dev/latest/concepts/pydantic_settings/ (2026-11-28): a field's variable is its prefix and
name, in any case of letters unless `case_sensitive` is set; a field without default is required.
"""

from __future__ import annotations

import ast

from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.python.names import Names

_SETTINGS = frozenset(("pydantic_settings.BaseSettings", "pydantic.BaseSettings", "pydantic.v1.BaseSettings"))
_CHANGING = frozenset(
    """
    __init__ __new__ __post_init__ __getattr__ __getattribute__ __setattr__ __init_subclass__ model_post_init
    settings_customise_sources
    """.split()
)
_ALIASES = ("validation_alias", "alias", "env")
_FIELD = frozenset((*_ALIASES, "default"))
_HARMLESS = frozenset("description title examples gt ge lt le min_length max_length frozen repr pattern".split())


class Attribute(NamedTuple):
    """What a class says of one attribute: the expression that it is worth, and the variable that may replace it."""

    value: ast.expr
    variable: str


def is_settings(names: Names, node: ast.ClassDef) -> bool:
    """Whether pydantic fills the fields of a class from the environment."""
    return any(names.dotted(base) in _SETTINGS for base in node.bases)


def prefix_of(node: ast.ClassDef) -> str | None:
    """A settings class's `env_prefix`, empty without one, None where it is not plain text."""
    value = _configured(node, "env_prefix")
    if value is None:
        return ""
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None


def attribute_of(names: Names, node: ast.ClassDef, name: str, is_instance: bool) -> Attribute | None:
    """What an attribute of a class, or of an object that it makes without arguments, surely is.

    None where that is not written in the class's own body, or where its code may change it.
    """
    settings = is_settings(names, node)
    if node.keywords or _may_change(node) or not (settings or _is_plain(names, node)):
        return None
    given = [each for each in node.body if name in _targets(each)]
    if len(given) != 1 or not isinstance(given[0], (ast.Assign, ast.AnnAssign)) or given[0].value is None:
        return None
    if not settings:
        return (
            Attribute(given[0].value, "")
            if not isinstance(given[0].value, ast.Call) or not node.decorator_list
            else None
        )
    prefix = prefix_of(node)
    if not is_instance or prefix is None or not isinstance(given[0], ast.AnnAssign):
        return None
    cased = _configured(node, "case_sensitive")
    variable = prefix + name
    if cased is None or (isinstance(cased, ast.Constant) and cased.value is False):
        variable = variable.upper()
    return _field(given[0].value, variable)


def _field(value: ast.expr, variable: str) -> Attribute | None:
    """The default of a field and its variable, where `Field(...)` gives them plainly."""
    if not isinstance(value, ast.Call):
        return Attribute(value, variable)
    if getattr(value.func, "id", getattr(value.func, "attr", "")) != "Field":
        return None
    given = {keyword.arg: keyword.value for keyword in value.keywords if keyword.arg}
    if len(given) != len(value.keywords) or not given.keys() <= _FIELD | _HARMLESS or len(value.args) > 1:
        return None
    for alias in _ALIASES:
        named = given.get(alias)
        if named is not None:
            if not isinstance(named, ast.Constant) or not isinstance(named.value, str):
                return None
            variable = named.value
            break
    default = value.args[0] if value.args else given.get("default")
    if default is None or (isinstance(default, ast.Constant) and default.value is ...):
        return None
    return Attribute(default, variable)


def _is_plain(names: Names, node: ast.ClassDef) -> bool:
    """Whether a class has no base and no decorator but `dataclass`."""
    decorators = [each.func if isinstance(each, ast.Call) else each for each in node.decorator_list]
    return not node.bases and all(names.dotted(each) == "dataclasses.dataclass" for each in decorators)


def _may_change(node: ast.ClassDef) -> bool:
    """Whether methods of a class may give its attributes other values."""
    for method in node.body:
        if isinstance(method, (ast.FunctionDef, ast.AsyncFunctionDef)):
            names = {
                getattr(part, "attr", getattr(part, "id", ""))
                for each in method.decorator_list
                for part in ast.walk(each)
            }
            if method.name in _CHANGING or any("validator" in name for name in names):
                return True
    return False


def _targets(statement: ast.stmt) -> list[str]:
    """The names that a statement of a class's body binds, those of its blocks too."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return [statement.name]
    return [part.id for part in ast.walk(statement) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)]


def _configured(node: ast.ClassDef, name: str) -> ast.expr | None:
    """What a settings class says of itself by `model_config` or an inner `Config`."""
    for part in ast.walk(node):
        if isinstance(part, ast.keyword) and part.arg == name:
            return part.value
        if isinstance(part, ast.Assign) and any(getattr(target, "id", "") == name for target in part.targets):
            return part.value
        if isinstance(part, ast.Dict):
            keys = [getattr(key, "value", None) for key in part.keys]
            if name in keys:
                return part.values[keys.index(name)]
    return None
