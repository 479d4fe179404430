"""Servers that are started by a command line: their flags, variables and defaults.

Defaults were read in the packages themselves: uvicorn 0.54, gunicorn 27.0, hypercorn 0.18, daphne 4.2, streamlit 1.67,
flask 3.1, fastapi-cli 0.0.34, waitress 3.0, chainlit 2.12, bokeh 3.9 (panel 1.9), sanic 25.12, jupyter_server 2.21,
serve 14.2, http-server 14.1, next 16.4, vite 8.3. docs/serving.md has the whole table.
"""

from __future__ import annotations

from hublint.records import NamedTuple
from hublint.space.serving.server import EVERYWHERE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hublint.documents.shell import ShellWord
    from hublint.space.serving.start import Start

LOCALHOST = "127.0.0.1"


class Tool(NamedTuple):
    """How one command takes its address and port.

    Attributes:
        name: as messages call it.
        host, port, joint: flags for the address, the port and both in one; the long ones first.
        host_env, port_env: variables that are read where the flag is missing; `joint_env` moves gunicorn's default.
        host_default, port_default: what it takes without flag and variable; None where that cannot be known.
        hiding: flags that make the rest unknown, such as those for Unix sockets.
        config: flags that may change the defaults.
        marks: parts of paths or of Dockerfile lines that may do so too.
        everywhere: flags without value for every address.
        bare_host: whether the flag for the address means every address where it has no value.
        since: the version with which the defaults came, where older ones are still in use.
        has_file: whether a configuration file says what flags and variables do not.
    """

    name: str
    host: tuple[str, ...] = ("--host",)
    port: tuple[str, ...] = ("--port",)
    joint: tuple[str, ...] = ()
    host_env: str = ""
    port_env: str = ""
    joint_env: str = ""
    host_default: str | None = LOCALHOST
    port_default: int | None = 8000
    hiding: tuple[str, ...] = ()
    config: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    everywhere: tuple[str, ...] = ()
    has_file: bool = False
    bare_host: bool = False
    since: tuple[int, ...] = ()


_JUPYTER = Tool(
    "jupyter",
    ("--ip", "--ServerApp.ip", "--NotebookApp.ip"),
    ("--port", "--ServerApp.port", "--NotebookApp.port"),
    port_env="JUPYTER_PORT",
    host_default="localhost",
    port_default=8888,
    config=("--config", "--ServerApp.sock"),
    marks=("jupyter_", ".jupyter", "etc/jupyter"),
)
_NEXT = Tool(
    "next", ("--hostname", "-H"), ("--port", "-p"), port_env="PORT", host_default=EVERYWHERE, port_default=3000
)
_BOKEH = Tool(
    "bokeh",
    ("--address",),
    ("--port",),
    port_env="BOKEH_DEFAULT_SERVER_PORT",
    host_default=EVERYWHERE,
    port_default=5006,
)
_VITE = Tool("vite", host_default=None, port_default=None, bare_host=True)

# By the command's words: the program, or the program and its subcommand.
TOOLS: dict[tuple[str, ...], Tool] = {
    ("uvicorn",): Tool("uvicorn", host_env="UVICORN_HOST", port_env="UVICORN_PORT", hiding=("--fd", "--uds")),
    ("gunicorn",): Tool(
        "gunicorn", (), (), ("--bind", "-b"), joint_env="PORT", config=("--config", "-c"),
        marks=("gunicorn.conf", "gunicorn_conf", "GUNICORN_CMD_ARGS"),
    ),
    ("hypercorn",): Tool(
        "hypercorn", (), (), ("--bind", "-b"), config=("--config", "-c"), hiding=("--insecure-bind", "--quic-bind")
    ),
    ("daphne",): Tool(
        "daphne", ("--bind", "-b"), ("--port", "-p"), hiding=("--unix-socket", "-u", "--endpoint", "-e", "--fd")
    ),
    ("streamlit", "run"): Tool(
        "streamlit", ("--server.address",), ("--server.port",), (), "STREAMLIT_SERVER_ADDRESS", "STREAMLIT_SERVER_PORT",
        host_default=EVERYWHERE, port_default=8501, has_file=True,
    ),
    ("flask", "run"): Tool(
        "flask", ("--host", "-h"), ("--port", "-p"), (), "FLASK_RUN_HOST", "FLASK_RUN_PORT", port_default=5000,
        config=("--env-file", "-e"), marks=(".flaskenv", ".env"),
    ),
    ("fastapi", "run"): Tool("fastapi", port_env="PORT", host_default=EVERYWHERE),
    ("fastapi", "dev"): Tool("fastapi", port_env="PORT"),
    ("waitress-serve",): Tool(
        "waitress", joint=("--listen",), host_default=EVERYWHERE, port_default=8080, hiding=("--unix-socket",)
    ),
    ("chainlit", "run"): Tool(
        "chainlit", host_env="CHAINLIT_HOST", port_env="CHAINLIT_PORT", since=(1, 1, 404)
    ),
    ("panel", "serve"): _BOKEH._replace(name="panel"),
    ("bokeh", "serve"): _BOKEH,
    ("sanic",): Tool("sanic", ("--host", "-H"), ("--port", "-p"), hiding=("--unix", "-u")),
    ("jupyter", "lab"): _JUPYTER,
    ("jupyter", "notebook"): _JUPYTER,
    ("jupyter", "server"): _JUPYTER,
    ("jupyter-lab",): _JUPYTER,
    ("jupyter-notebook",): _JUPYTER,
    ("jupyter-server",): _JUPYTER,
    ("serve",): Tool(
        "serve", (), ("-p",), ("--listen", "-l"), port_env="PORT", host_default=EVERYWHERE, port_default=3000,
        since=(13,),
    ),
    ("http-server",): Tool(
        "http-server", ("-a",), ("--port", "-p"), port_env="PORT", host_default=EVERYWHERE, port_default=8080
    ),
    ("next", "start"): _NEXT,
    ("next", "dev"): _NEXT,
    ("vite",): _VITE,
    ("vite", "dev"): _VITE,
    ("vite", "preview"): _VITE,
}  # fmt: skip


def find(tools: Mapping[tuple[str, ...], Tool], start: Start) -> Tool | None:
    """The entry of a table for a command."""
    subcommand = _subcommand(start.argv)
    if (start.name, subcommand) == ("vite", "build"):
        return None
    return (tools.get((start.name, subcommand)) if subcommand else None) or tools.get((start.name,))


def _subcommand(argv: Sequence[ShellWord]) -> str | None:
    """The first word that is not an option, `run` of `flask --app web run`."""
    skip = False
    for word in argv[1:]:
        value = word.value
        if skip:
            skip = False
        elif value is None:
            return None
        elif value.startswith("-"):
            skip = "=" not in value and value not in ("--debug", "--no-debug")
        else:
            return value
    return None
