"""The Space's page shows Not Found, since the app answers nothing at `/`.

## What it does
Reports FastAPI, Starlette, Flask and aiohttp apps of Docker Spaces that have no route for `/`, or for the page that
`base_path` names. Only where the app and all its routes are in the file that the container starts; it is silent where
a router, mount, middleware or handler of errors may answer.

## Why it matters on the Hub
The Hub shows `/` of the app in a frame on the Space's page. An interface that programs use works without it, but
visitors see an error.

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install fastapi uvicorn
CMD ["uvicorn", "main:app", "--host", "0.0.0.0", "--port", "7860"]
```
```python main.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/health")
def health():
    return {"status": "ok"}
```

## Use instead
Name a page that there is, or add a route for `/`.
```yaml
title: Demo
sdk: docker
base_path: /docs
```
```dockerfile Dockerfile
FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install fastapi uvicorn
CMD ["uvicorn", "main:app", "--host", "0.0.0.0", "--port", "7860"]
```
```python main.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/health")
def health():
    return {"status": "ok"}
```

## Evidence
https://huggingface.co/docs/hub/spaces-config-reference (2026-08-22): `base_path` is the initial URL to render for
Spaces that are not static.
PyPI fastapi 0.165, flask 3.1, starlette 1, aiohttp 3.14: a path without a route is answered with 404.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.python import PythonSource
    from hublint.repository.repository import Repository
    from hublint.space.app.routes import App

RULE = Rule(
    code="AC016",
    name="no-root-route",
    severity="info",
    effect="advice",
    subject="code",
    since="0.1.0",
    kinds=("space",),
    sdks=("docker",),
    only_if=("fastapi", "flask", "starlette", "aiohttp"),
)

_ADDING = (
    r"route|get|head|api_route|mount|add_\w+|include_router|register_blueprint|errorhandler|exception_handler"
    r"|router\s*\.\s*\w+"
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding at the place where the app is made."""
    if repository.card is None:
        return
    page = repository.card.data.get("base_path", "/")
    if not isinstance(page, str):
        return
    page = page.partition("?")[0].partition("#")[0]
    if any(f"{quote}{page.lower()}{quote}" in repository.code for quote in "\"'"):
        return  # nearly every app has that route, and then nothing is parsed
    from hublint.space.app.routes import web_app
    from hublint.space.constants import own_modules
    from hublint.space.running import running
    from hublint.space.serving import serving

    paths = running(repository).files
    python = repository.python(paths[0]) if len(paths) == 1 else None
    app = web_app(python, own_modules(repository)) if python is not None and python.tree is not None else None
    if python is None or app is None or app.answers(page) is not False:
        return
    served = serving(repository)
    if not served.complete or len(served.servers) != 1 or not _is_served(repository, python, app):
        return
    if _is_used_elsewhere(repository, python, app):
        return
    way_out = "add one"
    if app.kind == "fastapi" and "/docs" in app.paths and page != "/docs":
        way_out += ", or show the documentation with `base_path: /docs`"
    yield Finding(
        python.source,
        app.node,
        f'the Space\'s page opens `{page}`, but the app has no route for it, so visitors see "Not Found"; {way_out}',
    )


def _is_served(repository: Repository, python: PythonSource, app: App) -> bool:
    """Whether this object is what the server gets, by the command or in the file."""
    import ast

    from hublint.space.serving import walked

    walker = walked(repository)
    if walker is not None and any((word.value or "").endswith(f":{app.name}") for word in walker.words):
        return True
    for call in python.calls:
        given = call.args[0] if call.args else None
        if call.name in ("uvicorn.run", "aiohttp.web.run_app", "waitress.serve"):
            if isinstance(given, ast.Name):
                return given.id == app.name
            return isinstance(given, ast.Constant) and str(given.value).endswith(f":{app.name}")
        if call.name == f".{app.name}.run":
            return True
    return False


def _is_used_elsewhere(repository: Repository, python: PythonSource, app: App) -> bool:
    """Whether a module that the file imports may give the app routes of its own."""
    import re

    from hublint.space.running import loaded

    others = [each.source.text for each in loaded(repository) if each is not python]
    adding = re.compile(rf"\b{re.escape(app.name)}\s*\.\s*(?:{_ADDING})\s*\(")
    return any(adding.search(text) for text in others)
