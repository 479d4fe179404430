"""Scripts and workflows of a repository that upload another folder to a Space than the repository itself.

Such a folder is put together first (`mktemp -d`, `cp`, a build), so what the Space lacks here it may get from there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.regexes import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

_ENDINGS = (
    ".sh",
    ".bash",
    ".yml",
    ".yaml",
    ".py",
    ".mk",
    ".ps1",
    ".toml",
    "Makefile",
    "makefile",
    "justfile",
    "package.json",
)
_LARGEST = 100_000
_MOST = 300
# A command up to the end of its line, with what a backslash continues.
_UPLOAD = lazy(
    r"\b(?:hf|huggingface-cli)\s+(?:repos?\s+)?upload(?:-large-folder)?[ \t\\]((?:[^\\\n]|\\\r?\n|\\.){1,400})"
)
_WORD = lazy(r"\"[^\"\n]*\"|'[^'\n]*'|(?:\$\{\{[^}\n]{0,200}\}\}|[^\s\"'])+")
_FOLDER_UPLOAD = lazy(r"\bupload_(?:large_)?folder\s*\(((?:[^()]|\([^()]*\)){1,600})\)")
_FOLDER_PATH = lazy(r"\bfolder_path\s*=\s*([^,\n]+)")
_COPY = lazy(r"(?m)(?:^|[;&|]|run:)\s*(?:cp|rsync|mv)\s")
_ROOTS = (".", "./", "*", "./*", '"."', "'.'", '"./"', "'./'", "$PWD", '"$PWD"', "$(pwd)", '"$(pwd)"')


def assembling(repository: Repository) -> str:
    """The path of the first file that uploads another folder to a Space; empty where none does."""
    return next((path for path, text in _texts(repository) if _assembles(text)), "")


def _texts(repository: Repository) -> Iterator[tuple[str, str]]:
    paths = [path for path, size in repository.files.items() if path.endswith(_ENDINGS) and size <= _LARGEST]
    for path in paths[:_MOST]:
        source = repository.glance(path)
        if source is not None and not source.is_binary:
            yield path, source.text


def _assembles(text: str) -> bool:
    if "upload" in text and any(_is_elsewhere(place) for place in _uploaded(text)):
        return True
    pushes = "huggingface.co/spaces/" in text and "git push" in text and "git clone" in text
    return pushes and _COPY.search(text) is not None


def _uploaded(text: str) -> Iterator[str]:
    """The folders, as written, that commands and calls upload to a Space."""
    for found in _UPLOAD.finditer(text):
        words = _WORD.findall(found[1].replace("\\\n", " ").replace("\\\r\n", " "))
        if not any("space" in word for word in words):
            continue
        places = []
        skip = False
        for word in words:
            if skip or word.startswith("-"):
                skip = not skip and "=" not in word and word not in ("--private", "--quiet")
                continue
            if word in ("&&", "||", ";", "|", "#", "&"):
                break
            places.append(word)
        if len(places) > 1:
            yield places[1]
    for found in _FOLDER_UPLOAD.finditer(text):
        place = _FOLDER_PATH.search(found[1])
        if place is not None and "space" in found[1]:
            yield place[1].strip()


def _is_elsewhere(place: str) -> bool:
    return place not in _ROOTS and "__file__" not in place and place.strip("\"'") not in _ROOTS
