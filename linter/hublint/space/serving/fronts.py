"""Reverse proxies: nginx and Caddy, whose configuration says which port is the public one."""

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

_COMMENT = lazy(r"(?m)(?:^|(?<=[\s;{}]))#[^\n]*")
_LISTEN = lazy(r"(?:^|(?<=[\s;{}]))listen\s+((?:\$\{[^}\n]{0,100}\}|[^;{}]){1,200});")
# An `include` of files outside of /etc/nginx that may hold further servers.
_ELSEWHERE = lazy(
    r"(?:^|(?<=[\s;{}]))include\s+['\"]?(?!/etc/(?:nginx|letsencrypt)/|/usr/(?:share|lib)/nginx/modules|[^;]{0,300}(?:\.types|_params)\b)"
    r"(?:/|[^;]{0,300}\.\./)"
)
_PLACEHOLDER = lazy(r"\{\$[^}\n]{0,100}\}|\{[a-z][\w.-]{0,100}\}")
_SITE = lazy(r"(?:https?://)?[^/:{}\s]*:(\d{1,5})(?:/\S*)?")
# What may write a configuration while the image is built or started.
_WRITES = (
    r"(?:>|\b(?:sed|envsubst|tee|cp|mv|cat|echo|printf|curl|wget|install|python3?|perl|awk|j2|dockerize)\b)"
    r"[^\n;&|]{0,300}(?:%s)"
)
_OWN_SCRIPT = lazy(r"(?:^RUN|&&|;|\|\|)\s*(?:(?:ba)?sh\s+|python3?\s+)?[^\s;&|]*\.(?:sh|py)\b", re.IGNORECASE)
_QUOTED = lazy(r"'[^'\n]*'|\"(?:[^\"\\\n]|\\.)*\"")
_NGINX_FILES = r"etc/nginx|nginx\S*\.conf|default\.conf|sites-(?:available|enabled)"
_CADDY_FILES = r"Caddyfile|etc/caddy"
_DEFAULTS = {"nginx": (80, 8080), "caddy": (80, 443)}
_LARGEST = 500_000


def front(walker: Walker, start: Start) -> bool:
    """Follow a command that starts nginx or Caddy; whether it is known on which ports they listen."""
    words = [word.value for word in start.argv]
    if None in words:
        return False
    if start.name == "caddy":
        return _caddy(walker, start, [word or "" for word in words])
    if start.name == "service":
        return words[1:] == ["nginx", "start"] and _nginx(walker, start, None)
    if "-t" in words or "-s" in words or "-v" in words:
        return True
    configuration = None
    if "-c" in words[:-1]:
        configuration = words[words.index("-c") + 1]
    return "-p" not in words and _nginx(walker, start, configuration)


def _nginx(walker: Walker, start: Start, configuration: str | None) -> bool:
    """Every `listen` of every file that comes into /etc/nginx; those of the package stay at 80 or 8080."""
    if _rewritten(walker, start, _NGINX_FILES) or start.files.below("/docker-entrypoint.d"):
        return False
    paths = {place: start.files.find(place) for place in start.files.below("/etc/nginx")}
    if configuration is not None and not configuration.startswith("/etc/nginx/"):
        path = join(start.directory, configuration)
        paths[path] = start.files.find(path)
    sources = _sources(walker, [path for place, path in paths.items() if not place.endswith(".types")])
    if sources is None:
        return False
    servers = []
    for source in sources:
        text = _COMMENT.sub(lambda found: " " * len(found[0]), source.text)
        if _ELSEWHERE.search(text):
            return False
        for found in _LISTEN.finditer(text):
            argument = found[1].split()[0]
            if argument.startswith("unix:"):
                continue
            begin = found.start(1)
            place = Span(begin, begin + len(argument))
            servers.append(_front("nginx", argument, f"listen {argument}", source, place))
    if not sources:
        return _of_image(walker, start, "nginx", {"nginx": 80, "nginxinc/nginx-unprivileged": 8080})
    return _taken(walker, "nginx", servers, sources)


def _caddy(walker: Walker, start: Start, words: list[str]) -> bool:
    if "file-server" in words or "reverse-proxy" in words:
        return _caddy_command(walker, start, words)
    if len(words) > 1 and words[1] not in ("run", "start"):
        return True
    if _rewritten(walker, start, _CADDY_FILES):
        return False
    configuration = "Caddyfile"
    for position, word in enumerate(words):
        name, equals, value = word.partition("=")
        if name in ("--config", "-c"):
            configuration = value if equals else " ".join(words[position + 1 : position + 2])
    path = start.files.find(join(start.directory, configuration))
    if path is None and not any(name.endswith("Caddyfile") for name in walker.repository.files):
        return _of_image(walker, start, "caddy", {"caddy": 80})
    sources = _sources(walker, [path])
    sites = _sites(sources[0]) if sources else None
    if not sources or not sites:
        return False
    return _taken(walker, "caddy", sites, sources)


