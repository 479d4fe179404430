"""The first card, .gitattributes and .gitignore of a repository, from what is in its folder."""

from __future__ import annotations

import re

from hublint.documents.card import Card
from hublint.documents.edits import apply_edits
from hublint.documents.yaml.edits import insert_entry
from hublint.engine.discovery import Options, find
from hublint.errors import UsageError
from hublint.records import NamedTuple
from hublint.repository.likeness import likeness
from hublint.repository.repository import README
from hublint.repository.sources import Sources
from hublint.repository.tree import FolderTree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.engine.project import Project
    from hublint.engine.reported import Reported
    from hublint_schemas import Kind

_ATTRIBUTES = ".gitattributes"
_IGNORED = ".gitignore"
_NO_BLOCK = "FM001"
_EMPTY = b"---\n{}\n---\n"
_OF_SPACES = ("Dockerfile", "index.html")
_FIRST = ("title", "emoji", "colorFrom", "colorTo", "sdk", "sdk_version", "python_version", "app_file", "app_port")
_LOOKS = {"emoji": "🚀", "colorFrom": "blue", "colorTo": "green"}
# The suffixes that the Hub has Git LFS keep in each new repository, and those of sounds and pictures in a dataset.
_LARGE = (
    "7z arrow bin bz2 ckpt ftz gz h5 joblib lfs.* mlmodel model msgpack npy npz onnx ot parquet pb pickle pkl pt pth "
    "rar safetensors tar.* tar tflite tgz wasm xz zip zst"
).split()
_MEDIA = "pcm sam raw aac flac mp3 ogg wav bmp gif png tiff jpg jpeg webp mp4 webm".split()
_LFS = "filter=lfs diff=lfs merge=lfs -text"
_LEFT_OUT = (
    ".env", ".env.*", "!.env.example", "__pycache__/", "*.py[cod]", ".venv/", "venv/", "*.egg-info/",
    ".ipynb_checkpoints/", ".cache/", ".mypy_cache/", ".pytest_cache/", ".ruff_cache/", "node_modules/", ".idea/",
    ".DS_Store", "Thumbs.db",
)  # fmt: skip


class Start(NamedTuple):
    """What a repository begins with.

    Attributes:
        project: the repository as it will be.
        reason: why it is held to be of its kind.
        files: the new files.
        kept: those that are there already.
        open: what is still to be said of the card, which only the author knows; of one that was there already, that it
            has no metadata block.
    """

    project: Project
    reason: str
    files: dict[str, bytes]
    kept: tuple[str, ...]
    open: tuple[Reported, ...]


def start(folder: str, kind: Kind | None = None) -> Start:
    """What a folder lacks to be a Hub repository; nothing is written.

    Args:
        folder: its absolute path.
        kind: what it is to be, None for what its files look like.

    Raises:
        UsageError: nothing tells what it is to be, or its configuration cannot be used.
    """
    kind, reason = (kind, "") if kind else _told(folder)
    found = find((folder,), Options(kind))
    if found.problems:
        raise UsageError(found.problems[0])
    project = found.projects[0]
    wanted = {_ATTRIBUTES: _attributes(kind), _IGNORED: "".join(f"{line}\n" for line in _LEFT_OUT).encode()}
    if README not in project.repository.files:
        wanted[README] = _card(project, kind)
    kept = (*([] if README in wanted else [README]), *(name for name in wanted if name in project.repository.files))
    files = {name: data for name, data in wanted.items() if name not in kept}
    made = project.changed(files)
    said = tuple(
        each
        for each in made.check().findings
        if each.place.path == README and (README in files or each.code == _NO_BLOCK)
    )
    return Start(made, reason or project.repository.reason, files, kept, said)


def _told(folder: str) -> tuple[Kind, str]:
    """The kind of repository that a folder is, else looks like, and why."""
    found = find((folder,))
    inside = [project for project in found.projects if project.folder == folder]
    if inside:
        return inside[0].repository.kind, inside[0].repository.reason
    sources = Sources(FolderTree(folder)).changed({README: _EMPTY})
    looks = likeness(sources)
    if looks is not None:
        return looks.kind, looks.reason
    page = next((name for name in _OF_SPACES if name in sources.tree.sizes()), "")
    if not page:
        raise UsageError("no file tells what the folder is to be; say so with --repo-type space, model or dataset")
    return "space", f"{page} at the root"


def _attributes(kind: Kind) -> bytes:
    patterns = [f"*.{suffix}" for suffix in (*_LARGE, *(_MEDIA if kind == "dataset" else ()))]
    return "".join(f"{pattern} {_LFS}\n" for pattern in (*patterns, "saved_model/**/*", "*tfevents*")).encode()


def _card(project: Project, kind: Kind) -> bytes:
    """A card with all that hublint itself can tell: an empty one with every fix applied."""
    fixed = project.changed({README: _EMPTY}).fix(unsafe=True, only={README})
    card = Card(README, fixed.files.get(README, _EMPTY))
    name = str(card.data.get("title") or _name(project))
    more = _LOOKS if kind == "space" else {"pretty_name": name} if kind == "dataset" else {}
    for key, value in (*more.items(), *(() if more or card.data else (("tags", []),))):
        if card.entry(key) is None:
            card = Card(README, apply_edits(card.text, [insert_entry(card, key, value)]).encode())
    lines = card.text.split("\n")[1:-2]
    if kind == "space":  # each entry has one line
        lines.sort(key=lambda line: _rank(line.partition(":")[0]))
    block = "\n".join(lines)
    return f"---\n{block}\n---\n\n# {name}\n".encode()


def _rank(key: str) -> int:
    """Where the Hub writes a key of a Space."""
    return _FIRST.index(key) if key in _FIRST else len(_FIRST)


def _name(project: Project) -> str:
    repository = project.repository
    name = (repository.repo_id or repository.name).rpartition("/")[2]
    return re.sub(r"[-_.\s]+", " ", name).strip() or "Card"
