"""A server that answers as the Hub does: names, sizes and commits from the API, bytes by `resolve`, and its refusals.

The shapes are those that huggingface_hub 2.4.0 reads: `model_info`, `list_models`, `list_repo_tree`,
`get_user_overview`, `_validate_yaml`, and by `hf_raise_for_status` and `parse_ratelimit_headers`. What the check of
metadata answers is as recorded in strukto-ai/mirage#971 (2026-08-31), what is said of a repository that is absent, to
whoever has no token, in KohakuHub's tests (2026-04-30), and what the index of packages lists as PEP 700 has it.
"""

from __future__ import annotations

import json
import re
import socket
import time
from collections import Counter
from contextlib import contextmanager
from hashlib import sha1
from http.server import ThreadingHTTPServer
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from hub_discussions import Commit, Discussions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_INFO = re.compile(r"/api/(model|dataset|space)s/([^/]+(?:/[^/]+?)?)(?:/revision/([^/]+))?")
_OWNER = re.compile(r"/api/(?:user|organization)s/([^/]+)/overview")
_INDEX = re.compile(r"/simple/([^/]+)/")
_LIST = re.compile(r"/api/(model|dataset|space)s")
_TREE = re.compile(r"/api/(model|dataset|space)s/([^/]+/[^/]+)/tree/([^/]+)")
_FILE = re.compile(r"/(?:(dataset|space)s/)?([^/]+/[^/]+)/resolve/([^/]+)/(.+)")
_PAGE = 2


class Served(NamedTuple):
    """A repository of the server.

    Attributes:
        files: bytes by path.
        trouble: how the server misbehaves, see `_Handler`.
        lfs: files of that size or larger are sent on to another host, as those in LFS are.
        sizes: files of which there is no more than the size.
    """

    kind: str
    files: Mapping[str, bytes] = {}
    trouble: str = ""
    lfs: int = 10_000
    sizes: Mapping[str, int] = {}

    @property
    def commit(self) -> str:
        """What stands for its newest commit."""
        return sha1(repr((self.kind, sorted(self.files.items()))).encode()).hexdigest()


class HubServer:
    """What a test serves, and what was asked of it.

    Attributes:
        repositories: by kind and id.
        requests: the paths that were asked for, in order.
        tokens: the values of `Authorization` that came, and at which host.
        limit: what `RateLimit` says of each limit, where it is counted.
        refused: the sentences with which metadata is refused, by what stands in it.
        sent: the kinds and texts that were sent to the check of metadata.
        owners: who is called so, beside those of repositories.
        packages: the versions that the index has, by name.
        trouble: how the check of metadata and the index misbehave.
        account: whose token every token is; empty where none is taken.
        discussions: of a repository, as the Hub lists them.
        written: the paths of the requests that may change something.
        commits: those that opened a pull request.
        newest: the newest commit of a repository that moved on since it was listed.
    """

    def __init__(self) -> None:
        self.repositories: dict[tuple[str, str], Served] = {}
        self.requests: list[str] = []
        self.ranges: list[tuple[str, str]] = []
        self.tokens: set[tuple[str, str]] = set()
        self.agents: set[str] = set()
        self.seen: Counter[str] = Counter()
        self.window: dict[str, list[float]] = {}
        self.refused: dict[str, str] = {}
        self.sent: list[tuple[str, str]] = []
        self.owners: set[str] = set()
        self.packages: dict[str, list[str]] = {}
        self.trouble = ""
        self.most_at_once = self.at_once = 0
        self.lock = Lock()
        self.port = 0
        self.account = "me"
        self.discussions: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self.written: list[str] = []
        self.commits: list[Commit] = []
        self.newest: dict[tuple[str, str], str] = {}

    @property
    def endpoint(self) -> str:
        """What HF_ENDPOINT is."""
        return f"http://127.0.0.1:{self.port}"

    def add(self, id: str, served: Served) -> None:
        """Serve a repository."""
        self.repositories[served.kind, id] = served


