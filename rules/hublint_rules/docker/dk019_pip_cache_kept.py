"""pip keeps its cache in the image.

## What it does
Reports `pip install` without `--no-cache-dir` in the RUN steps of the image. `ENV PIP_NO_CACHE_DIR`, a cache mount and
a step that empties the cache are silent.

## Why it matters on the Hub
The downloaded packages stay in the layer, so the image is larger, and takes longer to build, push and start.

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
RUN pip install flask
CMD ["python", "app.py"]
```

## Use instead
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
RUN pip install --no-cache-dir flask
CMD ["python", "app.py"]
```

## Fix safety
Safe: the same packages are installed.

## Evidence
Advice; https://pip.pypa.io/en/stable/topics/caching/.
"""

from __future__ import annotations

from hublint.rule import Edit, Finding, Fix, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile.dockerfile import Dockerfile
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DK019",
    name="pip-cache-kept",
    severity="info",
    effect="advice",
    subject="dockerfile",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
    default=False,
    sdks=("docker",),
)

_EMPTIED = ("cache purge", "/.cache", "PIP_NO_CACHE_DIR")


def check(dockerfile: Dockerfile, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each such `pip install`."""
    from hublint.documents.source import Span
    from hublint_rules.docker._layers import steps

    for instruction, commands in steps(dockerfile, "pip"):
        if "PIP_NO_CACHE_DIR" in instruction.environment or any(mark in instruction.raw for mark in _EMPTIED):
            continue
        for command in commands:
            words = [word.value for word in command.argv]
            if words[1:3] == ["-m", "pip"] and (words[0] or "").rpartition("/")[2].startswith("python"):
                words, at = words[2:], 3
            elif command.name in ("pip", "pip3"):
                at = 1
            else:
                continue
            if words[1:2] != ["install"] or "--no-cache-dir" in words:
                continue
            end = command.argv[at].span.end
            edit = Edit(dockerfile.source.path, Span(end, end), " --no-cache-dir")
            yield Finding(
                dockerfile.source,
                Span(command.argv[0].span.start, end),
                "`pip install` keeps its cache in the image; add `--no-cache-dir`",
                fix=Fix("Add `--no-cache-dir`", (edit,), "safe"),
            )
