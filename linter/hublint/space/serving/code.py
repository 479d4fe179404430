"""Servers that a Python file starts when it is run: their arguments and defaults.

Defaults were read in the packages themselves: uvicorn 0.54, flask 3.1, gradio 6.31, aiohttp 3.14, waitress 3.0,
dash 4.4, bottle 0.13, sanic 25.12, nicegui 3.18, quart 0.20, Flask-SocketIO 5, tornado 6 and Python's http.server.
"""

from __future__ import annotations

import ast

from hublint.documents.python.makers import maker
from hublint.documents.source import locate
from hublint.records import NamedTuple
from hublint.space.serving.server import EVERYWHERE, UNKNOWN, Evidence, Server, common, is_address_variable, port_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hublint.documents.python import Call, PythonSource
    from hublint.documents.python.facts import Value
    from hublint.documents.python.values import Modules
    from hublint.documents.shell import ShellWord
    from hublint.documents.source import Source
    from hublint.space.serving.environment import Environment

LOCALHOST = "127.0.0.1"
_LONGEST = 60
# Calls after which another process may be the one that serves.
_PROCESSES = frozenset(
    """
    subprocess.Popen os.system os.popen os.fork multiprocessing.Process multiprocessing.Pool
    asyncio.create_subprocess_exec asyncio.create_subprocess_shell pyngrok.ngrok.connect sh pexpect.spawn
    """.split()
)


class Framework(NamedTuple):
    """How one call takes its address and port.

    Attributes:
        name: as messages call it.
        host, port: keyword arguments, with `host_at` and `port_at` their places among the positional ones.
        pair: whether the first argument is `(host, port)`.
        joint: the keyword argument that takes `HOST:PORT` instead.
        host_env, port_env: variables read where the argument is missing or None.
        host_default, port_default: what is taken otherwise; None where that cannot be known.
        hiding: keyword arguments that make the rest unknown.
        setting: a part of a name whose assignment changes the defaults, such as Flask's SERVER_NAME.
        none_is_default: whether None means the default, else every address.
    """

    name: str
    host: str = "host"
    port: str = "port"
    host_at: int = -1
    port_at: int = -1
    pair: bool = False
    joint: str = ""
    host_env: str = ""
    port_env: str = ""
    host_default: str | None = LOCALHOST
    port_default: int | None = 8000
    hiding: tuple[str, ...] = ()
    setting: str = ""
    none_is_default: bool = True


_FLASK = Framework("flask", host_at=0, port_at=1, port_default=5000, setting="SERVER_NAME")
_DASH = Framework("dash", host_at=0, port_at=1, host_env="HOST", port_env="PORT", port_default=8050)
_BOTTLE = Framework("bottle", host_at=-1, port_default=8080)
_PAIR = Framework("http.server", pair=True, host_default=None, port_default=None)
_PLACED = Framework("", host_at=0, port_at=1, host_default=None, port_default=None)
_GRADIO = Framework(
    "gradio", "server_name", "server_port", host_env="GRADIO_SERVER_NAME", port_env="GRADIO_SERVER_PORT",
    port_default=7860,
)  # fmt: skip
_SITE = Framework("aiohttp", host_default=EVERYWHERE, port_default=8080, hiding=("sock", "path", "ssl_context"))
_TORNADO = Framework("tornado", "address", "port", 1, 0, host_default=EVERYWHERE, port_default=None)
_BY_NAME = {
    "uvicorn.run": Framework("uvicorn", hiding=("uds", "fd"), none_is_default=False),
    "uvicorn.Config": Framework("uvicorn", host_at=1, port_at=2, hiding=("uds", "fd"), none_is_default=False),
    "aiohttp.web.run_app": _SITE,
    "aiohttp.web.TCPSite": _SITE._replace(host_at=1, port_at=2),
    "waitress.serve": Framework(
        "waitress", joint="listen", host_default=EVERYWHERE, port_default=8080, hiding=("unix_socket", "sockets")
    ),
    "bottle.run": _BOTTLE,
    "nicegui.ui.run": Framework("nicegui", host_default=EVERYWHERE, port_default=8080, hiding=("native",)),
    "http.server.HTTPServer": _PAIR,
    "http.server.ThreadingHTTPServer": _PAIR,
    "socketserver.TCPServer": _PAIR._replace(name="socketserver"),
    "socketserver.ThreadingTCPServer": _PAIR._replace(name="socketserver"),
    "gevent.pywsgi.WSGIServer": _PAIR._replace(name="gevent"),
    "werkzeug.serving.run_simple": _PLACED._replace(name="werkzeug", host="hostname"),
    "wsgiref.simple_server.make_server": _PLACED._replace(name="wsgiref"),
}  # fmt: skip
_BY_METHOD = {
    ("flask.Flask", "run"): _FLASK,
    ("quart.Quart", "run"): _FLASK._replace(name="quart"),
    ("flask_socketio.SocketIO", "run"): _FLASK._replace(name="flask-socketio", host_at=1, port_at=2),
    ("dash.Dash", "run"): _DASH,
    ("dash.Dash", "run_server"): _DASH,
    ("bottle.Bottle", "run"): _BOTTLE,
    ("sanic.Sanic", "run"): Framework(
        "sanic", host_at=0, port_at=1, hiding=("auto_tls", "version", "unix", "sock", "ssl")
    ),
    ("tornado.web.Application", "listen"): _TORNADO,
    ("tornado.httpserver.HTTPServer", "listen"): _TORNADO,
}  # fmt: skip
_METHODS = frozenset(method for _, method in _BY_METHOD) | {"launch"}


