"""Asking the Hub: every request goes through here but those that open a pull request, and all answers are bounded.

huggingface_hub says who asks, and where; what it does for a file (HEAD, then GET into the cache) would be two requests,
and its own retries wait where nobody can stop them.
"""

from __future__ import annotations

from functools import cache
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Any

from hublint import __version__
from hublint.audit.hub.budget import Bucket, retry_after, said
from hublint.audit.hub.errors import AGAIN, HubError, failure, is_passing, is_passing_failure, refusal
from hublint.errors import UsageError
from hublint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

API, FILES = "api", "resolvers"
_PAUSE = 0.5  # seconds before the second try; then twice as many
_TELLING = 5.0  # seconds; of shorter waits nothing is said


class Patience(NamedTuple):
    """How long an answer is waited for.

    Attributes:
        tries: so often one is asked for.
        windows: so often a window is waited for, and `longest` seconds at most.
        whole: so many times the time-out of a read an answer may take as a whole.
    """

    tries: int = 4
    windows: int = 3
    longest: float = 900.0
    whole: int = 12


_PATIENT = Patience()


class Asked(NamedTuple):
    """What is asked for.

    Attributes:
        limit: which of the Hub's limits counts it, `api` or `resolvers`.
        most: so many bytes are taken; more are an error, or cut off where `cut` is set.
        what: what it is, for people, and `page` the address of its repository.
        range: the value of the header `Range`.
        method: GET, HEAD, or POST, which sends `body`, a JSON text.
        taken: the refusals that are answers, and have bytes.
    """

    limit: str
    url: str
    most: int
    what: str
    page: str
    range: str = ""
    cut: bool = False
    method: str = "GET"
    body: bytes = b""
    taken: tuple[int, ...] = (416,)


class Answer(NamedTuple):
    """A success: its status, headers by names in lower case, bytes, and the address that gave it in the end."""

    status: int
    headers: Mapping[str, str]
    data: bytes
    url: str


class Hub:
    """One Hub. Threads may share it.

    Attributes:
        timeout: how many seconds the next bytes of an answer may take.
        requests: how many were made.
        stopped: set where nobody wants the answers any more.
        told: is given sentences about long waits.
    """

    def __init__(self, patience: Patience = _PATIENT) -> None:
        from huggingface_hub import constants, get_session
        from huggingface_hub.utils import build_hf_headers  # type: ignore[attr-defined]

        self.endpoint = constants.ENDPOINT.rstrip("/")
        self.offline = bool(constants.HF_HUB_OFFLINE)
        self.cache: str = constants.HF_HUB_CACHE
        self.requests = 0
        self.stopped = Event()
        self.told: Callable[[str], None] = lambda _: None
        self._session: Callable[[], Any] = get_session
        self._headers = build_hf_headers(library_name="hublint", library_version=__version__)
        self.timeout = float(constants.HF_HUB_DOWNLOAD_TIMEOUT)
        self._patience = patience
        self._buckets = {API: Bucket(), FILES: Bucket()}

    @property
    def has_token(self) -> bool:
        """Whether it is known who asks."""
        return "authorization" in self._headers

    def get(self, asked: Asked) -> Answer:
        """The answer.

        Raises:
            HubError: there is none, or it is a refusal; passing ones are asked again.
        """
        if self.offline:
            raise HubError("HF_HUB_OFFLINE is set, and it is not in the local cache")
        tries = windows = 0
        while True:
            self._wait(asked.limit)
            tries += 1
            try:
                answer = self._ask(asked)
            except HubError:
                raise
            except Exception as error:
                if tries >= self._patience.tries or not is_passing_failure(error):
                    raise failure(error, self.endpoint, self.timeout) from None
                self._pause(_PAUSE * 2 ** (tries - 1))
                continue
            if answer.status < 400 or answer.status in asked.taken:
                return answer
            refused = refusal(answer.status, answer.headers, asked.what, asked.page, self.has_token)
            refused.status = answer.status
            if not is_passing(answer.status):
                raise refused
            rest = self._rest(answer)
            if rest is not None and windows < self._patience.windows:
                windows, tries = windows + 1, tries - 1
                self._buckets[asked.limit].rest(rest + 1)
            elif tries >= self._patience.tries:
                raise refused
            else:
                self._pause(_PAUSE * 2 ** (tries - 1))

    def _rest(self, answer: Answer) -> float | None:
        """How long the Hub asks to wait; None where it does not say."""
        limit = said(answer.headers)
        after = retry_after(answer.headers)
        rest = after if after is not None else limit.seconds if limit is not None and limit.left <= 0 else None
        if rest is not None and rest > self._patience.longest:
            wait = f"{rest / 60:.0f} minutes" if rest >= 120 else f"{rest:.0f} seconds"
            raise HubError(f"the Hub asks to wait for {wait}{AGAIN}")
        return rest

    def _ask(self, asked: Asked) -> Answer:
        headers = {**self._headers, **({"range": asked.range} if asked.range else {})}
        if asked.body:
            headers["content-type"] = "application/json"
        whole = self.timeout * self._patience.whole
        ends = monotonic() + whole
        self.requests += 1
        sent = {"headers": headers, "content": asked.body or None, "timeout": self.timeout}
        with self._session().stream(asked.method, asked.url, **sent) as response:
            found = {name.lower(): value for name, value in response.headers.items()}
            limit = said(found)
            if limit is not None:
                self._buckets[asked.limit].learn(limit)
            data = bytearray()
            has_bytes = response.status_code < 400 or response.status_code in asked.taken
            for chunk in response.iter_bytes() if has_bytes else ():
                data += chunk
                if len(data) > asked.most:
                    if asked.cut:
                        break
                    raise HubError(f"it is larger than {asked.most >> 20} MiB", lasting=False)
                if monotonic() > ends:
                    raise HubError(f"the Hub does not give all of it within {whole:g} seconds{AGAIN}")
                if self.stopped.is_set():
                    raise HubError("the run was stopped")
            return Answer(response.status_code, found, bytes(data[: asked.most]), str(response.url))

    def _wait(self, limit: str) -> None:
        """Wait until the limit allows a request; not for longer than there is patience for."""
        while (seconds := self._buckets[limit].take()) > 0:
            if seconds > self._patience.longest:
                raise HubError(f"the Hub allows no more requests for {seconds:.0f} seconds{AGAIN}")
            if seconds > _TELLING:
                self.told(f"waiting {seconds:.0f} seconds for the Hub, which is asked as often as it allows ({limit})")
            self._pause(seconds)

    def _pause(self, seconds: float) -> None:
        if self.stopped.wait(seconds):
            raise HubError("the run was stopped")


@cache
def hub() -> Hub:
    """The Hub that HF_ENDPOINT names, asked with the token of HF_TOKEN or `hf auth login`; one for each process.

    Raises:
        UsageError: huggingface_hub is not installed.
    """
    try:
        return Hub()
    except ImportError:
        raise UsageError("repositories on the Hub need huggingface_hub: pip install 'hublint[hub]'") from None
