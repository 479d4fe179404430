"""The server: what is open, what is checked, and what is said of it."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.capabilities import get_capability
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol

from hublint import __version__
from hublint.reporters.door import passed
from hublint.server import actions
from hublint.server.checking import Checks, Round
from hublint.server.diagnostics import diagnostics_of, problem_diagnostic
from hublint.server.documents import Documents, uri_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from hublint.server.checking import Judged
    from hublint.server.documents import Document


class _Protocol(LanguageServerProtocol):
    """Forgets notifications once they are dealt with, which pygls 2.1.1 keeps as long as it runs."""

    def _check_handler_result(self, future: Future[Any]) -> None:
        super()._check_handler_result(future)
        for number in [number for number, kept in self._request_futures.items() if kept is future]:
            del self._request_futures[number]


class HublintServer(LanguageServer):
    """The language server of hublint.

    Attributes:
        documents: what is open.
        checks: when and how that is checked.
    """

    def __init__(self) -> None:
        super().__init__("hublint", __version__, types.TextDocumentSyncKind.Full, protocol_cls=_Protocol, max_workers=2)
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
