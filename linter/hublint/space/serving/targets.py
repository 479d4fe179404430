"""What the commands of a Docker Space's start name, and that the image surely lacks."""

from __future__ import annotations

import re
import sys

from hublint.documents.shell.command import SHELLS
from hublint.records import NamedTuple
from hublint.regexes import lazy
from hublint.repository.assembling import assembling
from hublint.space.container.absence import is_absent, may_make
from hublint.space.container.files import join
from hublint.space.serving import walked
from hublint.space.serving.process import LAUNCHERS, TARGET

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile import Dockerfile
    from hublint.documents.python import PythonSource
    from hublint.documents.shell import ShellWord
    from hublint.documents.source import Source, Span
    from hublint.repository.repository import Repository
    from hublint.space.serving.process import Process
    from hublint.space.serving.walker import Walker

_ELSEWHERE = ("--app-dir", "--chdir", "--pythonpath", "--factory", "-c", "--config", "--env-file", "--paste")
_RUNNERS = {"streamlit": "run", "chainlit": "run", "fastapi": "run"}
_INTERPRETER = lazy(r"python(?:3(?:\.\d+)?)?")
_NODE = frozenset(("node", "nodemon", "tsx", "ts-node"))
# The distribution of each tool that a start may name.
_TOOLS = {
    "uvicorn": "uvicorn",
    "gunicorn": "gunicorn",
    "hypercorn": "hypercorn",
    "daphne": "daphne",
    "streamlit": "streamlit",
    "flask": "flask",
    "chainlit": "chainlit",
    "waitress-serve": "waitress",
}
# Names that apps give their own modules, and that no distribution has whose module anybody would start.
_OWN_NAMES = frozenset("api app application asgi backend index main run server service src web webapp wsgi".split())
# A script in CR LF whose first command other than a setting is a block, which the CR behind `then` or `do` breaks.
_BLOCK = lazy(
    r"(?:[ \t]*(?:#[^\n]*|(?:export|echo|set|cd|mkdir)(?:[ \t][^\n;&|<]*)?|[A-Za-z_]\w*=[^\n;&|<]*)?\r\n){0,200}"
    r"[ \t]*(?:if|for|while|until)\b[^\n'\"#<]*;[ \t]*(?:then|do)\r\n"
)
_DYNAMIC = frozenset(("globals", "exec", "setattr", "vars", "locals", "__getattr__"))
_MAKERS = ("fastapi.FastAPI", "flask.Flask", "starlette.applications.Starlette", "quart.Quart", "dash.Dash")
_SCRIPTS_OF = frozenset(("npm", "yarn", "pnpm"))
_SHORT = ("start", "test")


class Missing(NamedTuple):
    """Something that a command names and the image lacks.

    Attributes:
        source: the file with the command.
        span: the word.
        kind: `module`, `attribute`, `file`, `script`, `tool`, `line ends` or `mode`.
        name: what is missing.
        place: the folder, file or package.json in which it is missing.
        near: what is there instead, empty where nothing resembles it.
    """

    source: Source
    span: Span
    kind: str
    name: str
    place: str
    near: str = ""


def missing(repository: Repository) -> Missing | None:
    """The first thing that surely ends a start because it is not there; None where nothing surely does."""
    dockerfile, walker = repository.dockerfile, walked(repository)
    if dockerfile is None or walker is None or assembling(repository):
        return None
    from hublint.space.running import is_conditional

    for position, process in enumerate(walker.started):
        if process.is_beside or is_conditional(process, dockerfile):
            continue
        if not is_first(walker, position):
            return None
        found = next(_Reader(repository, dockerfile, walker, process).missing(), None)
        if found is not None:
            return found
    return None


def is_first(walker: Walker, position: int) -> bool:
    """Whether no command before a started one may have made files, or changed what is run."""
    from hublint.documents.shell import Command

    for process in walker.started[:position]:
        words = [word.value or "" for word in process.argv]
        if walker.follows(process) or (words[0].rpartition("/")[2] in SHELLS and len(words) > 1):
            continue
        if may_make(walker.files, Command(process.argv, [], "")):
            return False
    return not any(word.text in ("source", ".", "eval") for word in walker.words)


