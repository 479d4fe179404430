"""What a Space serves: the servers that its container surely starts, their ports and addresses.

Inputs, the stronger first: the final stage's ENTRYPOINT and CMD, the scripts they run, ENV, the Python files they run,
the defaults of the tools and frameworks. Where anything else may be what serves (a reverse proxy, another process, a
file that is not in the repository) nothing is held to be known. docs/serving.md has the whole table.
"""

from __future__ import annotations

import re

from hublint.regexes import lazy
from hublint.space.serving.server import DEFAULT_PORT, Serving, port_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from hublint.documents.dockerfile import Dockerfile
    from hublint.documents.python import PythonSource
    from hublint.documents.shell import ShellWord
    from hublint.documents.source import Source
    from hublint.repository.repository import Repository
    from hublint.space.serving.environment import Environment
    from hublint.space.serving.server import Server
    from hublint.space.serving.start import Start
    from hublint.space.serving.walker import Walker

# Programs that may take the public port and hand requests to servers on other ports.
_PROXY = lazy(
    r"(?<![\w.])(?:nginx|openresty|caddy|traefik|haproxy|envoy|apache2?(?:ctl)?|httpd|lighttpd|supervisord?|supervisorctl|"
    r"s6|runit|runsvdir|pm2|honcho|foreman|circusd?|overmind|hivemind|concurrently|socat|ngrok|cloudflared|tailscaled?|"
    r"frpc|gost|oauth2-proxy|jupyter-server-proxy|configurable-http-proxy|xpra|novnc|websockify|kasmvnc)(?![\w])",
    re.IGNORECASE,
)
_PROXY_STEMS = (
    "nginx openresty caddy traefik haproxy envoy apache httpd supervis s6 runit runsvdir pm2 honcho foreman circus "
    "overmind hivemind concurrently socat ngrok cloudflared tailscale frpc gost proxy xpra novnc websockify kasmvnc"
).split()


def serving(repository: Repository) -> Serving:
    """What a docker or gradio Space serves; of any other repository nothing is known."""
    return repository.once(_serving)


def _serving(repository: Repository) -> Serving:
    if repository.kind != "space":
        return Serving(None, False)
    if repository.sdk == "docker":
        return _docker(repository)
    if repository.sdk == "gradio":
        return _gradio(repository)
    return Serving(None, False)


def _expected(repository: Repository) -> tuple[int | None, bool]:
    data = repository.card.data if repository.card else {}
    value = data.get("app_port")
    if value is None:
        return (DEFAULT_PORT, False) if "app_port" not in data else (None, False)
    return port_number(value), True


def _docker(repository: Repository) -> Serving:
    port, given = _expected(repository)
    dockerfile, walker = repository.dockerfile, walked(repository)
    if dockerfile is None or walker is None:
        return Serving(port, given)
    complete = walker.complete and not _has_proxy(dockerfile, walker.words, walker.fronts)
    found = Serving(port, given, tuple(walker.servers), complete)
    found = _with_mentions(found, walker.words, walker.python_files, walker.texts)
    return _without_others(repository, found, walker.python_files, walker.env)


def walked(repository: Repository) -> Walker | None:
    """What the commands of a Docker Space's start lead to; None where no Dockerfile can be read."""
    return repository.once(_walked)


def _walked(repository: Repository) -> Walker | None:
    dockerfile = repository.dockerfile
    stage = dockerfile.final_stage if dockerfile else None
    if dockerfile is None or stage is None or dockerfile.errors:
        return None
    from hublint.documents.dockerfile.commands import start_commands
    from hublint.space.container.files import ContainerFiles
    from hublint.space.serving.environment import Environment
    from hublint.space.serving.walker import Walker

    env = Environment(dockerfile.source, stage)
    files = ContainerFiles(repository, dockerfile, stage)
    commands = None
    if stage.image and not env.is_plain():
        from hublint.space.serving.images import image_commands, known_image

        env.base = known_image(stage.image)
        if env.base is not None and stage.entrypoint is None:
            commands = image_commands(env.base, stage)
    port, _ = _expected(repository)
    walker = Walker(repository, dockerfile, files, env, _marks(repository, dockerfile), port, _special)
    walker.read(start_commands(stage) if commands is None else commands, dockerfile.source, files.directory)
    return walker


