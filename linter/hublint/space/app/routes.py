"""Which paths a web app answers, where its file shows all of them.

Sources: PyPI fastapi 0.165, starlette 1, flask 3.1 and aiohttp 3.14.
"""

from __future__ import annotations

import ast

from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.python import PythonSource
    from hublint.documents.python.values import Modules

_MAKERS = {
    "fastapi.FastAPI": "fastapi",
    "starlette.applications.Starlette": "starlette",
    "flask.Flask": "flask",
    "aiohttp.web.Application": "aiohttp",
}
_ROUTER = "fastapi.APIRouter"
_VERBS = frozenset(("get", "post", "put", "delete", "patch", "options", "head"))
_ROUTES = _VERBS | {
    "route", "api_route", "trace", "websocket", "websocket_route", "add_api_route", "add_route", "add_url_rule",
    "add_api_websocket_route", "add_websocket_route",
}  # fmt: skip
_PATH_NAMES = ("path", "rule")
# What may be done with an app without changing which paths it answers.
_HARMLESS = frozenset(
    """
    state title version description openapi openapi_schema openapi_url dependency_overrides on_event add_event_handler
    config secret_key logger json json_encoder jinja_env jinja_options name debug cli run app_context test_client
    test_request_context teardown_appcontext teardown_request after_request context_processor template_filter
    template_global permanent_session_lifetime extensions root_path static_folder template_folder instance_path
    on_startup on_cleanup on_shutdown cleanup_ctx
    """.split()
)
_HARMLESS_MIDDLEWARE = frozenset(
    "CORSMiddleware GZipMiddleware TrustedHostMiddleware SessionMiddleware HTTPSRedirectMiddleware".split()
)
_HANDLER_ADDERS = frozenset(("exception_handler", "add_exception_handler", "errorhandler", "register_error_handler"))
_HARMLESS_TAKERS = frozenset(
    """
    uvicorn.run uvicorn.Config aiohttp.web.run_app waitress.serve hypercorn.asyncio.serve flask_cors.CORS
    flask_sqlalchemy.SQLAlchemy fastapi.testclient.TestClient starlette.testclient.TestClient print isinstance len id
    """.split()
)
_HARMLESS_OPTIONS = frozenset(
    """
    title description version summary debug lifespan openapi_url docs_url redoc_url root_path servers openapi_tags
    contact license_info terms_of_service redirect_slashes default_response_class dependencies on_startup on_shutdown
    import_name static_folder template_folder static_url_path instance_relative_config root_path client_max_size
    swagger_ui_parameters separate_input_output_schemas responses
    """.split()
)
_DEFAULT_PAGES = {"docs_url": "/docs", "redoc_url": "/redoc", "openapi_url": "/openapi.json"}


class App(NamedTuple):
    """A web app whose paths are all known.

    Attributes:
        kind: `fastapi`, `starlette`, `flask` or `aiohttp`.
        name: the variable that holds it.
        node: the call that makes it.
        paths: of its routes, as written.
        prefixes: below which others answer.
    """

    kind: str
    name: str
    node: ast.Call
    paths: frozenset[str]
    prefixes: frozenset[str]

    def answers(self, page: str) -> bool | None:
        """Whether a GET of `page` finds something; None where that cannot be known."""
        page = "/" + page.strip("/")
        for path in self.paths:
            if "/" + path.strip("/") == page:
                return True
            pattern = path.find("{") if "{" in path else path.find("<")
            if pattern >= 0 and page.startswith(path[:pattern].rstrip("/")) and (page != "/" or "path" in path):
                return None
        prefixes = [prefix.strip("/") for prefix in self.prefixes]
        below = any(not prefix or f"{page}/".startswith(f"/{prefix}/") for prefix in prefixes)
        return None if below else False


def web_app(python: PythonSource, modules: Modules | None = None) -> App | None:
    """The one web app that a file makes and all the paths it answers; None where they are not all known.

    `modules` finds the app's own modules, whose constants may be paths.
    """
    made = [call for call in python.calls if call.name in _MAKERS]
    if len(made) != 1 or made[0].function or made[0].unpacks or python.tree is None:
        return None
    reader = _Reader(python, _MAKERS[made[0].name], modules)
    name = reader.variables.get(made[0].node, "")
    if not name:
        return None
    reader.options(made[0].node)
    reader.uses(name, is_app=True)
    if reader.unknown:
        return None
    return App(reader.kind, name, made[0].node, frozenset(reader.paths), frozenset(reader.prefixes))


