"""What the commands of a container's start lead to: servers, scripts, Python files."""

from __future__ import annotations

from hublint.documents import shell
from hublint.documents.shell.command import SHELLS, gives_commands, is_shell_script, script_at
from hublint.regexes import lazy
from hublint.space.container.files import join
from hublint.space.serving.process import Process, process

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hublint.documents.dockerfile import Dockerfile
    from hublint.documents.python import PythonSource
    from hublint.documents.shell import Command, ShellWord
    from hublint.documents.source import Source
    from hublint.repository.repository import Repository
    from hublint.space.container.files import ContainerFiles
    from hublint.space.serving.environment import Environment
    from hublint.space.serving.server import Server
    from hublint.space.serving.start import Start

Words = list["ShellWord"]

_PYTHON = lazy(r"python(?:3(?:\.\d+)?)?")
# Files and output that set up a shell for a tool, whose variables belong to no server.
_ACTIVATION = lazy(r"(?:activate|conda\.sh|mamba\.sh|nvm\.sh|bashrc|\.?profile|\.(?:cargo|local/bin)/env|setup\.bash)$")
_HOOK = lazy(r"\b(?:conda|mamba|micromamba|pyenv|fnm|brew|ssh-agent|dircolors|pixi|mise)\b")
_DEEPEST_SCRIPT = 4
_MOST_SCRIPTS = 20
_LARGEST_SCRIPT = 200_000
# Commands that start nothing that could serve.
HARMLESS = frozenset(
    """
    : [ [[ alias awk basename break builtin cat chgrp chmod chown cp curl cut date declare df dirname echo env exit
    export false find git grep head hf huggingface-cli hash id kill local ls mkdir mv nvidia-smi pip pip3 printf ps pwd
    read readonly return rm sed set shift sleep sort stat tail tar tee test touch tr trap true type typeset ulimit umask
    uname unset wait wc wget which whoami
    """.split()
)
_RUNNERS = frozenset(("poetry", "pipenv", "pdm", "rye", "hatch", "pixi"))
_TAKING_VALUE = {
    "uv": ("--with", "--python", "-p", "--project", "--directory", "--extra", "--group", "--env-file", "--package"),
    "conda": ("-n", "--name", "-p", "--prefix", "--cwd"),
    "xvfb-run": ("-s", "--server-args", "-n", "--server-num", "-e", "--error-file", "-f", "--auth-file"),
}