def _special(walker: Walker, start: Start) -> bool:
    from hublint.space.serving.special_programs import special_program

    return special_program(walker, start)


def _gradio(repository: Repository) -> Serving:
    from hublint.space.app.own_modules import OwnModules
    from hublint.space.serving.code import file_servers
    from hublint.space.serving.environment import Environment

    python = repository.app
    if python is None or python.error is not None:
        return Serving(DEFAULT_PORT, False)
    modules = OwnModules(repository, [python.source.path.rpartition("/")[0]])
    started = file_servers(python, [], None, Environment(None, None), modules)
    found = _with_mentions(Serving(DEFAULT_PORT, False, tuple(started.servers), started.complete), [], [python])
    return _without_others(repository, found, [python], Environment(None, None))


def _marks(repository: Repository, dockerfile: Dockerfile) -> str:
    """Everything by which configuration of a server may come into the image, in one text."""
    lines = [each.raw for each in dockerfile.instructions if each.name in ("RUN", "COPY", "ADD", "ENV")]
    hidden = [path for path in repository.files if "/." in path or path.startswith(".") or path.endswith(".py")]
    return "\n".join([*lines, *(path for path in hidden if len(path) < 200)])


def _has_proxy(dockerfile: Dockerfile, words: Iterable[ShellWord], followed: set[str]) -> bool:
    lines = [each.raw for each in dockerfile.instructions if each.name not in ("HEALTHCHECK", "LABEL")]
    texts = (*lines, *(word.text for word in words))
    doubtful = (text for text in texts if any(stem in text.lower() for stem in _PROXY_STEMS))
    return any(found[0].lower() not in followed for text in doubtful for found in _PROXY.finditer(text))


def _with_mentions(
    found: Serving, words: Iterable[ShellWord], files: Iterable[PythonSource], texts: Iterable[Source] = ()
) -> Serving:
    """Look for other mentions of ports only where there is something to say."""
    if found.misdirected() is None and found.hidden() is None:
        return found
    spans = {server.port.span for server in found.servers}
    nodes = {server.port.node for server in found.servers}
    said = [word.text for word in words if word.span not in spans]
    said += [_without(source, found.servers) for source in texts]
    return found._replace(mentions=_mentions(said, files, nodes))


def _without_others(repository: Repository, found: Serving, files: list[PythonSource], env: Environment) -> Serving:
    """Look into imported modules for other servers only where there is something to say."""
    server = found.misdirected() or found.hidden()
    if server is None or not files:
        return found
    from hublint.space.serving.others import may_serve, may_set

    variables = ["GRADIO_SERVER_"] if server.name == "gradio" else []
    if any(may_set(repository, files, variable) for variable in variables):
        return found._replace(complete=False)
    given = [each for each in (server.port, server.host) if each.how == "literal" and each.variable]
    if any(may_set(repository, files, each.variable, each.source) for each in given):
        return found._replace(complete=False)
    if server.port.value != found.port and may_serve(repository, files, found.port, env):
        return found._replace(complete=False)
    return found


def _without(source: Source, servers: tuple[Server, ...]) -> str:
    """A text without the places where it says which ports the servers take."""
    text = source.text
    for server in servers:
        literal = server.port.literal
        if server.port.source is source and literal is not None:
            text = text[: literal.start] + " " * (literal.end - literal.start) + text[literal.end :]
    return text


def _mentions(texts: Iterable[str], files: Iterable[PythonSource], known: set[object]) -> frozenset[int]:
    """Port numbers in the words of commands and in the literals of Python files, `known` ones left out."""
    import ast

    found: set[int] = set()
    numbers = re.compile(r"(?<!\d)\d{2,5}(?!\d)")
    for text in texts:
        found.update(map(int, numbers.findall(text)))
    for python in files:
        for node in ast.walk(python.tree) if python.tree else ():
            value = node.value if isinstance(node, ast.Constant) and node not in known else None
            if type(value) is int:
                found.add(value)
            elif isinstance(value, str) and len(value) < 5000:
                found.update(map(int, numbers.findall(value)))
    return frozenset(found)
