"""COPY or ADD names a file that the repository does not have.

## What it does
Looks at the sources of COPY and ADD in every stage that the image needs. URLs, heredocs, `--from`, patterns and names
with variables are silent, and so are files that `.gitignore` names, since something else may bring them, and Git
submodules. A source that `.dockerignore` leaves out is a warning. It is a note where a script or workflow of the same
git checkout puts another folder together and pushes that to the Space, or where a folder around the repository, within
its checkout, has the file.

## Why it matters on the Hub
The Hub builds from the repository alone. What lies on your disk, but was never committed, is not there, and names
differ in upper and lower case: the build ends with `"/name": not found`.

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
COPY Requirements.txt .
RUN pip install -r requirements.txt
CMD ["python", "app.py"]
```
```text requirements.txt
flask==3.0.3
```

## Use instead
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
COPY requirements.txt .
RUN pip install -r requirements.txt
CMD ["python", "app.py"]
```
```text requirements.txt
flask==3.0.3
```

## Evidence
https://docs.docker.com/reference/dockerfile/#copy: sources are paths within the build context; patterns may match
nothing (BuildKit's `AllowEmptyWildcard`). https://docs.docker.com/build/concepts/context/#dockerignore-files.
"""

from __future__ import annotations

from hublint.repository.git.ignored import ignores
from hublint.rule import Finding, Rule
from hublint.space.container.needed_stages import needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile.dockerfile import Dockerfile
    from hublint.documents.dockerfile.words import Word
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DK012",
    name="copy-source-missing",
    severity="error",
    effect="broken",
    subject="dockerfile",
    since="0.1.0",
    kinds=("space",),
    sdks=("docker",),
)


def check(dockerfile: Dockerfile, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each source that the build will not find."""
    for stage in needed(dockerfile):
        for instruction in stage.instructions:
            if instruction.name not in ("COPY", "ADD") or instruction.flag("from") is not None:
                continue
            for word in instruction.sources:
                path = _path(instruction.expand(word) if "$" not in word.text else None)
                if not path:
                    continue
                if not repository.exists(path):
                    if not _comes_from_elsewhere(repository, path):
                        yield _lacking(dockerfile, repository, word, path)
                elif line := _excluded(repository, path):
                    yield Finding(
                        dockerfile.source,
                        word,
                        f"`{path}` is left out of the build by `{line}` in .dockerignore; take it out of there",
                        severity="warning",
                    )


def _lacking(dockerfile: Dockerfile, repository: Repository, word: Word, path: str) -> Finding:
    from hublint.repository.assembling import way_in
    from hublint.space.container.build_context import near

    lacks = f"`{path}` is not in the repository"
    if other := near(repository, path):
        return Finding(dockerfile.source, word, f"{lacks}, `{other}` is; upper and lower case count")
    if unless := way_in(repository, path):
        return Finding(dockerfile.source, word, f"{lacks}, so the build stops here {unless}", severity="info")
    return Finding(dockerfile.source, word, f"{lacks}, so the build stops here; commit it, or take it out")


def _path(value: str | None) -> str:
    """A source within the repository; empty for anything else, and for the whole repository."""
    if (
        not value
        or "://" in value
        or value.startswith(("git@", "github.com/"))
        or any(mark in value for mark in "*?[\\{")
    ):
        return ""
    from hublint.space.container.files import join

    return join("/", value)[1:]


def _excluded(repository: Repository, path: str) -> str:
    if not {".dockerignore", "Dockerfile.dockerignore"}.intersection(repository.files):
        return ""
    from hublint.space.container.build_context import excluding

    return excluding(repository, path)


def _comes_from_elsewhere(repository: Repository, path: str) -> bool:
    """Whether the path lies behind a link or in a submodule, or is a file that git is told to leave out."""
    from hublint.repository.tree import IGNORED_FOLDERS

    parts = path.split("/")
    if any("/".join(parts[:length]) in repository.files for length in range(1, len(parts))):
        return True
    modules = repository.source(".gitmodules") if ".gitmodules" in repository.files else None
    if ignores(repository).may_hide(f"{path}/any") or IGNORED_FOLDERS.intersection(parts):
        return True
    return modules is not None and parts[0] in modules.text
