"""What the client asks: actions, completion, hover, outline and links; each is answered in the worker."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from lsprotocol import types
from pygls.capabilities import get_capability

from hublint.server import actions, hover, links, outline
from hublint.server.completion import TRIGGERS, Completer

if TYPE_CHECKING:
    from collections.abc import Callable

    from hublint.server.checking import Judged
    from hublint.server.language_server import HublintServer
    from hublint.server.positions import Lines

_Answer = TypeVar("_Answer")


def register(server: HublintServer) -> None:
    """Make the server answer these."""
    _actions(server)
    _completion(server)
    _hover(server)
    _outline(server)


def _completion(server: HublintServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=list(TRIGGERS)))
    async def complete(params: types.CompletionParams) -> types.CompletionList | None:
        document = server.documents.get(params.text_document.uri)
        if document is None:
            return None
        judged = server.checks.known(document.uri) or await server.checks.settled(document)
        rich = bool(
            get_capability(
                server.client_capabilities, "text_document.completion.completion_item.snippet_support", False
            )
        )
        completer, at = Completer(document, judged, rich), params.position
        items = await server.checks.ask(lambda: completer.items(at.line, at.character))
        return types.CompletionList(is_incomplete=True, items=items) if items else None


def _hover(server: HublintServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def told(params: types.HoverParams) -> types.Hover | None:
        document = server.documents.get(params.text_document.uri)
        judged = await server.checks.of_text(document) if document is not None else None
        if judged is None:
            return None
        at = params.position
        return await server.checks.ask(lambda: hover.hover(judged.document, judged, at.line, at.character))


def _outline(server: HublintServer) -> None:
    async def answer(uri: str, question: Callable[[Judged, Lines], list[_Answer]]) -> list[_Answer] | None:
        document = server.documents.get(uri)
        judged = await server.checks.of_text(document) if document is not None else None
        if judged is None:
            return None
        return await server.checks.ask(lambda: question(judged, judged.document.lines()))

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def symbols(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol] | None:
        return await answer(params.text_document.uri, outline.symbols)

    @server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
    async def folds(params: types.FoldingRangeParams) -> list[types.FoldingRange] | None:
        return await answer(params.text_document.uri, outline.folds)

    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    async def hints(params: types.InlayHintParams) -> list[types.InlayHint] | None:
        found = await answer(params.text_document.uri, outline.hints)
        first, last = params.range.start.line, params.range.end.line
        return [each for each in found or () if first <= each.position.line <= last]

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_LINK)
    async def linked(params: types.DocumentLinkParams) -> list[types.DocumentLink] | None:
        return await answer(params.text_document.uri, links.document_links)


def _actions(server: HublintServer) -> None:
    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(list(actions.KINDS), resolve_provider=True)
    )
    async def offer(params: types.CodeActionParams) -> list[types.CodeAction] | None:
        document = server.documents.get(params.text_document.uri)
        judged = await server.checks.settled(document) if document is not None else None
        if judged is None:
            return None
        opened, client = server.opened_beside(judged), server.client
        only = params.context.only

        def answer() -> list[types.CodeAction]:
            found = actions.offered(judged, params.range, only, opened, client)
            if not client.resolves:
                for each in found:
                    if each.data is not None:
                        each.edit = actions.resolved(judged, each.data, opened, client)
                found = [each for each in found if each.edit is not None or each.command is not None]
            return found

        return await server.checks.ask(answer)

    @server.feature(types.CODE_ACTION_RESOLVE)
    async def resolve(action: types.CodeAction) -> types.CodeAction:
        data = action.data if isinstance(action.data, dict) else {}
        document = server.documents.get(str(data.get("uri")))
        judged = await server.checks.settled(document) if document is not None else None
        if judged is not None:
            opened, client = server.opened_beside(judged), server.client
            action.edit = await server.checks.ask(lambda: actions.resolved(judged, data, opened, client))
        return action

    @server.command(actions.OPEN_RULE)
    def open_rule(url: str) -> None:
        server.window_show_document(types.ShowDocumentParams(url, external=True))
