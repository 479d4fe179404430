"""Where inputs begin: the cases of rules, the demo and, where it is given, a corpus of real repositories."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random
from typing import NamedTuple

import yaml

from hublint.testing.listings import expanded

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from tokens import with_tokens  # noqa: E402

_GROUPS = {"spaces": "space", "models": "model", "datasets": "dataset"}
_LARGEST_FILE = 20_000
_MOST_FILES = 12
_MOST_LISTED = 300


class Seed(NamedTuple):
    """A repository: its kind, its files, and those known by size only."""

    name: str
    kind: str
    files: dict[str, bytes]
    listing: dict[str, int]


class Seeds:
    """All seeds, and the files in them by what they are."""

    def __init__(self, corpus: Path | None = None) -> None:
        self.own = [*_cases(), *_demo()]
        self.real = list(_corpus(corpus)) if corpus else []
        self._files: dict[str, list[tuple[str, bytes]]] = {}
        for seed in (*self.own, *self.real):
            for path, data in seed.files.items():
                self._files.setdefault(sort_of(path), []).append((path, data))

    def choose(self, random: Random) -> Seed:
        """Any seed; a real repository in two of five inputs where there are some."""
        return random.choice(self.real if self.real and random.random() < 0.4 else self.own)

    def file(self, random: Random, sort: str) -> tuple[str, bytes]:
        """Path and bytes of any file of a sort."""
        return random.choice(self._files[sort]) if sort in self._files else (f"new.{sort}", b"")


def sort_of(path: str) -> str:
    """What a file is for the mutators: `card`, `dockerfile`, `shell`, `python`, `requirements`, `git`, `json` ..."""
    name = path.rpartition("/")[2]
    if path == "README.md":
        return "card"
    if name == "Dockerfile":
        return "dockerfile"
    if name in (".gitignore", ".gitattributes", ".dockerignore"):
        return "git"
    if name.startswith("requirements") and name.endswith(".txt"):
        return "requirements"
    ending = name.rpartition(".")[2] if "." in name else ""
    sorts = {"py": "python", "sh": "shell", "json": "json", "yml": "yaml", "yaml": "yaml", "env": "env"}
    return sorts.get(ending, "other")


def _cases() -> list[Seed]:
    found = []
    for path in sorted((ROOT / "fixtures" / "rules").glob("*.yml")):
        text = path.read_text("utf-8")
        for name, case in with_tokens(yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))).items():
            files = {key: _bytes(value) for key, value in case["files"].items()}
            listing = expanded(case.get("listing", {}).items())
            if sum(map(len, files.values())) <= 4 * _LARGEST_FILE and len(listing) <= 3 * _MOST_LISTED:
                found.append(Seed(f"{path.stem} {name}", case["kind"], files, listing))
    return found


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


def _demo() -> list[Seed]:
    root = ROOT / "fixtures" / "demo"
    return [_folder(root / kind, kind) for kind in sorted(_GROUPS.values())]


def _corpus(root: Path) -> list[Seed]:
    return [
        _folder(place, kind)
        for group, kind in sorted(_GROUPS.items())
        for place in sorted((root / group).glob("*"))
        if place.is_dir()
    ]


def _folder(root: Path, kind: str) -> Seed:
    """A folder's README.md and some more of its small files; the others are listed."""
    files: dict[str, bytes] = {}
    listing: dict[str, int] = {}
    paths = (path for path in sorted(root.rglob("*")) if path.is_file() and path.name not in ("LISTING.tsv", "LFS.tsv"))
    for path in sorted(paths, key=lambda path: (path.name != "README.md", len(path.parts), path)):
        name, size = path.relative_to(root).as_posix(), path.stat().st_size
        if size <= _LARGEST_FILE and len(files) < _MOST_FILES:
            files[name] = path.read_bytes()
        elif len(listing) < _MOST_LISTED:
            listing[name] = size
    return Seed(f"{kind} {root.name}", kind, files, listing)
