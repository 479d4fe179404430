"""A Dockerfile installs an apt package that the base image's release does not have.

## What it does
Tells the release of Debian, or Ubuntu 24.04, from the base image's tag and looks up each package that `apt-get install`
surely asks for: behind `&&`, in a `set -e` script or in one of the repository's that the step runs, with the image's
own package lists. Steps under conditions or `|| true`, other package sources, unknown images and stages that are not
built are left alone.

## Why it matters on the Hub
The build ends with "Unable to locate package" or "has no installation candidate". Tags such as `python:3.12-slim` moved
to Debian 13 in August 2025, so a Dockerfile that was fine for years fails today.

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12-slim
RUN apt-get update && apt-get install -y libgl1-mesa-glx
CMD ["python", "-m", "http.server", "7860"]
```

## Use instead
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12-slim
RUN apt-get update && apt-get install -y libgl1
CMD ["python", "-m", "http.server", "7860"]
```

## Fix safety
Safe: the one package that took the place of another (`libgl1-mesa-glx`, `netcat` and others).

## Evidence
Package lists of Debian 11, 12 and 13 (`schemas/refresh.py --debian`, 2026-11-29); apt's simulation of virtual packages,
and its search for `libgthread-2.0-0`, which many Dockerfiles ask for and no release has had;
https://github.com/docker-library/official-images for tags; for Ubuntu 24.04 the three names of which people quote apt's
refusal (pyvista/setup-headless-display-action#20, cypress-io/cypress-documentation#5816, AlexxIT/Dataplicity#40,
read 2026-11-29); streamlit/docs#1493, CatchTheTornado/text-extract-api#126.
"""

from __future__ import annotations

from hublint.rule import Edit, Finding, Fix, Rule
from hublint.space.build.apt import asked
from hublint.space.build.system import facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile import Dockerfile
    from hublint.repository.repository import Repository
    from hublint.space.build.apt import Asked
    from hublint.space.build.system import System

RULE = Rule(
    code="DK024",
    name="apt-package-gone",
    severity="error",
    effect="broken",
    subject="dockerfile",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
    sdks=("docker",),
    only_if=("apt", ".sh"),
)


def check(dockerfile: Dockerfile, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each package that is gone."""
    gone: dict[str, dict[str, str]] = {}
    for each in asked(repository, dockerfile):
        release = each.system.release
        if release not in gone:
            gone[release] = _gone(each.system)
        if each.package in gone[release]:
            yield _finding(each, gone[release][each.package])


def _gone(system: System) -> dict[str, str]:
    """The packages that a release lacks, and what took their place."""
    known = facts()
    if system.name == "ubuntu":
        reported: dict[str, str] = known["reported"].get(system.release, {})
        return reported
    return {name: known["successors"].get(name, "") for name in known["gone"].get(system.release, "").split()}


def _finding(asked: Asked, successor: str) -> Finding:
    advice = facts()["advice"].get(asked.package, "find its new name on https://packages.debian.org")
    is_written_so = asked.source.text[asked.word.span.start : asked.word.span.end] == asked.package
    edit = Edit(asked.source.path, asked.word.span, successor)
    return Finding(
        asked.source,
        asked.word.span,
        f"`{asked.package}` is not in {asked.system.shown}, which `{asked.system.image}` is, so the build fails",
        help=f"write `{successor}`" if successor else advice,
        fix=Fix(f"Write `{successor}`", (edit,)) if successor and is_written_so else None,
    )
