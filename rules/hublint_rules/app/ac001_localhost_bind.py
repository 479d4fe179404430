"""The app itself makes its server listen on localhost, so the Hub cannot reach it.

## What it does
Looks at the Python file that the container starts (`python app.py` in CMD, or `app_file` of a Gradio Space) for the
call that starts the server: Gradio's `launch`, `uvicorn.run`, Flask's, Dash's and others' `run`, aiohttp's `run_app`.
It reports `127.0.0.1` and `localhost` given to it, and in a Docker Space the framework's own default where nothing is
given. A constant counts as what it is, in the same file or in one of the app's own modules (`from config import HOST`).
`if __name__ == "__main__"` counts only in the file that is started, not in a module that uvicorn or gunicorn imports.
It is silent where an env file or another module may set a variable that decides, and where another process may serve.

In a Docker Space it is an error. Two cases are warnings: a default that a variable of the Space's settings may change
(`os.getenv("HOST", "127.0.0.1")`, a field of pydantic-settings, Dash's own), and a written `server_name` in a Gradio
Space, whose container the Hub builds and starts itself in a way that it does not document in full.

## Why it matters on the Hub
Requests come from outside the container, where 127.0.0.1 is another machine's own. The Space stays at "Starting",
though the log shows a running server. A Gradio Space needs no address at all, since the Hub sets
`GRADIO_SERVER_NAME`; one that is written in the code wins over it.

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12
WORKDIR /app
COPY . .
CMD ["python", "app.py"]
```
```python app.py
import gradio as gr

demo = gr.Interface(str.upper, "text", "text")
demo.launch()
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
CMD ["python", "app.py"]
```
```python app.py
import gradio as gr

demo = gr.Interface(str.upper, "text", "text")
demo.launch(server_name="0.0.0.0")
```

## Fix safety
Safe: the same server on the same port answers from outside too, which is what a Space is for.

## Evidence
https://huggingface.co/docs/hub/spaces-sdks-docker-first-demo (2026-08-22) has every server listen on 0.0.0.0. The
frameworks' defaults were read in their packages on PyPI; docs/serving.md lists them. That the Hub sets
`GRADIO_SERVER_NAME` for Gradio Spaces follows from `launch()` without arguments being their usual form.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule
from hublint.space.serving import serving

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="AC001",
    name="localhost-bind",
    severity="error",
    effect="broken",
    subject="code",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for a server that Python code makes listen on localhost."""
    server = serving(repository).hidden()
    if server is None or not server.host.in_python or server.host.source is None:
        return
    from hublint.space.serving.address_fixes import host_fix, unreachable

    yield Finding(
        server.host.source,
        server.host.span,
        unreachable(repository, server),
        label="only this container can connect",
        help="in a Gradio Space leave it out: the Hub sets the address itself" if repository.sdk == "gradio" else "",
        severity="warning" if repository.sdk == "gradio" or server.host.variable else None,
        fix=host_fix(repository, server),
    )
