"""Which pages an app answers: what is read from its file, compared with what the app itself says."""

from __future__ import annotations

import asyncio
import importlib.util
import os
from typing import Any

import pytest

from hublint.documents.python import PythonSource
from hublint.documents.source import Source
from hublint.space.app.routes import web_app

NEEDED = ("fastapi", "flask")
pytestmark = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in NEEDED) and not os.environ.get("CI"),
    reason=f"needs {', '.join(NEEDED)}",
)

FASTAPI = "from fastapi import APIRouter, FastAPI\nfrom starlette.responses import PlainTextResponse\n"
STARLETTE = (
    "from starlette.applications import Starlette\nfrom starlette.responses import PlainTextResponse\n"
    "from starlette.routing import Mount, Route\ndef page(request): return PlainTextResponse('x')\n"
)
FLASK = "from flask import Blueprint, Flask\n"
PAGES = ("/", "/docs", "/ui", "/api", "/api/items", "/static/none.css")

MADE = FASTAPI + "app = FastAPI()\n"
ROUTER = MADE + "r = APIRouter()\n@r.get('/')\ndef f(): return 1\n"
ANSWER = "return PlainTextResponse('x')\n"
FLASK_MADE = FLASK + "app = Flask(__name__)\n"
BLUEPRINT = FLASK_MADE + "b = Blueprint('b', __name__)\n@b.route('/')\ndef f(): return 'x'\n"

# The app, and the pages for which its answer has to be known beforehand.
APPS = {
    "fastapi-empty": (MADE, "/ /docs /ui /api"),
    "fastapi-health": (MADE + "@app.get('/health')\ndef f(): return 1\n", "/ /docs /ui"),
    "fastapi-root": (MADE + "@app.get('/')\ndef f(): return 1\n", "/ /docs /ui"),
    "fastapi-parameter": (MADE + "@app.get('/{item}')\ndef f(item): return 1\n", "/"),
    "fastapi-every-path": (MADE + "@app.get('/{path:path}')\ndef f(path): return 1\n", ""),
    "fastapi-no-docs": (FASTAPI + "app = FastAPI(docs_url=None, redoc_url=None)\n", "/ /docs"),
    "fastapi-docs-at-root": (FASTAPI + "app = FastAPI(docs_url='/')\n", "/ /docs"),
    "fastapi-docs-elsewhere": (FASTAPI + "app = FastAPI(docs_url='/ui')\n", "/ /docs /ui"),
    "fastapi-without-openapi": (FASTAPI + "app = FastAPI(openapi_url=None)\n", "/ /ui"),
    "fastapi-router": (ROUTER + "app.include_router(r)\n", "/ /docs"),
    "fastapi-router-elsewhere": (
        MADE + "r = APIRouter(prefix='/api')\n@r.get('')\ndef f(): return 1\napp.include_router(r)\n",
        "/ /ui",
    ),
    "fastapi-router-under-a-prefix": (ROUTER + "app.include_router(r, prefix='/ui')\n", "/ /docs"),
    "fastapi-handler": (MADE + "@app.exception_handler(404)\ndef f(request, error): " + ANSWER, ""),
    "fastapi-handler-of-others": (
        MADE + "@app.exception_handler(ValueError)\ndef f(request, error): " + ANSWER,
        "/ /docs",
    ),
    "fastapi-middleware": (MADE + "@app.middleware('http')\nasync def f(request, following): " + ANSWER, ""),
    "starlette-list": (STARLETTE + "app = Starlette(routes=[Route('/ui', page)])\n", "/ /docs /ui"),
    "starlette-mount": (STARLETTE + "app = Starlette(routes=[Mount('/', app=PlainTextResponse('x'))])\n", ""),
    "flask-empty": (FLASK_MADE, "/ /docs /ui"),
    "flask-root": (FLASK_MADE + "@app.route('/')\ndef f(): return 'x'\n", "/ /docs"),
    "flask-any-path": (FLASK_MADE + "@app.route('/<path:rest>')\ndef f(rest): return 'x'\n", ""),
    "flask-parameter": (FLASK_MADE + "@app.route('/<item>')\ndef f(item): return 'x'\n", "/"),
    "flask-blueprint": (BLUEPRINT + "app.register_blueprint(b, url_prefix='/api')\n", "/ /docs"),
    "flask-blueprint-at-the-root": (BLUEPRINT + "app.register_blueprint(b)\n", ""),
    "flask-handler": (FLASK_MADE + "@app.errorhandler(Exception)\ndef f(error): return 'x'\n", ""),
    "flask-before-request": (FLASK_MADE + "@app.before_request\ndef f(): return 'x'\n", ""),
    "flask-added": (FLASK_MADE + "app.add_url_rule('/ui', 'ui', view_func=lambda: 'x')\n", "/ /ui"),
}


@pytest.mark.parametrize("name", APPS)
def test_agrees_with_the_app(name: str) -> None:
    text, known = APPS[name]
    read = web_app(PythonSource(Source("app.py", text.encode())))
    for page in PAGES:
        expected = read.answers(page) if read else None
        if expected is not None:
            assert (get(text, page) != 404) is expected, page
    assert {page for page in PAGES if read and read.answers(page) is not None} >= set(known.split())


def get(text: str, page: str) -> int:
    """The status of the answer that the app itself gives."""
    names: dict[str, Any] = {"__name__": "app"}
    exec(compile(text, "app.py", "exec"), names)
    if "flask" in text:
        return int(names["app"].test_client().get(page).status_code)
    return asyncio.run(_ask(names["app"], page))


async def _ask(app: Any, page: str) -> int:
    """What an ASGI app sends for a GET."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
    }
    scope |= {"path": page, "raw_path": page.encode(), "query_string": b"", "root_path": "", "headers": []}
    await app({**scope, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80)}, receive, send)
    return int(sent[0]["status"])