class _Reader:
    """Reads one command."""

    def __init__(self, repository: Repository, dockerfile: Dockerfile, walker: Walker, process: Process) -> None:
        self._repository = repository
        self._dockerfile = dockerfile
        self._walker = walker
        self._files = walker.files
        self._process = process
        self._argv = process.argv
        self._words = [word.value or "" for word in process.argv]
        self._name = self._words[0].rpartition("/")[2]

    def missing(self) -> Iterator[Missing]:
        """What the command names and the image lacks."""
        if self._argv[0].value is None or any(word.value is None for word in self._argv[:2]):
            return
        yield from self._tool()
        if self._name in LAUNCHERS:
            yield from self._target()
        elif self._name in _RUNNERS and self._words[1:2] == [_RUNNERS[self._name]]:
            yield from self._script_of(self._argv[2:], (".py",))
        elif _INTERPRETER.fullmatch(self._name):
            yield from self._python()
        elif self._name in _NODE:
            yield from self._script_of(self._argv[1:], (".js", ".mjs", ".cjs", ".ts"))
        elif self._name in SHELLS:
            yield from self._script_of(self._argv[1:], (".sh", ".bash"))
            yield from self._unread_block()
        elif self._name in _SCRIPTS_OF:
            yield from self._package_script()
        elif self._words[0].endswith((".sh", ".bash", ".py")) and "/" in self._words[0]:
            yield from self._program()

    def _of(self, word: ShellWord, kind: str, name: str, place: str, near: str = "") -> Missing:
        return Missing(self._process.source, word.span, kind, name, place, near)

    def _tool(self) -> Iterator[Missing]:
        """A tool of a Python distribution that pip was not told to install."""
        distribution = _TOOLS.get(self._name)
        if distribution is None or self._words[0] != self._name or self._asks_for(distribution):
            return
        import hublint_schemas
        from hublint.space.app.installed import installed, with_needs

        asked = installed(self._repository)
        given = with_needs(asked.lines, hublint_schemas.table("distributions")) if asked is not None else None
        if given is not None and distribution not in given:
            yield self._of(self._argv[0], "tool", self._name, asked.path if asked else "", distribution)

    def _asks_for(self, distribution: str) -> bool:
        """Whether a file of requirements or a RUN names a distribution."""
        if any(each.name == "RUN" and distribution in each.raw for each in self._walker.files.stage.instructions):
            return True
        paths = (path for path in self._repository.files if "requirements" in path)
        sources = (self._repository.glance(path) for path in paths)
        return any(source is not None and distribution in source.text for source in sources)

    def _target(self) -> Iterator[Missing]:
        """`uvicorn server:app`: the module, and what it is to have."""
        if any(word.startswith(_ELSEWHERE) for word in self._words[1:]) or None in [w.value for w in self._argv]:
            return
        found = [(word, TARGET.fullmatch(word.value or "")) for word in self._argv[1:]]
        targets = [(word, target) for word, target in found if target is not None]
        if len(targets) != 1:
            return
        word, target = targets[0]
        if self._process.path:
            source = self._repository.source(self._process.path)
            if source is None or re.search(rf"^{target[2]}\b\s*(?::[^=\n]*)?=", source.text, re.MULTILINE):
                return
            python = self._repository.python(self._process.path)
            if python is not None and not target[3] and _lacks(python, target[2]):
                yield self._of(word, "attribute", target[2], python.source.path, _app_of(python))
        elif self._lacks_module(target[1]):
            near = self._like(target[1], target[2])
            if near or self._is_own(target[1]):
                yield self._of(word, "module", target[1], self._process.directory, near)

    def _python(self) -> Iterator[Missing]:
        """`python app.py` and `python -m app`."""
        position = 1
        while position < len(self._words) and self._words[position].startswith("-"):
            option = self._words[position]
            if option == "-m":
                word = self._argv[position + 1] if position + 1 < len(self._argv) else None
                name = word.value if word is not None else None
                if word is None or not name or self._process.path:
                    return
                if self._lacks_module(name) and self._is_own(name):
                    yield self._of(word, "module", name, self._process.directory)
                return
            if option not in ("-u", "-B", "-O", "-I", "-s", "-E"):
                return
            position += 1
        yield from self._script_of(self._argv[position:], (".py",))

    def _script_of(self, argv: list[ShellWord], endings: tuple[str, ...]) -> Iterator[Missing]:
        """The file that is the first argument which is not an option."""
        word = argv[0] if argv else None
        value = word.value if word is not None else None
        if word is None or not value or not value.endswith(endings) or "://" in value:
            return
        path = join(self._process.directory, value)
        source = self._process.source
        if source.text[word.span.end : word.span.end + 2] == "\r\n" and source is not self._dockerfile.source:
            if not self._gets_line_feeds(source.path):
                yield self._of(word, "line ends", value, source.path)
        elif is_absent(self._files, path):
            yield self._of(word, "file", value, path.rpartition("/")[0] or "/", self._elsewhere(path))

    def _unread_block(self) -> Iterator[Missing]:
        """`bash start.sh`, whose first command is an `if` or a loop and ends in `then` or `do` and a CR."""
        word = self._argv[1] if len(self._argv) > 1 else None
        path = self._files.find(join(self._process.directory, word.value)) if word and word.value else None
        source = self._repository.source(path) if path else None
        if word is None or source is None or path is None or not _BLOCK.match(source.text):
            return
        if not self._gets_line_feeds(path):
            yield self._of(word, "line ends", "", path)

    def _program(self) -> Iterator[Missing]:
        """A script that is run as a file: it has to be there, and its first line has to name a program."""
        word = self._argv[0]
        path = join(self._process.directory, self._words[0])
        found = self._files.find(path)
        if found is None:
            if is_absent(self._files, path):
                yield self._of(word, "file", self._words[0], path.rpartition("/")[0] or "/", self._elsewhere(path))
            return
        source = self._repository.source(found)
        if source is not None and re.match(rb"#![^\n]*\r\n", source.raw) and not self._gets_line_feeds(found):
            program = source.text.partition("\r")[0].removeprefix("#!").strip()
            yield self._of(word, "line ends", program, found)
        elif found in self._repository.once(_not_executable) and not self._may_become_executable():
            yield self._of(word, "mode", self._words[0], found)

    def _may_become_executable(self) -> bool:
        """Whether the build or a script speaks of modes."""
        texts = [self._dockerfile.source.text, *(script.text for script in self._walker.scripts)]
        return any("chmod" in text or "install -" in text or "umask" in text for text in texts)

    def _gets_line_feeds(self, path: str) -> bool:
        """Whether git, or the build, may give a file other line ends than it has here."""
        from hublint.repository.git.gitattributes import Attributes

        attributes = Attributes(self._repository)
        text = self._dockerfile.source.text
        if sys.platform == "win32" or "dos2unix" in text or "\\r" in text or "^M" in text:
            return True
        given = [attributes.get(path, name) for name in ("text", "eol")]
        return any(each is not None and each.value not in (None, False) for each in given)

    def _package_script(self) -> Iterator[Missing]:
        """`npm start`, `npm run NAME`: the script in package.json."""
        word = self._named_script()
        path = self._files.find(join(self._process.directory, "package.json"))
        scripts = _scripts_in(self._repository.source(path)) if path else None
        if word is None or scripts is None or word.value in scripts or path is None:
            return
        if re.search(r"npm (?:pkg|init)", self._dockerfile.source.text):
            return
        server = join(self._process.directory, "server.js")
        if word.value == "start" and self._name != "yarn" and not is_absent(self._files, server):
            return
        yield self._of(word, "script", word.value or "", path, ", ".join(scripts[:5]))

    def _named_script(self) -> ShellWord | None:
        """The word that names a script of package.json; None where the command has options or is not such a command."""
        words = self._argv[1:]
        values = [word.value or "-" for word in words]
        if any(value.startswith("-") for value in values):
            return None
        if values[:1] in (["run"], ["run-script"]) and len(values) == 2:
            return words[1]
        return words[0] if len(values) == 1 and values[0] in _SHORT else None

    def _lacks_module(self, module: str) -> bool:
        """Whether no module of that name is where Python looks, and none may be installed."""
        top = module.partition(".")[0]
        if "PYTHONPATH" in self._dockerfile.source.text or self._may_be_installed(top):
            return False
        for folder in dict.fromkeys((self._process.directory,)):
            stem = join(folder, module.replace(".", "/"))
            if not all(is_absent(self._files, f"{stem}{end}") for end in (".py", "/__init__.py", "/__main__.py")):
                return False
            if self._files.below(join(folder, top)) and not self._is_plain_package(folder, module):
                return False
        return True

    def _is_plain_package(self, folder: str, module: str) -> bool:
        """Whether what is in the module's own folder are Python files of the repository and nothing compiled."""
        package = join(folder, module.rpartition(".")[0].replace(".", "/"))
        last = module.rpartition(".")[2]
        inside = [path for path in self._files.below(package) if path.rpartition("/")[2].partition(".")[0] == last]
        return not inside and not self._files.below(join(package, last))

    def _may_be_installed(self, top: str) -> bool:
        import hublint_schemas
        from hublint.documents.standard_modules import STANDARD

        if top in STANDARD or top in hublint_schemas.table("modules"):
            return True
        spelled = re.compile(rf"(?i){re.escape(top).replace('_', '[-_.]')}")
        for path in self._repository.files:
            name = path.rpartition("/")[2]
            if name in ("pyproject.toml", "setup.py", "setup.cfg"):
                return True
            if "requirements" in name or name in ("environment.yml", "Pipfile"):
                source = self._repository.glance(path)
                if source is None or spelled.search(source.text):
                    return True
        return any(
            each.name == "RUN" and spelled.search(each.raw)
            for stage in self._dockerfile.stages
            for each in stage.instructions
        )

    def _is_own(self, module: str) -> bool:
        """Whether a module is one of the repository's by name, or everything that is installed is known."""
        import hublint_schemas
        from hublint.space.app.app_modules import own_names
        from hublint.space.app.installed import installed, with_needs

        top = module.partition(".")[0]
        if top in own_names(self._repository) or top in _OWN_NAMES:
            return True
        asked = installed(self._repository)
        return asked is not None and with_needs(asked.lines, hublint_schemas.table("distributions")) is not None

    def _like(self, module: str, attribute: str) -> str:
        """A module in the folder of the start that has an app; empty where there is none or more than one."""
        found = []
        here = self._process.directory.rstrip("/")
        for place in self._files.below(here):
            name = place.rpartition("/")
            path = self._files.find(place) if name[0] == here and name[2].endswith(".py") else None
            if path is None:
                continue
            python = self._repository.python(path)
            bound = python.facts.names.module.bindings if python is not None else {}
            if python is not None and (attribute in bound or _app_of(python)):
                found.append(f"{name[2][:-3]}:{attribute if attribute in bound else _app_of(python)}")
        return found[0] if len(found) == 1 else ""

    def _elsewhere(self, path: str) -> str:
        """Where the image has a file of that name; empty where it has none or several."""
        name = path.rpartition("/")[2]
        found = [each for each in self._files.below("/") if each.rpartition("/")[2] == name]
        return found[0] if len(found) == 1 else ""


