"""Servers that a JavaScript file starts when Node runs it: only one plain `listen` call at the top of the file."""

from __future__ import annotations

import re

from hublint.documents.source import Span
from hublint.regexes import lazy
from hublint.space.container.files import join
from hublint.space.serving.others import is_in_env_file
from hublint.space.serving.server import EVERYWHERE, UNKNOWN, Evidence, Server, is_address_variable, port_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.source import Source
    from hublint.space.serving.environment import Environment
    from hublint.space.serving.start import Start
    from hublint.space.serving.walker import Walker

_SKIPPED = lazy(
    r"//[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/|\Z)"
    r"|'(?:[^'\\\n]|\\.)*(?:'|((?=\n)|\Z))|\"(?:[^\"\\\n]|\\.)*(?:\"|((?=\n)|\Z))|`(?:[^`\\]|\\.)*(?:`|(\Z))"
    r"|(?P<before>[(,=:\[!&|?{;]\s*)/(?![/*])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.){0,60}\])+/",
    re.DOTALL,
)
_LISTEN = lazy(r"\blisten\s*\(")
_STATEMENT = lazy(r"[ \t]*(?:(?:const|let|var)\s+[\w$]+\s*=\s*)?(?:await\s+)?([A-Za-z_$][\w$]*)\s*\.\s*\Z")
# Whatever else may serve: other processes, other kinds of servers, tunnels.
_OTHERS = lazy(
    r"child_process|worker_threads|\bcluster\b|http-proxy|ngrok|localtunnel|execa|\bBun\.serve|\bDeno\.|\bserve\s*\(|"
    r"WebSocketServer|startStandaloneServer|\boverride\s*:\s*true\b|\bpm2\b|from\s*['\"]vite['\"]|\bimport\s*\(|\beval\s*\("
)
_EXPRESS = lazy(
    r"(?:express|require\s*\(\s*['\"]express['\"]\s*\)|polka|restana)\s*\(\s*\)"
    r"|new\s+Koa\s*\(\s*\)|(?:https?\s*\.\s*)?createServer\s*\("
)
_FASTIFY = lazy(r"(?:[Ff]astify|require\s*\(\s*['\"]fastify['\"]\s*\))\s*\(")
_VARIABLE = lazy(
    r"(?:\+\s*\(?\s*|(?:Number|(?:Number\.)?parseInt)\s*\(\s*)?process\.env(?:\.|\[['\"])(\w+)(?:['\"]\])?"
    r"(?:\s*(?:\|\||\?\?)\s*['\"]?(?P<inner>[\w.]+)['\"]?)?"
    r"(?:\s*,\s*10\s*)?\s*\)?(?:\s*(?:\|\||\?\?)\s*['\"]?(?P<outer>[\w.]+)['\"]?)?"
)
_TAKEN_APART = r"\{{[^{{}}]*?(?<![\w$]){}\s*=\s*(['\"]?)([\w.]+)\1\s*[,}}][^{{}};]*?\}}?\s*=\s*process\.env(?![\w.\[])"
_LITERAL = lazy(r"(\d+)|'([\w.:*-]*)'|\"([\w.:*-]*)\"")
_IMPORT = lazy(r"(?:require\s*\(|from|import)\s*['\"](\.{1,2}/[^'\"\n]+)['\"]")
_OPTION = lazy(r"--[\w-]+=\S*|--(?:no-warnings|enable-source-maps|trace-warnings|expose-gc)")
_LARGEST = 500_000
_LONGEST = 60
_MOST_MODULES = 50


def file_server(walker: Walker, start: Start) -> bool:
    """Follow `node FILE`; whether it is known what is served."""
    name = next((word.value for word in start.argv[1:] if not _OPTION.fullmatch(word.value or "")), None)
    if not name or name.startswith("-"):
        return False
    path = start.files.find(join(start.directory, name)) or start.files.find(join(start.directory, f"{name}.js"))
    source = walker.repository.source(path) if path else None
    if source is None or source.is_binary or len(source.raw) > _LARGEST:
        return False
    server = _server(source, start.env)
    if server is None:
        return False
    modules = _modules(walker, source)
    if any(_LISTEN.search(module.text) for module in modules):
        return False
    for variable in {server.port.variable, server.host.variable} - {""}:
        if is_in_env_file(walker.repository, variable, (module.text for module in (source, *modules))):
            return False
    walker.texts += [source, *modules]
    walker.add(server)
    return True


