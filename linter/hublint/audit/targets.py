"""What a word on the command line, or a line of a file of ids, names."""

from __future__ import annotations

import os
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from hublint.errors import UsageError
from hublint.model.hub_ids import is_repo_id
from hublint.records import NamedTuple
from hublint.regexes import lazy
from hublint_schemas import KINDS

if TYPE_CHECKING:
    from collections.abc import Collection

    from hublint_schemas import Kind

STANDARD_INPUT = "-"
_DUMPS = (".parquet", ".jsonl", ".ndjson")
_WORDS: dict[str, Kind] = {word: kind for kind in KINDS for word in (kind, f"{kind}s")}
HOSTS = ("huggingface.co", "www.huggingface.co", "hf.co")
_ADDRESS = lazy(r"https?://([^/?#]+)(/[^?#]*)?(?:[?#].*)?")
# What stands behind a repository's id in the address of one of its pages; a revision follows some of them.
_PAGES = frozenset("blob blame commit commits discussions edit raw resolve settings tree viewer".split())
_AT_REVISION = frozenset("blob blame commit commits raw resolve tree".split())
# First parts of addresses that lead to something else than a repository or its owner.
_OTHERS = frozenset(
    "api blog buckets collections docs enterprise join kernels learn login models new organizations papers pricing "
    "settings tasks".split()
)
_OWNER = lazy(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,95}")
_NAMES = lazy(r"[A-Za-z0-9_.*?-]{1,96}")


class Folder(NamedTuple):
    """A folder in which repositories are looked for."""

    path: str


class Dump(NamedTuple):
    """A Parquet or JSON Lines file with a card in each row."""

    path: str


class Ids(NamedTuple):
    """A file with an id, an address or a folder on each line; `-` for standard input."""

    path: str


class OnHub(NamedTuple):
    """One repository on the Hub; `revision` is empty for what is newest, of which the `commit` may be known."""

    kind: Kind
    id: str
    revision: str = ""
    commit: str = ""


class Owned(NamedTuple):
    """The repositories on the Hub that an owner has, of some kinds, and of which the names match a pattern."""

    owner: str
    kinds: tuple[Kind, ...]
    names: str = "*"

    def has(self, id: str) -> bool:
        """Whether a repository's name matches."""
        return fnmatchcase(id.partition("/")[2], self.names)


Target = Folder | Dump | Ids | OnHub | Owned


def target_of(word: str, kind: Kind | None, hosts: Collection[str] = HOSTS) -> Target:
    """What a word names. What is there as a folder or file is that; everything else is on the Hub.

    Args:
        kind: what an id without a kind names; a model where that is None, and `owner/*` all kinds.
        hosts: those of the Hub.

    Raises:
        UsageError: it names nothing, or something that is not a repository.
    """
    if word == STANDARD_INPUT:
        return Ids(word)
    if word.startswith("hf://"):
        return _by_path(word, word[5:], kind, uri=True)
    address = _ADDRESS.fullmatch(word)
    if address is not None:
        if address[1].lower() not in hosts:
            raise UsageError(f"{word}: `{address[1]}` is not the Hub; HF_ENDPOINT says where yours is")
        return _of_address(word, (address[2] or "").strip("/"), kind)
    prefix, colon, rest = word.partition(":")
    if colon and prefix in _WORDS:
        return _named(word, rest, _WORDS[prefix])
    if os.path.lexists(word):
        return _file(word)
    return _by_path(word, word, kind)


def _file(path: str) -> Target:
    if os.path.isdir(path):
        return Folder(path)
    return Dump(path) if path.lower().endswith(_DUMPS) else Ids(path)


def _by_path(word: str, path: str, kind: Kind | None, uri: bool = False) -> Target:
    """`[models|datasets|spaces/]owner/name[@revision]`, behind which the path of a file may stand in an `hf://`."""
    first, _, rest = path.partition("/")
    if first in ("buckets", "kernels") and rest:
        raise UsageError(f"{word}: {first} are not judged; models, datasets and Spaces are")
    if first in _WORDS and first not in KINDS and rest:
        kind, path = _WORDS[first], rest
    if uri:
        owner, slash, rest = path.partition("/")
        name, at, revision = rest.partition("@")
        path = f"{owner}{slash}{name.partition('/')[0]}{at}{_revision(revision)}"
        kind = kind if first in _WORDS else "model" if "*" not in path else kind
    elif "/" not in path or path.startswith((".", "/", "~")):
        raise UsageError(f"{word}: no such file or folder{_perhaps(word)}")
    return _named(word, path, kind)


def _revision(text: str) -> str:
    """The revision at the beginning of what stands behind `@`; `refs/pr/3` has slashes, others have none."""
    parts = text.split("/")
    return "/".join(parts[:3]) if parts[0] == "refs" else parts[0]


def _perhaps(word: str) -> str:
    return f"; a model of that name on the Hub is `model:{word}`" if is_repo_id(word) else ""


def _of_address(word: str, path: str, kind: Kind | None) -> Target:
    """What a page on the Hub is of."""
    parts = path.split("/")
    if parts[0] in ("datasets", "spaces"):
        kind, parts = _WORDS[parts[0]], parts[1:]
    elif parts[0] in _OTHERS or not parts[0]:
        raise UsageError(f"{word}: that page is not of a repository or its owner")
    elif len(parts) > 1:
        kind = "model"
    if len(parts) == 1 and kind is None:
        return _named(word, f"{parts[0]}/*", kind)
    length = 1 if len(parts) == 1 or parts[1] in _PAGES else 2
    page = parts[length : length + 1]
    revision = _revision("/".join(parts[length + 1 :])) if page and page[0] in _AT_REVISION else ""
    return _named(word, "/".join(parts[:length]) + (f"@{revision}" if revision else ""), kind)


def _named(word: str, name: str, kind: Kind | None) -> Target:
    id, at, revision = name.partition("@")
    owner, slash, names = id.partition("/")
    if slash and not {"*", "?"}.isdisjoint(names):
        if at or not _OWNER.fullmatch(owner) or not _NAMES.fullmatch(names):
            raise UsageError(
                f"{word}: `*` stands for names of an owner's repositories, as in `owner/*`, at their newest"
            )
        return Owned(owner, (kind,) if kind else KINDS, names)
    if not is_repo_id(id):
        raise UsageError(f"{word}: no such file or folder, and not an id on the Hub (`owner/name`)")
    if at and (not revision or any(char.isspace() or not char.isprintable() for char in revision)):
        raise UsageError(f"{word}: behind `@` stands a branch, a tag or a commit")
    return OnHub(kind or "model", id, revision)
