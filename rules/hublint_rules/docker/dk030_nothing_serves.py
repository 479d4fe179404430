"""The start of a Docker Space runs no server, or has the server wait for a long download.

## What it does
Follows ENTRYPOINT and CMD through the repository's scripts and Python files. Where every command is read, and none of
them can start a server, the Space never answers: `CMD ["python", "train.py"]`, a shell alone, `tail -f /dev/null`. It
is silent as soon as one program, script or library is not known.

A model that is fetched in the foreground before the server starts (`ollama pull`, `hf download`, `wget` of weights) is
a note, unless the metadata has a `startup_duration_timeout`.

## Why it matters on the Hub
The Hub waits for an answer on the Space's port, for 30 minutes unless the metadata gives another time; then it stops
the container: "Launch timed out, space was not healthy after 30 min". A container that ends is a runtime error at once.

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12-slim
WORKDIR /app
COPY . .
CMD ["python", "train.py"]
```
```python train.py
total = 0
for step in range(1000):
    total += step
```

## Use instead
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12-slim
WORKDIR /app
COPY . .
CMD python -m http.server 7860 & python train.py
```
```python train.py
total = 0
for step in range(1000):
    total += step
```

## Evidence
https://huggingface.co/docs/hub/spaces-config-reference (2026-08-22): `startup_duration_timeout`, 30 minutes by default.
https://github.com/huggingface/hub-docs/issues/538: a Space whose app serves nothing and ends as "launch timed out".
docs/serving.md lists what counts as a server.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile import Dockerfile
    from hublint.repository.repository import Repository
    from hublint.space.serving.process import Process

RULE = Rule(
    code="DK030",
    name="nothing-serves",
    severity="warning",
    effect="broken",
    subject="dockerfile",
    since="0.1.0",
    kinds=("space",),
    sdks=("docker",),
    only_if=("cmd", "entrypoint"),
)


def check(dockerfile: Dockerfile, repository: Repository) -> Iterator[Finding]:
    """Yield one finding at most."""
    from hublint.space.serving.no_server import downloads_first, serves_nothing, shown

    process = serves_nothing(repository)
    if process is not None:
        yield Finding(
            process.source,
            _span(process),
            f"`{shown(process)}` starts no server, and nothing else does, so the Space never answers and is stopped "
            "after 30 minutes at most; start a server too, on the Space's port",
        )
        return
    card = repository.card
    if card is not None and "startup_duration_timeout" in card.data:
        return
    process = downloads_first(repository)
    if process is not None:
        yield Finding(
            process.source,
            _span(process),
            f"the server waits for `{shown(process)}`, and a Space that does not answer within 30 minutes is stopped; "
            "fetch it in the background (`&`), or give a `startup_duration_timeout`",
            severity="info",
        )


def _span(process: Process) -> Span:
    first, last = process.argv[0].span, process.argv[-1].span
    return Span(first.start, max(first.end, last.end))
