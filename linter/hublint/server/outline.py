"""The metadata as an outline: symbols, what can be folded, and what the Hub takes where a key is absent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

import hublint_schemas
from hublint.documents.yaml.nodes import Mapping, Scalar, Sequence
from hublint.documents.yaml.render import render_scalar
from hublint.repository.repository import README
from hublint.secrets.shapes import covered
from hublint.server import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.documents.source import Span
    from hublint.documents.yaml.nodes import Entry, Node
    from hublint.server.checking import Judged
    from hublint.server.positions import Lines

_DEEPEST = 20
_LONGEST = 80
# The keys that an SDK reads and whose absence has a meaning, by the SDK.
_INFERRED = {"docker": ("app_port",), "gradio": ("app_file", "python_version"), "static": ("app_file",)}


def card_of(judged: Judged) -> Card | None:
    """The README.md, if that is the document and it is as it was checked."""
    project, document = judged.project, judged.document
    if project is None or document.name != README:
        return None
    card = project.repository.card
    return card if card is not None and card.raw == document.data else None


def symbols(judged: Judged, lines: Lines) -> list[types.DocumentSymbol]:
    """The keys of the metadata, those within others below them."""
    card = card_of(judged)
    return list(_symbols(card.root, lines, 0)) if card is not None and card.root is not None else []


def _symbols(node: Node, lines: Lines, depth: int) -> Iterator[types.DocumentSymbol]:
    if depth > _DEEPEST:
        return
    if isinstance(node, Mapping):
        for entry in node:
            yield _symbol(entry, lines, depth)
    elif isinstance(node, Sequence):
        for number, item in enumerate(node.items):
            children = list(_symbols(item, lines, depth + 1))
            if children:
                place = _range(item.span, lines)
                kind = types.SymbolKind.Object
                yield types.DocumentSymbol(f"[{number}]", kind, place, place, children=children)


def _symbol(entry: Entry, lines: Lines, depth: int) -> types.DocumentSymbol:
    value = entry.value
    detail = covered(value.content[:_LONGEST]) if isinstance(value, Scalar) else ""
    kind = types.SymbolKind.Array if isinstance(value, Sequence) else types.SymbolKind.Field
    return types.DocumentSymbol(
        name=entry.name or '""',
        kind=types.SymbolKind.Object if isinstance(value, Mapping) else kind,
        range=_range(entry.span, lines),
        selection_range=_range(entry.key.span, lines),
        detail=detail.replace("\n", " ") or None,
        children=list(_symbols(value, lines, depth + 1)) or None,
    )


def _range(span: Span, lines: Lines) -> types.Range:
    return types.Range(types.Position(*lines.at(span.start)), types.Position(*lines.at(span.end)))


def folds(judged: Judged, lines: Lines) -> list[types.FoldingRange]:
    """The metadata block, and each entry of several lines in it."""
    card = card_of(judged)
    if card is None or card.block is None:
        return []
    first, last = lines.at(card.block.opening.start).line, lines.at(card.block.closing.start).line
    found = [types.FoldingRange(first, last, kind=types.FoldingRangeKind.Region, collapsed_text="--- metadata ---")]
    pending = list(symbols(judged, lines))
    while pending:
        symbol = pending.pop()
        start, end = symbol.range.start.line, symbol.range.end
        last = end.line - (end.character == 0 and end.line > start)
        if last > start:
            found.append(types.FoldingRange(start, last))
        pending += symbol.children or ()
    return found


def hints(judged: Judged, lines: Lines) -> list[types.InlayHint]:
    """Behind `sdk`, what the Hub takes for the keys that are not there."""
    card = card_of(judged)
    project = judged.project
    entry = card.entry("sdk") if card is not None else None
    if card is None or entry is None or project is None or project.repository.kind != "space":
        return []
    sdk = project.repository.sdk
    absent = [key for key in _INFERRED.get(sdk, ()) if card.entry(key) is None]
    told = [f"{key}: {_inferred(sdk, key)}" for key in absent]
    if not told:
        return []
    at = types.Position(*lines.at(entry.span.end))
    tooltip = "What the Hub takes, since the keys are not there."
    return [types.InlayHint(at, ", ".join(told), padding_left=True, tooltip=tooltip)]


def _inferred(sdk: str, key: str) -> str:
    if key == "app_file":
        return str(hublint_schemas.table("space")["sdks"][sdk]["app_file"])
    return render_scalar(vocabulary.told(vocabulary.nodes("space", (key,)), "default"))
