"""A large or binary file that .gitattributes does not hand to Git LFS.

## What it does
Asks .gitattributes, as git does, about every file over 10 MiB and every binary file that git would commit. It looks
only into clones of Hub repositories, folders with a .gitattributes, and those with a workflow that pushes to the Hub
with git. A large file is an error in a clone, where it cannot have been pushed yet, a warning where a workflow pushes
it, and else a hint. A binary file is a hint where a workflow pushes it, since the Hub may have accepted it long ago;
elsewhere only the profile `strict` names it.

## Why it matters on the Hub
The Hub refuses a `git push` with such a file in any of its commits. `hf upload` and the browser are not concerned: they
store large and binary files the right way by themselves.

## Example
```text .gitattributes
*.bin filter=lfs diff=lfs merge=lfs -text
```
```text logo.gif
GIF89a
```

## Use instead
```text .gitattributes
*.bin filter=lfs diff=lfs merge=lfs -text
*.gif filter=lfs diff=lfs merge=lfs -text
```
```text logo.gif
GIF89a
```

## Fix safety
Safe for a file that a clone has not pushed yet, else unsafe: a line is added to .gitattributes, which changes how git
stores the files that match, from their next commit on. What is committed already needs `git lfs migrate import`.

## Evidence
The Hub's own messages, seen in logs of pushes to Spaces; the limit of 10 MB in
https://huggingface.co/docs/hub/repositories-getting-started (2026-08). Three of 388 Spaces that the Hub had accepted
hold a larger file outside of LFS, and one that a workflow pushes holds a small picture outside of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.repository.git.ignored import ignores
from hublint.rule import Finding, Rule
from hublint_rules.repository import MIB, adding_line, by_name, human_size, place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.git.gitattributes import Attributes
    from hublint.repository.repository import Repository
    from hublint.rule import Fix, Safety

RULE = Rule(
    code="RP002",
    name="large-file-not-in-lfs",
    severity="error",
    effect="refused",
    subject="repository",
    fix="safe",
)

_ATTRIBUTES = ".gitattributes"
_LIMIT = 10 * MIB
_LOOKED_INTO = 5
_VENDORED = frozenset("node_modules site-packages __pycache__ .cache .ipynb_checkpoints venv .venv".split())
_BINARY = frozenset(
    "png jpg jpeg gif webp bmp ico tif tiff heic avif psd wav mp3 flac ogg m4a mp4 mov avi mkv webm ttf otf woff woff2 "
    "eot pdf docx xlsx pptx zip tar gz tgz bz2 xz zst 7z rar npy npz pkl pickle joblib pt pth ckpt bin onnx h5 keras "
    "tflite pb safetensors gguf msgpack parquet arrow feather db sqlite sqlite3 faiss index model ubj glb wasm so dll "
    "exe jar".split()
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield one finding for each suffix of large files, and one for each of binary files."""
    pushes = _pushes_with_git(repository)
    if _ATTRIBUTES not in repository.files and not repository.repo_id and not pushes:
        return
    large: dict[str, list[str]] = {}
    binary: dict[str, list[str]] = {}
    sizes = repository.files
    for name, paths in by_name(repository).items():
        _, dot, suffix = name.rpartition(".")
        suffix = suffix.lower() if dot else ""
        for path in paths:
            if sizes[path] > _LIMIT:
                group = large.setdefault(suffix if suffix in _BINARY else path, [])
            elif suffix in _BINARY and sizes[path] > 0:
                group = binary.setdefault(suffix, [])
            else:
                continue
            group.append(path)
    if not large and not binary:
        return
    from hublint.repository.git.gitattributes import Attributes

    attributes = Attributes(repository)
    for paths in large.values():
        found = [path for path in paths if _is_committed(repository, attributes, path)]
        if found:
            yield _large(repository, found, pushes)
    for suffix, paths in binary.items():
        if suffix in large:
            continue
        found = [path for path in paths if _is_committed(repository, attributes, path)]
        if any(_is_binary(repository, path) for path in found[:_LOOKED_INTO]):
            yield _binary(repository, found, pushes)


def _large(repository: Repository, paths: list[str], pushes: bool) -> Finding:
    first = max(paths, key=repository.files.__getitem__)
    more = f" and {len(paths) - 1} more like it" if len(paths) > 1 else ""
    return Finding(
        *place(first),
        f"`{first}` ({human_size(repository.files[first])}){more} {'are' if more else 'is'} not in Git LFS: "
        "the Hub refuses a `git push` with files over 10 MiB; `hf upload` takes them",
        help="if it is committed already, `git lfs migrate import` rewrites those commits",
        hub_message="Your push was rejected because it contains files larger than 10 MiB.",
        severity=None if repository.repo_id else "warning" if pushes else "info",
        fix=_fix(repository, first, "safe" if repository.repo_id else "unsafe"),
    )


def _binary(repository: Repository, paths: list[str], pushes: bool) -> Finding:
    first = min(paths, key=lambda path: (path.count("/"), path))
    more = f" and {len(paths) - 1} more like it" if len(paths) > 1 else ""
    it = "them" if more else "it"
    return Finding(
        *place(first),
        f"`{first}`{more} {'are' if more else 'is'} binary and not in Git LFS: "
        f"the Hub refuses a `git push` that brings {it}; `hf upload` takes {it}",
        help="`git lfs migrate import` rewrites commits that hold such files",
        hub_message="Your push was rejected because it contains binary files.",
        severity="info",
        fix=_fix(repository, first, "unsafe"),
        pedantic=not pushes,
    )


def _is_committed(repository: Repository, attributes: Attributes, path: str) -> bool:
    """Whether git would commit a file as it is."""
    return _VENDORED.isdisjoint(path.split("/")) and not attributes.is_in_lfs(path) and path not in ignores(repository)


def _is_binary(repository: Repository, path: str) -> bool:
    source = repository.glance(path)
    # A GIF has NULs, though perhaps not where git looks.
    return source is not None and (source.is_binary or source.raw.startswith((b"GIF87a", b"GIF89a")))


def _pushes_with_git(repository: Repository) -> bool:
    """Whether a workflow pushes the repository to the Hub with git."""
    for path in repository.files:
        if path.startswith(".github/workflows/") and path.endswith((".yml", ".yaml")):
            source = repository.glance(path)
            if source is not None and "git push" in source.text and "huggingface.co/" in source.text:
                return True
    return False


def _fix(repository: Repository, path: str, safety: Safety) -> Fix | None:
    suffix = path.rpartition("/")[2].rpartition(".")[2]
    pattern = f"*.{suffix}" if suffix.lower() in _BINARY else _pattern_of(path)
    line = f"{pattern} filter=lfs diff=lfs merge=lfs -text"
    return adding_line(repository, _ATTRIBUTES, line, f"Add `{pattern}` to .gitattributes", safety)


def _pattern_of(path: str) -> str:
    """The pattern that means one file, as `git lfs track --filename` writes it."""
    escaped = "".join(f"\\{character}" if character in "*?[]\\" else character for character in path)
    escaped = escaped.replace(" ", "[[:space:]]").replace("\t", "[[:space:]]")
    return escaped if path[:1].isalnum() else f"/{escaped}"
