"""Shiny for R: `runApp` in `R -e` or in a script, and Shiny Server."""

from __future__ import annotations

import re

from hublint.documents.source import Span
from hublint.regexes import lazy
from hublint.space.container.files import join
from hublint.space.serving.server import EVERYWHERE, UNKNOWN, Evidence, Server, port_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.source import Source
    from hublint.space.serving.start import Start
    from hublint.space.serving.walker import Walker

_CALL = lazy(r"\brunApp\s*\(")
_LISTEN = lazy(r"(?m)^[^#\n]*\blisten\s+(\d+)(?:\s+([\d.]+))?\s*;")
_CONFIGURATION = "/etc/shiny-server/shiny-server.conf"
_LARGEST = 500_000


def shiny_server(walker: Walker, start: Start) -> bool:
    """Follow `R -e CODE`, `Rscript FILE` or `shiny-server`; whether it is known what is served."""
    if start.name in ("shiny-server", "init"):
        server = _configured(walker, start)
    elif start.name == "R" or (len(start.argv) > 1 and start.argv[1].value == "-e"):
        server = _expression(start)
    else:
        server = _script(walker, start)
    if server is None:
        return False
    walker.add(server)
    return True


def _expression(start: Start) -> Server | None:
    words = [word for word in start.argv if word.value and _CALL.search(word.value)]
    if len(words) != 1 or any(word.value is None for word in start.argv):
        return None
    if any("options(" in (word.value or "") for word in start.argv):
        return None
    span = words[0].span
    return _call(start, start.source, span, start.source.text[span.start : span.end])


def _script(walker: Walker, start: Start) -> Server | None:
    name = next((word.value for word in start.argv[1:] if not (word.value or "").startswith("-")), None)
    path = start.files.find(join(start.directory, name)) if name else None
    source = walker.repository.source(path) if path else None
    if source is None or source.is_binary or len(source.raw) > _LARGEST or "options(" in source.text:
        return None
    text = re.sub(r"(?m)^[ \t]*#[^\n]*", lambda found: " " * len(found[0]), source.text)
    walker.texts.append(source)
    return _call(start, source, Span(0, len(text)), text)


def _call(start: Start, source: Source, place: Span, text: str) -> Server | None:
    """The one call of `runApp` with a plain `port`; its default is a random one."""
    calls = list(_CALL.finditer(text))
    if len(calls) != 1:
        return None
    begin = calls[0].end()
    port = re.compile(r"\bport\s*=\s*(\d{2,5})L?\s*[,)]").search(text, begin)
    host = re.compile(r"\bhost\s*=\s*\\?['\"]([\w.:]+)\\?['\"]").search(text, begin)
    if port is None or "Sys.getenv" in text[begin : begin + 500]:
        return Server("shiny", UNKNOWN, UNKNOWN, source, place)
    line = Span(place.start + calls[0].start(), place.start + port.end() - 1)
    literal = Span(place.start + port.start(1), place.start + port.end(1))
    number = Evidence(port_number(port[1]), "config", f"port = {port[1]}", source, literal, literal)
    if host is not None:
        at = Span(place.start + host.start(1), place.start + host.end(1))
        address = Evidence(host[1], "config", f"host = {host[1]}", source, at, at)
    elif re.compile(r"\bhost\b").search(text, begin) or not _is_plain(start):
        address = UNKNOWN
    else:
        address = Evidence("127.0.0.1", "default", "host", source, line)
    return Server("shiny", number, address, source, line)


def _is_plain(start: Start) -> bool:
    """Whether no profile of R can set another address."""
    from hublint.space.container.base_images import image_name

    known = image_name(start.files.stage.image or "") in ("r-base", "rocker/r-ver", "rocker/r-base", "rocker/tidyverse")
    return known and not any(mark in start.marks for mark in ("Rprofile", "shiny.host"))


def _configured(walker: Walker, start: Start) -> Server | None:
    """Shiny Server's `listen`: 3838 in the configuration that it brings along."""
    from hublint.space.container.base_images import image_name

    stage = start.files.stage
    if image_name(stage.image or "") not in ("rocker/shiny", "rocker/shiny-verse") or stage.image_word is None:
        return None
    source = start.files.dockerfile.source
    lines = [each.raw for each in start.files.dockerfile.instructions if each.name in ("RUN", "COPY", "ADD")]
    path = start.files.find(_CONFIGURATION)
    if path is None:
        if any("shiny-server.conf" in line or "/etc/" in line or "s6" in line for line in lines):
            return None
        span = stage.image_word.span
        port = Evidence(3838, "image", stage.image or "", source, span)
        return Server("shiny-server", port, Evidence(EVERYWHERE), source, span)
    if any("shiny-server.conf" in line and line[:3].upper() == "RUN" for line in lines):
        return None
    configuration = walker.repository.source(path)
    found = list(_LISTEN.finditer(configuration.text)) if configuration and not configuration.is_binary else []
    if configuration is None or len(found) != 1 or found[0][2]:
        return None
    walker.texts.append(configuration)
    literal = Span(found[0].start(1), found[0].end(1))
    port = Evidence(port_number(found[0][1]), "config", f"listen {found[0][1]}", configuration, literal, literal)
    return Server("shiny-server", port, Evidence(EVERYWHERE), configuration, literal)
