"""What the Hub says of a repository, and which ones an owner has: names, sizes and commits, but no bytes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from hublint.audit.hub.client import API, Asked
from hublint.audit.hub.errors import HubError
from hublint.audit.targets import OnHub
from hublint.model.hub_ids import is_repo_id
from hublint.records import NamedTuple
from hublint.regexes import lazy
from hublint.repository.git.remotes import FOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hublint.audit.hub.client import Answer, Hub
    from hublint.audit.targets import Owned
    from hublint_schemas import Kind

_LARGEST = 64 * 1024 * 1024
_PAGE = 1000
_MOST_PAGES = 500
# From so many files on `siblings` may lack some. Source: `_snapshot_download.py` of huggingface_hub 2.4.0.
_MANY = 50_000
_NEXT = lazy(r'<([^<>]{1,4000})>\s*;\s*rel="?next"?')
_COMMIT = lazy(r"[0-9a-f]{40}")


class Listing(NamedTuple):
    """A repository at a commit: its id, which is another one than was asked for where it was renamed, and its files."""

    id: str
    commit: str
    sizes: Mapping[str, int]


def page_of(hub: Hub, kind: Kind, id: str) -> str:
    """The address of a repository's page."""
    return f"{hub.endpoint}/{FOLDERS[kind]}{id}"


def listing(hub: Hub, kind: Kind, id: str, revision: str = "") -> Listing:
    """What is in a repository; one request, or one for each thousand files where there are very many.

    Raises:
        HubError: the Hub does not say.
    """
    at = f"/revision/{quote(revision, safe='')}" if revision else ""
    url = f"{hub.endpoint}/api/{kind}s/{id}{at}?blobs=true"
    data = parsed(hub.get(Asked(API, url, _LARGEST, kind, page_of(hub, kind, id))))
    commit, siblings = data.get("sha"), data.get("siblings")
    if not isinstance(commit, str) or not _COMMIT.fullmatch(commit) or not isinstance(siblings, list):
        if data.get("disabled"):
            raise HubError("the Hub has disabled it")
        raise HubError("the Hub does not tell its commit and files")
    now = data.get("id")
    id = now if isinstance(now, str) and is_repo_id(now) else id
    if len(siblings) >= _MANY:
        return Listing(id, commit, dict(_tree(hub, kind, id, commit)))
    return Listing(id, commit, dict(_file(each, "rfilename") for each in siblings if _is_file(each, "rfilename")))


def newest(hub: Hub, kind: Kind, id: str) -> str:
    """The commit at which a repository is, on `main`.

    Raises:
        HubError: the Hub does not say.
    """
    url = f"{hub.endpoint}/api/{kind}s/{id}?expand=sha"
    commit = parsed(hub.get(Asked(API, url, _LARGEST, kind, page_of(hub, kind, id)))).get("sha")
    if not isinstance(commit, str) or not _COMMIT.fullmatch(commit):
        raise HubError("the Hub does not tell its commit")
    return commit


def _tree(hub: Hub, kind: Kind, id: str, commit: str) -> Iterator[tuple[str, int]]:
    """The files of a repository with very many."""
    url = f"{hub.endpoint}/api/{kind}s/{id}/tree/{commit}?recursive=true&limit={_PAGE}"
    for each in _pages(hub, url, kind, page_of(hub, kind, id)):
        if each.get("type") == "file" and _is_file(each, "path"):
            yield _file(each, "path")


def _is_file(each: object, name: str) -> bool:
    return isinstance(each, dict) and isinstance(each.get(name), str) and each[name] != ""


def _file(each: Mapping[str, Any], name: str) -> tuple[str, int]:
    size = each.get("size")
    return each[name], size if isinstance(size, int) and size >= 0 else -1


def owned(hub: Hub, owner: Owned) -> Iterator[OnHub]:
    """The repositories of an owner, each at the commit where it is; a request for each thousand of a kind.

    Raises:
        HubError: the Hub does not say, or there are none.
    """
    found = False
    for kind in owner.kinds:
        asked = urlencode({"author": owner.owner, "limit": _PAGE, "expand": "sha"})
        url, page = f"{hub.endpoint}/api/{kind}s?{asked}", f"{hub.endpoint}/{owner.owner}"
        for each in _pages(hub, url, f"{kind}s", page):
            id, commit = each.get("id"), each.get("sha")
            if isinstance(id, str) and is_repo_id(id) and id.startswith(f"{owner.owner}/") and owner.has(id):
                found = True
                yield OnHub(kind, id, commit=commit if isinstance(commit, str) and _COMMIT.fullmatch(commit) else "")
    if not found:
        raise HubError(
            f"the Hub shows no {' or '.join(f'{kind}s' for kind in owner.kinds)} of that name, or they are private "
            f"and {'the token may not read them' if hub.has_token else 'there is no token (HF_TOKEN)'}"
        )


def _pages(hub: Hub, url: str, what: str, page: str) -> Iterator[dict[str, Any]]:
    for _ in range(_MOST_PAGES):
        answer = hub.get(Asked(API, url, _LARGEST, what, page))
        for each in parsed(answer, list):
            if isinstance(each, dict):
                yield each
        following = _NEXT.search(answer.headers.get("link", ""))
        if following is None:
            return
        url = following[1]
        if not url.startswith(f"{hub.endpoint}/"):  # the token is for nobody else
            raise HubError("the Hub's next page is on another host")
    raise HubError(f"there are more than {_MOST_PAGES * _PAGE} entries")


def parsed(answer: Answer, kind: type[Any] = dict) -> Any:
    """What an answer says in JSON.

    Args:
        kind: the type that it is to have.

    Raises:
        HubError: it is not JSON, or of another type.
    """
    try:
        data = json.loads(answer.data)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, kind):
        raise HubError("what the Hub answers is not the JSON that it says it gives")
    return data
