"""Streamlit's `config.toml`: the port and the address that it sets."""

from __future__ import annotations

import re

from hublint.documents.source import Span
from hublint.regexes import lazy
from hublint.space.container.files import join
from hublint.space.serving.server import UNKNOWN, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.source import Source
    from hublint.space.serving.start import Start

_SECTION = lazy(r"[ \t]*\[([^\[\]\n]+)\][ \t]*(?:#.*)?")
_ENTRY = lazy(r"""[ \t]*(port|address)[ \t]*=[ \t]*(?:"([^"\\\n]*)"|'([^'\n]*)'|(\d+))[ \t]*(?:#.*)?""")
_HARD = lazy(r'"""|\'\'\'|^[ \t]*"?server"?[ \t]*[.=]|^[ \t]*\[\[', re.MULTILINE)
_LARGEST = 100_000


def with_streamlit_file(start: Start, host: Evidence, port: Evidence) -> tuple[Evidence, Evidence]:
    """Address and port with those of the file in place of defaults.

    Streamlit reads `.streamlit/config.toml` in the home folder, then in the folder where it is started, and newer
    versions then beside the script. Unknown where it cannot be seen which files there are.
    """
    if "default" not in (host.how, port.how):
        return host, port
    found = _file(start)
    if found is None:
        return host, port
    given = _entries(found) if found is not UNCLEAR else None
    sides = []
    for name, evidence in (("address", host), ("port", port)):
        if evidence.how == "default":
            evidence = UNKNOWN if given is None else given.get(name, evidence)
        sides.append(evidence)
    return sides[0], sides[1]


UNCLEAR = object()


def _file(start: Start) -> Source | object | None:
    """The one file that is read, None where there is none, UNCLEAR where that cannot be known."""
    files = start.files
    candidates = [path for path in files.repository.files if f"/{path}".endswith("/.streamlit/config.toml")]
    lines = [each.raw for each in files.dockerfile.instructions if each.name in ("RUN", "ENV", "COPY", "ADD")]
    mentioned = [line for line in lines if ".streamlit" in line]
    if any(_writes(line) for line in mentioned):
        return UNCLEAR
    if start.source is not files.dockerfile.source and ".streamlit" in start.source.text:
        return UNCLEAR
    if not candidates:
        return UNCLEAR if mentioned and any(not line.startswith("RUN") for line in mentioned) else None
    path = files.find(join(start.directory, ".streamlit/config.toml"))
    source = files.repository.source(path) if path else None
    if len(candidates) > 1 or source is None or source.is_binary or len(source.raw) > _LARGEST:
        return UNCLEAR
    return source


def _writes(line: str) -> bool:
    if line[:3].upper() != "RUN":
        return False
    return bool(
        re.search(r">|<<|\b(?:cp|mv|ln|tee|sed|cat|curl|wget|git|python3?|install)\b[^&;|]{0,300}\.streamlit", line)
    )


def _entries(source: Source | object) -> dict[str, Evidence] | None:
    """What `[server]` says; None where the file is written in a way that is not read here."""
    from hublint.documents.source import Source

    if not isinstance(source, Source) or _HARD.search(source.text):
        return None
    found: dict[str, Evidence] = {}
    section = ""
    at = 0
    for line in source.text.split("\n"):
        header = _SECTION.fullmatch(line.rstrip("\r"))
        if header:
            section = header[1].strip().strip("\"'")
        elif section == "server" and (entry := _ENTRY.fullmatch(line.rstrip("\r"))):
            group = entry.lastindex or 1
            literal = Span(at + entry.start(group), at + entry.end(group))
            text = line.strip().partition("#")[0].strip()
            found[entry[1]] = Evidence(entry[group], "config", text, source, literal, literal)
        elif section == "server" and line.lstrip().startswith(("port", "address", '"port', '"address')):
            return None
        at += len(line) + 1
    return found
