"""The server: what the client says becomes edits of documents, questions and answers."""

from __future__ import annotations

import asyncio
import functools
import logging
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.capabilities import ServerCapabilitiesBuilder, get_capability
from pygls.lsp.server import LanguageServer

from hublint import __version__
from hublint.links import rule_url
from hublint.reporters.door import passed
from hublint.server import actions
from hublint.server.checking import Checks, Round
from hublint.server.diagnostics import diagnostics_of, problem_diagnostic
from hublint.server.documents import Documents, uri_of
from hublint.server.settings import SECTION, choices_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from hublint.server.checking import Judged
    from hublint.server.documents import Document

_SOON = 0.01  # what is opened together is checked together
_WATCHER = "hublint.files"


class _Utf16(ServerCapabilitiesBuilder):
    """Positions are in UTF-16, which every client has: two servers that count differently confuse one buffer."""

    @classmethod
    def choose_position_encoding(cls, client_capabilities: types.ClientCapabilities) -> types.PositionEncodingKind:
        return types.PositionEncodingKind.Utf16


class HublintServer(LanguageServer):
    """The language server of hublint.

    Attributes:
        documents: what is open.
        checks: when and how that is checked.
    """

    def __init__(self) -> None:
        super().__init__("hublint", __version__, types.TextDocumentSyncKind.Full, max_workers=2)
        self.documents = Documents()
        self.checks = Checks(self.documents, self._publish)
        self._broken: dict[str, list[str]] = {}
        self._said: set[str] = set()

    def report_server_error(self, error: Exception, source: object) -> None:
        """What went wrong within the server goes to the client's log, not into a window."""
        self.log(f"{type(error).__name__}: {error}")

    def log(self, message: str) -> None:
        """A line for the client's log."""
        self.window_log_message(types.LogMessageParams(types.MessageType.Warning, passed(message)))

    def tell(self, message: str) -> None:
        """A message that the user sees, once."""
        if message not in self._said:
            self._said.add(message)
            self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, passed(message)))

    @property
    def client(self) -> actions.Client:
        """What the client can do about edits."""
        asked: Callable[..., Any] = functools.partial(get_capability, self.client_capabilities)
        rich = asked("workspace.workspace_edit.document_changes", False)
        resolves = "edit" in asked("text_document.code_action.resolve_support.properties", ())
        shows = asked("window.show_document.support", False)
        return actions.Client(bool(rich), resolves, bool(shows))

    def opened_beside(self, judged: Judged) -> dict[str, Document]:
        """The open documents of a document's repository, by path within it."""
        project, document = judged.project, judged.document
        if project is None or not project.folder:
            return {document.name: document}
        found = {}
        for each in self.documents:
            known = self.checks.known(each.uri)
            if each.path and known is not None and known.project and known.project.folder == project.folder:
                found[project.inside(each.path)] = each
        return found

    def _publish(self, found: Round) -> None:
        self.publish_problems()
        for each in found.judged:
            open_now = self.documents.get(each.document.uri)
            if open_now is not None and open_now.version == each.document.version:
                self._send(each.document.uri, diagnostics_of(each), each.document.version)
        for crash in found.crashes:
            what = f"rule {crash.code} failed" if crash.code else "a check failed"
            self.log(f"{what} ({crash.error}); please report this, all else goes on")

    def publish_problems(self) -> None:
        """Say what is wrong with configurations, each in its own file, where that was not said yet."""
        by_file: dict[str, list[str]] = {}
        for problem in sorted(self.checks.problems()):
            if problem.path:
                by_file.setdefault(problem.path, []).append(problem.sentence)
            else:
                self.tell(problem.sentence)
        for path in by_file.keys() | self._broken.keys():
            sentences = by_file.get(path, [])
            if sentences != self._broken.get(path):
                self._send(uri_of(path), [problem_diagnostic(path, each) for each in sentences], None)
        self._broken = by_file

    def _send(self, uri: str, diagnostics: list[types.Diagnostic], version: int | None) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics, version))

    def clear(self, uri: str) -> None:
        """Nothing is to be said of a document any more."""
        self._send(uri, [], None)


