"""Code actions: fix this, fix all, silence here, read on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types

from hublint.documents.source import Source
from hublint.engine import registry
from hublint.records import NamedTuple
from hublint.server.diagnostics import diagnostic, range_of
from hublint.server.edits import Edits, fix_edits, text_edits, workspace_edit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hublint.engine.project import Project
    from hublint.engine.reported import Reported
    from hublint.server.checking import Judged
    from hublint.server.documents import Document

FIX_ALL = "source.fixAll.hublint"
OPEN_RULE = "hublint.openRule"
REASON = "TODO: say why"
KINDS = (types.CodeActionKind.QuickFix, FIX_ALL)


class Client(NamedTuple):
    """What a client can do.

    Attributes:
        rich: versioned edits, and making files.
        resolves: asking for the edit of an action when it is chosen.
        shows: opening a page in a browser.
    """

    rich: bool
    resolves: bool
    shows: bool


def offered(
    judged: Judged, wanted: types.Range, only: Iterable[str] | None, opened: Mapping[str, Document], client: Client
) -> list[types.CodeAction]:
    """What can be done about the findings that a range touches, and about the whole document."""
    asked = tuple(only) if only else ()
    found: list[types.CodeAction] = []
    if judged.project is None:
        return found
    if _is_asked(types.CodeActionKind.QuickFix, asked):
        lines = judged.document.lines()
        for finding in judged.findings:
            if _touch(range_of(finding.place, lines), wanted):
                shown = [diagnostic(finding, lines)]
                found += _of_finding(judged, finding, shown, opened, client)
    if _is_asked(FIX_ALL, asked) and any(map(_is_safe_here, judged.findings)):
        found.append(
            types.CodeAction("Fix all that is safe to fix in this file", FIX_ALL, data=_data(judged, FIX_ALL, ""))
        )
    return found


def _of_finding(
    judged: Judged, finding: Reported, shown: list[types.Diagnostic], opened: Mapping[str, Document], client: Client
) -> Iterator[types.CodeAction]:
    project, kind = judged.project, types.CodeActionKind.QuickFix
    if project is None:
        return
    edits = fix_edits(project, finding.fix, opened) if finding.fix else None
    if finding.fix and edits:
        safe = finding.fix.safety == "safe"
        title = finding.fix.title if safe else f"{finding.fix.title} (unsafe: read it before you keep it)"
        edit = edit_of(project, edits, opened, client)
        yield types.CodeAction(title, kind, shown, is_preferred=safe, edit=edit)
    from hublint.engine.silencing import is_spared

    rule = registry.listed(project.settings.config.plugins).get(finding.code)
    if rule is not None and not is_spared(registry.metadata(rule)):
        title = f"Silence {finding.code} {finding.name} here, with a reason"
        yield types.CodeAction(title, kind, shown, data=_data(judged, "silence", finding.fingerprint))
    if client.shows and finding.url:
        title = f"Open the page of {finding.code} {finding.name}"
        yield types.CodeAction(
            title, kind, shown, command=types.Command(title=title, command=OPEN_RULE, arguments=[finding.url])
        )


def resolved(
    judged: Judged, data: Mapping[str, Any], opened: Mapping[str, Document], client: Client
) -> types.WorkspaceEdit | None:
    """The edit of an action that was offered without one; None where there is nothing to do any more."""
    project, document = judged.project, judged.document
    if project is None:
        return None
    path = project.inside(document.path) if document.path else document.name
    if data.get("what") == FIX_ALL:
        new = project.fix(unsafe=False, only=(path,)).files.get(path)
        after = Source(path, new).text if new is not None else None
    else:
        from hublint.engine.silencing import silence_one

        finding = next((each for each in judged.findings if each.fingerprint == data.get("of")), None)
        silenced = silence_one(project.repository, finding, REASON) if finding else None
        after = silenced[0].text if silenced else None
    if after is None:
        return None
    return edit_of(project, {document.uri: text_edits(document.lines(), after)}, opened, client)


def edit_of(project: Project, edits: Edits, opened: Mapping[str, Document], client: Client) -> types.WorkspaceEdit:
    """Edits of a repository's files, each with the version for which it was made."""
    from hublint.server.documents import path_of

    versions = {document.uri: document.version for document in opened.values()}
    unopened = [uri for uri in edits if uri not in versions]
    new = [uri for uri in unopened if project.inside(path_of(uri)) not in project.repository.files]
    return workspace_edit(edits, versions, client.rich, new)


def _is_safe_here(finding: Reported) -> bool:
    """Whether a finding has a safe fix that edits no other file."""
    if finding.fix is None or finding.fix.safety != "safe" or finding.fix.encoding:
        return False
    return {edit.place.path for edit in finding.fix.edits} <= {finding.place.path}


def _data(judged: Judged, what: str, of: str) -> dict[str, Any]:
    return {"uri": judged.document.uri, "what": what, "of": of}


def _is_asked(kind: str, asked: tuple[str, ...]) -> bool:
    """Whether a kind is one of those that are asked for, or of one of their sub-kinds."""
    return not asked or any(kind == each or kind.startswith(f"{each}.") or not each for each in asked)


def _touch(one: types.Range, other: types.Range) -> bool:
    return _key(one.start) <= _key(other.end) and _key(other.start) <= _key(one.end)


def _key(position: types.Position) -> tuple[int, int]:
    return position.line, position.character
