"""The Dockerfile cannot be read, so the Space does not build.

## What it does
Reads the Dockerfile as BuildKit does and reports what BuildKit refuses before the first step: unknown instructions and
flags, missing arguments, quotes and substitutions that never close, heredocs without end, anything but ARG before the
first FROM, names that no image can have, ports that are none, durations without unit. Template lines (`{{ ... }}`) are
silent. A file with `# syntax=` of another frontend than Docker's is not judged. While such an error is there, no other
rule about Dockerfiles speaks, since what follows may be read wrongly.

## Why it matters on the Hub
The Space gets a build error on every push, and the old version goes on running.

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
RUN pip install flask
    gunicorn
CMD ["gunicorn", "app:app", "--bind", "0.0.0.0:7860"]
```

## Use instead
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
RUN pip install flask \
    gunicorn
CMD ["gunicorn", "app:app", "--bind", "0.0.0.0:7860"]
```

## Evidence
Docker's own parser, github.com/moby/buildkit, frontend/dockerfile/parser and frontend/dockerfile/instructions; the
reference at https://docs.docker.com/reference/dockerfile/.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="DK001",
    name="dockerfile-syntax",
    severity="error",
    effect="broken",
    subject="repository",
    since="0.1.0",
    kinds=("space",),
    sdks=("docker",),
    only_if=("dockerfile",),
)

_UNKNOWN = "unknown instruction"


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each error; lost lines that follow one another are one error."""
    dockerfile = repository.dockerfile
    if dockerfile is None:
        return
    source, last = dockerfile.source, 0
    for problem in dockerfile.errors:
        line = source.position(problem.span.start).line
        if "{{" in source.line(line) or "{%" in source.line(line):
            continue
        unknown = problem.message.startswith(_UNKNOWN)
        if unknown and line == last + 1:
            last = line
            continue
        last = line if unknown else 0
        message = f"{problem.message}; " if unknown else problem.message
        if unknown:
            message += "end the line before with `\\` where this one continues it"
        yield Finding(source, problem.span, message, label="BuildKit stops here")
