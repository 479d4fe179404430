"""New blocks of YAML, written by ruamel.yaml, which is imported with this module: only where a block is written."""

from __future__ import annotations

import io
import sys

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq
from ruamel.yaml.emitter import Emitter
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from hublint.documents.yaml.render import is_plain, render_scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class _Representer(RoundTripRepresenter):
    """Writes nulls and floats as `render_scalar` does: visible, and read alike in YAML 1.1 and 1.2."""

    def represent_plain(self, value: float | None) -> Any:
        """A scalar node; its tag is what its text says."""
        return self.represent_scalar(f"tag:yaml.org,2002:{'null' if value is None else 'float'}", render_scalar(value))


_Representer.add_representer(type(None), _Representer.represent_plain)
_Representer.add_representer(float, _Representer.represent_plain)


class _Emitter(Emitter):
    """Puts no `? ` before a key that YAML lets stand alone."""

    MAX_SIMPLE_KEY_LENGTH = 1000


def emit(value: Any, key_indent: int, item_indent: int, is_inline: Callable[[Any], bool]) -> str:
    """Block text whose first line stands at column 0, lines parted by a line feed.

    Args:
        value: a non-empty list or mapping.
        key_indent: how far nested keys stand to the right of their key.
        item_indent: how far a list's dashes do.
        is_inline: tells of a list or text below `value` whether it stands on one line.
    """
    yaml = YAML()
    yaml.Representer = _Representer
    yaml.Emitter = _Emitter
    yaml.width = sys.maxsize
    yaml.indent(key_indent, item_indent + 2, item_indent)
    stream = io.StringIO()
    yaml.dump(_prepared(value, is_inline), stream)
    lines = stream.getvalue().removesuffix("\n").split("\n")
    # The dashes of an outermost list are moved to the right like those of any other.
    begin = item_indent if isinstance(value, (list, tuple)) else 0
    return "\n".join(line[begin:] for line in lines)


def _prepared(value: Any, is_inline: Callable[[Any], bool], flow: bool = False) -> Any:
    """Data whose types tell ruamel.yaml how to write it."""
    if isinstance(value, str):
        return _on_one_line(value, flow) if flow or is_inline(value) else LiteralScalarString(value)
    if isinstance(value, dict):
        return {_on_one_line(name, flow): _prepared(item, is_inline, flow) for name, item in value.items()}
    if not isinstance(value, (list, tuple)):
        return value
    inline = flow or is_inline(value)
    items = CommentedSeq(_prepared(item, is_inline, inline) for item in value)
    if inline:
        items.fa.set_flow_style()
    return items


def _on_one_line(text: str, flow: bool) -> str:
    return text if is_plain(text, flow) else DoubleQuotedScalarString(text)
