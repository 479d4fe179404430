"""What a Space's code loads from the Hub, as HB001 and HB004 ask for it."""

from __future__ import annotations

import re

from hublint.records import NamedTuple
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.python import Call, PythonSource
    from hublint.model.hub_ids import Kind
    from hublint.repository.repository import Repository

# The code, the image or the card speaks of a token, or of access.
_SPEAKS = lazy(
    r"\bhf_token|hugging_?face_?(?:hub_)?(?:api_)?(?:token|key)|\bhub_token|login\(|\bget_token\(|\bgated\b"
    r"|\b(?:use_auth_|auth_|access_|api_|read_)?token\s*=",
    re.IGNORECASE,
)
# The code brings files into folders, which the names of what it loads may be.
_BRINGS = (
    "local_dir",
    "save_pretrained(",
    "save_to_disk(",
    "extractall(",
    "unpack_archive(",
    "git clone",
    "clone_from",
)
_REMOTE = ("InferenceClient", "AsyncInferenceClient")  # they load nothing


class Load(NamedTuple):
    """A call that loads a model or a dataset by an id that is written out."""

    module: PythonSource
    call: Call
    kind: Kind
    id: str


def loads(repository: Repository) -> Iterator[Load]:
    """What the code of a Space may load, each id once; what is caught, or lies in the repository, is left out."""
    from hublint.model.hub_ids import is_in_folder
    from hublint.space.app.hub_loads import load_of
    from hublint.space.running import loaded

    seen: set[tuple[str, str]] = set()
    for module in loaded(repository):
        for call in module.calls:
            kind, id = load_of(module, call) if call.method not in _REMOTE else ("", "")
            if not id or (kind, id) in seen or call.caught or call.runs == "never":
                continue
            if is_in_folder(id) or repository.exists(id) or repository.exists(id.partition("/")[0]):
                continue
            seen.add((kind, id))
            yield Load(module, call, "dataset" if kind == "dataset" else "model", id)


def brings_files(repository: Repository) -> bool:
    """Whether an id in the code may be a folder that the code itself makes."""
    return any(word in repository.code for word in _BRINGS)


def speaks_of_token(repository: Repository) -> bool:
    """Whether anything tells that the Space is given a token."""
    card = repository.card
    dockerfile = repository.dockerfile if repository.sdk == "docker" else None
    others = (card.text if card else "", dockerfile.source.text if dockerfile else "")
    return any(_SPEAKS.search(text) for text in (repository.code, *others))
