"""The user 1000 is created on a base image that has one.

## What it does
Reports `useradd` and `adduser` with uid 1000 on images that have a user of that id: `node`, `oven/bun`, Ubuntu from
23.04 on and `nvidia/cuda` built on it, Playwright's, the dev containers and Jupyter's. It is silent with
`--non-unique`, where `userdel` or `usermod` comes first, and where the step may fail (`||`, `;`, `if`).

## Why it matters on the Hub
The Hub's guide creates a user with id 1000, and on these images that command fails, and the build with it. The user
that is there already does the same service.

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM node:22
RUN useradd -m -u 1000 user
USER user
CMD ["node", "server.js"]
```

## Use instead
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM node:22
USER node
CMD ["node", "server.js"]
```

## Evidence
The guide: https://huggingface.co/docs/hub/spaces-sdks-docker#permissions (2026-08-22). The refusal:
github.com/nodejs/docker-node/issues/289, github.com/jupyterhub/repo2docker/issues/1346; the images' own Dockerfiles,
read 2026-11.
"""

from __future__ import annotations

import re

from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile.dockerfile import Dockerfile
    from hublint.documents.dockerfile.stage import Stage
    from hublint.documents.shell import Command, ShellWord
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DK017",
    name="uid-1000-taken",
    severity="warning",
    effect="broken",
    subject="dockerfile",
    since="0.1.0",
    kinds=("space",),
    sdks=("docker",),
    only_if=("useradd", "adduser"),
)

_REMOVERS = ("userdel", "deluser", "usermod", "/etc/passwd")
_DOUBTS = ("|", ";", "if ", "while ", "for ", "! ", "+e")


def check(dockerfile: Dockerfile, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for the first such command of each stage."""
    from hublint.space.container.needed_stages import needed
    from hublint.space.container.users import user_1000

    for stage in needed(dockerfile):
        taken = user_1000(stage.image) if stage.image else ""
        found = _creation(stage) if taken else None
        if found is not None:
            program, word = found
            yield Finding(
                dockerfile.source,
                word,
                f"`{program}` fails: uid 1000 belongs to `{taken}` in `{stage.image}`; use `USER {taken}` instead",
                label=f"`{taken}`'s",
            )


def _creation(stage: Stage) -> tuple[str, ShellWord] | None:
    """The program and the word by which a stage surely creates the user 1000, while the base image's is still there."""
    from hublint.documents.dockerfile.commands import commands_of

    before = [each for other in [*stage.chain][:0:-1] for each in other.instructions]
    for instruction in (*before, *stage.instructions):
        raw = instruction.raw
        if any(mark in raw for mark in _REMOVERS) or (instruction.name in ("COPY", "ADD") and "/etc" in raw):
            return None
        if instruction.name != "RUN" or instruction.stage is not stage:
            continue
        if instruction.heredocs or any(doubt in raw for doubt in _DOUBTS):
            continue
        for command in commands_of(instruction):
            if command.name in ("useradd", "adduser") and (word := _uid(command)) is not None:
                return command.name, word
    return None


def _uid(command: Command) -> ShellWord | None:
    """The word that asks for uid 1000; None where there is none, or a uid may be given twice."""
    values = [word.value or "" for word in command.argv[1:]]
    if any(value == "--non-unique" or re.fullmatch(r"-[a-zA-Z]*o[a-zA-Z]*", value) for value in values):
        return None
    for position, value in enumerate(values):
        following = values[position + 1] if position + 1 < len(values) else ""
        if value == "--uid=1000" or re.fullmatch(r"-[a-zA-Z]*u1000", value):
            return command.argv[position + 1]
        if following == "1000" and (value == "--uid" or re.fullmatch(r"-[a-zA-Z]*u", value)):
            return command.argv[position + 2]
    return None