def _caddy_command(walker: Walker, start: Start, words: list[str]) -> bool:
    """`caddy file-server --listen :PORT` (80 without it), `caddy reverse-proxy --from :PORT`."""
    from hublint.space.serving.command_line import flag_evidence

    serving_files = "file-server" in words
    flags = ("--listen", "-l") if serving_files else ("--from", "-f")
    walker.fronts.add("caddy")
    for position, word in enumerate(words):
        name, equals, value = word.partition("=")
        if name in flags and (equals or position + 1 < len(words)):
            place = start.argv[position if equals else position + 1]
            text = value if equals else words[position + 1]
            address, colon, number = text.rpartition(":")
            port = flag_evidence(flags[0], place, number, start)
            port = port._replace(value=port_number(port.value) if colon else None)
            bound = serving_files and address  # the address after --from is a name that requests may carry
            host = flag_evidence(flags[0], place, address, start) if bound else Evidence(EVERYWHERE)
            walker.add(Server("caddy", port, host, start.source, start.span))
            return True
    if not serving_files or any(word.partition("=")[0] in ("--domain", "-d") for word in words):
        return False
    port = Evidence(80, "default", "--listen", start.source, start.span)
    server = Server(
        "caddy", port, Evidence(EVERYWHERE), start.source, start.span, start.form, start.span.end, "", "--listen"
    )
    walker.add(server)
    return True


def _sites(caddyfile: Source) -> list[Server] | None:
    """The site addresses of a Caddyfile; None where it is not as plain as they mostly are."""
    text = _COMMENT.sub(lambda found: " " * len(found[0]), caddyfile.text)
    text = _PLACEHOLDER.sub(lambda found: "?" * len(found[0]), text)
    if re.search(r"(?m)^\s*(?:import\s|\([\w-]+\)|http_port|https_port|default_bind|servers\s|layer4)", text):
        return None
    host = UNKNOWN if re.search(r"(?m)^\s*bind\s", text) else Evidence(EVERYWHERE)
    servers: list[Server] = []
    depth = at = 0
    for line in text.split("\n"):
        words = line.split()
        begins = depth == 0 and bool(words) and not words[0].startswith("{")
        if begins:
            if words[-1].endswith(",") or (words[-1] != "{" and servers):
                return None
            for found in re.finditer(r"[^\s,{]+", line):
                place = Span(at + found.start(), at + found.end())
                site = _SITE.fullmatch(found[0])
                if site is None:
                    servers.append(Server("caddy", UNKNOWN, host, caddyfile, place, front=True))
                    continue
                literal = Span(place.start + site.start(1), place.start + site.end(1))
                port = Evidence(port_number(site[1]), "config", found[0], caddyfile, place, literal)
                servers.append(Server("caddy", port, host, caddyfile, place, front=True))
            if words[-1] != "{":
                return servers  # one site without braces
        depth += line.count("{") - line.count("}")
        at += len(line) + 1
    return servers if depth == 0 else None


def _front(name: str, argument: str, shown: str, source: Source, place: Span) -> Server:
    """The server of one `listen ADDRESS:PORT`, `listen PORT` or `listen ADDRESS` (port 80)."""
    address, colon, number = argument.rpartition(":")
    if argument.isdigit():
        address, number = EVERYWHERE, argument
    elif not colon or argument.endswith("]"):
        address, number = argument, ""
    literal = Span(place.end - len(number), place.end) if number else None
    if "$" in argument or "{" in argument:
        return Server(name, UNKNOWN, UNKNOWN, source, place, front=True)
    port = Evidence(port_number(number or 80), "config", shown, source, place, literal)
    if not re.fullmatch(r"[\w.:*\[\]-]+", argument) or (not number and not re.match(r"[\d\[*]|localhost", argument)):
        port = UNKNOWN
    place_of_address = Span(place.start, place.start + len(address)) if address != EVERYWHERE else None
    local = address.strip("[]")
    host = Evidence(
        EVERYWHERE if local in ("*", "::", "") else address, "config", shown, source, place, place_of_address
    )
    return Server(name, port, host, source, place, front=True)


def _sources(walker: Walker, paths: list[str | None]) -> list[Source] | None:
    """The texts of configuration files; None where one cannot be had."""
    sources = []
    for path in paths:
        source = walker.repository.source(path) if path else None
        if source is None or len(source.raw) > _LARGEST:
            return None
        if not source.is_binary:
            sources.append(source)
    return sources


def _rewritten(walker: Walker, start: Start, files: str) -> bool:
    """Whether the build or a script may write one of the files."""
    pattern = re.compile(_WRITES % files)
    lines = [each.raw for each in start.files.dockerfile.instructions if each.name in ("RUN", "CMD", "ENTRYPOINT")]
    scripts = [source.text.replace("\\\n", " ") for source in walker.scripts]
    if walker.is_open or any(_OWN_SCRIPT.search(line) for line in lines if line[:3].upper() == "RUN"):
        return True
    texts = (_QUOTED.sub(lambda found: re.sub(r"[;&|]", ".", found[0]), text) for text in (*lines, *scripts))
    return any(pattern.search(text) for text in texts)


def _of_image(walker: Walker, start: Start, name: str, ports: dict[str, int]) -> bool:
    """The configuration that an image brings along."""
    from hublint.space.container.base_images import image_name

    stage = start.files.stage
    port = ports.get(image_name(stage.image or ""))
    if port is None or stage.image_word is None or start.files.below(f"/etc/{name}"):
        return False
    span = stage.image_word.span
    evidence = Evidence(port, "image", stage.image or "", start.files.dockerfile.source, span)
    walker.fronts.add(name)
    walker.add(Server(name, evidence, Evidence(EVERYWHERE), start.files.dockerfile.source, span, front=True))
    return True


def _taken(walker: Walker, name: str, servers: list[Server], sources: list[Source]) -> bool:
    """Take over what was read, unless the package's own configuration may be what serves."""
    if not servers or walker.port in _DEFAULTS[name]:
        return False
    walker.fronts.add(name)
    walker.texts += sources
    for server in servers:
        walker.add(server)
    return True
