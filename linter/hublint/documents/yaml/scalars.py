"""What a plain YAML scalar means: to the Hub (YAML 1.2 core, js-yaml) and to Python tools (YAML 1.1, PyYAML)."""

from __future__ import annotations

from hublint.documents.yaml.pyyaml import yaml
from hublint.regexes import lazy

Plain = str | int | float | bool | None

_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_RESOLVERS = yaml.Loader.yaml_implicit_resolvers
_LONGEST_WORD = len("false\n")  # of those that YAML 1.1 takes for a boolean or null
_INFINITE = float("inf")
_NUMBER = lazy(
    r"(?P<int>[-+]?[0-9]+)|0o(?P<oct>[0-7]+)|0x(?P<hex>[0-9a-fA-F]+)"
    r"|(?P<float>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)"
    r"|(?P<sign>[-+]?)\.(?:inf|Inf|INF)|(?P<nan>\.(?:nan|NaN|NAN))"
)


def core_value(text: str) -> Plain:
    """The value of a plain scalar in the YAML 1.2 core schema, which is what the Hub's js-yaml reads."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    found = _NUMBER.fullmatch(text)
    if found is None:
        return text
    if found["int"]:
        # What JavaScript would have to call infinite stays a string; Python refuses to convert thousands of digits.
        return int(text) if len(text) < 400 and abs(float(text)) < _INFINITE else text
    if found["oct"]:
        return _finite(int(found["oct"], 8))
    if found["hex"]:
        return _finite(int(found["hex"], 16))
    if found["float"]:
        value = float(text)
        return value if abs(value) < _INFINITE else text
    if found["nan"]:
        return float("nan")
    return float(f"{found['sign']}inf")


def yaml_1_1_type(text: str) -> str:
    """PyYAML's type of a plain scalar: `str`, `int`, `float`, `bool`, `null`, `timestamp`, `merge` or `value`."""
    if len(text) > _LONGEST_WORD and text[0].isalpha():
        return "str"
    for tag, pattern in _RESOLVERS.get(text[:1], ()):
        if pattern.match(text):
            return str(tag.rpartition(":")[2])
    return "str"


def yaml_1_1_value(text: str) -> object:
    """The value that PyYAML's safe loader gives a plain scalar; the text itself where it refuses it."""
    try:
        value = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, OverflowError):
        return text
    return _finite(value) if isinstance(value, int) else value


def _finite(value: int) -> int | float:
    """A whole number, infinite where JavaScript's would be; Python refuses to write one of thousands of digits."""
    try:
        float(value)
    except OverflowError:
        return _INFINITE if value > 0 else -_INFINITE
    return value


def property_name(value: object) -> str:
    """A mapping's key as JavaScript turns it into a property name."""
    if isinstance(value, str):
        return value
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return _number_name(float(value))
    return ",".join(map(property_name, value)) if isinstance(value, list) else "[object Object]"


def _number_name(value: float) -> str:
    if value != value:
        return "NaN"
    if abs(value) == _INFINITE:
        return "Infinity" if value > 0 else "-Infinity"
    return str(int(value)) if value.is_integer() and abs(value) < 1e21 else str(value)
