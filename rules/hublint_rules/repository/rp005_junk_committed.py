"""Files that programs leave behind and that nobody wants in a repository.

## What it does
Looks for `.DS_Store`, `__pycache__`, `*.pyc`, `.ipynb_checkpoints`, virtual environments, `node_modules`, `.idea`,
`*.egg-info` and caches that no .gitignore leaves out. What one line of .gitignore would keep out is one finding. What
.gitignore names and git tracks all the same, told by git's index, is in the repository too.

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
https://huggingface.co/docs/huggingface_hub/guides/upload (2026-08). What was committed before .gitignore named it
stays tracked: the page of gitignore says so under "Notes"; tests/test_tracked.py repeats it with git itself.
"""

from __future__ import annotations

from hublint.records import NamedTuple
from hublint.repository.git.ignored import ignores
from hublint.rule import Finding, Rule
from hublint_rules._adding_line import adding_line
from hublint_rules._places import at_file
from hublint_rules.repository._files import by_name

TYPE_CHECKING = False
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
        "ipynb_checkpoints",
        "pyvenv.cfg",
        "node_modules",
        ".cache",
        "_cache/",
        ".idea/",
        ".egg-info/",
        "__macosx",
        ".ds_store",
        "thumbs.db",
    ),
)

_FOLDERS = {
    "__pycache__": "compiled Python",
    ".ipynb_checkpoints": "Jupyter's copies of notebooks",
    "ipynb_checkpoints": "Jupyter's copies of notebooks",
    "node_modules": "what `npm install` brings",
    ".cache": "a cache",
    ".mypy_cache": "a cache of mypy",
    ".pytest_cache": "a cache of pytest",
    ".ruff_cache": "a cache of ruff",
    ".idea": "an editor's settings",
    "__MACOSX": "what macOS adds to archives",
}
_FILES = {".DS_Store": "what the macOS Finder writes", "Thumbs.db": "what the Windows Explorer writes"}
_EGG_INFO = ".egg-info"


class _Junk(NamedTuple):
    """What one line of .gitignore would keep out: a folder with its number of files, or a single file with 0.

    `named`: such a line is there, but git tracks it already.
    """

    path: str
    what: str
    files: int
    named: bool


def check(repository: Repository) -> Iterator[Finding]:
    """Yield one finding for each line that a .gitignore lacks, on the first thing that it would keep out."""
    names = by_name(repository)
    found = _folders(repository, names)
    lines: dict[tuple[str, bool], list[_Junk]] = {}
    outer = [folder for folder in sorted(found) if not _is_below(folder, found)]
    taken = _taken(repository, set(outer)) if outer else {}
    for folder, paths in sorted(taken.items()):
        what, pattern = found[folder]
        named = all(map(ignores(repository).names, paths))
        lines.setdefault((pattern, named), []).append(_Junk(folder, what, len(paths), named))
    for name, paths in names.items():
        pattern = name if name in _FILES else f"*{name[-4:]}" if name.endswith((".pyc", ".pyo")) else ""
        for path in paths if pattern else ():
            if not _is_below(path, found) and path not in ignores(repository):
                named = ignores(repository).names(path)
                junk = _Junk(path, _FILES.get(pattern, "compiled Python"), 0, named)
                lines.setdefault((pattern, named), []).append(junk)
    for (pattern, _), group in lines.items():
        yield _finding(repository, pattern, group)


def _folders(repository: Repository, names: dict[str, list[str]]) -> dict[str, tuple[str, str]]:
    """Every folder of that kind: what it is, and the pattern that keeps it out."""
    found: dict[str, tuple[str, str]] = {}
    for path in names.get("pyvenv.cfg", ()):
        folder = path.rpartition("/")[0]
        if folder:
            found[folder] = ("a virtual environment", f"{folder.rpartition('/')[2]}/")
    for folder in repository.folders:
        name = folder.rpartition("/")[2]
        if name in _FOLDERS:
            found[folder] = (_FOLDERS[name], f"{name}/")
        elif name.endswith(_EGG_INFO) and name != _EGG_INFO:
            found[folder] = ("what building a Python package leaves", f"*{_EGG_INFO}/")
    return found


def _finding(repository: Repository, pattern: str, junk: list[_Junk]) -> Finding:
    first = min(junk)
    files = f" ({first.files} file{'s' if first.files > 1 else ''})" if first.files else ""
    shown = f"`{first.path}/`{files}" if first.files else f"`{first.path}`"
    more = len(junk) - 1
    others = f" and {more} more place{'s' if more > 1 else ''}" if first.files else f" and {more} more like it"
    subject = f"{shown}{others} are" if more else f"{shown} is"
    them = "them" if more else "it"
    remedy = f"git rm -r --cached {first.path}"
    if first.named:
        message = f"{subject} {first.what}: .gitignore names {them}, but git tracks {them} already"
        return Finding(*at_file(first.path), message, help="" if " " in first.path else f"`{remedy}` takes it out")
    writable = pattern.startswith("*.") or set(pattern).isdisjoint("*?[\\#! ")
    return Finding(
        *at_file(first.path),
        f"{subject} {first.what}, and no .gitignore keeps {them} out",
        help="" if " " in first.path else f"what is committed stays until `{remedy}`",
        fix=adding_line(repository, ".gitignore", pattern, f"Add `{pattern}` to .gitignore") if writable else None,
    )


def _taken(repository: Repository, folders: set[str]) -> dict[str, list[str]]:
    """The files that git would take from each of the folders, of those from which it would take any."""
    taken: dict[str, list[str]] = {}
    for path in repository.files:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folder = folder.rpartition("/")[0]
        if folder and path not in ignores(repository):
            taken.setdefault(folder, []).append(path)
    return taken


def _is_below(path: str, folders: dict[str, tuple[str, str]]) -> bool:
    folder = path.rpartition("/")[0]
    while folder:
        if folder in folders:
            return True
        folder = folder.rpartition("/")[0]
    return False
