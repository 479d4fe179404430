"""apt keeps its package lists in the image.

## What it does
Reports `apt-get install` in RUN steps of the image that do not remove `/var/lib/apt/lists`. Cache mounts are silent.

## Why it matters on the Hub
The lists make the image larger, and are out of date by the next build.

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
RUN apt-get update && apt-get install -y git
CMD ["python", "app.py"]
```

## Use instead
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
RUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*
CMD ["python", "app.py"]
```

## Fix safety
Safe: the lists are removed at the end of a step that runs `apt-get update` itself, and only where commands joined by
`&&` are all there is in it.

## Evidence
Advice of https://docs.docker.com/build/building/best-practices/#apt-get.
"""

from __future__ import annotations

from hublint.rule import Edit, Finding, Fix, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile.dockerfile import Dockerfile
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DK020",
    name="apt-lists-kept",
    severity="info",
    effect="advice",
    subject="dockerfile",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
    default=False,
    sdks=("docker",),
)


def check(dockerfile: Dockerfile, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each step that leaves the lists."""
    from hublint.documents.source import Span
    from hublint_rules.docker._layers import steps

    for instruction, commands in steps(dockerfile, "apt"):
        if "/var/lib/apt/lists" in instruction.raw:
            continue
        calls = [c for c in commands if c.name in ("apt-get", "apt")]
        install = next((c for c in calls if "install" in [word.value for word in c.argv]), None)
        if install is None:
            continue
        updates = any("update" in [word.value for word in c.argv] for c in calls)
        plain = not any(mark in instruction.text.replace("&&", "") for mark in ";|&#()`") and not instruction.heredocs
        end = instruction.place(0, len(instruction.raw.rstrip())).end
        edit = Edit(dockerfile.source.path, Span(end, end), " && rm -rf /var/lib/apt/lists/*")
        sure = updates and plain and instruction.form == "shell"
        yield Finding(
            dockerfile.source,
            Span(install.argv[0].span.start, install.argv[0].span.end),
            "apt's package lists stay in the image; end the step with `rm -rf /var/lib/apt/lists/*`",
            fix=Fix("Remove the package lists", (edit,), "safe") if sure else None,
        )
