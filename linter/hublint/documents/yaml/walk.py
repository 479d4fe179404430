"""Walks through a YAML tree."""

from __future__ import annotations

from hublint.documents.yaml.nodes import Mapping, Scalar, Sequence
from hublint.documents.yaml.scalars import property_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hublint.documents.yaml.nodes import Entry, Node


def walk(node: Node | None) -> Iterator[Node]:
    """A node and all below it but keys, in source order; aliases are not followed."""
    pending = [node] if node is not None else []
    while pending:
        current = pending.pop()
        yield current
        if isinstance(current, Mapping):
            pending.extend(entry.value for entry in reversed(current.entries))
        elif isinstance(current, Sequence):
            pending.extend(reversed(current.items))


def duplicates(node: Node | None) -> Iterator[tuple[Entry, int, Entry]]:
    """Each entry whose name is in its mapping already; `<<` merges as often as it stands.

    Before it the first entry of that name, and which entry of the mapping the nearest one above is.
    """
    for mapping in walk(node):
        if not isinstance(mapping, Mapping):
            continue
        first: dict[str, Entry] = {}
        latest: dict[str, int] = {}
        for index, entry in enumerate(mapping):
            if entry.name == "<<" and getattr(entry.key, "style", "plain") == "plain":
                continue
            if entry.name in first:
                yield first[entry.name], latest[entry.name], entry
            first.setdefault(entry.name, entry)
            latest[entry.name] = index


def restore_scalars(root: Node | None, restore: Callable[[Scalar], None]) -> None:
    """Let `restore` give every scalar, keys among them, what really stands there; keys go by their new names."""
    for node in walk(root):
        if isinstance(node, Mapping):
            for entry in node:
                if isinstance(entry.key, Scalar):
                    restore(entry.key)
                entry.name = property_name(entry.key.value)
                entry.key.step = entry.value.step = entry.name
        elif isinstance(node, Scalar):
            restore(node)
