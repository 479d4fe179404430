"""Programs that start servers in ways of their own: by further files, by an address among the arguments."""

from __future__ import annotations

from hublint.space.serving.command_line import flag_evidence, joint_evidence, server_of
from hublint.space.serving.server import EVERYWHERE, UNKNOWN, Evidence, Server, port_number
from hublint.space.serving.server_commands import LOCALHOST, find

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.shell import ShellWord
    from hublint.space.serving.start import Start
    from hublint.space.serving.walker import Walker

_GO_PORT = ("--port", "-port")
_GO_ADDRESS = ("--addr", "-addr", "--address", "-address", "--listen", "-listen")


def special_program(walker: Walker, start: Start) -> bool:
    """Follow a command that is neither a common tool nor a script; whether it is known what it does."""
    name = start.name
    if name in ("npm", "yarn", "pnpm", "bun"):
        from hublint.space.serving.node import package_script

        return package_script(walker, start)
    if name in ("node", "nodemon", "tsx", "ts-node"):
        from hublint.space.serving.javascript import file_server

        return file_server(walker, start)
    if name in ("nginx", "service", "caddy"):
        from hublint.space.serving.fronts import front

        return front(walker, start)
    if name in ("supervisord", "honcho"):
        from hublint.space.serving.managers import managed

        return managed(walker, start)
    if name in ("R", "Rscript", "shiny-server", "init"):
        from hublint.space.serving.shiny import shiny_server

        return shiny_server(walker, start)
    server = _server(start)
    if server is not None:
        walker.add(server)
    return server is not None


def _server(start: Start) -> Server | None:
    from hublint.space.serving.rare_server_commands import RARE_TOOLS

    tool = find(RARE_TOOLS, start)
    if tool is not None:
        return server_of(tool, start)
    if start.name == "http.server":
        return _http_server(start)
    if start.name == "runserver":
        return _django(start)
    if start.name == "ollama":
        return _ollama(start)
    if start.name == "java":
        return _java(start)
    return _go(start)


def _http_server(start: Start) -> Server:
    """`python -m http.server [--bind ADDRESS] [port]`: 8000 on every address."""
    span = start.span
    host = Evidence(EVERYWHERE, "default", "--bind", start.source, span)
    port = Evidence(8000, "default", "", start.source, span)
    taking = False
    for position, word in enumerate(start.argv[1:], 1):
        value = word.value
        if taking:
            taking = False
        elif value is None and word.default:
            port = flag_evidence("", word, None, start, word.default)
        elif value is None:
            host, port = host if host.how == "flag" else UNKNOWN, UNKNOWN
        elif value in ("-b", "--bind", "-d", "--directory", "-p", "--protocol"):
            taking = True
            following = start.argv[position + 1] if position + 1 < len(start.argv) else None
            if value in ("-b", "--bind"):
                host = flag_evidence("--bind", following, following.value, start) if following else UNKNOWN
        elif value.startswith("--bind="):
            host = flag_evidence("--bind", word, value[7:], start)
        elif not value.startswith("-"):
            port = flag_evidence("", word, value, start)
    port = port._replace(value=port_number(port.value))
    return Server("http.server", port, host, start.source, span, start.form, span.end, "--bind", "")


def _django(start: Start) -> Server:
    """`manage.py runserver [ADDRESS:]PORT`: 127.0.0.1:8000."""
    span = start.span
    host = Evidence(LOCALHOST, "default", "", start.source, span)
    port = Evidence(8000, "default", "", start.source, span)
    for word in start.argv[1:]:
        value = word.default
        if value is None:
            host = port = UNKNOWN
        elif not value.startswith("-"):
            address, colon, number = value.rpartition(":")
            given, port = joint_evidence("", word, (address, number), word.value is None, start)
            host = given if colon else host
    port = port._replace(value=port_number(port.value))
    return Server("django", port, host, start.source, span, start.form, span.end)


def _ollama(start: Start) -> Server | None:
    """`ollama serve`: 127.0.0.1:11434, or what OLLAMA_HOST says (envconfig.Host in its repository)."""
    words = [word.value for word in start.argv]
    if len(words) < 2 or words[1] not in ("serve", "start"):
        return None
    span = start.span
    given = start.env.get("OLLAMA_HOST")
    if given is None:
        host = Evidence(LOCALHOST, "default", "OLLAMA_HOST", start.source, span)
        port = Evidence(11434, "default", "OLLAMA_HOST", start.source, span)
    elif not isinstance(given.value, str) or "/" in given.value:
        host = port = UNKNOWN
    else:
        address, colon, number = given.value.rpartition(":")
        if not colon or given.value.endswith("]"):
            address, number = given.value, "11434"
        host = given._replace(value=address or EVERYWHERE)
        port = given._replace(value=port_number(number))
    return Server("ollama", port, host, start.source, span)


def _java(start: Start) -> Server | None:
    """A Java program whose flags name the port as Spring Boot and Quarkus take it."""
    for word in start.argv[1:]:
        name, equals, value = (word.default or "").partition("=")
        if equals and name in ("--server.port", "-Dserver.port", "-Dquarkus.http.port"):
            port = flag_evidence(name, word, None if word.value is None else value, start, value)
            port = port._replace(value=port_number(port.value))
            return Server("java", port, UNKNOWN, start.source, start.span)
    return None


def _go(start: Start) -> Server | None:
    """A program that the Dockerfile itself builds with `go build -o`, and whose flags plainly name a port."""
    built = [
        words[words.index("-o") + 1].rpartition("/")[2]
        for each in start.files.dockerfile.instructions
        if each.name == "RUN" and "go build" in each.raw
        for words in [each.raw.split()]
        if "-o" in words[:-1]
    ]
    if start.name not in built:
        return None
    found = [_go_flag(start, position) for position in range(1, len(start.argv))]
    ports = [evidence for evidence in found if evidence is not None]
    if len(ports) != 1:
        return None
    return Server(start.name, ports[0], UNKNOWN, start.source, start.span)


def _go_flag(start: Start, position: int) -> Evidence | None:
    name, equals, value = (start.argv[position].value or "").partition("=")
    word: ShellWord = start.argv[position]
    if name not in _GO_PORT + _GO_ADDRESS:
        return None
    if not equals:
        if position + 1 >= len(start.argv):
            return UNKNOWN
        word = start.argv[position + 1]
        value = word.value or ""
    number = value.rpartition(":")[2] if name in _GO_ADDRESS else value
    evidence = flag_evidence(name, word, number, start)
    return evidence._replace(value=port_number(evidence.value))
