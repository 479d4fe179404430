"""Scripts and workflows that upload another folder to a Space than the repository itself.

Such a folder is put together first (`mktemp -d`, `cp`, a build), so what the Space lacks here it may get from there.
Where the repository is a folder of a larger git checkout, they may lie around it: they name it, and copy.
"""

from __future__ import annotations

import os
import re

from hublint.regexes import lazy
from hublint.repository.git.folder import around
from hublint.repository.tree import read_file

TYPE_CHECKING = False
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
_COPY_CALL = lazy(r"\bcopy(?:2|file|tree)?\(|\bupload_file\(|\bCommitOperationAdd\(|\bCopy-Item\b")
_SPACE_URL = lazy(r"huggingface\.co/spaces/\S*")
_TO_HUB = ("huggingface.co/spaces/", "hf upload", "-cli upload", "upload_f", "CommitOperationAdd", "HF_TOKEN")
# Where the scripts of a checkout lie, beside its own folder and those on the way to the repository.
_BESIDE = ("", ".github/workflows", "scripts", "script", "bin", "tools", "deploy", "deployment", "ci", "ops")
_ROOTS = (".", "./", "*", "./*", '"."', "'.'", '"./"', "'./'", "$PWD", '"$PWD"', "$(pwd)", '"$(pwd)"')


def assembling(repository: Repository) -> str:
    """The path of the first file that uploads another folder to a Space; empty where none does."""
    return repository.once(_first)


def way_in(repository: Repository, path: str) -> str:
    """How what is absent may come to the Space, as `unless ...`; empty where nothing is seen that may bring it."""
    if script := assembling(repository):
        return f"unless `{script}` puts it there"
    place = lies_around(repository, path)
    return f"unless `{place}` is put there" if place else ""


def lies_around(repository: Repository, path: str) -> str:
    """Where a path that is absent exists in a folder around the repository, within its checkout; empty if nowhere.

    The README.md beside it was then written for a folder that is put together, or for the whole checkout.
    """
    parts = path.split("/")
    if not {"", ".", "..", ".git"}.isdisjoint(parts) or "\0" in path:
        return ""
    root = repository.tree.root
    places = (os.path.join(folder, *parts) for folder in around(root))
    found = next(filter(os.path.exists, places), "")
    return os.path.relpath(found, root).replace(os.sep, "/") if found else ""


def _first(repository: Repository) -> str:
    own = next((path for path, text in _texts(repository) if _assembles(text)), "")
    return own or _around(repository.tree.root)


def _around(root: str) -> str:
    """The first script around a repository, within its checkout, that copies out of it or into it for the Hub."""
    folders = around(root)
    if not folders:
        return ""
    named = _names(os.path.basename(os.path.abspath(root)))
    left = _MOST
    for place in (os.path.join(folder, beside) for folder in folders for beside in _BESIDE):
        for file in _scripts(place):
            left -= 1
            text = (read_file(file) or b"").decode("utf-8", "replace")
            if _brings(text) and named.search(_SPACE_URL.sub("", text)):
                return os.path.relpath(file, root).replace(os.sep, "/")
            if not left:
                return ""
    return ""


def _names(folder: str) -> re.Pattern[str]:
    """What a script calls a folder by: `demo/app.py`, `$ROOT/demo`, `./demo`, `ROOT / "demo"`; not `me/demo`, an id."""
    name = re.escape(folder)
    joined = rf"/\s*[\"'](?:[\w.-]+/)*{name}[\"'/]|\bjoin\([^()\n]{{0,200}}[\"']{name}[\"']"
    return re.compile(rf"(?<![\w.-]){name}/|[A-Z_.}})\"']/{name}(?![\w.-])|{joined}")


def _scripts(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            found = [
                entry.path
                for entry in entries
                if entry.name.endswith(_ENDINGS)
                and entry.is_file(follow_symlinks=False)
                and entry.stat(follow_symlinks=False).st_size <= _LARGEST
            ]
    except OSError:
        return []
    return sorted(found)


def _brings(text: str) -> bool:
    """Whether a script may put more beside a folder's files before they come to the Hub, or put single ones there."""
    if not any(word in text for word in _TO_HUB):
        return False
    return _COPY.search(text) is not None or _COPY_CALL.search(text) is not None


def _texts(repository: Repository) -> Iterator[tuple[str, str]]:
    paths = [path for path, size in repository.files.items() if path.endswith(_ENDINGS) and size <= _LARGEST]
    for path in paths[:_MOST]:
        source = repository.glance(path)
        if source is not None and not source.is_binary:
            yield path, source.text


def _assembles(text: str) -> bool:
    if "upload" in text and any(_is_elsewhere(place) for place in _uploaded(text)):
        return True
    pushes = "huggingface.co/spaces/" in text and "git push" in text and ("git clone" in text or "git init" in text)
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
