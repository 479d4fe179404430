"""The server in the container listens on localhost, so the Hub cannot reach it.

## What it does
Follows the final stage's ENTRYPOINT and CMD (or those of a known image), through the scripts, the `package.json`, the
JavaScript files and the configurations that they lead to, to the server they start, and takes its address from flags,
variables, literals or the tool's default: uvicorn, gunicorn, hypercorn, daphne, flask, Shiny, marimo, MLflow, ollama
and Jupyter listen on localhost unless they are told otherwise. Where a variable would change the default, as in
`--host ${HOST:-127.0.0.1}`, it is a warning, since the Space's settings may set it. A URL that a client calls is not
such an address. It is silent where the address cannot be known, and where another process or a reverse proxy may be
what serves.

## Why it matters on the Hub
Requests come from outside the container, where 127.0.0.1 is another machine's own. The Space stays at "Starting",
though the log shows a running server.

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
WORKDIR /app
COPY . .
CMD ["uvicorn", "app:app", "--port", "7860"]
```

## Use instead
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
WORKDIR /app
COPY . .
CMD ["uvicorn", "app:app", "--port", "7860", "--host", "0.0.0.0"]
```

## Fix safety
Safe: the same server on the same port answers from outside too, which is what a Space is for.

## Evidence
https://huggingface.co/docs/hub/spaces-sdks-docker-first-demo (2026-08-22) has every server listen on 0.0.0.0. Tools'
defaults were read in their packages on PyPI and npm; docs/serving.md lists them.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule
from hublint.space.serving import serving

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile.dockerfile import Dockerfile
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DK003",
    name="localhost-bind",
    severity="error",
    effect="broken",
    subject="dockerfile",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
    sdks=("docker",),
)


def check(dockerfile: Dockerfile, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for a server that listens on localhost, unless Python code says so."""
    server = serving(repository).hidden()
    if server is None or server.host.in_python or server.host.source is None:
        return
    from hublint.space.serving.address_fixes import host_fix, unreachable

    yield Finding(
        server.host.source,
        server.host.span,
        unreachable(repository, server),
        label="only this container can connect",
        severity="warning" if server.host.variable else None,
        fix=host_fix(repository, server),
    )
