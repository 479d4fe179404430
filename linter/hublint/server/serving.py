"""The server put together, over standard input and output."""

from __future__ import annotations

import gc
import logging
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.capabilities import ServerCapabilitiesBuilder

from hublint.server import notifications, requests
from hublint.server.language_server import HublintServer

if TYPE_CHECKING:
    from typing import BinaryIO

# A check leaves circles behind; with so many new objects they are taken away often enough to keep memory flat.
_COLLECTED = 20_000


def _utf_16(_capabilities: types.ClientCapabilities) -> types.PositionEncodingKind:
    """Positions are in UTF-16, which every client has: two servers that count differently confuse one buffer."""
    return types.PositionEncodingKind.Utf16


def made() -> HublintServer:
    """A server with all that it answers."""
    ServerCapabilitiesBuilder.choose_position_encoding = _utf_16  # type: ignore[method-assign, assignment]
    server = HublintServer()
    notifications.register(server)
    requests.register(server)
    return server


def run(stdin: BinaryIO, stdout: BinaryIO) -> None:
    """Serve one client until it leaves."""
    logging.getLogger("pygls").setLevel(logging.CRITICAL + 1)
    server = made()
    gc.freeze()  # what is imported stays: no collection needs to look at it
    gc.set_threshold(_COLLECTED)
    server.start_io(stdin, stdout)
