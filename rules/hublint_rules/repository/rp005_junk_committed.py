"""Files that programs leave behind and that nobody wants in a repository.

## What it does
Looks for `.DS_Store`, `__pycache__`, `*.pyc`, `.ipynb_checkpoints`, virtual environments, `node_modules` and `.cache`
that no .gitignore leaves out. A folder is one finding, however much is in it.

## Why it matters on the Hub
Every upload, clone and Space build carries them along, and the history keeps them. A virtual environment works on no
other machine, and `.ipynb_checkpoints` holds old states of notebooks, with their outputs.

## Example
```text app.py
print("hello")
```
```text main.cpython-314.pyc
compiled
```

## Use instead
```text app.py
print("hello")
```
```text .gitignore
*.pyc
```

## Fix safety
Safe: a line is added to .gitignore, which is made where it is missing. No file is deleted; what is committed already
stays until `git rm -r --cached` takes it out.

## Evidence
Advice; https://git-scm.com/docs/gitignore. `upload_folder` leaves out what .gitignore names:
https://huggingface.co/docs/huggingface_hub/guides/upload (2026-08).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.repository.git.ignored import ignores
from hublint.rule import Finding, Rule
from hublint_rules._adding_line import adding_line
from hublint_rules._places import at_file
from hublint_rules.repository._files import by_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="RP005",
    name="junk-committed",
    severity="warning",
    effect="advice",
    subject="repository",
    since="0.1.0",
    fix="safe",
    only_if=(
        "__pycache__",
        ".pyc",
        ".pyo",
        ".ipynb_checkpoints",
        "pyvenv.cfg",
        "node_modules",
        ".cache",
        "__macosx",
        ".ds_store",
        "thumbs.db",
    ),
)

_FOLDERS = {
    "__pycache__": "compiled Python",
    ".ipynb_checkpoints": "Jupyter's copies of notebooks",
    "node_modules": "what `npm install` brings",
    ".cache": "a cache",
    "__MACOSX": "what macOS adds to archives",
}
_FILES = {".DS_Store": "what the macOS Finder writes", "Thumbs.db": "what the Windows Explorer writes"}


def check(repository: Repository) -> Iterator[Finding]:
    """Yield one finding for each outermost folder of such files, and one for each kind of single file in a folder."""
    names = by_name(repository)
    found: dict[str, tuple[str, str]] = {}
    for path in names.get("pyvenv.cfg", ()):
        folder = path.rpartition("/")[0]
        if folder:
            found[folder] = ("a virtual environment", f"{folder.rpartition('/')[2]}/")
    for folder in repository.folders:
        what = _FOLDERS.get(folder.rpartition("/")[2])
        if what:
            found[folder] = (what, f"{folder.rpartition('/')[2]}/")
    outer = [folder for folder in sorted(found) if not _is_below(folder, found)]
    counts = _counts(repository, set(outer)) if outer else {}
    for folder in outer:
        count = counts.get(folder, 0)
        if count:
            yield _finding(repository, folder, *found[folder], f" ({count} file{'s' if count > 1 else ''})")
    single: dict[tuple[str, str], list[str]] = {}
    for name, paths in names.items():
        pattern = name if name in _FILES else f"*{name[-4:]}" if name.endswith((".pyc", ".pyo")) else ""
        for path in paths if pattern else ():
            if not _is_below(path, found) and path not in ignores(repository):
                single.setdefault((path[: -len(name)], pattern), []).append(path)
    for (_, pattern), paths in single.items():
        more = f" and {len(paths) - 1} more beside it" if len(paths) > 1 else ""
        yield _finding(repository, min(paths), _FILES.get(pattern, "compiled Python"), pattern, more)


def _finding(repository: Repository, path: str, what: str, pattern: str, more: str = "") -> Finding:
    shown = f"`{path}/`" if pattern.endswith("/") else f"`{path}`"
    return Finding(
        *at_file(path),
        f"{shown}{more} is {what}, and no .gitignore keeps it out",
        help="" if " " in path else f"what is committed stays until `git rm -r --cached {path}`",
        fix=adding_line(repository, ".gitignore", pattern, f"Add `{pattern}` to .gitignore")
        if pattern.startswith("*.") or set(pattern).isdisjoint("*?[\\#! ")
        else None,
    )


def _counts(repository: Repository, folders: set[str]) -> dict[str, int]:
    """How many files git would take from each of the folders."""
    counts: dict[str, int] = {}
    for path in repository.files:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folder = folder.rpartition("/")[0]
        if folder and path not in ignores(repository):
            counts[folder] = counts.get(folder, 0) + 1
    return counts


def _is_below(path: str, folders: dict[str, tuple[str, str]]) -> bool:
    folder = path.rpartition("/")[0]
    while folder:
        if folder in folders:
            return True
        folder = folder.rpartition("/")[0]
    return False