class Walker:
    """Follows the commands of one start-up.

    Attributes:
        servers: what was found, in the order of the commands.
        complete: whether nothing else is started that may serve.
        words: those of all commands, by which another port may be mentioned.
        python_files: the Python files that are run.
        started: every command, with the Python file that it runs or loads.
        texts: configurations and JavaScript files that say what is served.
        scripts: the shell scripts that are run.
        env: the variables that the start begins with.
        fronts: reverse proxies and process managers whose configuration was followed.

    Args:
        repository: what is built.
        dockerfile: its Dockerfile.
        files: the files of the image.
        env: the variables of the image.
        marks: paths and Dockerfile lines that may hold a server's configuration.
        port: the port to which the Hub sends requests.
        special: follows a command that is neither a common server nor a script, and says whether it is known what it
            does.
    """

    def __init__(
        self,
        repository: Repository,
        dockerfile: Dockerfile,
        files: ContainerFiles,
        env: Environment,
        marks: str,
        port: int | None,
        special: Callable[[Walker, Start], bool],
    ) -> None:
        self.repository = repository
        self.files = files
        self.marks = marks
        self.port = port
        self._special = special
        self.servers: list[Server] = []
        self.complete = True
        self.words: Words = []
        self.python_files: list[PythonSource] = []
        self.started: list[Process] = []
        self.texts: list[Source] = []
        self.scripts: list[Source] = []
        self.fronts: set[str] = set()
        self.env = env
        self._json_spans = {word.span for each in dockerfile.instructions for word in each.argv}
        self._image = env.stage.image_word.span if env.stage and env.stage.image_word else None
        self._open = False
        self._is_beside = False
        self._scripts = 0

    def read(self, commands: Sequence[Command], source: Source, directory: str) -> None:
        """Follow the commands that a container starts with."""
        self.follow(commands, source, directory, self.env, 0)
        self.complete = self.complete and not self._open

    def enters(self, depth: int) -> bool:
        """Whether one more script or file of commands may be followed."""
        self._scripts += 1
        return depth < _DEEPEST_SCRIPT and self._scripts <= _MOST_SCRIPTS

    def follows(self, process: Process) -> bool:
        """Whether a command runs a script of shell commands that was read."""
        given = process.argv[0].value
        if (given or "").rpartition("/")[2] in SHELLS:
            at = script_at(process.argv)
            given = process.argv[at].value if at else None
        path = self.files.find(join(process.directory, given)) if given else None
        return path in {script.path for script in self.scripts}

    @property
    def is_open(self) -> bool:
        """Whether the last thing started is an unknown program."""
        return self._open

    def follow(self, commands: Sequence[Command], source: Source, directory: str, env: Environment, depth: int) -> None:
        """Follow commands that follow upon each other."""
        for command in commands:
            self.words += command.argv
            if command.inside:
                continue
            name = command.name
            if not command.argv or name in ("export", "declare", "readonly"):
                if any(word.value is None for word in command.argv):  # export $(cat .env)
                    env.lose()
                for variable, word in command.assignments:
                    env.export(variable, word, source)
                continue
            if name in ("source", ".", "eval"):
                self._sourced(command.argv, directory, env, depth)
                continue
            if name == "cd":
                target = command.argv[1].value if len(command.argv) > 1 else None
                directory = join(directory, target) if target else "/(unknown)"
                continue
            if name in HARMLESS:
                is_beside = command.background or self._is_beside
                self.started.append(Process(command.argv, source, directory, is_beside=is_beside))
                continue
            inner = env
            if command.assignments:
                inner = env.copy()
                for variable, word in command.assignments:
                    inner.export(variable, word, source)
            if command.background:
                self.background(command.argv, source, directory, inner, depth)
            elif not self.start(command.argv, source, directory, inner, depth):
                self._open = True
                if any(word.value == "exec" for word in command.prefix):
                    self.complete = False

    def background(self, argv: Words, source: Source, directory: str, env: Environment, depth: int) -> None:
        """Follow a command that runs beside others; where it ends in an unknown program, that may be what serves."""
        before, self._open = self._open, False
        outer, self._is_beside = self._is_beside, True
        if not self.start(argv, source, directory, env, depth) or self._open:
            self.complete = False
        self._open, self._is_beside = before, outer

    def beside(self, commands: Sequence[Command], source: Source, directory: str, env: Environment, depth: int) -> None:
        """Follow commands that run one after the other, all of them beside others."""
        before, self._open = self._open, False
        outer, self._is_beside = self._is_beside, True
        self.follow(commands, source, directory, env, depth)
        self.complete = self.complete and not self._open
        self._open, self._is_beside = before, outer

    def _sourced(self, argv: Words, directory: str, env: Environment, depth: int) -> None:
        """Follow a script that runs in the same shell; one that is not there may set any variable."""
        value = argv[1].value if len(argv) > 1 else None
        if argv[0].value == "eval":
            if not _HOOK.search(" ".join(word.text for word in argv[1:])):
                env.lose()
                self.complete = self.complete and all(word.text.startswith(('"$(', "$(")) for word in argv[1:])
            return
        path = self.files.find(join(directory, value)) if value else None
        script = self.repository.source(path) if path else None
        if script is not None and not script.is_binary and len(script.raw) <= _LARGEST_SCRIPT and self.enters(depth):
            self.scripts.append(script)
            self.follow(shell.commands(script.text, env=env.known()), script, directory, env, depth + 1)
        elif value is None or not _ACTIVATION.search(value):
            env.lose()

    def start(self, argv: Words, source: Source, directory: str, env: Environment, depth: int) -> bool:
        """Follow one command; whether it is known what it does."""
        given = len(argv)
        argv, directory = _unwrapped(argv, directory)
        if not argv or argv[0].value is None:
            return False
        self.started.append(process(self.files, argv, source, directory)._replace(is_beside=self._is_beside))
        program = argv[0].value
        name = program.rpartition("/")[2]
        if name in SHELLS:
            return self._shell(argv, source, directory, env, depth, len(argv) == given)
        if _PYTHON.fullmatch(name):
            return self._python(argv, source, directory, env)
        from hublint.space.serving.command_line import tool_server

        start = self._told(argv, source, directory, env, depth)
        server = tool_server(start)
        if server is not None:
            self.add(server)
            return True
        if ("/" in program or name.endswith(".sh")) and self._script(argv, source, directory, env, depth):
            return True
        return self._special(self, start)

    def _told(self, argv: Words, source: Source, directory: str, env: Environment, depth: int) -> Start:
        from hublint.space.serving.start import Start

        last = argv[-1].span
        form = "json" if last in self._json_spans else "" if last == self._image else "shell"
        return Start(argv, source, form, env, self.marks, directory, self.files, depth)

    def add(self, server: Server) -> None:
        """Take over a server that surely runs; what came before it has ended by then."""
        self.servers.append(server)
        self._open = False

    def _shell(
        self, argv: Words, source: Source, directory: str, env: Environment, depth: int, is_listed: bool
    ) -> bool:
        at = script_at(argv)
        if at:
            return self._script(argv[at:], source, directory, env, depth)
        return is_listed and gives_commands(argv)  # which are listed behind it

    def _script(self, argv: Words, source: Source, directory: str, env: Environment, depth: int) -> bool:
        path = self.files.find(join(directory, argv[0].value or ""))
        script = self.repository.source(path) if path else None
        if script is None or script.is_binary or len(script.raw) > _LARGEST_SCRIPT or not self.enters(depth):
            return False
        first = script.text[:200].split("\n", 1)[0]
        if (path and path.endswith(".py")) or (first.startswith("#!") and "python" in first):
            return self._file(join(directory, argv[0].value or ""), argv[1:], source, env)
        if not is_shell_script(script.text):
            return False
        return self._run(script, argv[1:], source, directory, env.copy(), depth)

    def _run(
        self, script: Source, arguments: Words, source: Source, directory: str, env: Environment, depth: int
    ) -> bool:
        """Follow a shell script with variables of its own, and what it starts with `exec "$@"`."""
        self.scripts.append(script)
        commands = shell.commands(script.text, env=env.known())
        passed = [bool(c.argv) and c.argv[0].text in ('"$@"', "$@", '"$*"') for c in commands]
        before = commands[: passed.index(True)] if True in passed else commands
        self.follow(before, script, directory, env, depth + 1)
        if before is commands:
            return True
        return bool(arguments) and self.start(arguments, source, directory, env, depth + 1)

    def _python(self, argv: Words, source: Source, directory: str, env: Environment) -> bool:
        position = 1
        while position < len(argv):
            value = argv[position].value
            if value is None or value in ("-c", "-"):
                return False
            if value == "-m":
                return self._module(argv[position + 1 :], source, directory, env)
            if not value.startswith("-"):
                break
            position += 2 if value in ("-X", "-W") else 1
        if position >= len(argv):
            return False
        script = argv[position].value or ""
        following = argv[position + 1 :]
        if script.rpartition("/")[2] == "manage.py":
            self._program(join(directory, script))
            is_server = bool(following) and following[0].value == "runserver"
            return self.start(following, source, directory, env, 0) if is_server else True
        return bool(script) and self._file(join(directory, script), following, source, env)

    def _module(self, argv: Words, source: Source, directory: str, env: Environment) -> bool:
        name = argv[0].value if argv else None
        if not name:
            return False
        stem = name.replace(".", "/")
        for candidate in (f"{stem}.py", f"{stem}/__main__.py"):
            if self.files.find(join(directory, candidate)):
                return self._file(join(directory, candidate), argv[1:], source, env)
        if name in SHELLS or _PYTHON.fullmatch(name):
            return False
        return self.start(argv, source, directory, env, _DEEPEST_SCRIPT)

    def _program(self, place: str) -> PythonSource | None:
        """The Python file that the last command runs as the main program."""
        path = self.files.find(place)
        python = self.repository.python(path) if path else None
        if python is not None:
            self.started[-1] = self.started[-1]._replace(place=place, path=python.source.path, is_program=True)
        return python

    def _file(self, place: str, arguments: Words, source: Source, env: Environment) -> bool:
        from hublint.space.app.own_modules import OwnModules
        from hublint.space.serving.code import file_servers

        python = self._program(place)
        if python is None or python.error is not None:
            return False
        self.python_files.append(python)
        modules = OwnModules(self.repository, [place.rpartition("/")[0]], self.files)
        started = file_servers(python, arguments, source, env, modules)
        for server in started.servers:
            self.add(server)
        self.complete = self.complete and started.complete
        return bool(started.servers)


