"""How the rules about a dataset's values write the right one."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.card import Card
    from hublint.documents.yaml.nodes import Step
    from hublint.rule import Edit


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
