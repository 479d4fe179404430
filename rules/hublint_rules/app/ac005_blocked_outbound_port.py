"""The app connects to another server on a port that the Hub says it blocks.

## What it does
Reports connections whose server and port are both written in the app's code: mail servers, FTP, SSH, and HTTP
addresses with a port of their own. Anything from the environment, services of the same container (`localhost`), private
networks and placeholders are left alone, and so are databases, which are reached. Mail is a warning, everything else
information.

## Why it matters on the Hub
Requests from a Space to ports other than 80, 443 and 8080 are blocked: the call waits for its timeout and fails,
though it works on your own computer. The documentation makes no exception, yet other pages of it describe Spaces with
databases elsewhere, and those answer.

## Example
```yaml
title: Demo
sdk: gradio
```
```python app.py
import smtplib


def send(message):
    with smtplib.SMTP("smtp.gmail.com", 587) as server:
        server.starttls()
        server.send_message(message)
```

## Use instead
The service's interface over HTTPS.
```yaml
title: Demo
sdk: gradio
```
```python app.py
import os

import requests


def send(message):
    headers = {"Authorization": f"Bearer {os.environ['RESEND_API_KEY']}"}
    requests.post("https://api.resend.com/emails", json=message, headers=headers, timeout=30)
```

## Evidence
https://huggingface.co/docs/hub/spaces-overview (2026-08-22), Networking: ports 80, 443 and 8080; "Any requests going to
other ports will be blocked". https://github.com/ttt246/Brain/issues/220: port 993 was.
Against it for databases: the log of a Docker Space (2026-08-04) has the answer of a Postgres server elsewhere on port
5432 ("password authentication failed"); https://huggingface.co/docs/hub/spaces-sdks-docker-label-studio and -chatui,
with an external Postgres and MongoDB; https://github.com/twikoojs/twikoo/issues/638.
Default ports: Python's smtplib, imaplib, poplib and ftplib.
"""

from __future__ import annotations

from hublint.records import NamedTuple
from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    from hublint.documents.python import Call, PythonSource
    from hublint.repository.repository import Repository

RULE = Rule(
    code="AC005",
    name="blocked-outbound-port",
    severity="warning",
    effect="broken",
    subject="code",
    since="0.1.0",
    kinds=("space",),
    only_if=(
        "smtplib",
        "imaplib",
        "poplib",
        "ftplib",
        "paramiko",
        "mail_server",
        "http://",
        "https://",
    ),
)

_OPEN = frozenset((80, 443, 8080))
_MAIL = frozenset((25, 110, 143, 465, 587, 993, 995))


# Code without any of these need not be parsed.
_HINTS = r"smtplib|imaplib|poplib|ftplib|paramiko|mail_server|https?://[\w.-]+:\d"


class _Client(NamedTuple):
    """How a call is told its server.

    Attributes:
        port: the port it takes where none is given; 0 where there is no such default.
        host, host_at: keyword argument of the server, and its place among the positional ones.
        port_name, port_at: the same for the port.
        url: the name of the first argument where that may be an address with both.
    """

    port: int
    host: str = "host"
    host_at: int = 0
    port_at: int = 1
    url: str = ""
    port_name: str = "port"


