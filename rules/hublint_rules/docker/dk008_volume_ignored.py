"""VOLUME keeps no data on a Space.

## What it does
Reports VOLUME in the final stage or in a stage that it is built on.

## Why it matters on the Hub
VOLUME reads like a promise that a folder outlives the container. On a Space it is none: the disk is lost whenever the
Space restarts, and what is to stay belongs in a Storage Bucket that is mounted in the settings.

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
WORKDIR /app
COPY . .
VOLUME /app/uploads
CMD ["python", "app.py"]
```

## Use instead
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

## Evidence
https://huggingface.co/docs/hub/spaces-storage (2026-08-22): the disk is ephemeral, buckets persist. What the Hub does
with VOLUME itself is not documented, so this is advice.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile.dockerfile import Dockerfile
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DK008",
    name="volume-ignored",
    severity="info",
    effect="advice",
    subject="dockerfile",
    since="0.1.0",
    kinds=("space",),
    sdks=("docker",),
    only_if=("volume",),
)


def check(dockerfile: Dockerfile, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each VOLUME of the image."""
    stage = dockerfile.final_stage
    if stage is None:
        return
    for origin in stage.chain:
        for instruction in origin.instructions:
            if instruction.name == "VOLUME":
                yield Finding(
                    dockerfile.source,
                    instruction.name_span,
                    "`VOLUME` keeps no data on a Space, whose disk is lost at every restart; "
                    "mount a Storage Bucket in the Space's settings for what has to stay",
                )
