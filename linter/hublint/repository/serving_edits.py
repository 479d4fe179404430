"""How a server's port and address are named to people, and the edits that change them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from hublint.documents.source import Span
from hublint.repository.serving_model import EVERYWHERE
from hublint.rule import Edit, locate

if TYPE_CHECKING:
    from hublint.documents.python import PythonSource
    from hublint.repository.serving_model import Evidence, Server

_REST = re.compile(r"[\s,]*")
_LONGEST = 60


def shown(evidence: Evidence) -> str:
    """Where a port or an address is known from, for a message."""
    if evidence.how == "default":
        return f"its default without `{evidence.name}`" if evidence.name else "its default"
    if evidence.how == "env":
        return f"`{evidence.name}` in the image's environment"
    if evidence.how == "literal" and evidence.name:
        return f"`{evidence.name}` in the code"
    if evidence.how == "literal":
        return "the code says so"
    source = evidence.source
    text = source.text[evidence.span.start : evidence.span.end] if source else ""
    text = " ".join(text.strip("\"'").split())
    if evidence.name and not text.startswith("-"):
        text = f"{evidence.name} {text}"
    return f"`{text if len(text) <= _LONGEST else evidence.name}`"


def set_port(server: Server, port: int, python: PythonSource | None) -> tuple[Edit, ...] | None:
    """What makes a server listen on another port; None where no small edit can.

    Args:
        server: the server.
        port: the new port.
        python: the file of a Python literal or call.
    """
    return _set(server, server.port, str(port), server.port_option, python)


def set_host(server: Server, port: int, python: PythonSource | None) -> tuple[Edit, ...] | None:
    """What makes a server listen on every address; `port` is for flags that take address and port together."""
    value = f"{EVERYWHERE}:{port}" if server.joint and server.host.how == "default" else EVERYWHERE
    return _set(server, server.host, value, server.host_option, python)


def _set(
    server: Server, evidence: Evidence, value: str, option: str, python: PythonSource | None
) -> tuple[Edit, ...] | None:
    if evidence.how == "default":
        if server.form == "call":
            return _add_argument(server, option, value)
        if server.joint and not value.startswith(EVERYWHERE):
            return None
        return _add_flag(server, option, value)
    if evidence.source is None:
        return None
    if evidence.how == "literal":
        if python is None or evidence.node is None:
            return None
        text = value if type(evidence.value) is int and not isinstance(evidence.node.value, str) else json.dumps(value)
        edit = python.literal_edit(evidence.node, text)
        return (edit,) if edit else None
    return (Edit(evidence.source.path, evidence.literal, value),) if evidence.literal else None


def _add_flag(server: Server, flag: str, value: str) -> tuple[Edit, ...] | None:
    if not flag or not server.end:
        return None
    text = f', "{flag}", "{value}"' if server.form == "json" else f" {flag} {value}"
    return (Edit(server.source.path, Span(server.end, server.end), text),)


def _add_argument(server: Server, keyword: str, value: str) -> tuple[Edit, ...] | None:
    """A keyword argument behind the last one; none where brackets or comments stand in between."""
    if not keyword:
        return None
    text = server.source.text
    call = server.call
    parts = [*call.args, *call.keywords]
    written = f"{keyword}={value if value.isdigit() else json.dumps(value)}"
    if not parts:
        start = locate(server.source, call.func).end
        inner = text[start : server.end].strip()
        return (Edit(server.source.path, Span(server.end, server.end), written),) if inner == "(" else None
    end = max(locate(server.source, part).end for part in parts)
    found = _REST.match(text, end)
    if not found or found.end() != server.end:
        return None
    return (Edit(server.source.path, Span(end, end), f", {written}"),)
