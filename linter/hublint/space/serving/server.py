"""What is known of the servers that a Space's container starts."""

from __future__ import annotations

from hublint.documents.source import Span
from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from hublint.documents.source import Source

DEFAULT_PORT = 7860
EVERYWHERE = "0.0.0.0"
_LOCAL = frozenset(("localhost", "::1", "[::1]", "localhost.localdomain", "ip6-localhost"))


class Evidence(NamedTuple):
    """What says which port or address a server takes.

    Attributes:
        value: a port's number or an address's text; None when it cannot be known.
        how: "flag" of a command, "env" for ENV or an exported variable, "literal" in Python, "config" for other files,
            "image" for what the base image brings along, "default".
        name: the flag, variable or keyword argument that gives it, or that would give it where the default does; of
            a file the words that say it.
        source: the file it stands in.
        span: the guilty place; of a default, the command or call that lacks the setting.
        literal: where exactly the value is written, None where no edit can change it.
        node: the Python literal.
        variable: of a default, the tool's or one in the code, a variable that the Space's settings may set instead.
    """

    value: Any = None
    how: str = ""
    name: str = ""
    source: Source | None = None
    span: Span = Span(0, 0)
    literal: Span | None = None
    node: Any = None
    variable: str = ""

    @property
    def in_python(self) -> bool:
        """Whether Python code is what has to change."""
        return self.source is not None and self.source.path.endswith(".py")


UNKNOWN = Evidence()


class Server(NamedTuple):
    """One server.

    Attributes:
        name: as messages call it.
        port: number and evidence.
        host: address and evidence.
        source: the file with the command or call that starts it.
        span: that command or call.
        form: "json" for an argument vector, "shell" for a command line, "call" for Python.
        end: where further arguments can be inserted in a command.
        host_option: the flag or keyword argument for the address, empty where there is none.
        port_option: the same for the port.
        joint: whether `host_option` takes address and port together.
        call: the Python call.
        front: whether it is a reverse proxy, which takes the requests for all others.
    """

    name: str
    port: Evidence
    host: Evidence
    source: Source
    span: Span
    form: str = ""
    end: int = 0
    host_option: str = ""
    port_option: str = ""
    joint: bool = False
    call: Any = None
    front: bool = False


class Serving(NamedTuple):
    """What is known of a Space's servers.

    Attributes:
        port: the port to which the Hub sends requests; None where `app_port` is not a port.
        given: whether the metadata says so, rather than the Hub's default.
        servers: in the order of their start.
        complete: whether nothing else can serve.
        mentions: ports that commands or started Python files name apart from what the servers take.
    """

    port: int | None
    given: bool
    servers: tuple[Server, ...] = ()
    complete: bool = False
    mentions: frozenset[int] = frozenset()

    def misdirected(self) -> Server | None:
        """The server that listens on a port to which the Hub sends nothing, while no other listens on the right one."""
        if not self.complete or self.port is None or not self.servers:
            return None
        ports = {server.port.value for server in self.servers}
        if len(self.servers) > 1 and any(server.port.variable for server in self.servers):
            return None
        if None in ports or self.port in ports or self.port in self.mentions:
            return None
        fronts = [server for server in self.servers if server.front]
        return (fronts or self.servers)[-1]

    def hidden(self) -> Server | None:
        """The server that only the container itself can reach, while no other can be the public one."""
        if not self.complete or not self.servers:
            return None
        may_be = (server for server in self.servers if server.port.variable or server.port.value in (None, self.port))
        if any(not is_local(server.host.value) for server in may_be):
            return None
        local = [server for server in self.servers if is_local(server.host.value)]
        right = [server for server in local if server.port.value == self.port]
        if right:
            return right[-1]
        return local[0] if len(self.servers) == 1 and local and self.port not in self.mentions else None


def common(variable: str) -> str:
    """A variable's name where many programs read it, else nothing."""
    return variable if variable in ("PORT", "HOST") else ""


def is_address_variable(name: str) -> bool:
    """Whether a variable's name says that it holds a port or an address."""
    return name.upper().endswith(("PORT", "HOST", "ADDRESS", "ADDR", "BIND", "SERVER_NAME", "_IP"))


def is_local(host: object) -> bool:
    """Whether an address is only reached from inside the container."""
    if not isinstance(host, str):
        return False
    host = host.strip().lower()
    return host in _LOCAL or (host.startswith("127.") and host.replace(".", "").isdigit())


def port_number(value: object) -> int | None:
    """A port from a flag, variable or literal; None where it is none that a client could use."""
    if isinstance(value, str):
        value = value.strip()
        value = int(value) if value.isascii() and value.isdigit() and len(value) < 6 else None
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 < value < 65536 else None


def written(source: Source, span: Span, value: object) -> Span | None:
    """The one place inside `span` where a value is written out, None where there is none or several."""
    text, wanted = source.text[span.start : span.end], str(value)
    at = text.find(wanted)
    if not wanted or at < 0 or text.find(wanted, at + 1) >= 0:
        return None
    return Span(span.start + at, span.start + at + len(wanted))
