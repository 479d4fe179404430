"""The app starts its server in a mode for development.

## What it does
Looks at the Python file that a Docker Space starts as a program (`python app.py` in CMD or ENTRYPOINT, by `uv run` or
in a script too) for Flask's `run(debug=True)` and `uvicorn.run(..., reload=True)`; a constant of the file or of one of
the app's own modules (`from config import DEBUG`) counts as what it is. It is silent where a server loads the app
(gunicorn, uvicorn), where a condition holds the call or the command, in a function that nothing calls, where the value
is not known to be True or something may set the variable whose default it is, and about Gradio's `debug`, which is
harmless.

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
Safe: both are off by default, and the server answers the same requests. Unsafe where a variable can switch the mode.

## Evidence
https://flask.palletsprojects.com/en/stable/debugging/: "Do not run the development server, or enable the built-in
debugger, in a production environment." https://www.uvicorn.org/settings/: reload is for development.
"""

from __future__ import annotations

from hublint.rule import Edit, Finding, Fix, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    from hublint.documents.python import Call, PythonSource, Value
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
    from hublint.space.constants import known_value
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
            known = known_value(repository, python, keyword.value) if keyword is not None else None
            if keyword is None or known is None or known.value is not True or known.option is not None:
                continue
            if call.runs != "always" or (known.env and _is_set(repository, python, known)):
                continue
            span = removal_span(python, call.node, keyword)
            edits = (Edit(python.source.path, span, ""),) if span else ()
            written = f"{name}={ast.unparse(keyword.value)[:60]}"
            yield Finding(
                python.source,
                keyword,
                f"`{written}`{_origin(known, keyword, python)} {message}; leave it out",
                fix=Fix(f"Remove `{written}`", edits, "unsafe" if known.env else "safe") if edits else None,
            )


def _origin(known: Value, keyword: ast.keyword, python: PythonSource) -> str:
    """Where a value comes from that the argument itself does not say."""
    if known.env:
        return f" is on unless the variable `{known.env}` says otherwise, and"
    if known.node is keyword.value:
        return ""
    place = f"line {known.node.lineno}"
    return f" (`True` in {known.source.path}, {place})" if known.source else f" (`True` in {place})"


def _is_set(repository: Repository, python: PythonSource, known: Value) -> bool:
    """Whether ENV, a script, the code or a file of variables may set a variable."""
    from hublint.space.serving import walked
    from hublint.space.serving.others import may_set

    walker = walked(repository)
    if walker is None or known.env is None or walker.env.get(known.env) is not None:
        return True
    return may_set(repository, [python], known.env, known.source)


def _mode(call: Call) -> tuple[str, str]:
    """The argument that switches development on, and what it does."""
    if call.method != "run":
        return "", ""
    if call.name == "uvicorn.run":
        return "reload", "starts a second process that watches files, which never change on a Space"
    if call.receiver == "flask.Flask":
        return "debug", "shows the code and a Python console to every visitor who meets an error"
    return "", ""
