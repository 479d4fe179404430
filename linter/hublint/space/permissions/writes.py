"""What a Docker Space's app writes when it starts, as far as its commands and Python files say so for certain."""

from __future__ import annotations

import ast
import re

from hublint.documents.source import locate
from hublint.records import NamedTuple
from hublint.space.container.files import ContainerFiles, join
from hublint.space.permissions.written_paths import written_path
from hublint.space.serving import walked
from hublint.space.serving.process import module_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile import Dockerfile
    from hublint.documents.dockerfile.stage import Stage
    from hublint.documents.python import Call, PythonSource
    from hublint.documents.shell import ShellWord
    from hublint.documents.source import Source, Span
    from hublint.repository.repository import Repository
    from hublint.space.serving.process import Process

_DOUBTS = re.compile(r"\|\||\bif\b|\[ |\btest\b|2>|\bset \+e|\bfor\b|\bwhile\b|\bcase\b|\(\)")
_OTHER_USER = re.compile(r"\b(?:sudo|gosu|su-exec|setpriv|runuser|chown)\b")
_MOST_MODULES = 30
_MOST_COMMANDS = 300
_MOST_WRITES = 200

# Calls that make a folder or a file; the path is the first argument or has that name.
_FOLDERS = {"os.makedirs": "name", "os.mkdir": "path"}
_FILES = {
    "logging.FileHandler": "filename",
    "logging.handlers.RotatingFileHandler": "filename",
    "logging.handlers.TimedRotatingFileHandler": "filename",
    "sqlite3.connect": "database",
}
_PATH_METHODS = {"mkdir": "folder", "touch": "file", "write_text": "file", "write_bytes": "file"}
_DOWNLOADS = frozenset(("huggingface_hub.snapshot_download", "huggingface_hub.hf_hub_download"))


class Write(NamedTuple):
    """One write.

    Attributes:
        path: what is made or opened for writing, absolute in the container.
        kind: "folder" for what is made if it is not there, "file" for what is written, there or not, "new file" for
            what need not be written if it is there.
        shown: the call or command, as messages name it.
        source: the file that has it.
        span: its place.
    """

    path: str
    kind: str
    shown: str
    source: Source
    span: Span


def writes(repository: Repository, dockerfile: Dockerfile, stage: Stage) -> list[Write]:
    """The writes of one start, in the order of the commands; none where a script may act as another user."""
    files = ContainerFiles(repository, dockerfile, stage)
    found: list[Write] = []
    starts = [each.raw for each in dockerfile.instructions if each.name in ("CMD", "ENTRYPOINT")]
    doubtful = any(map(_DOUBTS.search, starts))
    walker = walked(repository)
    started = walker.started[:_MOST_COMMANDS] if walker is not None else []
    scripts = {each.source.path: each.source for each in started if each.source is not dockerfile.source}
    if any(_OTHER_USER.search(script.text) for script in scripts.values()):
        return []
    for process in started:
        source = process.source
        if len(found) > _MOST_WRITES:
            break
        if not (doubtful if source is dockerfile.source else _is_doubtful(source, process.argv[0])):
            found += _of_process(process, files)
    return found


def _of_process(process: Process, files: ContainerFiles) -> Iterator[Write]:
    argv, source, directory = process.argv, process.source, process.directory
    values = [word.value for word in argv]
    name = (values[0] or "").rpartition("/")[2]
    if name in ("mkdir", "touch"):
        yield from _of_command(argv, name, source, directory, files.dockerfile)
        return
    if name == "chainlit" and "run" in values:
        # chainlit/config.py of chainlit 2.12 makes this folder when it is imported.
        yield Write(join(directory, ".files"), "folder", "chainlit run", source, argv[0].span)
    if None in values:
        return
    loaded = list(modules(files, process.place, process.is_program, directory))
    if any("chdir(" in python.source.text for python, _, _ in loaded):
        return
    for python, place, runs in loaded:
        yield from _of_python(python, runs, place, directory, files.stage)


def _is_doubtful(source: Source, word: ShellWord) -> bool:
    """Whether a command of a script may be left out: a condition is open at its line or stands in it."""
    line = source.line_span(source.position(word.span.start).line)
    before = source.text[: line.start]
    opened = len(re.findall(r"\b(?:if|case|do)\b|\{", before)) - len(re.findall(r"\b(?:fi|esac|done)\b|\}", before))
    rest = source.text[word.span.end : line.end]
    alone = source.text[line.start : word.span.start].strip() in ("", "exec") and not _DOUBTS.search(rest)
    return not alone or opened != 0


