"""A recursive `chown` or `chmod` stores the copied files a second time.

## What it does
Reports `chown -R`, `chgrp -R` and `chmod -R` in a RUN on a folder that COPY or ADD filled, or on one above it. Folders
that nothing was copied into are silent.

## Why it matters on the Hub
A layer holds whole files: changing the owner or the mode of a file stores it again. With a model of 2 GB in the folder
the image has 4 GB, and the Space takes that much longer to build and to start.

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
RUN useradd -m -u 1000 user
COPY . /app
RUN chown -R user /app
USER user
CMD ["python", "/app/app.py"]
```

## Use instead
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
RUN useradd -m -u 1000 user
COPY --chown=user . /app
USER user
CMD ["python", "/app/app.py"]
```

## Evidence
https://huggingface.co/docs/hub/spaces-sdks-docker#permissions (2026-08-22): a recursive chown duplicates all affected
files; use `--chown` of COPY and ADD.
"""

from __future__ import annotations

import re

from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile import Instruction
    from hublint.documents.dockerfile.dockerfile import Dockerfile
    from hublint.documents.shell import Command
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DK016",
    name="recursive-chown",
    severity="info",
    effect="advice",
    subject="dockerfile",
    since="0.1.0",
    kinds=("space",),
    sdks=("docker",),
    only_if=("chown", "chmod", "chgrp"),
)

_MOST = 50
_MOST_INSTRUCTIONS = 2000


def check(dockerfile: Dockerfile, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each such command of the image."""
    stage = dockerfile.final_stage
    if stage is None or len(dockerfile.instructions) > _MOST_INSTRUCTIONS:
        return
    copies: list[tuple[str, Instruction]] = []
    for origin in reversed(list(stage.chain)):
        for instruction in origin.instructions:
            if instruction.name in ("COPY", "ADD"):
                copies += _target(instruction)
            elif instruction.name == "RUN" and copies and _may_change(instruction.raw):
                for command, program, flag, copy in _again(instruction, copies):
                    line = dockerfile.source.position(copy.span.start).line
                    yield Finding(
                        dockerfile.source,
                        command.argv[0],
                        f"`{program} -R` stores the files that `{copy.name}` brought (line {line}) a second time; "
                        f"use `{copy.name} --{flag}=...`",
                    )


def _may_change(text: str) -> bool:
    """Whether a command with an option may be there that gives files to somebody."""
    return "ch" in text and re.search(r"ch(?:own|mod|grp)\s+(?:-\S+\s+)*-", text) is not None


def _target(copy: Instruction) -> list[tuple[str, Instruction]]:
    """The absolute path that a copy fills; none where it cannot be known."""
    from hublint.space.container.files import BASE_DIRECTORY, join

    written = copy.expand(copy.destination) if copy.destination else None
    if written is None or copy.stage is None:
        return []
    return [(join(copy.stage.directory_at(copy) or BASE_DIRECTORY, written), copy)]


def _again(
    instruction: Instruction, copies: list[tuple[str, Instruction]]
) -> Iterator[tuple[Command, str, str, Instruction]]:
    """Commands that change copied files, with the flag that would do, and the last copy that is concerned."""
    from hublint.documents.dockerfile.commands import commands_of
    from hublint.space.container.files import BASE_DIRECTORY, join

    directory = (instruction.stage.directory_at(instruction) if instruction.stage else None) or BASE_DIRECTORY
    for command in commands_of(instruction):
        name = command.name
        if name == "cd":
            target = command.argv[1].value if len(command.argv) > 1 else None
            if target is None:
                return
            directory = join(directory, target)
        if name not in ("chown", "chmod", "chgrp") or command.inside:
            continue
        places = (join(directory, path) for path in _changed_whole(command) if path is not None and "*" not in path)
        concerned = next(filter(None, (_last_inside(place, copies) for place in places)), None)
        if concerned is not None:
            yield command, name, "chmod" if name == "chmod" else "chown", concerned


def _changed_whole(command: Command) -> list[str | None]:
    """The paths that a command changes with all that is in them; none without `-R`."""
    values = [word.value for word in command.argv[1:]]
    if not any(re.fullmatch(r"-[a-zA-Z]*R[a-zA-Z]*|--recursive", value or "") for value in values):
        return []
    return [value for value in values if value is None or not value.startswith("-")][1:_MOST]


def _last_inside(place: str, copies: list[tuple[str, Instruction]]) -> Instruction | None:
    """The last copy that brought something into a folder."""
    inside = [copy for target, copy in copies[-_MOST:] if f"{target}/".startswith(f"{place.rstrip('/')}/")]
    return inside[-1] if inside else None