_URL = _Client(0, url="url")
_CLIENTS = {
    "smtplib.SMTP": _Client(25),
    "smtplib.SMTP_SSL": _Client(465),
    "aiosmtplib.send": _Client(0, host="hostname", host_at=-1, port_at=-1),
    "fastapi_mail.ConnectionConfig": _Client(0, host="MAIL_SERVER", host_at=-1, port_at=-1, port_name="MAIL_PORT"),
    "imaplib.IMAP4": _Client(143),
    "imaplib.IMAP4_SSL": _Client(993),
    "poplib.POP3": _Client(110),
    "poplib.POP3_SSL": _Client(995),
    "ftplib.FTP": _Client(21, port_at=-1),
    "ftplib.FTP_TLS": _Client(21, port_at=-1),
    "paramiko.SSHClient().connect": _Client(22, host="hostname"),
    "smtplib.SMTP().connect": _Client(25),
    "urllib.request.urlopen": _URL,
} | {
    f"{library}.{method}": _URL
    for library in ("requests", "httpx")
    for method in ("get", "post", "put", "patch", "delete", "head")
}  # fmt: skip
_BY_SCHEME = {"http": 80, "https": 443}


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each such connection."""
    import re

    from hublint.space.running import reached

    if not re.search(_HINTS, repository.code):
        return
    for python in reached(repository, "lib", "mail", "MAIL", "paramiko", "http"):
        for node, host, port in _connections(repository, python):
            if port in _OPEN or not _is_remote(host):
                continue
            if port in _MAIL:
                message = (
                    f"`{host}` cannot be reached from a Space on port {port}: the Hub blocks all ports but 80, 443 and "
                    "8080; use the mail service's interface over HTTPS"
                )
                yield Finding(python.source, node, message)
            else:
                message = (
                    f"`{host}` may not be reached from a Space on port {port}: the Hub documents that all ports but "
                    "80, 443 and 8080 are blocked"
                )
                yield Finding(python.source, node, message, severity="info")


def _connections(repository: Repository, python: PythonSource) -> Iterator[tuple[ast.AST, str, int]]:
    """Where which server is asked on which port."""
    for call in python.calls:
        client = _CLIENTS.get(call.name) or _CLIENTS.get(f"{call.receiver}().{call.method}" if call.receiver else "")
        target = _target(repository, python, call, client) if client else None
        if target is not None:
            yield call.node, *target
    settings = {a.name.rpartition(".")[2]: a for a in python.assignments if "config.MAIL_" in a.name}  # Flask-Mail
    if {"MAIL_SERVER", "MAIL_PORT"} <= settings.keys():
        server, port = (_known(repository, python, settings[name].value) for name in ("MAIL_SERVER", "MAIL_PORT"))
        if isinstance(server, str) and type(port) is int:
            yield settings["MAIL_PORT"].value, server, port


def _target(repository: Repository, python: PythonSource, call: Call, client: _Client) -> tuple[str, int] | None:
    """The server and its port; None where either is not known."""
    if call.unpacks:
        return None
    given = call.argument(client.url, 0) if client.url else None
    if given is not None:
        text = _known(repository, python, given)
        return _of_url(text) if isinstance(text, str) else None
    host = call.argument(client.host, client.host_at)
    port = call.argument(client.port_name, client.port_at)
    name = _known(repository, python, host) if host is not None else None
    number = _port(_known(repository, python, port)) if port is not None else client.port
    if not isinstance(name, str) or number is None or "," in name:
        return None
    host_name, separator, own = name.partition(":")  # smtplib takes "host:port"
    number = _port(own) if separator else number or client.port
    return (host_name, number) if number or (separator and number is not None) else None


def _port(value: object) -> int | None:
    """A port that is given as a number or as its digits."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 6:
        return int(value)
    return value if type(value) is int else None


def _known(repository: Repository, python: PythonSource, expression: ast.expr) -> object:
    from hublint.space.constants import known_value

    known = known_value(repository, python, expression)
    return None if known is None or known.env or known.option is not None else known.value


def _of_url(url: str) -> tuple[str, int] | None:
    from urllib.parse import urlsplit

    default = _BY_SCHEME.get(url.partition("://")[0].lower())
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if not host or default is None:
        return None
    return host, default if port is None else port


def _is_remote(host: str) -> bool:
    """Whether a name is of a real server elsewhere: no placeholder, this container, or a private network."""
    import re

    host = host.strip().lower().rstrip(".")
    if not re.fullmatch(r"[a-z0-9](?:[a-z0-9_-]*\.)+[a-z0-9-]+", host):
        return False
    if re.search(
        r"your|example|placeholder|change-?me|dummy|xxx|(?:^|[.-])(?:test|host|hostname|server|domain)(?:[.-]|$)", host
    ):
        return False
    if host.endswith((".local", ".localhost", ".internal", ".lan", ".test", ".invalid", ".localdomain")):
        return False
    if not host.replace(".", "").isdigit():
        return True
    numbers = [int(part) for part in host.split(".") if len(part) < 4]
    if len(numbers) != 4 or max(numbers) > 255 or numbers == [1, 2, 3, 4]:
        return False
    first, second = numbers[:2]
    return not (
        first in (0, 10, 127)
        or (first, second) in ((192, 168), (169, 254), (192, 0), (198, 51), (203, 0))
        or (first == 172 and 16 <= second < 32)
        or (first == 100 and 64 <= second < 128)
        or first >= 224
    )