def _shown(text: str, call: Span, arguments: list[Span]) -> str:
    """A call up to an argument, for a message."""
    part = " ".join(text[call.start : arguments[-1].end][:_LONGEST].split())
    return f"{part})" if arguments[-1].end - call.start <= _LONGEST else f"{part}..."


def _modules(walker: Walker, source: Source) -> list[Source]:
    """The repository's own files that a file imports."""
    folder = source.path.rpartition("/")[0]
    found = []
    for match in list(_IMPORT.finditer(source.text))[:_MOST_MODULES]:
        path = join(f"/{folder}", match[1])[1:]
        for candidate in (path, f"{path}.js", f"{path}.mjs", f"{path}.cjs", f"{path}.ts", f"{path}/index.js"):
            module = walker.repository.source(candidate) if candidate in walker.repository.files else None
            if module is not None and not module.is_binary and len(module.raw) <= _LARGEST:
                found.append(module)
    return found


def _server(source: Source, env: Environment) -> Server | None:
    text = source.text
    blank = _SKIPPED.sub(_blanked, text)
    calls = list(_LISTEN.finditer(blank))
    if len(calls) != 1 or "'" in blank or '"' in blank or "`" in blank or _OTHERS.search(text):
        return None
    call = calls[0]
    line = blank.rfind("\n", 0, call.start()) + 1
    statement = _STATEMENT.match(blank, line, call.start())
    end = _closing(blank, call.end())
    if statement is None or end is None or not _is_top(blank, line):
        return None
    kind = _kind(text, blank, statement[1])
    if not kind:
        return None
    arguments = _arguments(text, blank, call.end(), end)
    host, port = _pair(arguments, source, blank, env, kind)
    span = Span(statement.start(1), end + 1)
    port = port._replace(value=port_number(port.value))
    if port.how == "config":
        port = port._replace(name=_shown(text, span, arguments[:1]))
    if host.how == "config":
        host = host._replace(name=_shown(text, span, arguments[:2]))
    return Server(kind, port, host, source, span)


def _blanked(found: re.Match[str]) -> str:
    """Blanks for a comment or a text; a text that never ends stays, and its quote is seen."""
    if any(found[never_ends] is not None for never_ends in (1, 2, 3)):
        return found[0]
    kept = found["before"] or ""
    return kept + re.sub(r"[^\n]", " ", found[0][len(kept) :])


def _is_top(blank: str, line: int) -> bool:
    """Whether a line begins a statement outside every block and condition."""
    before = blank[:line]
    if any(before.count(left) != before.count(right) for left, right in ("{}", "()", "[]")):
        return False
    lines = before.rstrip().rsplit("\n", 1)
    last = lines[-1].strip()
    return (
        not last
        or (last[-1] in ";)}" and not re.match(r"\}?\s*(?:else|if|for|while|do)\b", last))
        or (bool(re.match(r"(?:const|let|var|import)\b", last)) and last[-1] not in "=,.+-&|?:(")
    )


def _closing(blank: str, at: int) -> int | None:
    depth = 1
    for position in range(at, len(blank)):
        if blank[position] in "([{":
            depth += 1
        elif blank[position] in ")]}":
            depth -= 1
            if not depth:
                return position
    return None


def _kind(text: str, blank: str, name: str) -> str:
    """What a variable holds that is bound once."""
    bound = list(re.finditer(rf"(?<![\w.$]){re.escape(name)}\s*=(?![=>])\s*", blank))
    if len(bound) != 1:
        return ""
    if _EXPRESS.match(text, bound[0].end()):
        return "node"
    return "fastify" if _FASTIFY.match(text, bound[0].end()) else ""


