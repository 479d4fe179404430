"""What can be said of metadata that Python's tools cannot read: all of it, or what one faulty key leaves."""

from __future__ import annotations

from hublint.documents.yaml.leniency import as_the_hub_reads, restore
from hublint.documents.yaml.nodes import Mapping, YamlError
from hublint.documents.yaml.parsing import parse
from hublint.documents.yaml.slip import without_slip
from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.source import Span
    from hublint.documents.yaml.nodes import Node


class Reading(NamedTuple):
    """What was read of a block.

    Attributes:
        root: its root node; None where nothing can be said of it.
        error: why it is no YAML for Python's tools.
        unknown: the keys that nobody can read, where the root is the rest of a block that the Hub refuses too.
    """

    root: Node | None
    error: YamlError | None
    unknown: frozenset[str] = frozenset()


def recover(text: str, span: Span, error: YamlError) -> Reading:
    """What there is in the part of a text that does not parse as YAML."""
    if error.kind == "key":
        return Reading(parse(text, span), error)
    written = text[slice(*span)]
    lenient = as_the_hub_reads(written)
    if lenient is not None:
        root = parse(_with(text, span, lenient), span)
        restore(root, text)
        return Reading(root, error)
    rest = without_slip(written, error, span.start) if error.kind == "syntax" else None
    if rest is not None:
        try:
            root = parse(_with(text, span, rest.text), span, plain_keys=True)
        except YamlError:
            return Reading(None, error)
        if isinstance(root, Mapping):
            return Reading(root, error, rest.unknown)
    return Reading(None, error)


def _with(text: str, span: Span, part: str) -> str:
    return text[: span.start] + part + text[span.end :]
