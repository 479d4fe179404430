"""Each question of the rules, asked once in a run, within bounds; what has no answer is told and means nothing."""

from __future__ import annotations

import json
from time import monotonic
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode

from hublint.audit.hub.client import API, FILES, Asked, Hub, Patience
from hublint.audit.hub.errors import AGAIN, HubError
from hublint.audit.hub.listing import page_of
from hublint.errors import UsageError
from hublint.online.links import Linked, linked
from hublint.online.package_index import PackageIndex
from hublint.records import NamedTuple
from hublint.reporters.summary import counted
from hublint.repository.online import Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hublint_schemas import Kind

_Answer = TypeVar("_Answer")
_MOST = 300  # questions in a run; in five minutes the Hub answers 500 to whoever is not logged in
_SECONDS = 180.0
_LONGEST_METADATA = 1024 * 1024
_LARGEST = 1024 * 1024
_PATIENCE = Patience(tries=2, windows=1, longest=20.0, whole=2)
_SENTENCES = 50  # of a refusal
_LONGEST_SENTENCE = 4_000  # the one about licenses names them all
_SHOWN = 3
_SILENT = 3  # so many questions in a row have no answer, and no more are asked
# Why an address leads to nothing, by what the Hub says of it; a gated file is there.
_ENDS: dict[str, str] = {
    "entry": "there is no such file",
    "revision": "there is no such branch, tag or commit",
    "gated": "",
}


class _Question(NamedTuple):
    """What is asked: the rules that ask it, what about, for people, and what tells it from others, else that."""

    rules: str
    about: str
    key: str = ""


