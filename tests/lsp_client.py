"""A small client of the Language Server Protocol, which talks to a real process."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from hublint.server.documents import uri_of

PATIENCE = 60
RICH: dict[str, Any] = {
    "general": {"positionEncodings": ["utf-8", "utf-16"]},
    "workspace": {"workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]}},
    "window": {"showDocument": {"support": True}},
    "textDocument": {
        "codeAction": {"dataSupport": True, "resolveSupport": {"properties": ["edit"]}},
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "publishDiagnostics": {"versionSupport": True},
    },
}


class Answered(Exception):
    """The server answered a request with an error."""


class Client:
    """One server process, and what it said.

    Attributes:
        published: every notification of diagnostics, in order.
        told: the other notifications and requests of the server.
    """

    def __init__(
        self,
        folder: Path,
        capabilities: dict[str, Any] | None = None,
        options: object = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        command = [sys.executable, "-m", "hublint", "server"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder, env=environment
        )
        self.folder = folder
        self.published: list[dict[str, Any]] = []
        self.told: list[dict[str, Any]] = []
        self.settings: object = None
        self.errors = b""
        self._answers: dict[int, dict[str, Any]] = {}
        self._changed = threading.Condition()
        self._last = 0
        self.versions: dict[str, int] = {}
        self._readers = [threading.Thread(target=each, daemon=True) for each in (self._read, self._listen)]
        for reader in self._readers:
            reader.start()
        self.initialized = self.request(
            "initialize",
            {
                "processId": None,
                "rootUri": uri_of(str(folder)),
                "workspaceFolders": [{"uri": uri_of(str(folder)), "name": folder.name}],
                "capabilities": RICH if capabilities is None else capabilities,
                "initializationOptions": options,
            },
        )
        self.notify("initialized", {})

    def send(self, message: dict[str, Any]) -> None:
        """Send one message."""
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def notify(self, method: str, params: object) -> None:
        """Send a notification."""
        self.send({"method": method, "params": params})

    def ask(self, method: str, params: object) -> int:
        """Send a request; its number."""
        self._last += 1
        self.send({"id": self._last, "method": method, "params": params})
        return self._last

    def request(self, method: str, params: object) -> Any:
        """Send a request and wait for the answer."""
        return self.answer(self.ask(method, params))

    def answer(self, number: int) -> Any:
        """Wait for the answer to a request."""
        self.wait(lambda: number in self._answers)
        answer = self._answers.pop(number)
        if "error" in answer:
            raise Answered(answer["error"])
        return answer["result"]

    def wait(self, until: Callable[[], object]) -> None:
        """Wait for something to be true."""
        with self._changed:
            done = self._changed.wait_for(lambda: until() or self.process.poll() is not None, PATIENCE)
        assert done and until(), f"the server said nothing of it; it ended with {self.process.poll()}: {self.errors!r}"

    def open(self, path: str | Path, text: str | None = None, language: str = "markdown", uri: str = "") -> str:
        """Open a file, or a text that differs from it; its URI."""
        uri = uri or uri_of(str(self.folder / path))
        if text is None:
            text = (self.folder / path).read_bytes().decode().removeprefix("\ufeff")
        self.versions[uri] = 1
        item = {"uri": uri, "languageId": language, "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})
        return uri

    def change(self, uri: str, text: str) -> int:
        """Replace the text of an open document; its version."""
        self.versions[uri] += 1
        identifier = {"uri": uri, "version": self.versions[uri]}
        self.notify("textDocument/didChange", {"textDocument": identifier, "contentChanges": [{"text": text}]})
        return self.versions[uri]

    def close(self, uri: str) -> None:
        """Close a document."""
        self.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    def save(self, uri: str) -> None:
        """Say that a document was saved."""
        self.notify("textDocument/didSave", {"textDocument": {"uri": uri}})

    def diagnostics(self, uri: str, version: int | None = None) -> list[dict[str, Any]]:
        """The diagnostics of a document's newest version, as soon as they are there."""
        wanted = self.versions[uri] if version is None else version
        self.wait(lambda: any(each["uri"] == uri and each.get("version") == wanted for each in self.published))
        found = [each for each in self.published if each["uri"] == uri and each.get("version") == wanted]
        return list(found[-1]["diagnostics"])

    def codes(self, uri: str, version: int | None = None) -> list[str]:
        """The codes of the findings in a document's newest version."""
        return sorted(each["code"] for each in self.diagnostics(uri, version))

    def until(self, uri: str, holds: Callable[[list[str]], bool]) -> None:
        """Wait until what was last said of a document holds."""

        def now() -> bool:
            said = [each for each in self.published if each["uri"] == uri]
            return bool(said) and holds(sorted(each["code"] for each in said[-1]["diagnostics"]))

        self.wait(now)

    def stop(self) -> int:
        """Shut the server down as an editor does; its exit code."""
        self.request("shutdown", None)
        self.notify("exit", None)
        return self.process.wait(PATIENCE)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def _read(self) -> None:
        assert self.process.stdout is not None
        stream = self.process.stdout
        while True:
            size = 0
            while (line := stream.readline()).strip():
                name, _, value = line.decode("ascii").partition(":")
                size = int(value) if name.lower() == "content-length" else size
            if not line:
                break
            message = json.loads(stream.read(size))
            assert message["jsonrpc"] == "2.0"
            self._take(message)
        with self._changed:
            self._changed.notify_all()

    def _take(self, message: dict[str, Any]) -> None:
        with self._changed:
            if "method" not in message:
                self._answers[message["id"]] = message
            elif message["method"] == "textDocument/publishDiagnostics":
                self.published.append(message["params"])
            else:
                self.told.append(message)
            self._changed.notify_all()
        if "method" in message and "id" in message:
            asked = message["method"] == "workspace/configuration"
            self.send({"id": message["id"], "result": [self.settings] if asked else None})

    def _listen(self) -> None:
        assert self.process.stderr is not None
        while chunk := self.process.stderr.read1(65536):  # type: ignore[attr-defined]
            self.errors += chunk
