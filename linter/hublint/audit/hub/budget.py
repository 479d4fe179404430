"""How often the Hub may be asked: a bucket of tokens for each of its limits, filled by what its answers say.

Source: https://huggingface.co/docs/hub/rate-limits (2026-08-22): fixed windows of five minutes, one for the API and one
for files; `RateLimit: "api";r=0;t=55` says how many requests are left and in how many seconds the window ends,
`RateLimit-Policy: "fixed window";"api";q=500;w=300` how many a window has.
"""

from __future__ import annotations

from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from hublint.records import NamedTuple
from hublint.regexes import lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_LEFT = lazy(r"\br\s*=\s*(\d{1,12})\s*;\s*t\s*=\s*(\d{1,12})")
_QUOTA = lazy(r"\bq\s*=\s*(\d{1,12})\b.*?\bw\s*=\s*(\d{1,12})")
_SECONDS = lazy(r"\d{1,12}")
_SCARCE = 0.1  # of a window's requests; with fewer left they are spread over the rest of it


class Said(NamedTuple):
    """What an answer says: how many requests are left, for how many seconds, and how many a window has (0: unknown)."""

    left: int
    seconds: int
    quota: int = 0


def said(headers: Mapping[str, str]) -> Said | None:
    """What the headers of an answer say of the limit; None where they say nothing."""
    left = _LEFT.search(headers.get("ratelimit") or "")
    if left is None:
        return None
    quota = _QUOTA.search(headers.get("ratelimit-policy") or "")
    return Said(int(left[1]), int(left[2]), int(quota[1]) if quota else 0)


def retry_after(headers: Mapping[str, str]) -> int | None:
    """In how many seconds a refusal says that one may ask again; None where it does not."""
    found = _SECONDS.fullmatch((headers.get("retry-after") or "").strip())
    return int(found[0]) if found else None


class Bucket:
    """The requests that one limit allows. Threads may share it."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._left = 0
        self._ends = 0.0  # of the window; before an answer told of one, and behind its end, nothing is held back
        self._quota = 0
        self._next = 0.0

    def take(self) -> float:
        """Take a token: 0, or how many seconds to wait before one asks for it again."""
        with self._lock:
            now = self._clock()
            if now >= self._ends:
                return 0
            if self._left <= 0:
                return self._ends - now
            if now < self._next:
                return self._next - now
            if self._left < self._quota * _SCARCE:
                self._next = now + (self._ends - now) / (self._left + 1)
            self._left -= 1
            return 0

    def learn(self, said: Said) -> None:
        """Take up what an answer says. They may come in another order than they were made in: fewer left is truer."""
        with self._lock:
            now = self._clock()
            ends = now + said.seconds
            same = abs(ends - self._ends) <= 2 and now < self._ends
            self._left = min(self._left, said.left) if same else said.left
            self._ends, self._quota = ends, said.quota

    def rest(self, seconds: float) -> None:
        """Hold everything back for so long."""
        with self._lock:
            self._left, self._ends = 0, max(self._ends, self._clock() + seconds)
