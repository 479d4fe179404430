"""Servers that are started by a command line: their flags, variables and defaults.

Defaults were read in the packages themselves: uvicorn 0.54, gunicorn 27.0, hypercorn 0.18, daphne 4.2, streamlit 1.67,
flask 3.1, fastapi-cli 0.0.34, waitress 3.0, chainlit 2.12, bokeh 3.9 (panel 1.9), sanic 25.12, jupyter_server 2.21,
serve 14.2, http-server 14.1, next 16.4, vite 8.3. docs/serving.md has the whole table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hublint.regexes import lazy
from hublint.space.serving.server import EVERYWHERE, UNKNOWN, Evidence, Server, common, port_number, written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hublint.documents.shell import ShellWord
    from hublint.space.serving.start import Start

LOCALHOST = "127.0.0.1"
# What a shell makes any number of words of: `$@`, `"${OPTIONS[@]}"`.
_SEVERAL = lazy(r"\$[@*]|\$\{[@*]|\[[@*]\]")


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


def tool_server(start: Start) -> Server | None:
    """The server of a command in `TOOLS`, None for any other command."""
    tool = find(TOOLS, start)
    return server_of(tool, start) if tool else None


def find(tools: Mapping[tuple[str, ...], Tool], start: Start) -> Tool | None:
    """The entry of a table for a command."""
    subcommand = _subcommand(start.argv)
    if (start.name, subcommand) == ("vite", "build"):
        return None
    return (tools.get((start.name, subcommand)) if subcommand else None) or tools.get((start.name,))


def _subcommand(argv: Sequence[ShellWord]) -> str | None:
    """The first word that is no option, `run` of `flask --app web run`."""
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


def server_of(tool: Tool, start: Start) -> Server:
    """The server that a tool's command starts."""
    found, certain = _options(tool, start.argv)
    if any(flag in found for flag in tool.hiding):
        host = port = UNKNOWN
    elif joint := [word for flag in tool.joint for word in found.get(flag, ())]:
        host, port = _address(joint[-1], tool, start) if len(joint) == 1 else (UNKNOWN, UNKNOWN)
    else:
        if any(flag in found for flag in tool.config) or any(mark in start.marks for mark in tool.marks):
            certain = False
        if tool.marks and not start.env.is_plain():
            certain = False
        if tool.since and certain:
            from hublint.space.serving.versions import is_since

            certain = is_since(start, tool.name, tool.since)
        base = start.env.base
        host_default = None if base is not None and base.configures == tool.name else tool.host_default
        host = _setting(tool.host or tool.joint, found, tool.host_env, host_default, certain, start)
        port = _setting(tool.port or tool.joint, found, tool.port_env, tool.port_default, certain, start)
        if tool.has_file:
            from hublint.space.serving.streamlit_config import with_streamlit_file

            host, port = with_streamlit_file(start, host, port)
        if any(flag in found for flag in tool.everywhere):
            host = host._replace(value=EVERYWHERE, how="flag") if host.how in ("default", "") else UNKNOWN
        if tool.joint_env and host.how == port.how == "default":
            variable = start.env.get(tool.joint_env)
            if variable is not None:
                host, port = UNKNOWN._replace(value=EVERYWHERE), variable
            else:
                host, port = host._replace(variable=tool.joint_env), port._replace(variable=tool.joint_env)
        port = port._replace(value=port_number(port.value))
    if not isinstance(host.value, str):
        host = host._replace(value=None)
    joint_only = tool.joint[:1] if not tool.host else ()
    return Server(
        tool.name, port, host, start.source, start.span, start.form, start.argv[-1].span.end,
        (joint_only or tool.host or ("",))[0], (tool.port or joint_only or ("",))[0], bool(joint_only),
    )  # fmt: skip