def _variables(tree: ast.Module) -> dict[ast.AST, str]:
    """The module's variables that are bound to one expression and nothing else, by that expression."""
    stored: dict[str, int] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            stored[node.id] = stored.get(node.id, 0) + 1
    found: dict[ast.AST, str] = {}
    for statement in tree.body:
        target: ast.expr | None = None
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target = statement.targets[0]
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            target = statement.target
        if isinstance(target, ast.Name) and stored[target.id] == 1:
            found[statement.value] = target.id  # type: ignore[attr-defined]
    return found


class _Reader:
    """Gathers paths from every use of the app's variable; `unknown` is set by the first that is not understood."""

    def __init__(self, python: PythonSource, kind: str, modules: Modules | None) -> None:
        self.python = python
        self.modules = modules
        self.kind = kind
        self.paths: set[str] = set()
        self.prefixes: set[str] = set()
        self.unknown = False
        self.parents: dict[ast.AST, ast.AST] = {}
        self.loads: dict[str, list[ast.Name]] = {}
        tree = python.tree or ast.Module([], [])
        for node in ast.walk(tree):
            for child in ast.iter_child_nodes(node):
                self.parents[child] = node
                if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Load):
                    self.loads.setdefault(child.id, []).append(child)
        self.variables = _variables(tree)
        self.routers = {
            name: call for call in python.calls if call.name == _ROUTER and (name := self.variables.get(call.node))
        }

    def options(self, made: ast.Call) -> None:
        given = {keyword.arg or "": keyword.value for keyword in made.keywords}
        for name, value in given.items():
            if name == "routes" and self.kind == "starlette":
                self._route_list(value)
            elif name not in _HARMLESS_OPTIONS or (name == "static_url_path" and not self._text(value).strip("/")):
                self.unknown = True
        if self.kind == "flask" and len(made.args) > 1:
            self.unknown = True
        if self.kind == "flask":
            self.prefixes.add(self._text(given["static_url_path"]) if "static_url_path" in given else "/static")
        if self.kind == "fastapi":
            pages = {option: self._page(given.get(option), default) for option, default in _DEFAULT_PAGES.items()}
            if pages["openapi_url"] is not None:  # without it there is no documentation
                self.paths.update(page for page in pages.values() if page is not None)
            self.unknown = self.unknown or "" in self.paths

    def _page(self, given: ast.expr | None, default: str) -> str | None:
        """Where one of FastAPI's own pages is: None where there is none, empty where that is not known."""
        if isinstance(given, ast.Constant) and given.value in (None, ""):
            return None
        return default if given is None else self._text(given)

    def uses(self, name: str, is_app: bool) -> None:
        for node in self.loads.get(name, ()):
            if not self.unknown:
                self.unknown = not self._understood(node, is_app)

    def _understood(self, node: ast.Name, is_app: bool) -> bool:
        parent = self.parents[node]
        if isinstance(parent, ast.Attribute):
            return self._attribute(parent, is_app)
        if isinstance(parent, ast.keyword):
            parent = self.parents[parent]
        if not isinstance(parent, ast.Call) or parent.func is node:
            return False
        taker = self.python.dotted(parent.func)
        if not is_app:
            return taker.endswith(".include_router")
        return taker in _HARMLESS_TAKERS or taker.endswith(".init_app")

    def _attribute(self, attribute: ast.Attribute, is_app: bool) -> bool:
        name = attribute.attr
        parent = self.parents[attribute]
        call = parent if isinstance(parent, ast.Call) and parent.func is attribute else None
        if call is not None and name in _ROUTES and self.kind != "aiohttp":
            return self._add(self._argument(call, 0, _PATH_NAMES), self.paths, may_be_empty=True)
        if not is_app:
            return False
        if name == "router" and self.kind == "aiohttp":
            return self._aiohttp(parent)
        return name in _HARMLESS or (call is not None and self._configured(name, call))

    def _configured(self, name: str, call: ast.Call) -> bool:
        """A call of the app's method of that name, other than one that adds a route."""
        if name == "add_routes" and self.kind == "aiohttp":
            return self._route_list(call.args[0] if call.args else None)
        if name == "mount":
            return self._add(self._argument(call, 0, ("path",)), self.prefixes)
        if name == "add_middleware":
            given = self._argument(call, 0, ("middleware_class",))
            return given is not None and self.python.dotted(given).rpartition(".")[2] in _HARMLESS_MIDDLEWARE
        if name in _HANDLER_ADDERS:
            return self._harmless_handler(call)
        if name == "include_router":
            return self._included(call)
        if name == "register_blueprint":
            return self._add(self._argument(call, -1, ("url_prefix",)), self.prefixes)
        return False

    def _included(self, call: ast.Call) -> bool:
        prefix = self._argument(call, -1, ("prefix",))
        if prefix is not None:
            return self._add(prefix, self.prefixes)
        router = call.args[0] if call.args else None
        if not isinstance(router, ast.Name):
            return False
        made = self.routers.pop(router.id, None)
        if made is None:
            return False
        own = made.argument("prefix")
        if own is not None:
            return self._add(own, self.prefixes)
        if made.unpacks or made.argument("routes") is not None:
            return False
        self.uses(router.id, is_app=False)
        return not self.unknown

    def _harmless_handler(self, call: ast.Call) -> bool:
        given = call.args[0] if call.args else None
        if isinstance(given, ast.Constant):
            return isinstance(given.value, int) and given.value != 404
        name = self.python.dotted(given).rpartition(".")[2] if given is not None else ""
        caught = ("HTTPException", "NotFound", "Exception") if self.kind == "flask" else ("HTTPException",)
        return bool(name) and name not in caught

    def _aiohttp(self, parent: ast.AST) -> bool:
        call = self.parents.get(parent)
        if not isinstance(parent, ast.Attribute) or not isinstance(call, ast.Call) or call.func is not parent:
            return False
        if parent.attr in {f"add_{verb}" for verb in _VERBS}:
            return self._add(self._argument(call, 0, ("path",)), self.paths)
        if parent.attr == "add_route":
            return self._add(self._argument(call, 1, ("path",)), self.paths)
        if parent.attr == "add_static":
            return self._add(self._argument(call, 0, ("prefix",)), self.prefixes)
        return False

    def _route_list(self, value: ast.expr | None) -> bool:
        """Routes that are written out as calls in a list."""
        routes = value.elts if isinstance(value, (ast.List, ast.Tuple)) else [None]
        for route in routes:
            name = self.python.dotted(route.func) if isinstance(route, ast.Call) else ""
            kind = name.rpartition(".")[2] if name.startswith(("starlette.routing.", "aiohttp.web.")) else ""
            known = False
            if isinstance(route, ast.Call) and kind in {"Route", "WebSocketRoute", *_VERBS}:
                known = self._add(self._argument(route, 0, ("path",)), self.paths)
            elif isinstance(route, ast.Call) and kind in ("Mount", "static"):
                known = self._add(self._argument(route, 0, ("path", "prefix")), self.prefixes)
            self.unknown = self.unknown or not known
        return not self.unknown

    def _argument(self, call: ast.Call, position: int, names: tuple[str, ...]) -> ast.expr | None:
        if any(keyword.arg is None for keyword in call.keywords):
            return None
        for keyword in call.keywords:
            if keyword.arg in names:
                return keyword.value
        return call.args[position] if 0 <= position < len(call.args) else None

    def _add(self, value: ast.expr | None, where: set[str], may_be_empty: bool = False) -> bool:
        text = self._text(value)
        if value is None or not (
            text.startswith("/") or (may_be_empty and isinstance(value, ast.Constant) and not text)
        ):
            return False
        where.add(text)
        return True

    def _text(self, value: ast.expr | None) -> str:
        known = self.python.value(value, self.modules) if value is not None else None
        if known is None or known.env or known.option is not None or not isinstance(known.value, str):
            return ""
        return known.value
