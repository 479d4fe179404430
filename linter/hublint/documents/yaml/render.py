"""New YAML text on one line for plain data: scalars that YAML 1.1 and 1.2 read alike, and flow collections."""

from __future__ import annotations

import re

from hublint.documents.yaml.scalars import core_value, yaml_1_1_type
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


_INDICATORS = "-?:,[]{}#&*!|>'\"%@`"
_YAML_1_1_BOOLEANS = frozenset("yYnN")
_UNPRINTABLE = lazy("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_NO_TEXT_LINE = lazy("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]| $", re.MULTILINE)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_NEEDS_ESCAPE = lazy('[\\\\"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')


def is_plain(text: str, flow: bool = False) -> bool:
    """Whether `text`, written without quotes, is read as that same string by YAML 1.1 and by YAML 1.2."""
    if not text or text != text.strip() or text[0] in _INDICATORS or text.startswith("...") or text[-1] == ":":
        return False
    if ": " in text or ":\t" in text or " #" in text or "\t#" in text or _UNPRINTABLE.search(text):
        return False
    if flow and any(character in ",[]{}:?" for character in text):
        return False
    return text not in _YAML_1_1_BOOLEANS and core_value(text) == text and yaml_1_1_type(text) == "str"


def is_text(text: str) -> bool:
    """Whether it is several lines that read best, and alike, as a `|` block."""
    lines = text.removesuffix("\n").split("\n")
    return len(lines) > 1 and not _NO_TEXT_LINE.search(text) and lines[-1] != "" and lines[0][:1] not in ("", " ")


def double_quoted(text: str) -> str:
    """`text` as a double-quoted scalar on one line."""
    return f'"{_NEEDS_ESCAPE.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    return _ESCAPES.get(character) or (
        f"\\x{ord(character):02x}" if ord(character) < 256 else f"\\u{ord(character):04x}"
    )


def render_scalar(value: Any, style: str = "plain", flow: bool = False) -> str:
    """A scalar on one line.

    Args:
        value: str, int, float, bool or None.
        style: `single` or `double` to quote a string that way where it can be, else plain where possible.
        flow: whether it stands inside `[]` or `{}`.
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _render_float(value)
    if not isinstance(value, str):
        return str(value)
    if style == "single" and not _UNPRINTABLE.search(value):
        return "'" + value.replace("'", "''") + "'"
    if style != "double" and is_plain(value, flow):
        return value
    return double_quoted(value)


def _render_float(value: float) -> str:
    text = repr(value)
    if text in ("inf", "-inf", "nan"):
        return text.replace("inf", ".inf").replace("nan", ".nan")
    mantissa, mark, exponent = text.partition("e")
    # YAML 1.1 sees a number in `1.0e-05` but not in `1e-05`.
    return text if not mark or "." in mantissa else f"{mantissa}.0e{exponent}"


def render_flow(value: Any) -> str:
    """Any plain data on one line."""
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(render_flow, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(render_pair(name, item) for name, item in value.items())}}}"
    return render_scalar(value, flow=True)


def render_pair(name: str, value: Any) -> str:
    """`name: value` for inside a flow mapping."""
    return f"{render_scalar(name, flow=True)}: {render_flow(value)}"
