"""The start of the Space stands in a Compose file, which the Hub does not read.

## What it does
Looks for a Compose file at the root of a Docker Space whose service is built here and has a `command` or an
`entrypoint`, while the Dockerfile has neither CMD nor ENTRYPOINT. A Compose file beside a Dockerfile that starts its
server itself, as it is common for work on one's own machine, is silent.

## Why it matters on the Hub
A Docker Space is one container, which is built and started from the Dockerfile alone. What the Compose file says of
commands, ports, volumes and other services has no effect.

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
COPY . .
```
```text docker-compose.yml
services:
  web:
    build: .
    command: uvicorn app:app --host 0.0.0.0 --port 7860
```

## Use instead
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
COPY . .
CMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "7860"]
```
```text docker-compose.yml
services:
  web:
    build: .
```

## Evidence
https://huggingface.co/docs/hub/spaces-sdks-docker (2026-08-22) knows the Dockerfile only; Compose is not in the Hub's
documentation.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.source import Source
    from hublint.documents.yaml.nodes import Entry
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DK023",
    name="compose-ignored",
    severity="info",
    effect="ignored",
    subject="repository",
    since="0.1.0",
    kinds=("space",),
    sdks=("docker",),
    only_if=("compose.yml", "compose.yaml"),
)

_NAMES = ("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml")
_HERE = (".", "./")


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for the first command that only Compose would run."""
    source = next(filter(None, (repository.source(name) for name in _NAMES if name in repository.files)), None)
    dockerfile = repository.dockerfile
    stage = dockerfile.final_stage if dockerfile is not None and not dockerfile.errors else None
    if (
        source is None
        or stage is None
        or stage.cmd is not None
        or stage.entrypoint is not None
        or stage.last("ONBUILD") is not None
    ):
        return
    entry = _command(source)
    if entry is not None:
        yield Finding(
            source,
            entry.key,
            "the Hub does not read Compose files, and the Dockerfile has neither `CMD` nor `ENTRYPOINT`; "
            "write the command in the Dockerfile",
            label="not run on the Hub",
        )


def _command(source: Source) -> Entry | None:
    """The command of the only service that is built from the Dockerfile at the root."""
    from hublint.documents.yaml.nodes import Mapping, YamlError, resolve
    from hublint.documents.yaml.parsing import parse

    if source.is_binary:
        return None
    try:
        root = parse(source.text)
    except YamlError:
        return None
    services = resolve(root.get("services")) if isinstance(root, Mapping) else None
    found = []
    for service in services if isinstance(services, Mapping) else ():
        body = resolve(service.value)
        if isinstance(body, Mapping) and _is_built_here(body.value.get("build")):
            found.append(body)
    if len(found) != 1:
        return None
    return found[0].entry("command") or found[0].entry("entrypoint")


def _is_built_here(build: object) -> bool:
    if isinstance(build, dict):
        plain = build.get("dockerfile", "Dockerfile") == "Dockerfile" and "target" not in build
        return plain and build.get("context") in _HERE
    return build in _HERE