class Answers:
    """What the Hub and the package index say. See `hublint.repository.online.Online`.

    Args:
        most: so many questions are asked, and none after so many `seconds`.
    """

    def __init__(self, hub: Hub, index: PackageIndex, most: int = _MOST, seconds: float = _SECONDS) -> None:
        self._hub = hub
        self._index = index
        self._most = most
        self._seconds = seconds
        self._ends = monotonic() + seconds
        self._asked = self._silent = 0
        self._given: dict[tuple[str, str], object] = {}
        self._failed: dict[tuple[str, str], list[str]] = {}

    def repository(self, kind: Kind, id: str) -> Standing | None:
        """What the Hub shows of a repository."""
        return self._once(_Question("HB001, HB004", f"{kind} {id}"), lambda: self._standing(kind, id))

    def refusals(self, kind: Kind, metadata: str, name: str) -> tuple[str, ...] | None:
        """Why the Hub refuses a metadata block; a block that may hold a credential is not sent."""
        question = _Question("HB003", f"the metadata of {name or kind}", f"{kind} {metadata}")
        return self._once(question, lambda: self._sent(kind, metadata))

    def dead_end(self, link: str) -> str | None:
        """Why an address on the Hub leads to nothing; no other address is asked for."""
        target = linked(link, self._hub.endpoint)
        if target is None:
            return None
        if not target.path:
            standing = self.repository(target.kind, target.id)
            return None if standing is None else "" if standing.shown == "there" else _hidden(target.kind)
        url = target.resolving(self._hub.endpoint)
        return self._once(_Question("HB002", url), lambda: self._end_of(target, url))

    def releases(self, package: str) -> tuple[str, ...] | None:
        """The versions of a package."""
        return self._once(_Question("HB005", package), lambda: self._index.releases(package))

    def sentences(self) -> Iterator[str]:
        """What is to be said of the run: how much was asked, and what has no answer."""
        yield f"--online: {counted(self._asked, 'question')} asked of {self._hub.endpoint} and {self._index.host}"
        for (rules, reason), about in self._failed.items():
            more = f" and {len(about) - _SHOWN} more" if len(about) > _SHOWN else ""
            yield f"{rules} could not ask about {', '.join(about[:_SHOWN])}{more}: {reason}"

    def _once(self, question: _Question, ask: Callable[[], _Answer]) -> _Answer | None:
        key = question.rules, question.key or question.about
        if key not in self._given:
            self._given[key] = self._answered(question, ask)
        return self._given[key]  # type: ignore[return-value]

    def _answered(self, question: _Question, ask: Callable[[], object]) -> object:
        try:
            if self._asked >= self._most:
                raise HubError(f"no more than {self._most} questions are asked in a run")
            if monotonic() > self._ends:
                raise HubError(f"no questions are asked after {self._seconds:g} seconds")
            if self._silent >= _SILENT:
                raise HubError(f"there was no answer {_SILENT} times in a row, so no more is asked")
            self._asked += 1
            answer = ask()
            self._silent = 0
            return answer
        except HubError as error:
            self._silent += error.reason.endswith(AGAIN)
            reason = error.bare
            self._failed.setdefault((question.rules, reason), []).append(question.about)
            return None

    def _standing(self, kind: Kind, id: str) -> Standing:
        wanted = urlencode({"expand": ("gated", "private")}, doseq=True)
        page = page_of(self._hub, kind, id)
        asked = Asked(API, f"{self._hub.endpoint}/api/{kind}s/{id}?{wanted}", _LARGEST, kind, page)
        try:
            data = _mapping(self._hub.get(asked).data)
        except HubError as error:
            if error.meaning in ("gated", "disabled"):
                return Standing("there", gated=error.meaning == "gated")
            if error.meaning != "hidden":
                raise
            owner, _, name = id.partition("/")
            return Standing("absent" if not name or self._is_nobody(owner) else "hidden")
        if not isinstance(data.get("id"), str):
            raise HubError("what the Hub answers does not name a repository")
        return Standing("there", data.get("gated") not in (None, False), data.get("private") is True)

    def _end_of(self, target: Linked, url: str) -> str:
        page = page_of(self._hub, target.kind, target.id)
        try:
            self._hub.get(Asked(FILES, url, 0, target.path, page, method="HEAD"))
        except HubError as error:
            if error.meaning == "hidden":
                return _hidden(target.kind)
            if error.meaning not in _ENDS:
                raise
            return _ENDS[error.meaning]
        return ""

    def _is_nobody(self, owner: str) -> bool:
        """Whether neither a user nor an organization is called so.

        Source: `get_user_overview` and `get_organization_overview` of huggingface_hub 2.4.0.
        """
        return bool(self._once(_Question("HB001", f"owner {owner}"), lambda: self._has_no_overview(owner)))

    def _has_no_overview(self, owner: str) -> bool:
        for path in (f"users/{owner}", f"organizations/{owner}"):
            page = f"{self._hub.endpoint}/{owner}"
            try:
                self._hub.get(Asked(API, f"{self._hub.endpoint}/api/{path}/overview", _LARGEST, "account", page))
            except HubError as error:
                if error.meaning != "nothing":
                    raise
            else:
                return False
        return True

    def _sent(self, kind: Kind, metadata: str) -> tuple[str, ...]:
        """Source: `HfApi._validate_yaml` of huggingface_hub 2.4.0, which sends the whole README.md."""
        if len(metadata) > _LONGEST_METADATA:
            raise HubError("it is longer than 1 MiB, so it is not sent")
        if not _is_utf_8(metadata):
            raise HubError("it is not UTF-8, so it is not sent")
        if _may_hold_credential(metadata):
            raise HubError("it may hold a credential, so it is not sent")
        body = json.dumps({"content": metadata, "repoType": kind}).encode()
        url = f"{self._hub.endpoint}/api/validate-yaml"
        answer = self._hub.get(
            Asked(API, url, _LARGEST, "check of metadata", self._hub.endpoint, method="POST", body=body, taken=(400,))
        )
        errors = _mapping(answer.data).get("errors")
        messages = [_message(each) for each in errors[:_SENTENCES]] if isinstance(errors, list) else [""]
        if not all(messages) or (answer.status == 400) != bool(messages):
            raise HubError("what the Hub answers is not a verdict on metadata")
        return tuple(dict.fromkeys(messages))


def connected() -> Answers:
    """Whoever answers, ready to be asked; nothing is asked yet.

    Raises:
        UsageError: nobody may be asked (HF_HUB_OFFLINE), or huggingface_hub is not installed.
    """
    try:
        hub = Hub(_PATIENCE)
    except ImportError:
        raise UsageError("--online needs huggingface_hub: pip install 'hublint[hub]'") from None
    except OSError as error:
        raise UsageError(f"--online: the token of `hf auth login` cannot be read: {error.strerror}") from None
    if hub.offline:
        raise UsageError("--online asks the Hub, and HF_HUB_OFFLINE is set, which forbids it; leave out one of them")
    return Answers(hub, PackageIndex())


def _hidden(kind: Kind) -> str:
    return f"the Hub shows no such {kind}, so there is none or it is private"


def _is_utf_8(text: str) -> bool:
    try:
        return bool(text.encode())
    except UnicodeEncodeError:
        return False


def _may_hold_credential(text: str) -> bool:
    from hublint.documents.source import Source
    from hublint.secrets.scan import scan
    from hublint.secrets.shapes import shapes

    return bool(shapes(text)) or any(scan(Source("README.md", text.encode())))


def _mapping(data: bytes) -> dict[str, object]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise HubError("what the Hub answers is not the JSON that it says it gives")
    return found


def _message(error: object) -> str:
    said = error.get("message") if isinstance(error, dict) else None
    return said[:_LONGEST_SENTENCE] if isinstance(said, str) else ""