def _options(tool: Tool, argv: Sequence[ShellWord]) -> tuple[dict[str, list[tuple[ShellWord, str | None]]], bool]:
    """Every flag of the tool with its values, and whether no other word can be hidden in an unknown one."""
    names = {*tool.host, *tool.port, *tool.joint, *tool.hiding, *tool.config, *tool.everywhere}
    found: dict[str, list[tuple[ShellWord, str | None]]] = {}
    certain = True
    positional = 0
    unknown_first = False
    position = 1
    while position < len(argv):
        word = argv[position]
        value = word.value
        position += 1
        name, equals, attached = (value or "").partition("=")
        if value is None:
            name = word.text.partition("=")[0]
            if "=" in word.text and name in names:
                found.setdefault(name, []).append((word, None))
            elif not word.text.startswith("-"):
                positional += 1
                unknown_first = True
                certain = certain and positional == 1 and not _SEVERAL.search(word.text)
            continue
        short = next((n for n in names if len(n) == 2 and value.startswith(n) and value != n), "")
        if value in names:
            following = argv[position] if position < len(argv) and value not in tool.everywhere else None
            if following is None or (following.value or "").startswith("-"):
                found.setdefault(value, []).append(
                    (word, EVERYWHERE if tool.bare_host and value in tool.host else None)
                )
                continue
            found.setdefault(value, []).append((following, following.value))
            position += 1
        elif equals and name in names:
            found.setdefault(name, []).append((word, attached))
        elif short and not value.startswith("--"):
            found.setdefault(short, []).append((word, value[2:].removeprefix("=")))
        elif value.startswith("-"):
            following = argv[position] if position < len(argv) else None
            position += following is not None and following.value is None and not equals
        else:
            positional += 1
            if unknown_first and not (argv[position - 2].value or "").startswith("-"):
                certain = False  # what came before it is no app, but options
    return found, certain


def _setting(
    flags: tuple[str, ...],
    found: dict[str, list[tuple[ShellWord, str | None]]],
    variable: str,
    default: str | int | None,
    certain: bool,
    start: Start,
) -> Evidence:
    given = [(flag, word, value) for flag in flags for word, value in found.get(flag, ())]
    if len(given) > 1:
        return UNKNOWN
    if given:
        flag, word, value = given[0]
        return flag_evidence(flag, word, value, start)
    evidence = start.env.get(variable) if variable else None
    if evidence is not None:
        return evidence
    if not certain or default is None or (variable and not start.env.is_plain()):
        return UNKNOWN
    name = flags[0] if flags else ""
    return Evidence(default, "default", name, start.source, start.span, variable=common(variable))


def flag_evidence(flag: str, word: ShellWord, value: str | None, start: Start) -> Evidence:
    """A flag's value; where it only repeats a variable of the image, that variable."""
    text = start.source.text[word.span.start : word.span.end]
    if not value or "$" not in text:
        return Evidence(value, "flag", flag, start.source, word.span, written(start.source, word.span, value or ""))
    import re

    for name in re.findall(r"\$\{?([A-Za-z_]\w*)", text):
        variable = start.env.get(name)
        if variable is not None and variable.value == value:
            return variable
    return Evidence(value, "flag", flag, start.source, word.span)


def _address(option: tuple[ShellWord, str | None], tool: Tool, start: Start) -> tuple[Evidence, Evidence]:
    """Address and port of `HOST:PORT`, `HOST`, `:PORT`, `tcp://HOST:PORT` or (serve, waitress) `PORT`."""
    word, value = option
    if value is None:
        return UNKNOWN, UNKNOWN
    text = value.removeprefix("tcp://")
    if text.startswith(("unix:", "fd://", "pipe:")) or "," in text or "://" in text:
        return UNKNOWN, UNKNOWN
    host, colon, port = text.rpartition(":")
    if not colon or text.endswith("]"):
        host, port = (text, str(tool.port_default)) if not text.isdigit() or tool.name == "gunicorn" else ("", text)
    name = tool.joint[0]
    address = flag_evidence(name, word, host, start)
    number = flag_evidence(name, word, port, start)
    return address._replace(value=host or EVERYWHERE), number._replace(value=port_number(port))
