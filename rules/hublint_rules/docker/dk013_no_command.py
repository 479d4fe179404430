"""The image starts nothing: it has neither CMD nor ENTRYPOINT, and its base image starts no server.

## What it does
Reports a final stage without CMD and ENTRYPOINT, its own or those of the stages that it is built on, on a base image
that is known to start a shell or an interpreter: `python`, `node`, `debian`, `ubuntu`, `alpine` and the like. Of any
other image nothing is known, so it is silent there.

## Why it matters on the Hub
A shell or an interpreter without a terminal ends at once, so the container stops, and the Space shows a runtime error.

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
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
RUN pip install -r requirements.txt
CMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "7860"]
```

## Evidence
The images' own Dockerfiles, read in 2026-08: https://github.com/docker-library/python (`CMD ["python3"]` in all of
them), https://github.com/nodejs/docker-node (`CMD [ "node" ]`), https://github.com/docker-library/ruby
(`CMD [ "irb" ]`), https://github.com/docker-library/openjdk and https://github.com/adoptium/containers
(`CMD ["jshell"]`, or none in JREs and Java 8), https://github.com/docker-library/golang,
https://github.com/rust-lang/docker-rust and https://github.com/docker-library/buildpack-deps (none, so the shell of
their Debian, Ubuntu or Alpine).
"""

from __future__ import annotations

from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile.dockerfile import Dockerfile
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DK013",
    name="no-command",
    severity="warning",
    effect="broken",
    subject="dockerfile",
    since="0.1.0",
    kinds=("space",),
    sdks=("docker",),
)

_STARTED = {
    "python": "`python3`",
    "node": "`node`",
    "ruby": "`irb`",
    **dict.fromkeys(
        ("debian", "ubuntu", "alpine", "buildpack-deps", "golang", "rust", "openjdk", "eclipse-temurin"), "a shell"
    ),
}


def check(dockerfile: Dockerfile, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for an image that has no command of its own."""
    stage = dockerfile.final_stage
    if stage is None or stage.cmd is not None or stage.entrypoint is not None:
        return
    from hublint.space.container.base_images import image_name
    from hublint.space.container.users import base_span

    image = stage.image
    started = _STARTED.get(image_name(image)) if image else None
    if started is None or image is None or "onbuild" in image or stage.last("ONBUILD") is not None:
        return
    yield Finding(
        dockerfile.source,
        base_span(stage.origin),
        f"there is no `CMD` and no `ENTRYPOINT`, and `{image}` starts {started}, which ends at once; "
        "add the `CMD` that starts the server",
        label="starts no server",
    )
