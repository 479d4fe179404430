"""What a key is written with: places to fill in, made of what a schema demands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.documents.yaml.render import render_scalar
from hublint.server import vocabulary
from hublint.server.cursor import ITEM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hublint.server.vocabulary import Node

_CHOICES = 8  # so many values fit into one place to fill in
_DEEPEST = 8


class _Places:
    """Numbers the places of one snippet."""

    def __init__(self, schema: str, rich: bool) -> None:
        self.schema = schema
        self.rich = rich
        self._last = 0

    def place(self, route: Sequence[str], node: Node) -> str:
        """A place for a value: its default, or a choice of a few, or empty."""
        self._last += 1
        if not self.rich:
            return ""
        default = node.get("default")
        if default is not None:
            return f"${{{self._last}:{escaped(render_scalar(default))}}}"
        values = [render_scalar(each.text) for each in vocabulary.values(self.schema, route)]
        if 1 < len(values) <= _CHOICES and all(value.isascii() and not set(value) & set(",|}$\\") for value in values):
            return f"${{{self._last}|{','.join(values)}|}}"
        return f"${self._last}"


def escaped(text: str) -> str:
    """A text as it stands in a snippet."""
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")


def entry(schema: str, route: Sequence[str], indent: int, rich: bool) -> str:
    """`key: value` with places to fill in.

    Args:
        route: that of the value; its last step is the key.
        indent: the column of the key.
        rich: whether the client fills in places; else they are left empty.
    """
    lines = list(_entry(_Places(schema, rich), tuple(route), 0))
    return ("\n" + " " * indent).join(lines)


def _entry(places: _Places, route: tuple[str, ...], depth: int) -> Iterator[str]:
    found = vocabulary.nodes(places.schema, route)
    name = render_scalar(route[-1])
    inner = list(_value(places, route, found, depth)) if depth < _DEEPEST else []
    if inner:
        yield f"{name}:"
        yield from inner
    else:
        yield f"{name}: {places.place(route, found[0] if found else {})}"


def _value(places: _Places, route: tuple[str, ...], found: Sequence[Node], depth: int) -> Iterator[str]:
    """The lines of a list or mapping that a key has to have; none where its value stands on the key's line."""
    kinds = {kind for node in found for kind in vocabulary.types_of(node)} - {"null"}
    if kinds == {"array"}:
        item = (*route, ITEM)
        inner = vocabulary.nodes(places.schema, item)
        names = _needed(inner)
        if not names:
            yield f"- {places.place(item, inner[0] if inner else {})}"
            return
        lines = [line for name in names for line in _entry(places, (*item, name), depth + 1)]
        yield from (f"{'- ' if not number else '  '}{line}" for number, line in enumerate(lines))
    elif kinds == {"object"}:
        for name in _needed(found):
            yield from (f"  {line}" for line in _entry(places, (*route, name), depth + 1))


def _needed(found: Sequence[Node]) -> list[str]:
    """The keys that a mapping must have, else the first that it may."""
    needed: list[str] = next((list(node["required"]) for node in found if node.get("required")), [])
    return needed or [name for node in found for name in list(node.get("properties", {}))[:1]][:1]
