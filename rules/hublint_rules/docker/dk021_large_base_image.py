"""The base image has much in it that an app seldom needs, though the same image comes in a smaller variant.

## What it does
Reports the base of the final stage where it is the full variant of `python` or `node`, a `-devel` image of
`nvidia/cuda` or `pytorch/pytorch`, or `continuumio/anaconda3`.

## Why it matters on the Hub
Every build and every start of the Space, on a new machine each time, moves the whole image.

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
CMD ["python", "app.py"]
```

## Use instead
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["python", "app.py"]
```

## Evidence
Advice; compilers and headers may be what the smaller variant lacks, which a build stage of its own can have. The
variants: https://hub.docker.com/_/python, https://hub.docker.com/_/node, https://hub.docker.com/r/nvidia/cuda,
https://hub.docker.com/r/pytorch/pytorch, https://hub.docker.com/r/continuumio/miniconda3.
"""

from __future__ import annotations

import re

from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile.dockerfile import Dockerfile
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DK021",
    name="large-base-image",
    severity="info",
    effect="advice",
    subject="dockerfile",
    since="0.1.0",
    kinds=("space",),
    default=False,
    sdks=("docker",),
    only_if=("python", "node", "-devel", "anaconda3"),
)

_FULL = r"(?:\d[\d.]*|latest|lts)?(?:-(?:bullseye|bookworm|trixie))?"


def check(dockerfile: Dockerfile, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for the image that the final stage is built on."""
    stage = dockerfile.final_stage
    if stage is None or not stage.image:
        return
    from hublint.space.container.base_images import image_name
    from hublint.space.container.users import base_span

    name = image_name(stage.image)
    tag = stage.image.partition("@")[0].rpartition("/")[2].partition(":")[2]
    smaller = _smaller(name, tag)
    if smaller:
        yield Finding(
            dockerfile.source,
            base_span(stage.origin),
            f"`{stage.image}` has more in it than most apps need; use `{smaller}`, which has less",
        )


def _smaller(name: str, tag: str) -> str:
    """The smaller variant of an image, empty where none is known."""
    if name in ("python", "node") and re.fullmatch(_FULL, tag):
        version, _, system = tag.removeprefix("latest").partition("-")
        parts = (version, system, "slim") if name == "node" else (version, "slim", system)
        return f"{name}:{'-'.join(filter(None, parts))}"
    if name in ("nvidia/cuda", "pytorch/pytorch") and "-devel" in tag:
        return f"{name}:{tag.replace('-devel', '-runtime')}"
    return "continuumio/miniconda3" if name == "continuumio/anaconda3" else ""