def made() -> HublintServer:
    """A server with all that it answers."""
    ServerCapabilitiesBuilder.choose_position_encoding = _Utf16.choose_position_encoding  # type: ignore[method-assign]
    server = HublintServer()
    _documents(server)
    _workspace(server)
    _actions(server)
    return server


def run(stdin: BinaryIO, stdout: BinaryIO) -> None:
    """Serve one client until it leaves."""
    logging.getLogger("pygls").setLevel(logging.CRITICAL + 1)
    made().start_io(stdin, stdout)


def _documents(server: HublintServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        item = params.text_document
        server.checks.touch(server.documents.put(item.uri, item.text, item.version, item.language_id), _SOON)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        if params.content_changes:
            text = params.content_changes[-1].text
            document = server.documents.change(params.text_document.uri, text, params.text_document.version)
            if document is not None:
                server.checks.touch(document)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        server.documents.saved(params.text_document.uri)
        _outdate(server)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        document = server.documents.close(params.text_document.uri)
        if document is not None:
            server.checks.forget(document)
            server.clear(document.uri)
            server.publish_problems()
            _outdate(server)


def _outdate(server: HublintServer) -> None:
    """What is on disk may be something else now."""
    server.checks.outdate()
    server.checks.touch_all()


def _workspace(server: HublintServer) -> None:
    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        _choose(server, params.initialization_options)

    @server.feature(types.INITIALIZED)
    async def initialized(_params: types.InitializedParams) -> None:
        await asyncio.gather(_watch(server), _pull(server))

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def configured(params: types.DidChangeConfigurationParams) -> None:
        if not await _pull(server):
            _choose(server, params.settings)

    everything = types.FileOperationRegistrationOptions(
        [types.FileOperationFilter(types.FileOperationPattern("**/*"), scheme="file")]
    )
    changes = {
        types.WORKSPACE_DID_CHANGE_WATCHED_FILES: None,
        types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: None,
        types.WORKSPACE_DID_CREATE_FILES: everything,
        types.WORKSPACE_DID_RENAME_FILES: everything,
        types.WORKSPACE_DID_DELETE_FILES: everything,
    }
    for feature, options in changes.items():
        server.feature(feature, options)(_outdated(server))


def _outdated(server: HublintServer) -> Callable[[Any], None]:
    def outdated(_params: Any) -> None:
        _outdate(server)

    return outdated


async def _watch(server: HublintServer) -> None:
    """Ask to be told of every file that changes on disk, of clients that have to be asked."""
    if not get_capability(server.client_capabilities, "workspace.did_change_watched_files.dynamic_registration", False):
        return
    options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher("**/*")])
    registration = types.Registration(_WATCHER, types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
    try:
        await server.client_register_capability_async(types.RegistrationParams([registration]))
    except Exception as error:
        server.log(f"changes of files on disk are seen late: {error}")


async def _pull(server: HublintServer) -> bool:
    """Ask the client for its settings; whether it answers such questions."""
    if not get_capability(server.client_capabilities, "workspace.configuration", False):
        return False
    try:
        items = [types.ConfigurationItem(section=SECTION)]
        answers = await server.workspace_configuration_async(types.ConfigurationParams(items))
    except Exception as error:
        server.log(f"the settings of the editor cannot be had: {error}")
        return True
    if answers and answers[0]:
        _choose(server, answers[0])
    return True


def _choose(server: HublintServer, given: object) -> None:
    choices, problem = choices_of(given)
    if problem:
        server.tell(problem)
    server.checks.choose(choices)
    server.checks.touch_all(_SOON)


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
    def open_rule(code: str) -> None:
        server.window_show_document(types.ShowDocumentParams(rule_url(code), external=True))
