"""Whether a Python program may serve by more than the servers that its first file starts."""

from __future__ import annotations

import ast

from hublint.space.app.app_modules import with_imports
from hublint.space.app.own_modules import OwnModules
from hublint.space.serving.code import read_server
from hublint.space.serving.server import port_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hublint.documents.python import Call, PythonSource
    from hublint.documents.source import Source
    from hublint.repository.repository import Repository
    from hublint.space.serving.environment import Environment

# The last part of calls that make a server of a kind that is not read: gRPC, websockets, Telegram, asyncio ...
_SERVING = frozenset(
    """
    serve start_server create_server add_insecure_port add_secure_port run_webhook start_webhook run_app run_server
    run_wsgi serve_app start_http
    """.split()
)
_STARTING = frozenset("run start listen run_async run_http_async main cli".split())
_LOADERS = ("dotenv", "env_file", "env-file")
_PORTS = ("port", "server_port", "bind")
_OWN = frozenset(("uvicorn.Server.serve", "uvicorn.server.Server.serve"))


def may_serve(repository: Repository, started: Sequence[PythonSource], port: int | None, env: Environment) -> bool:
    """Whether an unread kind of server, or one in an imported module, may take the port.

    Args:
        repository: what is built.
        started: the files that are run.
        port: the one that counts.
        env: the variables they see.
    """
    modules = OwnModules(repository, [*dict.fromkeys(python.source.path.rpartition("/")[0] for python in started)])
    for python in _loaded(repository, started):
        if python.tree is None:
            continue
        is_started = python in started
        for call in python.calls:
            if call.moment.runs(main=is_started) == "never":
                continue
            server = read_server(python, call, env, modules)
            if server is None:
                if _is_unread(call):
                    return True
            elif not is_started and server.port.value in (None, port):
                return True
        if not is_started and _says(python.tree, port):
            return True
    return False


def may_set(repository: Repository, files: Sequence[PythonSource], variable: str, place: Source | None = None) -> bool:
    """Whether another module, or a file of variables that is read, may set a variable or a family of them.

    Args:
        repository: what is built.
        files: the files that are run.
        variable: its name, or how the names begin.
        place: the module with the default that the variable replaces.
    """
    loaded = [python.source for python in _loaded(repository, files)]
    if any(_writes(source.text, variable) for source in loaded[len(files) :] if source is not place):
        return True
    return is_in_env_file(repository, variable, [source.text for source in loaded])


def is_in_env_file(repository: Repository, variable: str, texts: Iterable[str]) -> bool:
    """Whether a file of variables speaks of one, and one of the texts reads such files."""
    if not any(loader in text for text in texts for loader in _LOADERS):
        return False
    paths = [path for path in repository.files if ".env" in path.rpartition("/")[2]]
    return any(
        (source := repository.glance(path)) is not None and variable.upper() in source.text.upper() for path in paths
    )


def _writes(text: str, variable: str) -> bool:
    """Whether code may set a variable, or a family of them, whose name it has in quotes or as a keyword."""
    if variable not in text:
        return False
    return any(f"{quote}{variable}" in text for quote in "\"'") or "environ.update" in text


def _loaded(repository: Repository, started: Sequence[PythonSource]) -> list[PythonSource]:
    """The files that are run, and the modules of the repository that they import."""
    return with_imports(repository, list(started), [python.source.path.rpartition("/")[0] for python in started])


def _is_unread(call: Call) -> bool:
    name = call.method or call.name
    if name in _SERVING:
        return f"{call.receiver}.{name}" not in _OWN
    return name in _STARTING and any(call.keyword(each) for each in _PORTS)


def _says(tree: ast.Module, port: int | None) -> bool:
    return any(isinstance(node, ast.Constant) and port_number(node.value) == port for node in ast.walk(tree))
