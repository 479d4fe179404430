"""Ids of models and datasets on the Hub, and the addresses that people write in their place."""

from __future__ import annotations

import re

from hublint.records import NamedTuple
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from hublint.documents.yaml.nodes import Step

    Kind = Literal["model", "dataset"]

# The Hub has `...` among the datasets of a model of 2026.
_SHAPE = lazy(r"(?:[A-Za-z0-9_][A-Za-z0-9_.-]*/)?[A-Za-z0-9_][A-Za-z0-9_.-]*|\.{2,}")
_ADDRESS = lazy(r"(?:(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/|hf://)(.*)", re.IGNORECASE)
_OTHER_PAGES = frozenset(
    "api blog buckets collections datasets docs enterprise join kernels learn login models new organizations papers "
    "pricing settings spaces tasks".split()
)
_PAGES = frozenset(("blob", "commits", "discussions", "resolve", "tree", "viewer"))
_PATH = lazy(r"(?:[A-Za-z]:)?[\\/]|\.{1,2}[\\/]|~|\$|file:")
_SOMEONE = lazy(
    r"<?\[?\{?(?:your|my)[-_ ]?(?:hf[-_ ]?)?(?:user[-_ ]?name|user|name|org|organization|handle)\}?\]?>?/",
    re.IGNORECASE,
)
_FOLDERS = frozenset(
    "model models checkpoint checkpoints output outputs result results data weights pretrained saves tmp content cache "
    "mnt home root workspace kaggle drive src app train training finetuned base hub runs exp experiments merged".split()
)
_LONGEST_NAME = 96


class Address(NamedTuple):
    """A repository's id out of an address; `whole` says that the address led to nothing smaller."""

    repo_id: str
    whole: bool


def values(data: dict[str, object], key: str) -> Iterator[tuple[tuple[Step, ...], object]]:
    """The value of a key that may be one or a list, each with its route."""
    value = data.get(key)
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield (key, index), item
    elif key in data:
        yield (key,), value


def is_shaped(value: object) -> bool:
    """Whether a value is `owner/name` or `name` of letters, digits, `_`, `.` and `-`."""
    return isinstance(value, str) and _SHAPE.fullmatch(value) is not None


def is_repo_id(value: object) -> bool:
    """Whether huggingface_hub takes a value for a repository's id.

    Source: `validate_repo_id` of huggingface_hub 2.4.0.
    """
    if not isinstance(value, str) or not is_shaped(value) or "--" in value or ".." in value:
        return False
    names = value.split("/")
    return not value.endswith(".git") and all(
        len(name) <= _LONGEST_NAME and name[-1] not in "-." and name[0] not in "-." for name in names
    )


def is_path(text: str) -> bool:
    """Whether a text is a place on somebody's machine."""
    return _PATH.match(text) is not None or "\\" in text


def is_in_folder(id: str) -> bool:
    """Whether an id is rather a path on somebody's machine, by the name of its folder."""
    return id.partition("/")[0].lower() in _FOLDERS


def is_someones(text: str) -> bool:
    """Whether a text is a guide's `your-username/...`."""
    return _SOMEONE.match(text) is not None


def id_in_address(text: str, kind: Kind) -> Address | None:
    """The id in the address of a model or dataset on the Hub; None where the text is not such an address."""
    found = _ADDRESS.fullmatch(text.strip())
    path = found[1] if found else text.strip()
    parts = [part for part in re.split("[?#]", path, maxsplit=1)[0].split("/") if part]
    if kind == "dataset":
        if parts[:1] != ["datasets"] or path.startswith("/"):
            return None
        parts = parts[1:]
    elif not found or (parts and parts[0].lower() in _OTHER_PAGES):
        return None
    length = 1 if len(parts) == 1 or (parts[1:2] and parts[1] in _PAGES) else 2
    repo_id, rest = "/".join(parts[:length]), parts[length:]
    if not is_repo_id(repo_id) or (rest and rest[0] not in _PAGES):
        return None
    whole = not rest or rest[0] == "viewer" or rest[1:] in ([], ["main"])
    # One name alone may be a model of the first days or the page of an organization.
    return Address(repo_id, whole and (length == 2 or kind == "dataset"))