def _not_executable(repository: Repository) -> frozenset[str]:
    """The files that git gives the mode of a plain file; none outside of a checkout."""
    from hublint.repository.git.index import not_executable
    from hublint.repository.tree import read_file

    root = repository.tree.root
    return not_executable(root, read_file) if root else frozenset()


def _scripts_in(source: Source | None) -> list[str] | None:
    """The names of the scripts of a package.json; None where it cannot be read."""
    import json

    try:
        package = json.loads(source.text) if source is not None else None
    except (ValueError, RecursionError):
        return None
    scripts = package.get("scripts", {}) if isinstance(package, dict) else None
    return [*scripts] if isinstance(scripts, dict) else None


def _lacks(python: PythonSource, name: str) -> bool:
    """Whether a module surely has no such name."""
    import ast

    if python.tree is None or name in python.facts.names.module.bindings or name in python.facts.stored_attributes:
        return False
    names = {each.id for each in ast.walk(python.tree) if isinstance(each, ast.Name)}
    functions = {each.name for each in python.facts.moments.functions}
    return not (_DYNAMIC & (names | functions) or any("*" in each.names for each in python.imports))


def _app_of(python: PythonSource) -> str:
    """The one name of a web app in a module; empty where there is none or more than one."""
    found = [
        python.names_of_values[call.node]
        for call in python.calls
        if call.name in _MAKERS and call.node in python.names_of_values and call.function is None
    ]
    return found[0] if len(found) == 1 and found[0].isidentifier() else ""
