"""A build step reads `/data`, which exists only while the Space runs.

## What it does
Reports RUN with `cat`, `ls`, `cp`, `mv`, `cd`, `chmod` and the like on a path in `/data`, on a base image that has no
such folder, where no instruction above it names `/data`. Steps that create the folder first are silent, and so are
steps that may fail (`||`, `if`, `[ -d ... ]`).

## Why it matters on the Hub
Storage is mounted when the container starts. During the build there is no `/data`, so the step fails, and the build
with it.

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
RUN cp /data/model.bin /app/model.bin
CMD ["python", "app.py"]
```

## Use instead
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
CMD cp /data/model.bin /app/model.bin && python app.py
```

## Evidence
https://huggingface.co/docs/hub/spaces-sdks-docker (2026-08-22): `/data` is there at run time only.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile.dockerfile import Dockerfile
    from hublint.documents.shell import Command, ShellWord
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DK011",
    name="data-at-build-time",
    severity="error",
    effect="broken",
    subject="dockerfile",
    since="0.1.0",
    kinds=("space",),
    sdks=("docker",),
    only_if=("/data",),
)

_PLAIN = frozenset(("python", "node", "ubuntu", "debian", "alpine", "golang", "rust", "ruby"))
_ALL = frozenset(("cat", "ls", "head", "tail", "cd", "chmod", "chown", "chgrp", "du"))
_SOURCES = frozenset(("cp", "mv"))
_DOUBTS = ("||", "if ", "[ ", "[[", "test ", "2>", "while ", "for ", "+e", "; true")


def check(dockerfile: Dockerfile, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for the first step that needs /data."""
    if "/data" not in dockerfile.source.text:
        return
    from hublint.documents.dockerfile.commands import commands_of
    from hublint.space.container.base_images import image_name
    from hublint.space.container.needed_stages import needed

    for stage in needed(dockerfile):
        if not stage.image or image_name(stage.image) not in _PLAIN or stage.base_stage is not None:
            continue
        for instruction in stage.instructions:
            if "data" not in instruction.raw:
                continue
            sure = instruction.name == "RUN" and not any(doubt in instruction.raw for doubt in _DOUBTS)
            commands = commands_of(instruction) if sure else []
            first = next((c for c in commands if any(_in_data(word) for word in c.argv)), None)
            word = _read(first) if first else None
            if word is not None:
                yield Finding(
                    dockerfile.source,
                    word,
                    f"`{word.value}` does not exist in the build: `/data` is mounted only while the Space runs; "
                    "do this at the start instead",
                )
                return
            if "/data" in instruction.raw or instruction.name in ("COPY", "ADD", "WORKDIR"):
                break


def _in_data(word: ShellWord) -> bool:
    return word.value is None or "/data" in word.value


def _read(command: Command) -> ShellWord | None:
    """The path in /data that a command cannot do without."""
    words = command.argv[1:]
    if any(word.value is None for word in words):
        return None
    if command.name in _SOURCES:
        words = words[:-1]
    elif command.name not in _ALL:
        return None
    return next((word for word in words if word.value == "/data" or (word.value or "").startswith("/data/")), None)
