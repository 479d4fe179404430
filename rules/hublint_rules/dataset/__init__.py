"""A dataset card's metadata, and what it says about the columns and splits."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hublint.documents.card import Card
    from hublint.documents.yaml.nodes import Mapping, Step
    from hublint.repository.repository import Repository
    from hublint.rule import Edit

_SHORTEST_SLIP = 6
_LONGEST = 60


def applies(repository: Repository) -> bool:
    """Whether there is a dataset's metadata to look at."""
    return repository.kind == "dataset"


def strings(value: object) -> list[str]:
    """A value that may be one string or a list of them, as a list."""
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]


def wrapper(metadata: Mapping | None) -> str:
    """The name of the key `YAML tags` in metadata, empty where it is absent; DC012 speaks about it."""
    for entry in metadata or ():
        if entry.name.lower().replace("_", " ").strip() == "yaml tags":
            return entry.name
    return ""


def lacks(card: Card, name: str) -> bool:
    """Whether a card has metadata in which a key is surely absent.

    A key without a value is FM011's, one that resembles it FM008's, a wrapper around all keys DC012's, a template
    FM012's: in those cases it is not lacking.
    """
    import hublint_schemas
    from hublint.documents.placeholders import is_placeholder

    if card.metadata is None or wrapper(card.metadata) or is_placeholder(card.data):
        return False
    known = hublint_schemas.table("keys")["dataset"]["look_alikes"]
    wanted = _letters(name)
    return not any(
        entry.name == "<<" or known.get(entry.name) == name or is_slip(_letters(entry.name), wanted)
        for entry in card.metadata
    )


def closest(value: str, choices: Iterable[str]) -> str:
    """The one choice that a value is another spelling of, or one slip away from, else empty.

    Case, blanks and dashes do not count; a digit never is a slip, since `text-to-4d` is not `text-to-3d`.
    """
    if len(value) > _LONGEST:
        return ""
    letters = _letters(value)
    spelt = [choice for choice in choices if is_slip(letters, _letters(choice))]
    same = [choice for choice in spelt if _letters(choice) == letters]
    found = same or spelt
    return found[0] if len(found) == 1 else ""


def is_slip(one: str, other: str) -> bool:
    """Whether two words are equal, or long and one letter added, left out, replaced or swapped apart."""
    if one == other:
        return True
    if min(len(one), len(other)) < _SHORTEST_SLIP or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    left, right = one[start:], other[start:]
    if any(letter.isdigit() for letter in left[:1] + right[:1]):
        return False
    if left[1:] == right[1:] or left[1:] == right or left == right[1:]:
        return True
    return left[:2] == right[1::-1] and left[2:] == right[2:]


def respell(card: Card, route: tuple[Step, ...], meant: str, taken: set[str]) -> Edit:
    """Put `meant` in the place of a value; in a list that has it already the item is removed instead.

    Args:
        route: where the value is, at a key or one of its items.
        taken: what the list has apart from the values to be replaced; `meant` is added to it.
    """
    from hublint.documents.yaml import edits as yaml_edits

    if len(route) > 1 and meant in taken:
        return yaml_edits.remove_item(card, route)
    taken.add(meant)
    return yaml_edits.set_value(card, route, meant)


def _letters(name: str) -> str:
    return name.strip().lower().replace("_", "").replace("-", "").replace(" ", "")