@contextmanager
def serving() -> Iterator[HubServer]:
    """A server, at work."""
    hub = HubServer()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"hub": hub}))
    server.daemon_threads = True
    hub.port = server.server_port
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()


class _Handler(Discussions):
    """One request. The troubles, each at the listing, or behind `file-` at config.json:

    gated, gated-files (but the card), private, seen-private, missing, renamed-to:ID, disabled, forbidden, token,
    429-once, 429-always, 429-long, 500-twice, 503-always, slow, slow-once, drip, cut and cut-once (in the body), reset,
    not-json, no-files, huge.
    """

    hub: HubServer
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        with self.hub.lock:
            self.hub.requests.append(unquote(self.path))
            if self.path != "/api/agent-harnesses":  # what huggingface_hub asks on its own account
                self.hub.tokens.add((self.headers.get("Host", ""), self.headers.get("Authorization", "")))
            self.hub.agents.add(self.headers.get("User-Agent", ""))
            self.hub.at_once += 1
            self.hub.most_at_once = max(self.hub.most_at_once, self.hub.at_once)
        try:
            self._route(urlsplit(self.path))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            with self.hub.lock:
                self.hub.at_once -= 1

    def _counted(self) -> bool:
        """Count the request, if there is a limit; whether it is within it."""
        window = self.hub.window.get("api" if self.path.startswith("/api/") else "resolvers")
        if window is None:
            return True
        with self.hub.lock:
            now = time.monotonic()
            quota, seconds, ends, left = window
            if now >= ends:
                ends, left = now + seconds, quota
            left -= 1
            window[:] = [quota, seconds, ends, left]
            self.hub.seen["refused"] += left < 0
        return left >= 0

    def _route(self, url: object) -> None:
        if not self._counted():
            self._refuse(429, "", "Too many requests")
            return
        path, query = unquote(url.path), parse_qs(url.query)  # type: ignore[attr-defined]
        if path == "/api/validate-yaml":
            self._verdict(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        elif found := _INDEX.fullmatch(path):
            self._index(found[1])
        elif found := _OWNER.fullmatch(path):
            there = found[1] in self.hub.owners or any(id.startswith(f"{found[1]}/") for _, id in self.hub.repositories)
            self._json({"name": found[1]}) if there else self._refuse(404, "", "This user does not exist")
        elif path.startswith("/cdn/"):
            kind, owner, name, file = path.removeprefix("/cdn/").split("/", 3)
            self._bytes(self.hub.repositories[kind, f"{owner}/{name}"].files[file])
        elif self._discussed(path, query):
            return
        elif found := _FILE.fullmatch(path):
            self._file(found[1] or "model", found[2], found[3], found[4])
        elif found := _TREE.fullmatch(path):
            self._tree(found[1], found[2], int(query.get("cursor", ["0"])[0]))
        elif found := _LIST.fullmatch(path):
            self._list(found[1], query["author"][0], int(query.get("cursor", ["0"])[0]))
        elif found := _INFO.fullmatch(path):
            self._info(found[1], found[2], found[3] or "main", query.get("expand") == ["sha"])
        else:
            self._refuse(404, "", "Not Found")

    def _verdict(self, body: Mapping[str, str]) -> None:
        assert body.keys() == {"content", "repoType"}
        self.hub.sent.append((body["repoType"], body["content"]))
        if self._trouble(self.hub.trouble, "validate-yaml"):
            return
        said = [message for words, message in self.hub.refused.items() if words in body["content"]]
        errors = [{"message": message, "type": "error", "path": ["x"]} for message in said]
        warnings = [{"message": 'The pipeline tag "x" is not in the official list: y', "help": "https://hf.co/tasks"}]
        self._send(400 if errors else 200, json.dumps({"errors": errors, "warnings": warnings}).encode())

    def _index(self, name: str) -> None:
        assert "Authorization" not in self.headers
        assert self.headers["Accept"] == "application/vnd.pypi.simple.v1+json"
        if self._trouble(self.hub.trouble, f"simple/{name}"):
            return
        if name not in self.hub.packages:
            self._send(404, b"404 Not Found")
        else:
            self._json({"meta": {"api-version": "1.4"}, "name": name, "versions": self.hub.packages[name], "files": []})

    def _info(self, kind: str, id: str, revision: str, newest: bool) -> None:
        served = self.hub.repositories.get((kind, id))
        trouble = served.trouble if served is not None else "missing"
        assert served is not None or trouble
        if trouble.startswith("renamed-to:"):
            new = trouble.partition(":")[2]
            where = self.path.replace(id, new)
            self._send(307, b"Temporary Redirect", {"Location": where})
        elif self._trouble(trouble, f"{kind}/{id}") or served is None:
            return
        elif revision not in ("main", "v1", served.commit):
            self._refuse(404, "RevisionNotFound", f"Invalid rev id: {revision}")
        elif newest:
            self._json({"_id": "0", "id": id, "sha": self.hub.newest.get((kind, id), served.commit)})
        else:
            siblings = [
                {"rfilename": path, "size": len(data), "blobId": sha1(data).hexdigest()}
                for path, data in served.files.items()
            ]
            siblings += [{"rfilename": path, "size": size} for path, size in served.sizes.items()]
            gated, private = "manual" if trouble == "gated" else False, trouble == "seen-private"
            body = {"_id": "0", "id": id, "sha": served.commit, "private": private, "gated": gated, "disabled": False}
            self._json({**body, "siblings": siblings})

    def _list(self, kind: str, author: str, cursor: int) -> None:
        ids = sorted(id for each, id in self.hub.repositories if each == kind and id.startswith(f"{author}/"))
        rows = [{"_id": "0", "id": id, "sha": self.hub.repositories[kind, id].commit} for id in ids]
        more: dict[str, str] = {}
        if cursor + _PAGE < len(rows):
            host = "http://localhost:1" if author == "elsewhere" else self.hub.endpoint
            more["Link"] = f'<{host}/api/{kind}s?author={author}&limit=1000&cursor={cursor + _PAGE}>; rel="next"'
        self._json(rows[cursor : cursor + _PAGE], more)

    def _tree(self, kind: str, id: str, cursor: int) -> None:
        served = self.hub.repositories[kind, id]
        files = [{"type": "file", "path": path, "size": len(data)} for path, data in served.files.items()]
        files += [{"type": "file", "path": path, "size": size} for path, size in served.sizes.items()]
        rows = [{"type": "directory", "path": "a"}, *files]
        link = f'<{self.hub.endpoint}/api/{kind}s/{id}/tree/x?cursor={cursor + 30_000}>; rel="next"'
        self._json(rows[cursor : cursor + 30_000], {"Link": link} if cursor + 30_000 < len(rows) else {})

    def _file(self, kind: str, id: str, revision: str, path: str) -> None:
        served = self.hub.repositories.get((kind, id))
        if served is None:
            self._trouble("missing", f"{kind}/{id}")
            return
        assert self.command == "HEAD" or revision == served.commit, "the commit is pinned"
        if served.trouble == "gated" or (served.trouble == "gated-files" and path != "README.md"):
            self._refuse(
                403, "GatedRepo", f"Access to {kind} {id} is restricted and you are not in the authorized list."
            )
        elif served.trouble.startswith("file-") and path == "config.json":
            self._trouble(served.trouble.removeprefix("file-"), f"{kind}/{id}/{path}")
        elif self.command == "HEAD" and self._trouble(served.trouble, f"{kind}/{id}"):
            return
        elif revision not in ("main", served.commit):
            self._refuse(404, "RevisionNotFound", f"Invalid rev id: {revision}")
        elif path not in served.files:
            self._refuse(404, "EntryNotFound", "Entry not found")
        elif len(served.files[path]) >= served.lfs:
            self._send(302, b"", {"Location": f"http://localhost:{self.hub.port}/cdn/{kind}/{id}/{path}"})
        else:
            self._bytes(served.files[path])

    def _bytes(self, data: bytes) -> None:
        wanted = self.headers.get("Range", "")
        if not wanted:
            self._send(200, data)
            return
        with self.hub.lock:
            self.hub.ranges.append((unquote(self.path), wanted))
        first, _, last = wanted.removeprefix("bytes=").partition("-")
        start = int(first) if first else max(len(data) - int(last), 0)
        end = min(int(last) + 1, len(data)) if first and last else len(data)
        if start >= len(data):
            self._send(416, b"", {"Content-Range": f"bytes */{len(data)}"})
        else:
            self._send(206, data[start:end], {"Content-Range": f"bytes {start}-{end - 1}/{len(data)}"})

    def _trouble(self, trouble: str, what: str) -> bool:
        """Misbehave, if that is asked for; whether an answer was given, or none will be."""
        with self.hub.lock:
            self.hub.seen[what] += 1
            times = self.hub.seen[what]
        simple = {
            "disabled": (403, "", "Access to this resource is disabled."),
            "forbidden": (403, "", "Your token lacks the scope"),
            "token": (401, "", "Invalid credentials in Authorization header"),
            "429-always": (429, "", "Too many"),
            "503-always": (503, "", "Internal Error"),
        }
        if trouble in simple:
            self._refuse(*simple[trouble])
        elif trouble in ("missing", "private"):
            if "Authorization" in self.headers:
                self._refuse(404, "RepoNotFound", "Repository not found")
            else:
                self._refuse(401, "", "Invalid username or password.")
        elif trouble == "429-once" and times == 1:
            self._refuse(
                429,
                "",
                "Too many",
                {"RateLimit": '"api";r=0;t=1', "RateLimit-Policy": '"fixed window";"api";q=500;w=300'},
            )
        elif trouble == "429-long":
            self._refuse(429, "", "Too many", {"Retry-After": "7200"})
        elif trouble == "500-twice" and times <= 2:
            self._refuse(500, "", "Internal Error")
        elif trouble == "slow" or (trouble == "slow-once" and times == 1):
            time.sleep(3)
            self.close_connection = True
        elif trouble == "drip":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            for _ in range(200):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.3)
        elif trouble == "cut" or (trouble == "cut-once" and times == 1):
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b'{"id": ')
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
        elif trouble == "reset":
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
        elif trouble == "not-json":
            self._send(200, b"<html>Welcome to the hotel's network</html>")
        elif trouble == "no-files":
            self._json({"id": "org/x", "sha": None})
        elif trouble == "huge":
            self.send_response(200)
            self.send_header("Content-Length", str(1 << 40))
            self.end_headers()
            while True:
                self.wfile.write(b" " * (1 << 20))
        else:
            return False
        return True

    def _refuse(self, status: int, code: str, message: str, more: Mapping[str, str] = {}) -> None:
        headers = {**({"X-Error-Code": code} if code else {}), "X-Error-Message": message, **more}
        self._send(status, json.dumps({"error": message}).encode(), headers)

    def _json(self, data: object, more: Mapping[str, str] = {}) -> None:
        self._send(200, json.dumps(data).encode(), {"Content-Type": "application/json", **more})

    def _send(self, status: int, data: bytes, headers: Mapping[str, str] = {}) -> None:
        self.send_response(status)
        for name, value in {**self._limits(), **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _limits(self) -> dict[str, str]:
        """The headers of the limit that counts this request, if there is one."""
        name = "api" if self.path.startswith("/api/") else "resolvers"
        window = self.hub.window.get(name)
        if window is None:
            return {}
        quota, seconds, ends, left = window
        rest = int(ends - time.monotonic()) + 1
        return {
            "RateLimit": f'"{name}";r={max(int(left), 0)};t={rest}',
            "RateLimit-Policy": f'"fixed window";"{name}";q={int(quota)};w={int(seconds)}',
        }
