"""The files of a repository on the Hub as a tree: what the rules ask for is asked of the Hub, within bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.audit.hub.client import FILES, Asked
from hublint.audit.hub.errors import HubError
from hublint.audit.hub.listing import page_of
from hublint.repository.sources import README

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hublint.audit.hub.client import Answer, Hub
    from hublint.audit.hub.listing import Listing
    from hublint.audit.hub.local import LinkedTree
    from hublint_schemas import Kind

_WHOLE = 1024 * 1024  # a larger file is not read as a whole
_WHOLE_CARD = 10 * 1024 * 1024
_WHOLE_IN_ALL = 64 * 1024 * 1024
_HEAD = 65536  # is asked for at once, since more is often wanted of it
_LARGEST_PART = 16 * 1024 * 1024
_PARTS_IN_ALL = 64 * 1024 * 1024
_MOST = 500  # requests for files as a whole
_MOST_PARTS = 100  # requests for parts


class HubTree:
    """The files at a commit, each asked for when it is read, and once.

    What is too large, or beyond the bounds, is known by path and size only.

    Attributes:
        refused: why the Hub gives no file any more; empty where it does.
        skipped: the files that were asked for and are beyond the bounds.
    """

    root = ""

    def __init__(self, hub: Hub, kind: Kind, listing: Listing, cached: LinkedTree | None) -> None:
        self._hub = hub
        self._kind = kind
        self._listing = listing
        self._cached = cached
        self._sizes = dict(sorted(listing.sizes.items()))
        self._reasons: dict[str, str] = {}
        self._whole: dict[str, bytes] = {}
        self._ends: dict[tuple[str, bool], bytes | None] = {}
        self._left, self._left_of_parts = _WHOLE_IN_ALL, _PARTS_IN_ALL
        self._requests = self._part_requests = 0
        self.refused = ""
        self.skipped: set[str] = set()

    def sizes(self) -> Mapping[str, int]:
        """Every file that the Hub lists."""
        return self._sizes

    def tracked(self) -> frozenset[str]:
        """All of them: they are in a commit."""
        return frozenset(self._sizes)

    def refusal(self, path: str) -> str:
        """Why a file that was asked for has no bytes."""
        return self._reasons.get(path, "")

    def read(self, path: str) -> bytes | None:
        """A file's bytes; None where the Hub does not give them, or they are beyond the bounds."""
        size = self._sizes.get(path)
        if size is None or path in self._reasons:
            return None
        if path in self._whole:
            return self._whole[path]
        local = self._cached.tree_of(path) if self._cached is not None else None
        if local is not None:
            return local[0].read(local[1])
        most = _WHOLE_CARD if path == README else _WHOLE
        if size == 0:
            return b""
        if size > most or size > self._left or self._requests >= _MOST or self._hub.offline:
            self._skip(path)
            return None
        self._requests += 1
        answer = self._get(path, min(most, self._left))
        if answer is None:
            return None
        self._left -= len(answer.data)
        return answer.data

    def part(self, path: str, start: int, length: int) -> bytes | None:
        """Some of a file's bytes; its beginning and its end are asked for once."""
        size = self._sizes.get(path)
        if size is None or path in self._reasons:
            return None
        local = self._cached.tree_of(path) if self._cached is not None else None
        if local is not None:
            return local[0].part(local[1], start, length)
        if 0 <= size <= _HEAD:
            if path not in self._whole and (data := self.read(path)) is not None:
                self._whole[path] = data
            return _slice(self._whole[path], start, length) if path in self._whole else None
        if start >= 0 and start + length <= _HEAD:
            head = self._end(path, f"bytes=0-{_HEAD - 1}", False)
            return None if head is None else head[start : start + length]
        if start < 0 and -start <= _HEAD:
            tail = self._end(path, f"bytes=-{_HEAD}", True)
            return None if tail is None else _slice(tail, start, length)
        if start < 0:
            if size < 0:
                return None
            start = max(size + start, 0)
        return self._range(path, f"bytes={start}-{start + length - 1}", length)

    def _end(self, path: str, range: str, is_tail: bool) -> bytes | None:
        if (path, is_tail) not in self._ends:
            self._ends[path, is_tail] = self._range(path, range, _HEAD)
        return self._ends[path, is_tail]

    def _range(self, path: str, range: str, length: int) -> bytes | None:
        within = 0 < length <= min(_LARGEST_PART, self._left_of_parts) and self._part_requests < _MOST_PARTS
        if not within or self._hub.offline:
            self._skip(path)
            return None
        self._part_requests += 1
        answer = self._get(path, length, range)
        if answer is None:
            return None
        if answer.status == 416:
            return b""
        if answer.status != 206 and not range.startswith("bytes=0-"):  # all of the file, from its beginning
            self._skip(path)
            return None
        self._left_of_parts -= len(answer.data)
        return answer.data

    def _skip(self, path: str) -> None:
        self.skipped.add(path)
        if path == README:
            self._reasons[path] = "it is not in the local cache" if self._hub.offline else "it is too large"

    def _get(self, path: str, most: int, range: str = "") -> Answer | None:
        if self.refused:
            self._reasons[path] = self.refused
            return None
        from huggingface_hub import hf_hub_url

        id, commit, _ = self._listing
        url = hf_hub_url(id, path, repo_type=self._kind, revision=commit, endpoint=self._hub.endpoint)
        try:
            return self._hub.get(
                Asked(FILES, url, most, path, page_of(self._hub, self._kind, id), range, cut=bool(range))
            )
        except HubError as error:
            self._reasons[path] = error.reason
            if error.lasting:
                self.refused = error.reason
            return None


def _slice(data: bytes, start: int, length: int) -> bytes:
    begin = max(len(data) + start, 0) if start < 0 else start
    return data[begin : begin + length]