class Started(NamedTuple):
    """What running a file starts: servers, and whether nothing else that may serve."""

    servers: list[Server]
    complete: bool


def file_servers(
    python: PythonSource,
    arguments: Sequence[ShellWord],
    source: Source | None,
    env: Environment,
    modules: Modules | None = None,
) -> Started:
    """The servers that a file starts as the main program.

    Args:
        python: the file.
        arguments: the words of its command line after its name.
        source: the file they stand in.
        env: its variables.
        modules: finds the modules that it imports.
    """
    servers = []
    complete = True
    for call in python.calls:
        framework = _framework(python, call, modules)
        if framework is None:
            complete = complete and call.name not in _PROCESSES and not call.name.startswith(("os.exec", "os.spawn"))
            continue
        if call.runs == "never":
            continue
        reader = _Reader(python, arguments, source, env, framework, modules)
        servers.append(reader.server(call))
        complete = complete and call.runs == "always"
    return Started(servers, complete)


def read_server(python: PythonSource, call: Call, env: Environment, modules: Modules | None = None) -> Server | None:
    """The server that a call starts wherever it stands, None where it is none of the known ones."""
    framework = _framework(python, call, modules)
    return _Reader(python, [], None, env, framework).server(call) if framework else None


def starts_server(python: PythonSource, call: Call) -> bool:
    """Whether a call starts one of the known servers."""
    return _framework(python, call) is not None


def _framework(python: PythonSource, call: Call, modules: Modules | None = None) -> Framework | None:
    method = call.method
    if method in _METHODS:
        receiver = maker(python.values, call, modules) or ""
        if method == "launch":
            given = {"server_name", "server_port"} & set(call.keywords)
            is_gradio = receiver.startswith("gradio.") or (
                bool(given) and any(i.module.partition(".")[0] == "gradio" for i in python.imports)
            )
            return _GRADIO if is_gradio else None
        found = _BY_METHOD.get((receiver, method))
        if found:
            return found
    return _BY_NAME.get(call.name) if method in _NAMES else None


_NAMES = frozenset(name.rpartition(".")[2] for name in _BY_NAME)


