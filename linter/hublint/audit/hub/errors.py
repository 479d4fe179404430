"""What the Hub's refusals mean, in words.

Source: `hf_raise_for_status` of huggingface_hub 2.4.0, by status, `X-Error-Code` and `X-Error-Message`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

# What an answer says of what was asked for, where it is surely the Hub's own: that one has to ask for access, that the
# repository is absent or private, that it has no such revision or file, that there is nothing at that address.
Meaning = Literal["", "gated", "disabled", "hidden", "revision", "entry", "nothing"]

AGAIN = "; --resume tries once more"  # how a reason ends that may be gone in a moment
_LONGEST = 200
_OF_THE_HUB = ("x-error-code", "x-error-message", "x-request-id")
_AGAIN = frozenset((408, 429, 500, 502, 503, 504))
DISABLED = "Access to this resource is disabled."
BAD_TOKEN = "Invalid credentials in Authorization header"


class HubError(Exception):
    """Why the Hub did not give what it was asked for, a sentence.

    Attributes:
        lasting: whether it holds for the whole repository, so that asking for its other files is of no use.
        meaning: what it says of what was asked for.
        status: that of the Hub's answer; 0 where there was none.
    """

    def __init__(self, reason: str, lasting: bool = True, meaning: Meaning = "", status: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.lasting = lasting
        self.meaning = meaning
        self.status = status

    @property
    def is_refusal(self) -> bool:
        """Whether the Hub says that it did not do what it was asked; else it may have."""
        return 400 <= self.status < 500

    @property
    def bare(self) -> str:
        """The reason alone, where --resume does not try once more."""
        return self.reason.removesuffix(AGAIN)


def is_passing(status: int) -> bool:
    """Whether what an answer says may be otherwise in a moment."""
    return status in _AGAIN


def refusal(status: int, headers: Mapping[str, str], what: str, page: str, token: bool) -> HubError:
    """What an answer that is not a success means.

    Args:
        what: what was asked for, as `model` or `config.json`.
        page: the repository's address.
        token: whether a token was sent.
    """
    code, message = headers.get("x-error-code") or "", (headers.get("x-error-message") or "")[:_LONGEST]
    if code == "GatedRepo":
        who = "" if token else ", and there is no token (HF_TOKEN, or `hf auth login`)"
        return HubError(f"it is gated: access has to be asked for at {page}{who}", meaning="gated")
    if message == DISABLED:
        return HubError("the Hub has disabled it", meaning="disabled")
    if message == BAD_TOKEN:
        return HubError("the Hub does not take the token (HF_TOKEN, or that of `hf auth login`)")
    if code == "RevisionNotFound":
        return HubError("it has no such revision (branch, tag or commit)", meaning="revision")
    if code == "EntryNotFound":
        return HubError("the Hub lists it and does not have it", lasting=False, meaning="entry")
    if code == "RepoNotFound" or status in (401, 404):
        reason = f"there is no such {what}, or it is private and {_may_not(token)}"
        return HubError(reason, meaning=_of_nothing(status, code, headers))
    if status == 403:
        return HubError(f"the Hub forbids it{f': {message}' if message else ''}".rstrip("."))
    if status == 429:
        return HubError(f"the Hub was asked too often (429), and again when it was waited for{AGAIN}")
    if is_passing(status):
        return HubError(f"the Hub answers {status}, and so it does when it is asked again{AGAIN}")
    return HubError(f"the Hub answers {status}{f': {message}' if message else ''}".rstrip("."))


def _of_nothing(status: int, code: str, headers: Mapping[str, str]) -> Meaning:
    """What a 401 or 404 says.

    Source: answers of 2026-04-30: to whoever is not logged in the Hub answers 401 without a code for a repository that
    is absent, to others 404 with `RepoNotFound`. Another server's 401 or 404 says nothing.
    """
    if not any(headers.get(name) for name in _OF_THE_HUB):
        return ""
    return "hidden" if code == "RepoNotFound" or status == 401 else "nothing"


def _may_not(token: bool) -> str:
    return "the token may not read it" if token else "there is no token (HF_TOKEN, or `hf auth login`)"


def failure(error: Exception, endpoint: str, seconds: float) -> HubError:
    """What it means that there is no answer; httpx, by whichever name, is known by the names of its errors."""
    names = {each.__name__ for each in type(error).__mro__}
    if "OfflineModeIsEnabled" in names:
        return HubError("HF_HUB_OFFLINE is set, and it is not in the local cache")
    if "TimeoutException" in names or isinstance(error, TimeoutError):
        return HubError(f"the Hub does not answer within {seconds:g} seconds{AGAIN}")
    if "ConnectError" in names or isinstance(error, ConnectionRefusedError):
        return HubError(f"the Hub cannot be reached at {endpoint}{AGAIN}")
    if names & {"NetworkError", "ProtocolError", "TransportError"} or isinstance(error, OSError):
        return HubError(f"the connection to the Hub was cut off{AGAIN}")
    return HubError(f"the Hub cannot be asked ({type(error).__name__}: {str(error)[:_LONGEST]})")


def is_passing_failure(error: Exception) -> bool:
    """Whether there may be an answer in a moment."""
    names = {each.__name__ for each in type(error).__mro__}
    return bool(names & {"TransportError"}) or isinstance(error, OSError)
