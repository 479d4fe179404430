"""The part of the test's Hub that is written to: who asks, discussions, and commits that open pull requests.

The shapes are those that huggingface_hub 2.4.0 sends and reads: `whoami`, `get_repo_discussions`, `_validate_yaml`,
`_fetch_upload_modes` and `_send_commit`; what is said of a commit that came in between is the Hub's own sentence.
"""

from __future__ import annotations

import base64
import json
import re
import socket
import time
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hub_server import HubServer

_COMMIT = re.compile(r"/api/(model|dataset|space)s/([^/]+/[^/]+)/commit/([^/]+)")
_DISCUSSIONS = re.compile(r"/api/(model|dataset|space)s/([^/]+/[^/]+)/discussions")
_PREUPLOAD = re.compile(r"/api/(model|dataset|space)s/([^/]+/[^/]+)/preupload/([^/]+)")
_PAGE = 2
_SLOW = 8  # seconds
# Refusals of a commit: status, error code, message.
REFUSALS = {
    "pr-401": (401, "", "Invalid credentials in Authorization header"),
    "pr-403": (403, "", "Your token lacks the scope discussion.write"),
    "pr-404": (404, "RepoNotFound", "Repository not found"),
    "pr-409": (409, "", "The reference was updated in the meantime"),
    "pr-412": (412, "", "A commit has happened since. Please refresh and try again."),
    "pr-429": (429, "", "You have opened too many pull requests"),
    "pr-503": (503, "", "Internal Error"),
}


class Commit(NamedTuple):
    """A commit that came: what its address, its header and its files say."""

    kind: str
    id: str
    revision: str
    create_pr: str
    header: Mapping[str, Any]
    files: Mapping[str, bytes]
    token: str
    agent: str


def discussion(num: int, author: str = "me", title: str = "hublint: 1 safe fix in README.md", **more: Any) -> Any:
    """One as the Hub lists it."""
    status = {"status": "open", "isPullRequest": True, "createdAt": "2026-11-29T12:00:00.000Z", **more}
    return {"num": num, "author": {"name": author, "type": "user"}, "title": title, **status}


class Discussions(BaseHTTPRequestHandler):
    """Its troubles: those of `REFUSALS`, pr-lost (opened, and no answer), pr-cut (not opened, and no answer), pr-slow,
    pr-not-json and pr-elsewhere (opened, and the answer cannot be used), discussions-disabled, discussions-endless,
    discussions-odd, discussions-unfiltered.
    """

    hub: HubServer

    def _discussed(self, path: str, query: Mapping[str, list[str]]) -> bool:
        """Answer, if that is for this part of the Hub; whether it is."""
        if path == "/api/whoami-v2":
            self._who()
        elif found := _DISCUSSIONS.fullmatch(path):
            self._discussions(found[1], found[2], query)
        elif self.command == "POST":
            self._write(path, query)
        else:
            return False
        return True

    def _write(self, path: str, query: Mapping[str, list[str]]) -> None:
        data = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        with self.hub.lock:
            self.hub.written.append(path)
        if found := _PREUPLOAD.fullmatch(path):
            files = json.loads(data)["files"]
            modes = [{"path": each["path"], "uploadMode": "regular", "shouldIgnore": False} for each in files]
            self._json({"files": modes})
        elif found := _COMMIT.fullmatch(path):
            lines = [json.loads(line) for line in data.splitlines()]
            files = {
                each["value"]["path"]: base64.b64decode(each["value"]["content"])
                for each in lines[1:]
                if each["key"] == "file"
            }
            token, agent = self.headers.get("Authorization", ""), self.headers.get("User-Agent", "")
            header = lines[0]["value"]
            create = query.get("create_pr", [""])[0]
            self._commit(Commit(found[1], found[2], found[3], create, header, files, token, agent))
        else:
            self._refuse(404, "", "Not Found")

    def _commit(self, commit: Commit) -> None:
        trouble = self.hub.repositories[commit.kind, commit.id].trouble
        if trouble in REFUSALS:
            self._refuse(*REFUSALS[trouble])
        elif trouble == "pr-slow":
            time.sleep(_SLOW)
            self.close_connection = True
        elif trouble == "pr-cut":
            self._hang_up()
        else:
            self._opened(commit, trouble)

    def _opened(self, commit: Commit, trouble: str) -> None:
        with self.hub.lock:
            self.hub.commits.append(commit)
            there = self.hub.discussions.setdefault((commit.kind, commit.id), [])
            there.insert(0, discussion(len(there) + 1, title=commit.header["summary"]))
        folder = "" if commit.kind == "model" else f"{commit.kind}s/"
        page = f"{self.hub.endpoint}/{folder}{commit.id}"
        oid = "f" * 40
        answer = {"success": True, "commitOid": oid, "commitUrl": f"{page}/commit/{oid}", "hookOutput": ""}
        if trouble == "pr-lost":
            self._hang_up()
        elif trouble == "pr-not-json":
            self._send(200, b"<html>Welcome</html>")
        elif trouble == "pr-elsewhere":
            self._json({**answer, "commitUrl": "https://example.org/x", "pullRequestUrl": "https://example.org/y"})
        else:
            self._json({**answer, "pullRequestUrl": f"{page}/discussions/{there[0]['num']}"})

    def _who(self) -> None:
        if self.hub.account and self.headers.get("Authorization"):
            token = {"displayName": "test", "role": "write", "createdAt": "2026-11-29T12:00:00.000Z"}
            auth = {"type": "access_token", "accessToken": token}
            self._json({"type": "user", "id": "0", "name": self.hub.account, "orgs": [], "auth": auth})
        else:
            self._refuse(401, "", "Invalid user token.")

    def _discussions(self, kind: str, id: str, query: Mapping[str, list[str]]) -> None:
        assert query["type"] == ["pull_request"]
        page, author = int(query.get("p", ["0"])[0]), query["author"][0]
        trouble = self.hub.repositories[kind, id].trouble
        every = self.hub.discussions.get((kind, id), [])
        if trouble == "discussions-disabled":
            self._refuse(403, "", "Discussions are disabled for this repo")
            return
        if trouble == "discussions-odd":
            self._json({"discussions": None})
            return
        if trouble == "discussions-endless":
            every = [discussion(each, "somebody") for each in range(1000)]
            author = "somebody"
        if trouble != "discussions-unfiltered":
            every = [each for each in every if each["author"]["name"] == author]
        of = {"repo": {"name": id, "type": kind}}
        rows = [{**each, **of} for each in every[page * _PAGE : (page + 1) * _PAGE]]
        self._json({"discussions": rows, "count": len(every), "start": page * _PAGE, "numClosedDiscussions": 0})

    def _hang_up(self) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def _json(self, data: object, more: Mapping[str, str] = {}) -> None:
        raise NotImplementedError

    def _refuse(self, status: int, code: str, message: str, more: Mapping[str, str] = {}) -> None:
        raise NotImplementedError

    def _send(self, status: int, data: bytes, headers: Mapping[str, str] = {}) -> None:
        raise NotImplementedError