class _Reader:
    """Reads the address and the port of one call."""

    def __init__(
        self,
        python: PythonSource,
        arguments: Sequence[ShellWord],
        source: Source | None,
        env: Environment,
        framework: Framework,
        modules: Modules | None = None,
    ) -> None:
        self.python = python
        self.arguments = arguments
        self.source = source
        self.env = env
        self.framework = framework
        self.modules = modules

    def server(self, call: Call) -> Server:
        """The server that a call starts."""
        kind = self.framework
        source = self.python.source
        span = locate(source, call.node)
        if call.unpacks or any(call.keyword(name) for name in kind.hiding):
            host = port = UNKNOWN
        elif kind.pair:
            first = call.args[0] if call.args else None
            pair = first.elts if isinstance(first, ast.Tuple) and len(first.elts) == 2 else []
            host, port = (self._given(part) for part in pair) if pair else (UNKNOWN, UNKNOWN)
        elif kind.joint and call.keyword(kind.joint):
            host, port = self._joint(call)
        else:
            host = self._setting(call, kind.host, kind.host_at, kind.host_env, kind.host_default)
            port = self._setting(call, kind.port, kind.port_at, kind.port_env, kind.port_default)
        if host.value == "" and kind.host_default is None:
            host = host._replace(value=EVERYWHERE)
        port = port._replace(value=port_number(port.value))
        if not isinstance(host.value, str):
            host = host._replace(value=None)
        options = ("", "") if kind.pair else (kind.host, kind.port)
        return Server(kind.name, port, host, source, span, "call", span.end - 1, *options, False, call.node)

    def _joint(self, call: Call) -> tuple[Evidence, Evidence]:
        """Address and port of `listen="127.0.0.1:8080"`; `*:8080` is every address."""
        name = self.framework.joint
        given = self._given(call.keywords[name], name)
        host, colon, port = str(given.value or "").rpartition(":")
        if given.how != "literal" or not colon or any(mark in host for mark in " ,:[/"):
            return UNKNOWN, UNKNOWN
        given = given._replace(literal=None, node=None)
        return given._replace(value=EVERYWHERE if host in ("", "*") else host), given._replace(value=port)

    def _setting(self, call: Call, keyword: str, at: int, variable: str, default: str | int | None) -> Evidence:
        expression = call.argument(keyword, at)
        if expression is not None:
            given = self._given(expression, keyword)
            if given.how != "none":
                return given
            if not self.framework.none_is_default:
                return UNKNOWN
        setting = self.framework.setting
        text = self.python.source.text
        if setting and (".config.from_" in text or any(setting in each.name for each in self.python.assignments)):
            return UNKNOWN
        if variable:
            if variable in text and not variable.isalpha():
                return UNKNOWN
            if any(a.name in (f"os.environ.{variable}", f"environ.{variable}") for a in self.python.assignments):
                return UNKNOWN
            evidence = self.env.get(variable)
            if evidence is not None:
                return evidence
        source = self.python.source
        how = "default" if default is not None else ""
        return Evidence(default, how, keyword, source, locate(source, call.node), variable=common(variable))

    def _given(self, expression: ast.expr, keyword: str = "") -> Evidence:
        """What an argument is worth; `how` is "none" for a plain None."""
        known = self.python.value(expression, self.modules)
        if known is None or (known.env and known.option is not None):
            return UNKNOWN
        if known.node is not expression and not known.source and self.python.values.may_rebind(known.node):
            return UNKNOWN
        if known.env:
            return self._variable(known)
        if known.option is not None:
            for evidence in self._option(known.option):
                return evidence
        if known.value is None:
            return Evidence(how="none") if known.option is None else UNKNOWN
        source = known.source or self.python.source
        span = locate(source, known.node)
        name = _written(expression) if known.source else keyword
        return Evidence(known.value, "literal", name, source, span, span, known.node)

    def _variable(self, known: Value) -> Evidence:
        """What ENV says of a variable, else the default in the code, which the Space's settings may override."""
        name = known.env or ""
        if not is_address_variable(name):
            return UNKNOWN
        evidence = self.env.get(name)
        if evidence is not None:
            return evidence if evidence.how else UNKNOWN._replace(node=known.node)
        set_here = any(each.name in (f"os.environ.{name}", f"environ.{name}") for each in self.python.assignments)
        if known.source is not None and f'environ["{name}"]' in known.source.text.replace("'", '"'):
            set_here = True
        if known.value is None or set_here or "environ.update" in self.python.source.text:
            return UNKNOWN._replace(node=known.node)
        source = known.source or self.python.source
        span = locate(source, known.node)
        return Evidence(known.value, "literal", name, source, span, span, known.node, name)

    def _option(self, flag: str) -> Iterator[Evidence]:
        """What the command line says of an option; nothing where it leaves the option out."""
        if not flag:
            if self.arguments:
                yield UNKNOWN
            return
        if "auto_envvar_prefix" in self.python.source.text or any(w.text.startswith("@") for w in self.arguments):
            yield UNKNOWN  # click's variables, argparse's files of arguments
            return
        for position, word in enumerate(self.arguments):
            value = word.value
            if value is None:
                yield UNKNOWN
                return
            name, equals, attached = value.partition("=")
            if name != flag:
                if name.lstrip("-") and flag.lstrip("-").startswith(name.lstrip("-")) and name.startswith("-"):
                    yield UNKNOWN  # an abbreviation or a short form
                    return
                continue
            following = self.arguments[position + 1] if position + 1 < len(self.arguments) else None
            target = word if equals else following
            if target is None or self.source is None:
                yield UNKNOWN
                return
            from hublint.space.serving.server import written

            text = attached if equals else target.value
            literal = written(self.source, target.span, text) if text else None
            yield Evidence(text, "flag", flag, self.source, target.span, literal)
            return


def _written(expression: ast.expr) -> str:
    """An argument as a message names it: `PORT`, `settings.port`."""
    text = ast.unparse(expression)
    return text if len(text) <= _LONGEST else ""
