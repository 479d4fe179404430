"""The app must write where only root may: a folder or file was made before USER, and nobody handed it over.

## What it does
Looks at what the app surely writes when it starts: folders that it makes, files and databases that it opens for
writing, at the start of the program and unconditionally. Where such a path lies in a folder that WORKDIR, COPY, ADD or
`mkdir` made as root, and no `chown` or `chmod` changed that, the instruction is reported. docs/permissions.md lists
what counts. What cannot be known is silent, and so are images without USER.

## Why it matters on the Hub
The Space builds, and ends with `PermissionError` at its start.

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
RUN useradd -m -u 1000 user
WORKDIR /app
COPY --chown=user . .
USER user
CMD ["python", "app.py"]
```
```python app.py
import os

os.makedirs("data", exist_ok=True)
```

## Use instead
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
RUN useradd -m -u 1000 user
WORKDIR /app
COPY --chown=user . .
RUN chown user /app
USER user
CMD ["python", "app.py"]
```
```python app.py
import os

os.makedirs("data", exist_ok=True)
```

## Fix safety
Unsafe: `RUN chown` right before USER, for this folder or file only; the app may need others.

## Evidence
https://huggingface.co/docs/hub/spaces-sdks-docker#permissions (2026-08-22): create the user and set its WORKDIR before
any COPY. BuildKit (dispatchWorkdir in dockerfile2llb/convert.go, fsutil's copy, read 2026-11): WORKDIR makes folders
for the USER above it, and `COPY --chown` leaves a folder that is there as it is.
"""

from __future__ import annotations

from hublint.rule import Finding, Fix, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile.dockerfile import Dockerfile
    from hublint.repository.repository import Repository
    from hublint.rule import Edit

RULE = Rule(
    code="DK006",
    name="user-after-install",
    severity="warning",
    effect="broken",
    subject="dockerfile",
    since="0.1.0",
    kinds=("space",),
    fix="unsafe",
    sdks=("docker",),
    only_if=("user",),
)


def check(dockerfile: Dockerfile, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each path that root made and the app must write to."""
    stage = dockerfile.final_stage
    if stage is None or stage.user is None:
        return
    from hublint.space.container.users import chown_edits
    from hublint.space.permissions import denied, owners

    user = stage.last("USER")

    for each in denied(repository):
        if each.runs != "root":
            continue
        write = each.write
        line = write.source.position(write.span.start).line
        edits: tuple[Edit, ...] = ()
        if user is not None and each.maker.span.start < user.span.start:
            ownership = owners(repository)
            by_root = ownership is not None and ownership.runs(user) == "root"
            edits = chown_edits(dockerfile, user, each.path) if by_root else ()
        yield Finding(
            dockerfile.source,
            each.maker.words[0] if each.maker.name == "WORKDIR" else each.maker.name_span,
            f"`{each.path}` belongs to root, but the app runs as `{stage.user.text}` and writes there when it starts: "
            f"`{write.shown}` in {write.source.path}, line {line}; hand it over with "
            f"`RUN chown {stage.user.text} {each.path}` before `USER`",
            label="made as root",
            fix=Fix(f"Hand `{each.path}` over to `{stage.user.text}`", edits, "unsafe") if edits else None,
        )
