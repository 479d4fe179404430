"""How a server's port and address are named to people, and the fixes that change them."""

from __future__ import annotations

import json
import re

from hublint.documents.edits import Edit, Fix, apply_edits
from hublint.documents.source import Span, locate
from hublint.documents.yaml import edits as yaml_edits
from hublint.regexes import lazy
from hublint.space.serving.server import EVERYWHERE, is_local, written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from hublint.documents.python import PythonSource
    from hublint.documents.source import Source
    from hublint.repository.repository import Repository
    from hublint.space.serving.server import Evidence, Server, Serving

_REST = lazy(r"[\s,]*")
_LONGEST = 60
_LOWEST = 1025


def shown(evidence: Evidence, source: Source) -> str:
    """Where a port or an address is known from, for a message about a server that `source` starts."""
    if evidence.how == "default":
        names = " and ".join(f"`{name}`" for name in (evidence.name, evidence.variable) if name)
        return f"its default without {names}" if names else "its default"
    if evidence.how == "image":
        return "the default of the image"
    if evidence.how in ("literal", "config"):
        return _in_code(evidence, source)
    if evidence.how == "env" and evidence.variable:
        return f"the default of `{evidence.variable}`"
    if evidence.how == "env":
        return f"`{evidence.name}` in the environment"
    text = evidence.source.text[evidence.span.start : evidence.span.end] if evidence.source else ""
    text = " ".join(text.strip("\"'").split())
    if evidence.name and not text.startswith("-"):
        text = f"{evidence.name} {text}"
    return f"`{text if len(text) <= _LONGEST else evidence.name}`"


def _in_code(evidence: Evidence, source: Source) -> str:
    """The place of a port or an address in code or a configuration."""
    elsewhere = evidence.source.path if evidence.source is not None and evidence.source is not source else ""
    if evidence.variable:
        return f"the default of `{evidence.variable}` in {elsewhere or 'the code'}"
    if elsewhere:
        return f"`{evidence.name}` in {elsewhere}" if evidence.name else f"{elsewhere} says so"
    if evidence.how == "config":
        return f"`{evidence.name}`"
    return f"`{evidence.name}` in the code" if evidence.name else "the code says so"


def _named(repository: Repository, server: Server) -> str:
    """A server and the place that starts it."""
    dockerfile = repository.dockerfile
    if dockerfile is None or server.source is not dockerfile.source:
        return f"`{server.name}` in {server.source.path}"
    at = server.span.start
    name = next((each.name for each in dockerfile.instructions if each.span.start <= at < each.span.end), "CMD")
    if name != "FROM":
        return f"`{server.name}` in {name}"
    stage = dockerfile.final_stage
    return f"`{server.name}` of the image `{stage.image if stage else ''}`"


def wrong_port(repository: Repository, found: Serving, server: Server) -> str:
    """The message about a server on a port to which the Hub sends nothing."""
    if repository.sdk == "gradio":
        expects = f"the Hub expects a Gradio Space on {found.port}"
    else:
        origin = "the `app_port` of README.md" if found.given else "the default of `app_port`"
        expects = f"the Hub sends requests to {found.port}, {origin}"
    evidence = shown(server.port, server.source)
    return f"{_named(repository, server)} listens on port {server.port.value} ({evidence}), but {expects}"


def way_out(repository: Repository, found: Serving, server: Server) -> str:
    """How server and Hub come to one port: the server follows, or `app_port` does where the Hub takes such a port."""
    port = server.port.value
    way = f"listen on {found.port}"
    if repository.sdk == "gradio" or port is None or port < _LOWEST:
        return way
    return f"{way}, or set `app_port: {port}` in README.md"


def unreachable(repository: Repository, server: Server) -> str:
    """The message about a server that only its own container reaches."""
    return (
        f"{_named(repository, server)} listens on `{server.host.value}` ({shown(server.host, server.source)}), which "
        f"the Hub cannot reach from outside the container; listen on `{EVERYWHERE}`"
    )