def _arguments(text: str, blank: str, begin: int, end: int) -> list[Span]:
    """The arguments of a call or the entries of an object."""
    found = []
    depth = 0
    start = begin
    for position in range(begin, end):
        if blank[position] in "([{":
            depth += 1
        elif blank[position] in ")]}":
            depth -= 1
        elif blank[position] == "," and not depth:
            found.append(_stripped(text, start, position))
            start = position + 1
    last = _stripped(text, start, end)
    return [*found, last] if last.end > last.start else found


def _stripped(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    begin = start + len(part) - len(part.lstrip())
    return Span(begin, max(begin, start + len(part.rstrip())))


def _pair(arguments: list[Span], source: Source, blank: str, env: Environment, kind: str) -> tuple[Evidence, Evidence]:
    """Address and port of the arguments of `listen`."""
    text = source.text
    if not arguments:
        return UNKNOWN, UNKNOWN
    first = arguments[0]
    host = Evidence(EVERYWHERE)
    if kind == "fastify":
        host = Evidence("localhost", "default", "host", source, first)
    if text.startswith("{", first.start):
        if not text.endswith("}", first.start, first.end):
            return UNKNOWN, UNKNOWN
        port = UNKNOWN
        for entry in _arguments(text, blank, first.start + 1, first.end - 1):
            key, colon, _ = text[entry.start : entry.end].partition(":")
            key = key.strip().strip("\"'")
            if not colon or key not in ("port", "host"):
                return UNKNOWN, UNKNOWN
            value = _given(_stripped(text, text.index(":", entry.start) + 1, entry.end), source, blank, env)
            host, port = (value, port) if key == "host" else (host, value)
        return host, port
    if kind == "fastify":
        return UNKNOWN, UNKNOWN
    port = _given(first, source, blank, env)
    if len(arguments) > 1:
        second = text[arguments[1].start : arguments[1].end]
        if "=>" not in second and not second.startswith(("function", "async")):
            host = _given(arguments[1], source, blank, env)
            if str(host.value).isdigit():  # a backlog
                host = UNKNOWN
    return host, port


def _given(span: Span, source: Source, blank: str, env: Environment, depth: int = 0) -> Evidence:
    """What an expression is worth: a literal, a name that is bound once to one, a variable of the image."""
    text = source.text[span.start : span.end]
    literal = _LITERAL.fullmatch(text)
    if literal:
        group = literal.lastindex or 1
        place = Span(span.start + literal.start(group), span.start + literal.end(group))
        return Evidence(literal[group], "config", text, source, place, place)
    if variable := _VARIABLE.fullmatch(text):
        side = "inner" if variable["inner"] else "outer"
        place = Span(span.start + variable.start(side), span.start + variable.end(side))
        return _of_environment(variable[1], variable[side], source, place, env)
    if depth > 2 or not re.fullmatch(r"[A-Za-z_$][\w$]*", text):
        return UNKNOWN
    bound = list(re.finditer(rf"(?<![\w.$]){re.escape(text)}(?:\s*:\s*[A-Za-z]\w*)?\s*=(?![=>])[ \t]*", blank))
    if len(bound) != 1:
        return UNKNOWN
    apart = re.search(_TAKEN_APART.format(re.escape(text)), source.text)
    if apart and bound[0].start() in range(*apart.span()):
        return _of_environment(text, apart[2], source, Span(*apart.span(2)), env)
    end = re.compile(r"[;\n]").search(blank, bound[0].end())
    inner = _stripped(source.text, bound[0].end(), end.start() if end else len(blank))
    return _given(inner, source, blank, env, depth + 1)


def _of_environment(name: str, default: str | None, source: Source, place: Span, env: Environment) -> Evidence:
    """What ENV says of a variable, else the default in the code, which the Space's settings may override."""
    evidence = env.get(name)
    if evidence is not None:
        return evidence if evidence.how else UNKNOWN
    if not default or not is_address_variable(name):
        return UNKNOWN
    return Evidence(default, "config", name, source, place, place, variable=name)
