"""Keys of the metadata whose value is empty."""

from __future__ import annotations

from hublint.documents.yaml import edits as yaml_edits
from hublint.documents.yaml.nodes import Mapping, Scalar, resolve
from hublint.rule import Fix

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.documents.yaml.nodes import Entry
    from hublint.repository.repository import Repository

# Rules about Spaces speak about these keys themselves.
_OWNED = frozenset(("sdk", "title", "emoji"))


def judged(card: Card, repository: Repository) -> Iterator[Entry]:
    """The entries of a block in lines that have nothing, `null`, `""` or `[]` as their value."""
    if card.metadata is None or card.metadata.flow:
        return
    for entry in card.metadata:
        if isinstance(entry.key, Mapping) or _is_owned(repository, entry.name):
            continue
        node = resolve(entry.value)
        if not getattr(node, "items", None) and not isinstance(node, Mapping) and entry.value.value in (None, "", []):
            yield entry


def removal(card: Card, entry: Entry) -> Fix | None:
    """The fix that removes a key; None for the only one, without which the Hub would refuse the block."""
    if len(card.entries) < 2 or sum(other.name == entry.name for other in card.entries) > 1:
        return None
    if isinstance(entry.value, Scalar) and entry.value.tag:
        return None
    return Fix(f"Remove `{entry.name}`", (yaml_edits.remove_entry(card, (entry.name,)),))


def _is_owned(repository: Repository, name: str) -> bool:
    """Whether a rule about Spaces says that the key is missing: SP001, SP010, SP009, SP004."""
    if repository.kind != "space":
        return False
    return name in _OWNED or (name == "sdk_version" and repository.sdk == "gradio")
