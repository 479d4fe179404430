"""A server in the container listens on another port than the one that the Hub sends requests to.

## What it does
Follows the final stage's ENTRYPOINT and CMD (or those of a known image), through the scripts, the `package.json`, the
Python and JavaScript files and the configurations of nginx, Caddy, supervisord and Streamlit that they lead to, to the
servers they start, and takes their ports from flags, variables, literals or the tools' defaults. It reports a server
where every port is known and none is `app_port` (7860 where the metadata has none). A default that gives way to a
variable (`--port ${PORT:-8000}`, `process.env.PORT || 3000`, a tool that reads `PORT`) makes a warning, since the
Space's settings may set it; where ENV or the start script sets it, that value decides. In the JSON form of CMD no shell
puts a variable in: `["uvicorn", "app:app", "--port", "$PORT"]` is reported, which uvicorn refuses, and so for gunicorn,
Streamlit, Flask, FastAPI and daphne. It is silent where a port cannot be known, where another process or a reverse
proxy may be what serves, and about EXPOSE, which opens nothing.

## Why it matters on the Hub
A Space has one public port. The Hub waits for an answer there, so the Space stays at "Starting" until it is given up,
though the log shows a running server.

## Example
```yaml
title: Demo
sdk: docker
app_port: 7860
```
```dockerfile Dockerfile
FROM python:3.12
WORKDIR /app
COPY . .
EXPOSE 8000
CMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "8000"]
```

## Use instead
```yaml
title: Demo
sdk: docker
app_port: 7860
```
```dockerfile Dockerfile
FROM python:3.12
WORKDIR /app
COPY . .
EXPOSE 7860
CMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "7860"]
```

## Fix safety
Safe where `app_port` stands in the metadata and nothing else in the file names the old port: the server, and EXPOSE
with it, takes that port. Without `app_port` it is unsafe: `app_port` is set to the server's port, since which of the
two you meant cannot be seen.

## Evidence
https://huggingface.co/docs/hub/spaces-sdks-docker (2026-08-22): one port, `app_port`, 7860 by default. The variables
that a Space has by itself (https://huggingface.co/docs/hub/spaces-overview, 2026-08-22) have no `PORT` among them.
Tools' defaults were read in their packages on PyPI and npm; docs/serving.md lists them. `--port '$PORT'` was run with
uvicorn, gunicorn, Streamlit, Flask, FastAPI and daphne (2026-11-29): "'$PORT' is not a valid integer" and the like, and
the end.
https://docs.docker.com/reference/dockerfile/#shell-and-exec-form (2026-11): the exec form does no shell processing.
"""

from __future__ import annotations

import re

from hublint.rule import Finding, Rule
from hublint.space.serving import serving

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile.dockerfile import Dockerfile
    from hublint.repository.repository import Repository
    from hublint.space.serving.server import Serving

RULE = Rule(
    code="DK002",
    name="wrong-port",
    severity="error",
    effect="broken",
    subject="dockerfile",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
    sdks=("docker",),
)

# Those that were seen to end with an error where the port is not a number.
_REFUSING = frozenset("uvicorn gunicorn streamlit flask fastapi daphne".split())


def check(dockerfile: Dockerfile, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for a server on the wrong port, unless Python code sets it."""
    found = serving(repository)
    yield from _refused(repository, found)
    server = found.misdirected()
    if server is None or server.port.in_python or server.port.source is None:
        return
    from hublint.space.serving.address_fixes import port_fix, way_out, wrong_port

    yield Finding(
        server.port.source,
        server.port.span,
        wrong_port(repository, found, server),
        label=f"port {server.port.value}",
        help=way_out(repository, found, server),
        severity="warning" if server.port.variable else None,
        fix=port_fix(repository, found, server),
    )


def _refused(repository: Repository, found: Serving) -> Iterator[Finding]:
    """A variable in the JSON form of the start, which the server takes for its port as it is written."""
    from hublint.space.serving import walked

    walker = walked(repository)
    if walker is None or not walker.env.is_plain() or walker.env.base is not None:
        return
    for server in found.servers:
        port = server.port
        if port.value is not None or port.source is None or port.how != "flag":
            continue
        if server.form != "json" or server.name not in _REFUSING:
            continue
        written = re.search(r"\$(?:\w+|\{[^}\"]*\})", port.source.text[port.span.start : port.span.end])
        if written is not None:
            yield Finding(
                port.source,
                port.span,
                f"in the JSON form no shell replaces `{written[0]}`, so `{server.name}` is given these letters as its "
                "port and ends; write the command without brackets, or the number",
            )
