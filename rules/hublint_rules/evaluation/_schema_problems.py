"""What the JSON Schema of a YAML file refuses, and where it stands in the file."""

from __future__ import annotations

import hublint_schemas
from hublint.documents.placeholders import is_placeholder
from hublint.documents.yaml.nodes import Mapping, Sequence, resolve
from hublint.records import NamedTuple
from hublint_rules._wording import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hublint.documents.yaml.nodes import Entry, Node, Step

_WANTED = {
    "array": "a list",
    "object": "a mapping",
    "boolean": "`true` or `false`",
    "integer": "a whole number",
    "string": "text",
}


class Problem(NamedTuple):
    """One place that a schema refuses.

    `route` is the place with a star for each index, such as `tasks.*.id`; `absent` says that there is no value at all;
    `where` is the guilty value, or the key that has none, and `entry` the pair of key and value that this is part of.
    """

    route: str
    absent: bool
    where: Node
    entry: Entry | None
    value: Any
    wanted: str

    @property
    def key(self) -> str:
        """The key that is absent or of a wrong value."""
        return self.route.rpartition(".")[2]

    def message(self, texts: dict[str, str], default: str) -> str:
        """The text for this place; `{key}`, `{value}` and `{wanted}` in it are filled in."""
        text = texts.get(self.route, default)
        return text.format(key=self.key, value=shown(self.value), wanted=self.wanted)


def problems(root: Node, schema: str) -> Iterator[Problem]:
    """Each place that the schema refuses, in the order of the routes; what a template left open is let be."""
    data = root.value
    if hublint_schemas.is_valid(schema, data):
        return
    for violation in hublint_schemas.violations(schema, data):
        node, entry = _find(root, violation.route)
        steps, absent = violation.route, violation.value in (None, "") and entry is not None
        if violation.keyword == "required":
            # What `<<` brings in is not in the data.
            if "<<" in violation.value or _is_left_open(node):
                continue
            steps, absent = (*steps, violation.expected), True
            where: Node = entry.key if entry else _start(node)
        elif _is_left_open(node):
            continue
        else:
            where = entry.key if entry and absent else node if violation.route else _start(node)
        route = ".".join("*" if isinstance(step, int) else step for step in steps)
        types = violation.expected if violation.keyword == "type" else violation.schema.get("type", ())
        wanted = next((text for name, text in _WANTED.items() if name in types), "another value")
        yield Problem(route, absent, where, entry, violation.value, wanted)


def _find(root: Node, route: tuple[Step, ...]) -> tuple[Node, Entry | None]:
    """The node at a route, and the pair of key and value that it is part of."""
    node, entry = root, None
    for step in route:
        inside = resolve(node)
        if isinstance(inside, Mapping) and isinstance(step, str):
            entry = inside.entry(step)
            node = entry.value if entry else node
        elif isinstance(inside, Sequence) and isinstance(step, int):
            node, entry = inside.items[step], None
    return node, entry


def _is_left_open(node: Node) -> bool:
    """Whether this is a template's `{name}`, which a key without a value looks like once it is data."""
    inside = resolve(node)
    return is_placeholder(node.value) and not (isinstance(inside, Mapping) and not inside.flow)


def _start(node: Node) -> Node:
    """The first key, so that a finding about what is missing does not mark the whole mapping."""
    inside = resolve(node)
    return inside.entries[0].key if isinstance(inside, Mapping) and inside.entries else node
