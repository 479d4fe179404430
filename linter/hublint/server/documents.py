"""The texts that are open in the editor, each with the bytes that saving it would write."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from hublint.documents.source import Source
from hublint.records import NamedTuple
from hublint.repository.tree import read_file
from hublint.server.positions import MARK, Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_NAMES = {"markdown": "README.md", "dockerfile": "Dockerfile", "python": "app.py"}


class Document(NamedTuple):
    """One open text; it never changes, a newer version is another one.

    Attributes:
        path: where it is saved; empty for a text that is in no folder.
        version: the client's number of this state.
        data: the bytes that saving it would write.
        hidden: whether these begin with a byte order mark that the client does not show.
    """

    uri: str
    path: str
    language: str
    version: int | None
    data: bytes
    hidden: bool

    @property
    def name(self) -> str:
        """The file's name; of a text that has none, the one that its language lets expect, else empty."""
        return os.path.basename(self.path) if self.path else _NAMES.get(self.language, "")

    def lines(self) -> Lines:
        """Its lines, for conversions of positions."""
        return Lines(Source(self.name, self.data), self.hidden)


class Documents:
    """The open documents by URI."""

    def __init__(self) -> None:
        self._open: dict[str, Document] = {}
        self._marks: dict[str, bytes] = {}

    def put(self, uri: str, text: str, version: int | None, language: str) -> Document:
        """A document was opened."""
        path = path_of(uri)
        disk = read_file(path) if path else None
        self._marks[uri] = _mark(disk)
        document = Document(uri, path, language, version, *self._data(uri, text))
        if disk is not None and disk != document.data and disk.decode("utf-8", "replace") == text:
            document = document._replace(data=disk)  # what is no UTF-8 is shown as a sign for it
        self._open[uri] = document
        return document

    def change(self, uri: str, text: str, version: int | None) -> Document | None:
        """A document has another text; None where it is not open."""
        old = self._open.get(uri)
        if old is None:
            return None
        data, hidden = self._data(uri, text)
        self._open[uri] = old._replace(version=version, data=data, hidden=hidden)
        return self._open[uri]

    def saved(self, uri: str) -> None:
        """A document was written to disk, perhaps with another byte order mark."""
        document = self._open.get(uri)
        if document is None or not document.path:
            return
        self._marks[uri] = _mark(read_file(document.path))

    def close(self, uri: str) -> Document | None:
        """A document is no longer open."""
        self._marks.pop(uri, None)
        return self._open.pop(uri, None)

    def get(self, uri: str) -> Document | None:
        """The open document of a URI."""
        return self._open.get(uri)

    def __iter__(self) -> Iterator[Document]:
        return iter(tuple(self._open.values()))

    def texts(self) -> dict[str, Document]:
        """The open documents by the paths where they are saved."""
        return {document.path: document for document in self._open.values() if document.path}

    def _data(self, uri: str, text: str) -> tuple[bytes, bool]:
        """A text's bytes, and whether they begin with a mark that is not in it."""
        mark = self._marks.get(uri, b"")
        hidden = bool(mark) and not text.startswith(MARK)
        source = Source("", mark or b"")
        if hidden:
            text = MARK + text
        try:
            return source.encode(text), hidden
        except UnicodeEncodeError:  # half of a surrogate pair
            return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode(), hidden


def _mark(data: bytes | None) -> bytes:
    """The byte order mark that a file begins with."""
    if data is None:
        return b""
    if data.startswith(_UTF_16):
        return data[:2]
    return data[:3] if data.startswith(MARK.encode()) else b""


def path_of(uri: str) -> str:
    """The path on disk that a URI names; empty where it names none."""
    try:
        parts = urlsplit(uri)
        path = unquote(parts.path, errors="surrogateescape")
    except ValueError:
        return ""
    if parts.scheme.lower() != "file" or "\0" in path or not path.startswith("/"):
        return ""
    if parts.netloc and parts.netloc != "localhost":
        path = f"//{parts.netloc}{path}"
    if os.name == "nt":
        path = path[1:] if path[2:3] == ":" else path
        path = path[:1].lower() + path[1:]
    return os.path.normpath(path)


def uri_of(path: str) -> str:
    """The URI of an absolute path."""
    path = path.replace(os.sep, "/")
    return "file://" + quote(path if path.startswith("/") else f"/{path}", errors="surrogateescape")
