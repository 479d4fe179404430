"""What the schemas and tables say of keys and values, by their routes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import hublint_schemas
from hublint.records import NamedTuple
from hublint.server.cursor import ITEM
from hublint.space.build.releases import releases_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Node = dict[str, Any]

# Keys whose values the schema leaves open, by schema; their tables say which there are.
_OPEN = {
    ("model", "library_name"): ("libraries.libraries",),
    ("model", "language"): ("languages.special", "languages.two_letter", "languages.other"),
    ("dataset", "language"): ("languages.special", "languages.two_letter", "languages.other"),
}
_NEWEST = 12  # so many releases of Gradio are offered


class Value(NamedTuple):
    """One value that a key may have, and what it is called; `text` is plain data."""

    text: Any
    name: str = ""


def nodes(schema: str, route: Sequence[str]) -> list[Node]:
    """The parts of a schema that speak of a route, those of each branch of an `anyOf`."""
    root = hublint_schemas.schema(schema)
    found = list(_branches(root, root))
    for step in route:
        found = [inner for node in found for child in _children(node, step) for inner in _branches(root, child)]
    return found


def _children(node: Node, step: str) -> Iterator[Node]:
    if step == ITEM:
        if isinstance(node.get("items"), dict):
            yield node["items"]
        return
    if step in node.get("properties", {}):
        yield node["properties"][step]
    elif isinstance(node.get("additionalProperties"), dict):
        yield node["additionalProperties"]


def _branches(root: Node, node: Node) -> Iterator[Node]:
    """A node with its reference followed, and the branches of its `anyOf`."""
    place: Any = node
    if "$ref" in node:
        place = root
        for step in node["$ref"].split("/")[1:]:
            place = place[step]
    yield place
    for branch in place.get("anyOf", ()):
        yield from _branches(root, branch)


def keys(schema: str, route: Sequence[str]) -> dict[str, Node]:
    """The keys of the mapping at a route, those that are no longer of use at the end."""
    found: dict[str, Node] = {}
    for node in nodes(schema, route):
        for name, child in node.get("properties", {}).items():
            found.setdefault(name, child)
    return dict(sorted(found.items(), key=lambda pair: bool(pair[1].get("deprecated"))))


def told(found: Sequence[Node], what: str) -> Any:
    """The first that nodes say under a keyword."""
    return next((node[what] for node in found if node.get(what) is not None), None)


def is_list(found: Sequence[Node]) -> bool:
    """Whether a list may stand there."""
    return any("array" in types_of(node) for node in found)


def types_of(node: Node) -> tuple[str, ...]:
    """The types that a node allows."""
    given = node.get("type", ())
    return (given,) if isinstance(given, str) else tuple(given)


def values(schema: str, route: Sequence[str]) -> list[Value]:
    """The values that may stand at a route, as far as they are known; those of a list's items for the list too."""
    found = nodes(schema, route)
    key = next((step for step in reversed(route) if step != ITEM), "")
    if schema == "space" and key == "sdk_version":
        return [Value(version) for version in _gradio()]
    for table in _OPEN.get((schema, key), ()) if _is_top(route) else ():
        found = [*found, {"x-enum": table}]
    named: dict[Any, Value] = {}
    inner = [child for node in found for child in ([node["items"]] if isinstance(node.get("items"), dict) else ())]
    for node in (*found, *inner):
        for value in _of_node(node):
            named.setdefault((type(value.text), value.text), value)
    return list(named.values())


def tables(schema: str, route: Sequence[str]) -> list[str]:
    """The tables from which the values at a route come, `table.key`."""
    found = nodes(schema, route)
    inner = [node["items"] for node in found if isinstance(node.get("items"), dict)]
    return list(dict.fromkeys(node["x-enum"] for node in (*found, *inner) if "x-enum" in node))


def _is_top(route: Sequence[str]) -> bool:
    return len([step for step in route if step != ITEM]) == 1


def _of_node(node: Node) -> Iterator[Value]:
    names = names_of(node["x-enum"]) if "x-enum" in node else {}
    given = node.get("enum") or ([node["const"]] if "const" in node else list(names))
    for value in given:
        if value is not None:
            yield Value(value, names.get(value, "") if isinstance(value, str) else "")
    if "boolean" in types_of(node) and not given:
        yield from (Value(True), Value(False))


@cache
def names_of(place: str) -> dict[str, str]:
    """The names of the ids in a table, `table.key`."""
    table, _, key = place.partition(".")
    ids: Any = hublint_schemas.table(table)
    for step in key.split("."):
        ids = ids.get(step, {}) if isinstance(ids, dict) else {}
    if isinstance(ids, dict):
        return {each: name if isinstance(name, str) else _name(name) for each, name in ids.items()}
    return dict.fromkeys(ids, "")


def _name(entry: object) -> str:
    return str(entry.get("name", "")) if isinstance(entry, dict) else ""


@cache
def _gradio() -> tuple[str, ...]:
    """The newest releases of Gradio that the tables know, the newest first."""
    final = [version for version in releases_of("gradio") if version.replace(".", "").isdigit()]
    final.sort(key=lambda version: [int(part) for part in version.split(".")], reverse=True)
    return tuple(final[:_NEWEST])
