"""Edits of files as the protocol's workspace edits."""

from __future__ import annotations

import os
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from lsprotocol import types

from hublint.documents.source import Source
from hublint.server.diagnostics import range_of
from hublint.server.documents import uri_of
from hublint.server.positions import Lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hublint.engine.project import Project
    from hublint.engine.reported import ReportedFix
    from hublint.server.documents import Document

_COMPARED = 2000  # lines; of more, what is in the middle is replaced as a whole

Edits = dict[str, list[types.TextEdit]]


def fix_edits(project: Project, fix: ReportedFix, opened: Mapping[str, Document]) -> Edits | None:
    """The edits of a fix by URI; None where an editor cannot make them: of what a file is encoded in, or none is told.

    Args:
        opened: the open documents by path within the repository.
    """
    if fix.encoding or not fix.edits:
        return None
    found: Edits = {}
    lines: dict[str, Lines] = {}
    for edit in fix.edits:
        path = edit.place.path
        if path not in lines:
            lines[path] = _lines(project, path, opened)
        uri = opened[path].uri if path in opened else uri_of(os.path.join(project.folder, *path.split("/")))
        found.setdefault(uri, []).append(types.TextEdit(range_of(edit.place, lines[path]), edit.text))
    return found


def _lines(project: Project, path: str, opened: Mapping[str, Document]) -> Lines:
    if path in opened:
        return opened[path].lines()
    return Lines(project.repository.source(path) or Source(path, b""), hidden=True)


def text_edits(before: Lines, after: str) -> list[types.TextEdit]:
    """What turns a text into another one, whole lines, as few as may be."""
    old, new = before.source.text.splitlines(True), after.splitlines(True)
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-tail - 1] == new[-tail - 1]:
        tail += 1
    middle, wanted = old[head : len(old) - tail], new[head : len(new) - tail]
    start = sum(map(len, old[:head]))
    if len(middle) + len(wanted) > _COMPARED:
        changes = [(0, len(middle), 0, len(wanted))]
    else:
        matcher = SequenceMatcher(None, middle, wanted, autojunk=False)
        changes = [each[1:] for each in matcher.get_opcodes() if each[0] != "equal"]
    return [
        _replacing(before, start + _size(middle[:a]), start + _size(middle[:b]), "".join(wanted[c:d]))
        for a, b, c, d in changes
    ]


def _replacing(lines: Lines, start: int, end: int, text: str) -> types.TextEdit:
    place = types.Range(types.Position(*lines.at(start)), types.Position(*lines.at(end)))
    return types.TextEdit(place, text)


def _size(lines: Sequence[str]) -> int:
    return sum(map(len, lines))


def workspace_edit(
    edits: Edits, versions: Mapping[str, int | None], rich: bool, new: Sequence[str] = ()
) -> types.WorkspaceEdit:
    """Edits of several files.

    Args:
        versions: of the open documents, by URI.
        rich: whether the client takes versioned edits, and makes files.
        new: the URIs of files that do not exist yet.
    """
    if not rich:
        return types.WorkspaceEdit(changes=dict(edits))
    made: list[types.CreateFile | types.TextDocumentEdit] = [
        types.CreateFile(uri=uri, options=types.CreateFileOptions(ignore_if_exists=True)) for uri in new
    ]
    for uri, changes in edits.items():
        identifier = types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=versions.get(uri))
        made.append(types.TextDocumentEdit(text_document=identifier, edits=list(changes)))
    return types.WorkspaceEdit(document_changes=made)
