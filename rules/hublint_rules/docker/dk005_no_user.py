"""The image has no user of its own, and the Hub runs its container as user 1000.

## What it does
Reports a final stage without USER on a base image that is known to run as root. It is a warning where the Python file
that the container starts or serves surely writes under a path that belongs to root: it makes a folder as it is
loaded, or makes an SQLite database that is not in the repository, and no chmod or chown in the Dockerfile helps.

## Why it matters on the Hub
The Hub runs the container with user id 1000, which owns nothing in such an image, so it may not write where the
Dockerfile put things. An app that only reads and uses /tmp works all the same, as most do.

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
WORKDIR /app
COPY . .
CMD ["python", "app.py"]
```
```python app.py
import os

os.makedirs("uploads", exist_ok=True)
```

## Use instead
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
RUN useradd -m -u 1000 user
USER user
WORKDIR /home/user/app
COPY --chown=user . .
CMD ["python", "app.py"]
```
```python app.py
import os

os.makedirs("uploads", exist_ok=True)
```

## Fix safety
Unsafe: it creates the user, hands it what COPY and ADD bring, and switches to it before the start; what RUN made
stays root's.

## Evidence
https://huggingface.co/docs/hub/spaces-sdks-docker#permissions (2026-08-22): user id 1000, and the block that creates
it. The failure:
https://discuss.huggingface.co/t/permission-denied-when-writing-to-local-directory-even-after-factory-rebuild/169093.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.repository import users
from hublint.rule import Finding, Fix, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="DK005",
    name="no-user",
    severity="info",
    effect="advice",
    subject="dockerfile",
    kinds=("space",),
    fix="unsafe",
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for an image without USER."""
    dockerfile = repository.dockerfile
    stage = dockerfile.final_stage if dockerfile else None
    if dockerfile is None or stage is None or dockerfile.errors:
        return
    if stage.last("USER") is not None or not users.is_root_image(stage) or users.drops_root(stage):
        return
    edits = users.user_edits(dockerfile, stage)
    fix = Fix("Run as user 1000", edits, "unsafe") if edits else None
    write = users.root_owned_write(repository, dockerfile, stage)
    if write is None:
        yield Finding(
            dockerfile.source,
            users.base_span(stage.origin),
            "no `USER`: the Hub runs the container with user id 1000, which owns nothing in this image",
            label="runs as root elsewhere",
            help="create the user 1000 and switch to it if the app writes anything outside /tmp",
            fix=fix,
        )
        return
    yield Finding(
        write.source,
        write.span,
        f"the app {write.action}, but the Dockerfile sets no `USER` and the Hub runs it with user id 1000, "
        "which may not write there; create that user and hand it the folder, or write to /tmp",
        label="permission denied",
        severity="warning",
        fix=fix,
    )
