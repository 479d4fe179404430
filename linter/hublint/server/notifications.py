"""What the client tells: texts that are opened, edited and saved, files that come and go, settings."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.capabilities import get_capability

from hublint.server.documents import path_of
from hublint.server.settings import SECTION, choices_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from hublint.server.language_server import HublintServer

_SOON = 0.01  # what is opened together is checked together
_WATCHER = "hublint.files"


def register(server: HublintServer) -> None:
    """Make the server listen to these."""
    _documents(server)
    _workspace(server)


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
        _outdate(server, params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        document = server.documents.close(params.text_document.uri)
        if document is not None:
            server.checks.forget(document)
            server.clear(document.uri)
            server.publish_problems()
            _outdate(server, document.uri)


def _outdate(server: HublintServer, *uris: str) -> None:
    """Files on disk may be others now."""
    server.checks.outdate([path for path in map(path_of, uris) if path])


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
    for feature, options in (
        (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, None),
        (types.WORKSPACE_DID_CREATE_FILES, everything),
        (types.WORKSPACE_DID_RENAME_FILES, everything),
        (types.WORKSPACE_DID_DELETE_FILES, everything),
    ):
        server.feature(feature, options)(_changed(server))

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def folders(_params: types.DidChangeWorkspaceFoldersParams) -> None:
        server.checks.touch_all()


def _changed(server: HublintServer) -> Callable[[Any], None]:
    """What to do when the client tells of files, whichever notice it does that with."""

    def changed(params: Any) -> None:
        told = params.changes if isinstance(params, types.DidChangeWatchedFilesParams) else params.files
        uris = [getattr(each, name, "") for each in told for name in ("uri", "old_uri", "new_uri")]
        _outdate(server, *filter(None, uris))

    return changed


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