def _of_command(
    argv: list[ShellWord], name: str, source: Source, directory: str, dockerfile: Dockerfile
) -> list[Write]:
    """What `mkdir` and `touch` make; a script without `set -e` goes on where they fail."""
    if source is not dockerfile.source and not re.search(r"^\s*set -[a-z]*e", source.text, re.MULTILINE):
        return []
    kind = "folder" if name == "mkdir" else "file"
    paths = [word for word in argv[1:] if word.value is not None and re.match(r"[^-~*]", word.value)]
    return [Write(join(directory, word.value or ""), kind, f"{name} {word.text}", source, word.span) for word in paths]


def modules(
    files: ContainerFiles, path: str, is_main: bool, directory: str
) -> Iterator[tuple[PythonSource, str, bool]]:
    """The file at a path and the modules that it surely imports, their paths, and whether each is the main program."""
    seen: set[str] = set()
    pending = [(path, is_main)]
    while pending and len(seen) < _MOST_MODULES:
        place, main = pending.pop(0)
        found = files.find(place) if place else None
        if found is None or found in seen:
            continue
        seen.add(found)
        python = files.repository.python(found)
        if python is None or python.error is not None:
            continue
        yield python, place, main
        pending += [(each, False) for each in _imported(files, python, place, main, directory)]


def _imported(files: ContainerFiles, python: PythonSource, place: str, is_main: bool, directory: str) -> Iterator[str]:
    """Paths of the modules that a file imports in any case."""
    folder = place.rpartition("/")[0] or "/"
    for imported in python.imports:
        if not imported.top_level or imported.caught or imported.moment.runs(is_main) != "always":
            continue
        module = imported.module.lstrip(".")
        dots = len(imported.module) - len(module)
        bases = [join(folder, "../" * (dots - 1) or ".")] if dots else [folder, directory]
        for name in (module, *(f"{module}.{name}".lstrip(".") for name in imported.names)):
            for base in dict.fromkeys(bases if name else ()):
                yield module_file(files, base, name)


def _of_python(python: PythonSource, is_main: bool, place: str, directory: str, stage: Stage) -> Iterator[Write]:
    text = python.source.text
    if not re.search(r"mkdir|makedirs|open\(|write_|touch|connect|Handler|_dir=|filename=", text):
        return
    yielded = 0
    for call in python.calls:
        found = _target(call) if yielded < _MOST_WRITES else None
        if found is None or call.moment.caught(is_main):
            continue
        absent = call.moment.only_while_absent(is_main)
        if not absent and call.moment.runs(is_main) != "always":
            continue
        expression, kind = found
        path = written_path(python, expression, stage, place)
        if path is None:
            continue
        shown = ast.unparse(call.node)
        shown = shown if len(shown) <= 60 else f"{call.name or call.method}(...)"
        kind = "new file" if kind == "file" and absent else kind
        yielded += 1
        yield Write(join(directory, path), kind, shown, python.source, locate(python.source, call.node))


def _target(call: Call) -> tuple[ast.expr, str] | None:
    """The expression of the path that a call writes, and what it makes."""
    name, node = call.name, call.node
    if call.unpacks:
        return None
    expression: ast.expr | None = None
    if name in _FOLDERS:
        expression, kind = call.argument(_FOLDERS[name], 0), "folder"
    elif name in _FILES:
        expression, kind = call.argument(_FILES[name], 0), "new file" if name == "sqlite3.connect" else "file"
        if call.argument("delay") is not None or call.argument("uri") is not None:
            return None
    elif name == "logging.basicConfig":
        expression, kind = call.argument("filename"), "file"
    elif name in ("open", "io.open"):
        mode = call.argument("mode", 1)
        expression, kind = call.argument("file", 0), "file"
        if not _writes(mode):
            return None
    elif name in _DOWNLOADS:
        expression, kind = call.argument("local_dir") or call.argument("cache_dir"), "folder"
    elif call.method in _PATH_METHODS and isinstance(node.func, ast.Attribute):
        expression, kind = node.func.value, _PATH_METHODS[call.method]
    elif call.method == "open" and isinstance(node.func, ast.Attribute):
        expression, kind = node.func.value, "file"
        if not _writes(call.argument("mode", 0)):
            return None
    else:
        return None
    return (expression, kind) if expression is not None else None


def _writes(mode: ast.expr | None) -> bool:
    return isinstance(mode, ast.Constant) and isinstance(mode.value, str) and bool(set("wax+") & set(mode.value))