def port_fix(repository: Repository, found: Serving, server: Server) -> Fix | None:
    """What brings server and Hub to one port.

    Where the metadata says which port, or a Gradio Space has no choice, the server follows; that is safe if the old
    port is named nowhere else. Otherwise `app_port` follows the server: unsafe, for it may be the server that is wrong.
    """
    port, old = found.port, server.port.value
    evidence = server.port
    if port is None or old is None:
        return None
    card = repository.card
    if repository.sdk == "docker" and not found.given and old >= _LOWEST and card and card.metadata is not None:
        edit = yaml_edits.insert_entry(card, "app_port", old, after=("sdk_version", "sdk"))
        return Fix(f"Set `app_port: {old}`", (edit,), "unsafe")
    edits = _set(server, evidence, str(port), server.port_option, _python(repository, evidence, server))
    if edits is None or not _is_seen(repository, edits, lambda each: each.port.value == old):
        return None
    edits += tuple(Edit("Dockerfile", span, str(port)) for span in _exposed(repository, old))
    certain = (found.given or repository.sdk == "gradio") and not _is_named_elsewhere(repository, server, old)
    return Fix(f"Listen on port {port}", edits, "safe" if certain else "unsafe")


def host_fix(repository: Repository, server: Server) -> Fix | None:
    """What makes a server listen on every address."""
    evidence = server.host
    joint = server.joint and evidence.how == "default"
    value = f"{EVERYWHERE}:{server.port.value}" if joint else EVERYWHERE
    edits = _set(server, evidence, value, server.host_option, _python(repository, evidence, server))
    if edits is None or not _is_seen(repository, edits, lambda each: is_local(each.host.value)):
        return None
    return Fix(f"Listen on `{EVERYWHERE}`", edits)


def _is_seen(repository: Repository, edits: tuple[Edit, ...], wrong: Callable[[Server], bool]) -> bool:
    """Whether fewer servers are wrong after the edits: behind an open quote or backtick an argument is none."""
    from hublint.space.serving import serving

    texts: dict[str, list[Edit]] = {}
    for edit in edits:
        texts.setdefault(edit.path, []).append(edit)
    files: dict[str, bytes | None] = {}
    for path, changes in texts.items():
        source = repository.source(path)
        if source is None:
            return False
        files[path] = source.encode(apply_edits(source.text, changes))
    after = serving(repository.changed(files))
    return sum(map(wrong, after.servers)) < sum(map(wrong, serving(repository).servers))


def _python(repository: Repository, evidence: Evidence, server: Server) -> PythonSource | None:
    source = evidence.source or server.source
    return repository.python(source.path) if source.path.endswith(".py") else None


def _exposed(repository: Repository, port: int) -> list[Span]:
    """Where EXPOSE says a port."""
    dockerfile = repository.dockerfile
    stage = dockerfile.final_stage if dockerfile and repository.sdk == "docker" else None
    if dockerfile is None or stage is None:
        return []
    words = [word for known, word in stage.exposed if known == port]
    return [literal for word in words if (literal := written(dockerfile.source, word.span, port))]


def _is_named_elsewhere(repository: Repository, server: Server, port: int) -> bool:
    """Whether anything but the evidence names a port in its file, EXPOSE aside."""
    number = re.compile(rf"(?<!\d){port}(?!\d)")
    evidence = server.port
    source = evidence.source or server.source
    if source.path.endswith(".py"):
        import ast

        python = repository.python(source.path)
        return any(
            isinstance(node, ast.Constant) and node is not evidence.node and number.search(str(node.value)[:5000])
            for node in (ast.walk(python.tree) if python and python.tree else ())
        )
    texts = [source.text]
    dockerfile = repository.dockerfile
    if dockerfile and source is dockerfile.source:
        texts = [each.raw for each in dockerfile.instructions if each.name not in ("EXPOSE", "LABEL")]
    return sum(len(number.findall(text)) for text in texts) > (evidence.literal is not None)


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
        if evidence.source.text.startswith("'", evidence.span.start):
            text = text.replace('"', "'")
        from hublint.documents.python.edits import literal_edit

        edit = literal_edit(python, evidence.node, text)
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
    argument = f"{keyword}={value if value.isdigit() else json.dumps(value)}"
    if not parts:
        start = locate(server.source, call.func).end
        inner = text[start : server.end].strip()
        return (Edit(server.source.path, Span(server.end, server.end), argument),) if inner == "(" else None
    end = max(locate(server.source, part).end for part in parts)
    found = _REST.match(text, end)
    if not found or found.end() != server.end:
        return None
    return (Edit(server.source.path, Span(end, end), f", {argument}"),)
