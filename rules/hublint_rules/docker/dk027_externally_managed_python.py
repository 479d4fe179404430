"""pip is to install into the system's own Python, which Debian 12, Ubuntu 23.04 and newer refuse.

## What it does
Reports the first `pip install` (`pip3`, `python3 -m pip`, `uv pip install --system`) of a stage whose base image is
surely Debian 12 or newer, or Ubuntu 23.04 or newer, and which got its pip from `python3-pip`. It is silent with
`--break-system-packages` or its variable, with `--target`, `--prefix` and `--root`, where there is a virtual
environment, conda, pyenv or uv's own Python, where EXTERNALLY-MANAGED is removed, and where the step may fail without
ending the build. The `python` images have their own Python and are fine.

## Why it matters on the Hub
pip ends with "error: externally-managed-environment" (PEP 668), and the build with it.

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM ubuntu:24.04
RUN apt-get update && apt-get install -y python3-pip
RUN pip3 install flask
COPY . .
CMD ["python3", "app.py"]
```

## Use instead
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM ubuntu:24.04
RUN apt-get update && apt-get install -y python3-venv && python3 -m venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
RUN pip3 install flask
COPY . .
CMD ["python3", "app.py"]
```

## Fix safety
Unsafe: it makes a virtual environment above the step and puts it first on the PATH, so that modules which apt installs
are no longer found. There is none with `--user` and `--system`, which such an environment does not take.

## Evidence
https://peps.python.org/pep-0668/; run with Debian 12's Python 3.11 and pip 23.0 (2026-11-28): `pip install`, `--user`
and `uv pip install --system` are refused, `--target` is not. Ubuntu does so since 23.04
(https://discourse.ubuntu.com/t/lunar-lobster-release-notes/31910). The `node` images of a bare major version from 20 on
are on Debian 12 or newer (https://github.com/docker-library/official-images, library/node).
"""

from __future__ import annotations

import re

from hublint.regexes import lazy
from hublint.rule import Edit, Finding, Fix, Rule, Span
from hublint.space.build.steps import decisive
from hublint.space.container.base_images import image_name
from hublint.space.container.needed_stages import needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile import Dockerfile, Instruction
    from hublint.documents.dockerfile.stage import Stage
    from hublint.documents.shell import Command
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DK027",
    name="externally-managed-python",
    severity="error",
    effect="broken",
    subject="dockerfile",
    since="0.1.0",
    kinds=("space",),
    fix="unsafe",
    sdks=("docker",),
    only_if=("python3-pip", "python3-full"),
)

# Images that have no other Python than their system's.
_IMAGES = frozenset(
    "debian ubuntu nvidia/cuda nvcr.io/nvidia/cuda node golang rust ruby php perl openjdk eclipse-temurin "
    "buildpack-deps oven/bun nginx postgres redis httpd".split()
)
_DEBIANS = ("bookworm", "trixie")
_NODE = r"(?:docker\.io/)?(?:library/)?node:(?:(?:2\d|3\d)(?:-slim)?|lts(?:-slim)?|current(?:-slim)?|latest|slim)"
# By which another Python, or another rule for this one, may come in.
_OTHERWISE = lazy(
    r"break[-_]system[-_]packages|externally-managed|venv|virtualenv|conda|mamba|pyenv|get-pip|deadsnakes|pip\.conf"
    r"|\buv (?:python|sync|run|tool)\b|pipx|\bPIP_\w+|\bUV_\w+|PEP_?668|poetry|pdm\b|python3\.\d+",
    re.IGNORECASE,
)
_ELSEWHERE = ("--target", "-t", "--prefix", "--root", "--dry-run", "--python", "-p", "--help", "--root=", "--break")


def check(dockerfile: Dockerfile, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for the first such step of each stage."""
    for stage in needed(dockerfile):
        system = _system(stage)
        if not system or any(_OTHERWISE.search(each.raw) for other in stage.chain for each in other.instructions):
            continue
        has_pip = False
        for instruction in stage.instructions:
            has_pip = has_pip or "python3-pip" in instruction.raw or "python3-full" in instruction.raw
            found = next(filter(_installs, decisive(instruction)), None) if has_pip else None
            if found is not None:
                yield Finding(
                    dockerfile.source,
                    found.span,
                    f'pip does not install into the own Python of {system} ("externally-managed-environment"), so '
                    "the build ends here; install into a virtual environment",
                    fix=_fix(dockerfile, instruction),
                )
                break


def _system(stage: Stage) -> str:
    """The system of a stage as people call it, where its Python refuses pip; empty for any other."""
    from hublint.space.build.system import system_of

    image = stage.image or ""
    if image_name(image) not in _IMAGES:
        return ""
    if re.fullmatch(_NODE, image):
        return f"the Debian of `{image}`"
    system = system_of(stage)
    if system is None:
        return ""
    if system.name == "debian":
        return system.shown if system.release in _DEBIANS else ""
    year, _, month = system.release.partition(".")
    return system.shown if year.isdigit() and (int(year), int(month or 0)) >= (23, 4) else ""


def _installs(command: Command) -> bool:
    """Whether a command installs into the system's Python."""
    words = [word.value if word.value is not None else word.text for word in command.argv]
    program = words[0] if words else ""
    if program in ("python3", "python", "/usr/bin/python3") and words[1:3] == ["-m", "pip"]:
        words = words[2:]
    elif program == "uv" and words[1:2] == ["pip"] and "--system" in words:
        words = words[1:]
    elif program not in ("pip", "pip3", "/usr/bin/pip", "/usr/bin/pip3"):
        return False
    given = [word for word in words[1:] if not word.startswith("-")]
    if given[:1] != ["install"] or not given[1:]:
        return False
    return not command.assignments and not any(word.startswith(_ELSEWHERE) for word in words[1:])


def _fix(dockerfile: Dockerfile, instruction: Instruction) -> Fix | None:
    """Make a virtual environment above the step, where root does it."""
    stage = instruction.stage
    if stage is None or stage.user_at(instruction) is not None or re.search(r"--(?:user|system)\b", instruction.raw):
        return None
    source = dockerfile.source
    start = source.line_span(source.position(instruction.span.start).line).start
    lines = (
        "RUN apt-get update && apt-get install -y --no-install-recommends python3-venv && python3 -m venv /opt/venv",
        'ENV PATH="/opt/venv/bin:$PATH"',
        "",
    )
    edit = Edit(source.path, Span(start, start), source.newline.join(lines))
    return Fix("Make a virtual environment above it", (edit,), "unsafe")
