"""A build step that needs root stands behind the `USER` that gave root up.

## What it does
Follows `USER` through each stage that is built and looks at the steps behind one that is not root: `apt-get`, `apt`,
`apk`, `yum`, `dnf` with a verb that changes the system, without `sudo`; in official images also what is written below
/etc and /usr: by `cp`, `mv`, `ln`, `install`, `touch`, `tee`, `mkdir`, `chmod`, `chown`, `curl -o`, `wget -O`,
`tar -C`, by `>`, and in `node` by `npm install -g`. Steps under conditions or `|| true` are left alone, and so are
folders that WORKDIR or COPY makes and those whose owner or rights a step has changed.

## Why it matters on the Hub
The step ends with "Permission denied" or "are you root?", and the build with it.

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12-slim
RUN useradd -m -u 1000 user
USER user
RUN apt-get update && apt-get install -y ffmpeg
CMD ["python", "-m", "http.server", "7860"]
```

## Use instead
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12-slim
RUN apt-get update && apt-get install -y ffmpeg
RUN useradd -m -u 1000 user
USER user
CMD ["python", "-m", "http.server", "7860"]
```

## Fix safety
Unsafe: `USER root` before each such step and the user again behind it; moving the steps up is as good.

## Evidence
apt's own answer to another user than root, "Could not open lock file /var/lib/apt/lists/lock - open (13: Permission
denied)", and apk's "Unable to lock database: Permission denied" (Docker's documentation of USER:
https://docs.docker.com/reference/dockerfile/#user, 2026-11). Each of the writing commands was run below /etc or /usr as
another user than root (Debian, npm 10, 2026-11-29): all end with "Permission denied", "Operation not permitted" or
EACCES, and with an exit code that ends the build.
"""

from __future__ import annotations

from itertools import groupby

from hublint.documents.source import Span
from hublint.records import NamedTuple
from hublint.rule import Edit, Finding, Fix, Rule
from hublint.space.build.steps import decisive
from hublint.space.container.needed_stages import needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile import Dockerfile, Instruction
    from hublint.documents.dockerfile.stage import Stage
    from hublint.documents.shell import Command
    from hublint.documents.source import Source
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DK026",
    name="apt-without-root",
    severity="error",
    effect="broken",
    subject="dockerfile",
    since="0.1.0",
    kinds=("space",),
    fix="unsafe",
    sdks=("docker",),
    only_if=("user",),
)

_VERBS = {
    "apt-get": frozenset(("update", "install", "upgrade", "dist-upgrade", "remove", "purge")),
    "apt": frozenset(("update", "install", "upgrade", "full-upgrade", "remove", "purge")),
    "apk": frozenset(("add", "update", "upgrade", "del")),
    "yum": frozenset(("install", "update", "upgrade", "remove")),
    "dnf": frozenset(("install", "update", "upgrade", "remove")),
    "microdnf": frozenset(("install", "update", "remove")),
}
_MAY_NEED_ROOT = ("apt", "apk", "yum", "dnf", "/etc/", "/usr/", "npm")
_ROOT = frozenset(("root", "0"))


class _Refused(NamedTuple):
    """A step that another user than root may not run: its first command that needs root, and what that is about."""

    instruction: Instruction
    user: str
    command: Command
    what: str


def check(dockerfile: Dockerfile, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for the first such step behind each USER."""
    for stage in needed(dockerfile):
        for user, steps in groupby(_refused_steps(dockerfile, stage), key=lambda each: each.user):
            refused = list(steps)
            first = refused[0]
            yield Finding(
                dockerfile.source,
                first.command.span,
                f"{first.what} needs root, but `USER {user}` stands above: the step is refused and the build ends",
                help=f"move the step above `USER {user}`",
                fix=_fix(dockerfile.source, [each.instruction for each in refused], user),
            )


def _refused_steps(dockerfile: Dockerfile, stage: Stage) -> Iterator[_Refused]:
    for instruction in stage.instructions:
        if instruction.name == "RUN" and any(word in instruction.raw for word in _MAY_NEED_ROOT):
            user = _user(dockerfile, instruction)
            found = _refused(dockerfile, instruction) if user else None
            if found is not None:
                yield _Refused(instruction, user, *found)


def _refused(dockerfile: Dockerfile, instruction: Instruction) -> tuple[Command, str] | None:
    """The first command that another user than root may not run, and what it is about."""
    command = next(filter(_needs_root, decisive(instruction)), None)
    if command is not None:
        return command, f"`{command.name}`"
    from hublint.space.build.system_writes import system_write

    found = system_write(dockerfile.source, instruction)
    return (found[0], f"writing `{found[1]}`") if found else None


def _user(dockerfile: Dockerfile, instruction: Instruction) -> str:
    """The user of a step, as it is written; empty for root, for the base image's and for an unknown one."""
    word = instruction.stage.user_at(instruction) if instruction.stage is not None else None
    value = instruction.expand(word) if word is not None else None
    name = (value or "").partition(":")[0]
    return "" if not name or name in _ROOT or not name.replace("-", "").replace("_", "").isalnum() else value or ""


def _needs_root(command: Command) -> bool:
    words = [word.value or "" for word in command.argv[1:]]
    verb = next((word for word in words if not word.startswith("-")), "")
    is_asked_only = any(word in ("-s", "--simulate", "--dry-run", "--help") for word in words)
    return verb in _VERBS.get(command.name, ()) and not command.prefix and not is_asked_only


def _fix(source: Source, refused: list[Instruction], user: str) -> Fix:
    """Root for these steps, once for those that follow each other."""
    places = {step.index for step in refused}
    edits = []
    for step in refused:
        if step.index - 1 not in places:
            start = source.line_span(source.position(step.span.start).line).start
            edits.append(Edit(source.path, Span(start, start), f"USER root{source.newline}"))
        if step.index + 1 not in places:
            edits.append(Edit(source.path, Span(step.span.end, step.span.end), f"{source.newline}USER {user}"))
    return Fix("Run the steps as root" if len(refused) > 1 else "Run the step as root", tuple(edits), "unsafe")
