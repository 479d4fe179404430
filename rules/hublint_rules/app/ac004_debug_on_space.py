"""The app starts its server in a mode for development.

## What it does
Looks at the Python file that a Docker Space starts as a program (`python app.py` in CMD or ENTRYPOINT, by `uv run` or
in a script too) for Flask's `run(debug=True)` and `uvicorn.run(..., reload=True)`. It is silent where a server loads
the app (gunicorn, uvicorn), where a condition holds the call or the command, in a function that nothing calls, where
the value is not the constant True, and about Gradio's `debug`, which is harmless.

## Why it matters on the Hub
A Space is public. Flask's debug mode answers an error with the source code and, to whoever finds the PIN, a Python
console; both modes start a second process that watches files which never change.

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
from flask import Flask

app = Flask(__name__)
app.run(host="0.0.0.0", port=7860, debug=True)
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
from flask import Flask

app = Flask(__name__)
app.run(host="0.0.0.0", port=7860)
```

## Fix safety
Safe: both are off by default, and the server answers the same requests.

## Evidence
https://flask.palletsprojects.com/en/stable/debugging/: "Do not run the development server, or enable the built-in
debugger, in a production environment." https://www.uvicorn.org/settings/: reload is for development.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.rule import Edit, Finding, Fix, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.python import Call
    from hublint.repository.repository import Repository

RULE = Rule(
    code="AC004",
    name="debug-on-space",
    severity="warning",
    effect="advice",
    subject="code",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
    sdks=("docker",),
    only_if=("debug", "reload"),
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each server in such a mode."""
    from hublint.space.running import marked, running

    started = running(repository)
    for python in marked(repository, "debug", "reload"):
        if python.source.path not in started.programs or python.source.path in started.doubtful:
            continue
        import ast

        from hublint.documents.python.edits import removal_span

        for call in python.calls:
            name, message = _mode(call)
            keyword = call.keyword(name) if name else None
            if keyword is None or not isinstance(keyword.value, ast.Constant) or keyword.value.value is not True:
                continue
            if call.runs != "always":
                continue
            span = removal_span(python, call.node, keyword)
            edits = (Edit(python.source.path, span, ""),) if span else ()
            yield Finding(
                python.source,
                keyword,
                f"`{name}=True` {message}; leave it out",
                fix=Fix(f"Remove `{name}=True`", edits, "safe") if edits else None,
            )


def _mode(call: Call) -> tuple[str, str]:
    """The argument that switches development on, and what it does."""
    if call.method != "run":
        return "", ""
    if call.name == "uvicorn.run":
        return "reload", "starts a second process that watches files, which never change on a Space"
    if call.receiver == "flask.Flask":
        return "debug", "shows the code and a Python console to every visitor who meets an error"
    return "", ""
