"""The base image has no tag, or the tag `latest`, so every build may start from another one.

## What it does
Reports FROM with an image that has neither tag nor digest, or the tag `latest`. Stages, `scratch`, digests and bases
that an ARG names are silent, and so is `COPY --from=`, and so are stages that the image does not need. It is a note for
an image that has `latest` alone (registry.hf.space, the images of other Spaces), and for those that the Hub's own
templates take without a version (ZenML, Livebook, Shiny for R, chat-ui-db).

## Why it matters on the Hub
A Space is built again on every push, on every factory rebuild and for everyone who duplicates it. When the next Python
or Node comes out, an image that nobody changed stops building, or runs what it was never tested with.

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python
CMD ["python", "-m", "http.server", "7860"]
```

## Use instead
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["python", "-m", "http.server", "7860"]
```

## Evidence
Advice of https://docs.docker.com/build/building/best-practices/#pin-base-image-versions. 3 of 134 Dockerfiles of
Docker Spaces in the corpus do it. The Hub's templates: https://huggingface.co/docs/hub/spaces-sdks-docker-zenml,
-livebook, -shiny and -chatui (2026-08-22); "Run with Docker" of a Space names `registry.hf.space/OWNER-NAME:latest`.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule
from hublint.space.container.base_images import image_name
from hublint.space.container.needed_stages import needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile.dockerfile import Dockerfile
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DK014",
    name="unpinned-base",
    severity="warning",
    effect="advice",
    subject="dockerfile",
    since="0.1.0",
    kinds=("space",),
    sdks=("docker",),
)

_ONLY_LATEST = ("registry.hf.space/",)
# What the Hub's own templates take without a version.
_TEMPLATES = frozenset(
    """
    zenmldocker/zenml zenmldocker/zenml-server ghcr.io/livebook-dev/livebook rocker/shiny rocker/shiny-verse
    ghcr.io/huggingface/chat-ui ghcr.io/huggingface/chat-ui-db
    """.split()
)


def check(dockerfile: Dockerfile, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each base image that may be another one tomorrow."""
    for stage in needed(dockerfile):
        base, name = stage.base, stage.base_name
        if base is None or not name or "$" in base.text or stage.base_stage is not None:
            continue
        tag = name.rpartition("/")[2].partition(":")[2]
        if name == "scratch" or "@" in name or tag not in ("", "latest"):
            continue
        said = "has the tag `latest`" if tag else "has no tag"
        yield Finding(
            dockerfile.source,
            base,
            f"`{name}` {said}, so every build may start from another image; name a version or a digest",
            label="any version",
            severity="info" if image_name(name) in _TEMPLATES or name.startswith(_ONLY_LATEST) else None,
        )
