"""The image has no user of its own, though the Hub's guide asks for user id 1000.

## What it does
Reports a final stage without USER on a base image that is known to run as root.

## Why it matters on the Hub
The Hub documents that containers run with user id 1000, which owns nothing in such an image. Most Docker Spaces have
no USER and work, so this is advice and not a defect: an image with that user behaves the same here, on your machine and
wherever root is not allowed.

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

## Fix safety
Unsafe: it creates the user, hands it what COPY and ADD bring, and switches to it before the start. There is none where
RUN does more than install packages, or installs a service: what RUN made stays with root, and the app may write there.
Nor is there one where a variable such as HF_HOME, a volume or the app's own code names a folder that stays with root.

## Evidence
https://huggingface.co/docs/hub/spaces-sdks-docker#permissions (2026-08-22): user id 1000, and the block that creates
it. That it is no more than advice: 80 of 112 Docker Spaces of the corpus have no USER, and the Hub's own record of one
(2026-08-04) shows it running while it creates a database in a folder that belongs to root.
"""

from __future__ import annotations

from hublint.rule import Finding, Fix, Rule
from hublint.space.container import users

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile.dockerfile import Dockerfile
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DK005",
    name="no-user",
    severity="info",
    effect="advice",
    subject="dockerfile",
    since="0.1.0",
    kinds=("space",),
    fix="unsafe",
    sdks=("docker",),
)


def check(dockerfile: Dockerfile, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for an image without USER."""
    stage = dockerfile.final_stage
    if stage is None:
        return
    if stage.last("USER") is not None or not users.is_root_image(stage):
        return
    from hublint.space.permissions import drops_root
    from hublint.space.permissions.without_root import may_be_denied_after

    if drops_root(repository):
        return
    edits = users.user_edits(dockerfile, stage)
    if edits and may_be_denied_after(repository, edits):
        edits = None
    yield Finding(
        dockerfile.source,
        users.base_span(stage.origin),
        "no `USER` is set, so every file belongs to root; most Spaces run so, but the Hub's guide asks for "
        "user id 1000",
        label="runs as root",
        help="create that user, hand it what the app writes, and switch to it before the start",
        fix=Fix("Run as user 1000", edits, "unsafe") if edits else None,
    )
