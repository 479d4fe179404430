"""Pull requests on the Hub: who asks, which of theirs there are, and one more.

Source: huggingface_hub 2.4.0, `HfApi.whoami`, `get_repo_discussions`, `create_commit` and `_commit_api.py`; with
`create_pr` and `parent_commit` the Hub begins a pull request at that commit.
"""

from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from hublint import __version__
from hublint.audit.hub.client import API, Asked
from hublint.audit.hub.errors import BAD_TOKEN, DISABLED, HubError, failure, refusal
from hublint.audit.hub.listing import newest, page_of, parsed
from hublint.audit.proposals import is_ours
from hublint.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.audit.hub.client import Hub
    from hublint.audit.proposals import Proposal
    from hublint_schemas import Kind

_LARGEST = 16 * 1024 * 1024
_MOST_PAGES = 20
_PATIENCE = 6  # times the time-out of a read, a commit may take
_LONGEST = 200
_INVALID_CARD = "Invalid metadata in README.md."
_MOVED_ON = (409, 412)
_OF_REPOSITORIES = ("GatedRepo", "RepoNotFound", "RevisionNotFound")


class PullRequest(NamedTuple):
    """One of ours: its address, and its status: `open`, `draft`, `closed` or `merged`."""

    url: str
    status: str

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.status in ("open", "draft")


def who(hub: Hub) -> str:
    """The name of the account whose token is used.

    Raises:
        HubError: there is no token, or the Hub does not take it.
    """
    if not hub.has_token:
        raise HubError("there is no token (HF_TOKEN, or `hf auth login`)")
    try:
        answer = hub.get(Asked(API, f"{hub.endpoint}/api/whoami-v2", _LARGEST, "account", hub.endpoint))
    except HubError as error:
        if error.status in (401, 403):
            raise HubError("the Hub does not take the token (HF_TOKEN, or that of `hf auth login`)") from None
        raise
    name = parsed(answer).get("name")
    if not isinstance(name, str) or not name:
        raise HubError("the Hub does not tell whose token that is")
    return name


def ours(hub: Hub, kind: Kind, id: str, author: str) -> list[PullRequest]:
    """The pull requests that hublint opened for an account, whatever became of them, the newest first.

    Raises:
        HubError: the Hub does not say, or has too many to look through.
    """
    return [each for each in _by(hub, kind, id, author) if each is not None]


def _by(hub: Hub, kind: Kind, id: str, author: str) -> Iterator[PullRequest | None]:
    page = page_of(hub, kind, id)
    for number in range(_MOST_PAGES):
        query = urlencode({"type": "pull_request", "author": author, "p": number})
        url = f"{hub.endpoint}/api/{kind}s/{id}/discussions?{query}"
        data = parsed(hub.get(Asked(API, url, _LARGEST, kind, page)))
        found, start, count = data.get("discussions"), data.get("start"), data.get("count")
        if not isinstance(found, list) or not isinstance(start, int) or not isinstance(count, int):
            raise HubError("what the Hub answers is not the list of pull requests that it says it gives")
        yield from (_one(each, author, page) for each in found)
        if not found or start + len(found) >= count:
            return
    raise HubError("it has too many pull requests to see whether one of them is ours")


def _one(each: Any, author: str, page: str) -> PullRequest | None:
    """A pull request, if it is ours; what was asked for is not believed to have been kept to."""
    if not isinstance(each, dict) or each.get("isPullRequest") is not True or not isinstance(each.get("num"), int):
        return None
    by, title = each.get("author"), each.get("title")
    if not isinstance(by, dict) or by.get("name") != author or not isinstance(title, str) or not is_ours(title):
        return None
    return PullRequest(f"{page}/discussions/{each['num']}", str(each.get("status")))


def moved_on(hub: Hub, proposal: Proposal) -> str:
    """Why a pull request would not be about what is there; empty where the commit that was judged is the newest.

    Raises:
        HubError: the Hub does not say.
    """
    now = newest(hub, proposal.kind, proposal.id)
    if now == proposal.commit:
        return ""
    return f"`main` is at {now[:12]}, and {proposal.commit[:12]} was judged; judged anew, what is there can be proposed"


def opened(hub: Hub, proposal: Proposal, author: str) -> str:
    """Open a pull request: its address. It begins at the commit that was judged, whatever came after it.

    Raises:
        HubError: the Hub refuses, or it is not known whether it was opened.
    """
    try:
        return _committed(hub, proposal)
    except Exception as error:
        refused = _meant(hub, proposal, error)
        if refused.is_refusal:
            raise refused from None
        try:  # it may be there all the same, and is never opened twice
            there = [each for each in ours(hub, proposal.kind, proposal.id, author) if each.is_open]
        except HubError:
            there = []
        if there:
            return there[0].url
        raise refused from None


def _committed(hub: Hub, proposal: Proposal) -> str:
    from huggingface_hub import CommitOperationAdd, HfApi, get_session

    get_session().timeout = hub.timeout * _PATIENCE  # that of huggingface_hub 2 has no end
    api = HfApi(endpoint=hub.endpoint, library_name="hublint", library_version=__version__)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the metadata, on which the findings speak already
        done = api.create_commit(
            proposal.id,
            [CommitOperationAdd(path, data) for path, data in proposal.files.items()],
            commit_message=proposal.title,
            commit_description=proposal.description,
            repo_type=proposal.kind,
            create_pr=True,
            parent_commit=proposal.commit,
        )
    if not done.pr_url:
        raise HubError("the Hub has these files already, so nothing was opened", status=400)
    return str(done.pr_url)


def _meant(hub: Hub, proposal: Proposal, error: Exception) -> HubError:
    """What it means that a pull request was not opened."""
    from huggingface_hub.errors import HfHubHTTPError

    if isinstance(error, HubError):
        return error
    if isinstance(error, json.JSONDecodeError):
        return HubError("what the Hub answers is not the JSON that it says it gives")
    if isinstance(error, ValueError):
        is_card, said = str(error).startswith(_INVALID_CARD), " ".join(str(error).split())
        if is_card:
            return HubError(f"the Hub does not take it: {said[:_LONGEST]}", status=400)
        return HubError(f"huggingface_hub cannot do it: {said[:_LONGEST]}")
    if not isinstance(error, HfHubHTTPError):
        return failure(error, hub.endpoint, hub.timeout * _PATIENCE)
    status, headers = error.response.status_code, {key.lower(): value for key, value in error.response.headers.items()}
    said = " ".join((error.server_message or headers.get("x-error-message") or "").split())[:_LONGEST]
    reason = _refused(status, said) if headers.get("x-error-code") not in _OF_REPOSITORIES else ""
    page = page_of(hub, proposal.kind, proposal.id)
    known = refusal(status, {**headers, "x-error-message": said}, proposal.kind, page, hub.has_token)
    return HubError(reason or known.reason, status=status)


def _refused(status: int, said: str) -> str:
    """What a refusal means that is another one here than where something is read; empty where it is none."""
    quoted = f": {said}".rstrip(".") if said else ""
    if status in _MOVED_ON:
        return (
            f"`main` moved on while hublint was at work ({status}{quoted}); judged anew, what is there can be proposed"
        )
    if status in (401, 403) and said not in (DISABLED, BAD_TOKEN):
        return f"the Hub forbids it{quoted}; it takes a token with the role `write`, or one that may open pull requests"
    if status == 429:
        return f"the Hub takes no more pull requests of this account for now (429{quoted})"
    if status >= 500:
        return f"the Hub answers {status}, and shows no pull request of ours"
    return ""
