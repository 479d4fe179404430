"""The keys of a widget's example. Source: `widget-example.ts` of npm @huggingface/tasks 0.21.54."""

from __future__ import annotations

from hublint.documents.yaml.nodes import Scalar
from hublint_rules._spelling import letters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.yaml.nodes import Entry, Mapping

KEYS = (
    "text",
    "src",
    "context",
    "prompt",
    "messages",
    "table",
    "structured_data",
    "candidate_labels",
    "multi_class",
    "source_sentence",
    "sentences",
    "example_title",
    "group",
    "parameters",
    "output",
)


def unknown(example: Mapping) -> list[Entry]:
    """The entries of an example whose keys no widget reads."""
    return [
        entry for entry in example if entry.name not in KEYS and entry.name != "<<" and isinstance(entry.key, Scalar)
    ]


def is_empty(example: Mapping) -> bool:
    """Whether a widget finds nothing at all in an example that has keys."""
    keys = [entry.name for entry in example]
    return bool(keys) and not any(name in KEYS or name == "<<" or meant(name) for name in keys)


def meant(name: str) -> str:
    """The key of which a name is another spelling, else empty."""
    return next((key for key in KEYS if key != name and letters(key) == letters(name)), "")
