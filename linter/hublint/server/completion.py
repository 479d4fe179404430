"""What may be typed next: keys and values of the metadata, files, ids, and the codes of rules in a suppression."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lsprotocol import types

from hublint.documents.yaml.render import render_scalar
from hublint.engine import registry
from hublint.server import snippets, vocabulary
from hublint.server.cursor import ITEM
from hublint.server.files import files_of
from hublint.server.parts import yaml_of
from hublint.server.positions import At
from hublint.server.seen import ids_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.server.checking import Judged
    from hublint.server.cursor import Cursor
    from hublint.server.documents import Document
    from hublint.server.positions import Lines
    from hublint.server.vocabulary import Node

TRIGGERS = (":", " ", "-", "[", ",")
_SUPPRESSION = re.compile(r"(?:#|<!--)[ \t]*hublint:[ \t]*ignore(?:-file)?\[(?P<codes>[^\]]*)$")
_IDS = {"models": False, "base_model": False, "new_version": False, "datasets": True, "source_datasets": True}


class Completer:
    """Completes at one place.

    Args:
        rich: whether the client fills in the places of snippets.
    """

    def __init__(self, document: Document, judged: Judged | None, rich: bool) -> None:
        self.document = document
        self.judged = judged
        self.rich = rich
        self.lines: Lines = document.lines()

    def items(self, line: int, character: int) -> list[types.CompletionItem]:
        """What may stand at a position of the client."""
        offset = self.lines.offset(line, character)
        before = self.lines.source.text[self.lines.offset(line, 0) : offset]
        found = _SUPPRESSION.search(before)
        if found:
            return list(self._codes(line, character, found["codes"].rpartition(",")[2].lstrip(" ")))
        part = yaml_of(self.document, self.judged, self.lines)
        cursor = part.cursor(line, len(before)) if part is not None else None
        if part is None or cursor is None:
            return []
        items: dict[str, types.CompletionItem] = {}
        for schema in part.schemas:
            for item in self._at(schema, cursor, line, len(before)):
                items.setdefault(item.label, item)
        return list(items.values())

    def _at(self, schema: str, cursor: Cursor, line: int, column: int) -> Iterator[types.CompletionItem]:
        place = self._range(line, cursor.start, max(cursor.end, column))
        nodes = vocabulary.nodes(schema, cursor.route)
        if cursor.part == "value" and not cursor.flow:
            lead = " " if cursor.glued else ""
            if vocabulary.is_list(nodes) and not any("string" in vocabulary.types_of(node) for node in nodes):
                return
            yield from self._values(schema, cursor, place, lead)
            return
        if cursor.part == "value":
            yield from self._values(schema, cursor, place, "")
            return
        lead = " " if cursor.glued else ""
        if cursor.item or not cursor.route or cursor.siblings:
            yield from self._keys(schema, cursor, place, lead)
            if cursor.item:
                yield from self._values(schema, cursor, place, lead)
            return
        if vocabulary.is_list(nodes):  # a line below a key whose value is a list
            yield from self._values(schema, cursor._replace(route=(*cursor.route, ITEM)), place, "- ")
        yield from self._keys(schema, cursor, place, "")

    def _keys(self, schema: str, cursor: Cursor, place: types.Range, lead: str) -> Iterator[types.CompletionItem]:
        """The keys that may stand there and do not yet, in the schema's order."""
        known = vocabulary.keys(schema, cursor.route)
        rest = self.lines.source.line(place.start.line + 1)[cursor.end :].lstrip(" \t")
        for number, (name, node) in enumerate(known.items()):
            if name in cursor.siblings:
                continue
            if rest.startswith(":"):
                text, form = name, types.InsertTextFormat.PlainText
            else:
                text = snippets.entry(schema, (*cursor.route, name), cursor.indent, self.rich)
                form = types.InsertTextFormat.Snippet if self.rich else types.InsertTextFormat.PlainText
            yield types.CompletionItem(
                label=name,
                kind=types.CompletionItemKind.Property,
                detail=node.get("title") or None,
                documentation=_documentation(node),
                tags=[types.CompletionItemTag.Deprecated] if node.get("deprecated") else None,
                sort_text=f"{number:04}",
                filter_text=f"{lead}{name}",
                insert_text_format=form,
                insert_text_mode=types.InsertTextMode.AsIs,
                text_edit=types.TextEdit(place, f"{lead}{text}"),
            )

    def _values(self, schema: str, cursor: Cursor, place: types.Range, lead: str) -> Iterator[types.CompletionItem]:
        number = 0
        for value in vocabulary.values(schema, cursor.route):
            text = render_scalar(value.text, flow=cursor.flow)
            if schema == "space" and "sdk_version" in cursor.route and cursor.text[:1] not in ("'", '"'):
                text = f'"{text}"' if text.count(".") < 2 else text
            yield self._value(text, value.name, types.CompletionItemKind.EnumMember, place, lead, number)
            number += 1
        project = self.judged.project if self.judged is not None else None
        if project is None:
            return
        for text in files_of(schema, cursor.route, project.repository):
            yield self._value(
                render_scalar(text, flow=cursor.flow), "", types.CompletionItemKind.File, place, lead, number
            )
            number += 1
        key = next((step for step in reversed(cursor.route) if step != ITEM), "")
        if key in _IDS and len([step for step in cursor.route if step != ITEM]) == 1:
            for repo_id in ids_of(project.repository, _IDS[key]):
                said = "named in this repository"
                yield self._value(repo_id, said, types.CompletionItemKind.Reference, place, lead, number)
                number += 1

    def _value(
        self, text: str, name: str, kind: types.CompletionItemKind, place: types.Range, lead: str, number: int
    ) -> types.CompletionItem:
        return types.CompletionItem(
            label=text,
            kind=kind,
            label_details=types.CompletionItemLabelDetails(description=name) if name else None,
            detail=name or None,
            sort_text=f"{number:04}",
            filter_text=f"{lead}{self._sought(text, name, place)}",
            insert_text_format=types.InsertTextFormat.PlainText,
            text_edit=types.TextEdit(place, f"{lead}{text}"),
        )

    def _sought(self, text: str, name: str, place: types.Range) -> str:
        """What the client compares with what is typed: the name of a value where that is what somebody types."""
        span = self.lines.span(At(place.start.line, place.start.character), At(place.end.line, place.end.character))
        typed = self.lines.source.text[slice(*span)].strip(" \"'").lower()
        return name if typed and name.lower().startswith(typed) and not text.lower().startswith(typed) else text

    def _codes(self, line: int, character: int, typed: str) -> Iterator[types.CompletionItem]:
        """The codes of the rules, those that are found in this document first."""
        found = {each.code for each in self.judged.findings} if self.judged is not None else set()
        place = types.Range(types.Position(line, character - len(typed)), types.Position(line, character))
        for code, rule in registry.listed().items():
            yield types.CompletionItem(
                label=code,
                kind=types.CompletionItemKind.Constant,
                label_details=types.CompletionItemLabelDetails(description=rule.name),
                detail=rule.name,
                sort_text=f"{int(code not in found)}{code}",
                filter_text=f"{code} {rule.name}",
                text_edit=types.TextEdit(place, code),
            )

    def _range(self, line: int, start: int, end: int) -> types.Range:
        """Columns in code points as a range of the client."""
        begin = self.lines.source.offset(line + 1)
        begin += int(self.lines.source.text[begin : begin + 1] == "\ufeff")
        positions = (types.Position(*self.lines.at(begin + column)) for column in (start, end))
        return types.Range(*positions)


def _documentation(node: Node) -> types.MarkupContent | None:
    text = node.get("description")
    return types.MarkupContent(types.MarkupKind.Markdown, text) if text else None
