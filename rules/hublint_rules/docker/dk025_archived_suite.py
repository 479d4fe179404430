"""`apt-get update` in an image whose Debian or Ubuntu release has left the mirrors.

## What it does
Tells the release from the base image's tag and looks for an `apt-get update` that the build surely runs with the
image's own package sources. Stages that are not built and Dockerfiles that name other sources are left alone.

## Why it matters on the Hub
The mirrors answer 404, so the build ends at that step. So it is with old tags (`python:3.8.0`, `python:3.7-buster`) and
interim releases of Ubuntu.

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.8-buster
RUN apt-get update && apt-get install -y ffmpeg
CMD ["python", "-m", "http.server", "7860"]
```

## Use instead
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12-bookworm
RUN apt-get update && apt-get install -y ffmpeg
CMD ["python", "-m", "http.server", "7860"]
```

## Evidence
Debian's mirror answers 404 for stretch and buster (2026-11-28), and serves bullseye with its updates;
https://wiki.ubuntu.com/Releases for interim releases, which move to old-releases.ubuntu.com (not measured);
opencve/opencve-docker#62.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule
from hublint.space.build.apt import apt_commands, first_with_other_lists, systems, verb
from hublint.space.build.system import facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile import Dockerfile
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DK025",
    name="archived-suite",
    severity="error",
    effect="broken",
    subject="dockerfile",
    since="0.1.0",
    kinds=("space",),
    sdks=("docker",),
    only_if=("apt",),
)

_NEWER = {"debian": "a tag on Debian 12 or 13, as `-bookworm`", "ubuntu": "`ubuntu:24.04`"}


def check(dockerfile: Dockerfile, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for the first such step of each stage."""
    for stage, system in systems(dockerfile):
        if system.release not in facts()["archived"][system.name]:
            continue
        for instruction, command in apt_commands(stage):
            if verb(command) == "update":
                if instruction.index < first_with_other_lists(repository, stage):
                    yield Finding(
                        dockerfile.source,
                        command.span,
                        f"`{system.image}` is {system.shown}, which has left the mirrors: "
                        f"`{command.name} update` gets 404 and the build ends",
                        help=f"start from {_NEWER[system.name]}",
                    )
                break