def _unwrapped(argv: Words, directory: str) -> tuple[Words, str]:
    """A command without what only prepares it: `uv run`, `poetry run`, `conda run`, `npx`, `xvfb-run`, `timeout`."""
    for _ in range(6):
        values = [word.value or "" for word in argv[:2]] + ["", ""]
        name = values[0].rpartition("/")[2]
        if (name, values[1]) == ("uv", "run"):
            argv, directory = _uv(argv[2:], directory)
        elif name in _RUNNERS and values[1] == "run":
            argv = argv[2:]
        elif name in ("conda", "mamba", "micromamba") and values[1] == "run":
            argv = _after_options(argv[2:], _TAKING_VALUE["conda"])
        elif name == "xvfb-run":
            argv = _after_options(argv[1:], _TAKING_VALUE["xvfb-run"])
        elif name in ("npx", "bunx", "uvx", "opentelemetry-instrument", "ddtrace-run"):
            argv = _after_options(argv[1:], ())
        elif name == "timeout":
            argv = _after_options(argv[1:], ("-k", "-s"))[1:]
        else:
            break
    return argv, directory


def _after_options(argv: Words, taking_value: tuple[str, ...]) -> Words:
    position = 0
    while position < len(argv) and (argv[position].value or "").startswith("-"):
        position += 2 if argv[position].value in taking_value else 1
    return argv[position:]


def _uv(argv: Words, directory: str) -> tuple[Words, str]:
    position = 0
    while position < len(argv) and (value := argv[position].value or "").startswith("-"):
        if value in ("-m", "--module"):
            return [_named("python", argv[position]), _named("-m", argv[position]), *argv[position + 1 :]], directory
        if value in ("--directory",) and position + 1 < len(argv):
            directory = join(directory, argv[position + 1].value or "")
        position += 2 if value in _TAKING_VALUE["uv"] else 1
    rest = argv[position:]
    if rest and (rest[0].value or "").endswith(".py"):
        return [_named("python", rest[0]), *rest], directory
    return rest, directory


def _named(value: str, word: ShellWord) -> ShellWord:
    """A word that the command line leaves out."""
    from hublint.documents.shell.words import ShellWord, Value

    return ShellWord(value, Value(value, value), word.span, False, None)
