"""A Docker Space without a `Dockerfile` in its root.

## What it does
Looks for the file `Dockerfile` at the root of a Space with `sdk: docker`, and says which file to rename or move where
there is one under another name (`dockerfile`, `Dockerfile.txt`, `Dockefile`) or in another place.

## Why it matters on the Hub
The Hub builds the Dockerfile at the Space's root and no other; there is no key for another path. Without it the Space
never starts.

## Example
```yaml
sdk: docker
```

## Use instead
```yaml
sdk: docker
```

```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["python", "-m", "http.server", "7860"]
```

## Evidence
https://huggingface.co/docs/hub/spaces-sdks-docker and /spaces-config-reference (2026-08-22). An error where the
repository has no Dockerfile, where its folder is a clone from the Hub, or where the name is taken or misspelt. A
warning where one lies in another folder, and where README.md stands alone: many projects keep a Space's files in an
ordinary repository and let a script put them in place. A note where such a script, or a workflow, is seen in the same
git checkout, or a folder around the repository there has a Dockerfile. Silent for the layout of OpenEnv
(`server/Dockerfile` beside `openenv.yaml` or with the tag `openenv`): `openenv push` moves that file to the root
(src/openenv/cli/commands/push.py). BuildKit also reads a `dockerfile` in lower case (frontend/dockerui/config.go);
whether the Hub lets it come to that is not recorded: advice.
"""

from __future__ import annotations

import re

from hublint.repository.texts import VENDORED
from hublint.rule import Finding, Rule
from hublint_rules._spelling import is_slip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.repository.repository import Repository
    from hublint.rule import Severity

RULE = Rule(
    code="SP025",
    name="missing-dockerfile",
    severity="error",
    effect="broken",
    subject="metadata",
    since="0.1.0",
    kinds=("space",),
    sdks=("docker",),
)

_NAME = "Dockerfile"
_RULE = "`sdk: docker` needs a file named `Dockerfile` in the repository's root"
_PAPERWORK = (".md", ".txt", ".gitattributes", ".gitignore", ".dockerignore", ".png", ".jpg", ".jpeg", ".gif", ".svg")

_WORKFLOWS = ".github"


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding where the Dockerfile is missing."""
    if _NAME in repository.files:
        return
    is_clone = bool(repository.repo_id)
    if not is_clone and "server/Dockerfile" in repository.files and _is_openenv(repository):
        return
    message, severity, help = _problem(repository, is_clone)
    yield Finding(card, card.place("sdk"), message, severity=severity, help=help)


def _is_openenv(repository: Repository) -> bool:
    tags = repository.card.data.get("tags") if repository.card else None
    return "openenv.yaml" in repository.files or (isinstance(tags, list) and "openenv" in tags)


def _problem(repository: Repository, is_clone: bool) -> tuple[str, Severity, str]:
    if _NAME in repository.folders:
        return f"{_RULE}; here `{_NAME}` is a folder", "error", "put the file itself in the root"
    root = next((path for path in repository.files if path.lower() == "dockerfile"), "")
    if root == "dockerfile":
        return f"{_RULE}; rename `dockerfile` to `{_NAME}`", "info", ""
    root = root or next((path for path in repository.files if _is_misspelt(path)), "")
    if root:
        return f"{_RULE}; rename `{root}` to `{_NAME}`", "error", ""
    return _absent(repository, is_clone)


def _absent(repository: Repository, is_clone: bool) -> tuple[str, Severity, str]:
    """What is said where nothing in the root is meant for it."""
    found = _elsewhere(repository)
    others = f" and {len(found) - 1} more" if len(found) > 1 else ""
    there = f"there is only `{found[0]}`{others}" if found else "none was found"
    unless = "" if is_clone else _way_in(repository)
    if unless:
        return f"{_RULE}; {there}, {unless}", "info", ""
    if found:
        moved = "move" if "/" in found[0] else "rename"
        help = f"{moved} it to `{_NAME}`, or let the step that pushes to the Hub put it there"
        return f"{_RULE}; {there}", "error" if is_clone else "warning", help
    alone = all(path.lower().endswith(_PAPERWORK) or ("/" not in path and "." not in path) for path in repository.files)
    return f"{_RULE}; {there}", "warning" if alone and not is_clone else "error", ""


def _way_in(repository: Repository) -> str:
    from hublint.repository.assembling import way_in

    return way_in(repository, _NAME)


def _is_misspelt(path: str) -> bool:
    """Whether a file at the root has the name's letters, a slip of them, or a suffix that an editor adds."""
    name = re.sub(r"(?i)[ _-]*(?:\(\d+\)|copy)?(?:\.(?:txt|md|docker|dockerfile))?$", "", path)
    return "/" not in path and ("." not in name) and is_slip(name, _NAME)


def _elsewhere(repository: Repository) -> list[str]:
    """Files that look like Dockerfiles, the nearest to the root first."""
    found = [path for path in repository.files if "dockerfile" in path.lower() and _looks_so(path)]
    return sorted(found, key=lambda path: (path.count("/"), path))


def _looks_so(path: str) -> bool:
    *folders, name = path.split("/")
    name = name.lower()
    if not VENDORED.isdisjoint(folders) or _WORKFLOWS in folders or name.endswith(".dockerignore"):
        return False
    return name == "dockerfile" or name.endswith(".dockerfile") or name.startswith(("dockerfile.", "dockerfile-"))
