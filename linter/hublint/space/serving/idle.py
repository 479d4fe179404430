"""Whether a Python program surely starts no server: every name in it is known to start none.

The opposite of `file_servers`, which finds the servers that are known: here whatever may start one, and whatever is not
known, counts as one.
"""

from __future__ import annotations

import ast
import re

from hublint.documents import shell
from hublint.documents.standard_modules import STANDARD
from hublint.regexes import lazy
from hublint.space.app.app_modules import MAX_FILES, PREINSTALLED, module_files, module_paths, with_imports
from hublint.space.serving.code import starts_server

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from hublint.documents.python import Call, PythonSource
    from hublint.documents.python.runs import Mention
    from hublint.documents.python.scopes import Scope
    from hublint.repository.repository import Repository

_SERVING = lazy(r"(?i)launch|(?<!ob)(?<!pre)(?<!re)serve(?!d)|listen|webhook|daphne|gunicorn|hypercorn|serving")
_STARTING = frozenset("run start main app forever deploy execute spawn mainloop cli web gui ui bot polling".split())
# What loads or runs code that is not read here.
_EXTENDING = ("load_extension", "load_extensions")
_DYNAMIC = frozenset("exec eval __import__ globals importlib.import_module importlib.reload".split())
_LOADING = (
    "runpy.", "ctypes.", "pty.", "pexpect.", "sh.", "importlib.util.spec_from", "importlib.machinery", "pkgutil.",
    "multiprocessing.", "concurrent.futures.Process", "joblib.Parallel", "torch.multiprocessing.", "IPython.", "cffi.",
)  # fmt: skip
_PROCESS = ("subprocess.", "os.system", "os.popen", "os.exec", "os.spawn", "os.posix_spawn", "os.fork",
            "asyncio.create_subprocess", "asyncio.subprocess")  # fmt: skip
_PLAIN = frozenset(
    "subprocess.PIPE subprocess.DEVNULL subprocess.STDOUT subprocess.CalledProcessError subprocess.TimeoutExpired "
    "subprocess.SubprocessError subprocess.CompletedProcess".split()
)
_EXEMPT = frozenset("asyncio.run anyio.run trio.run asyncio.get_event_loop().run_until_complete asyncio.wait".split())
# Programs that end and leave nothing behind that serves.
_HARMLESS = frozenset(
    """
    apt apt-get cat chmod cmake cp curl df echo ffmpeg free git huggingface-cli hf ldconfig ls lscpu mkdir mv nvcc
    nvidia-smi pip pip3 printenv pwd rm tar touch uname unzip wget which whoami
    """.split()
)
# Bots that ask their service for messages and listen nowhere.
_BOTS = frozenset(("discord.Client", "discord.AutoShardedClient", "discord.ext.commands.Bot"))
_MAKING = frozenset(("__init__", "__new__", "__post_init__", "__enter__", "__call__"))
# Decorators of these libraries leave a function to be called by others, later.
_CALLED_LATER = ("spaces.", "functools.", "torch.", "gradio.", "numba.", "contextlib.", "typing.", "dataclasses.")
_WEB = ("fastapi.", "flask.", "starlette.", "gradio.", "quart.", "dash.", "aiohttp.", "sanic.", "shiny.")


def starts_nothing(repository: Repository, programs: Sequence[PythonSource], folders: Sequence[str]) -> bool:
    """Whether Python files, run as main programs, surely start no server before they end.

    Args:
        repository: where they are.
        programs: the files.
        folders: where Python looks for the repository's modules, besides the root.
    """
    every = with_imports(repository, list(programs), list(folders))
    if len(every) >= MAX_FILES or any(python.tree is None for python in every):
        return False
    return not any(_Program(repository, python, python in programs, folders).may_serve() for python in every)


class _Program:
    """One file of a program.

    Args:
        repository: where it is.
        python: the file.
        main: whether it is run as the main program.
        folders: where Python looks for modules.
    """

    def __init__(self, repository: Repository, python: PythonSource, main: bool, folders: Sequence[str]) -> None:
        self._repository = repository
        self._python = python
        self._main = main
        self._bases = [*dict.fromkeys((*folders, ""))]
        self._own: set[str] = set()
        calls = python.facts.call_of
        self._unused = {
            each.value for each in ast.walk(python.tree or ast.Module([], [])) if isinstance(each, ast.Expr)
        }
        self._arguments = {each for call in calls for each in (*call.args, *(k.value for k in call.keywords))}

    def may_serve(self) -> bool:
        """Whether anything in the file may start a server, or is not known."""
        if not self._knows_imports():
            return True
        calls = self._python.facts.call_of
        reached = self._reached()
        for mention in self._python.facts.moments.mentions:
            if self._runs(mention, reached) and self._is_doubtful(mention):
                return True
        for call in calls.values():
            state = self._python.facts.moments.state(call.moment.place, self._main)
            if state.level and _is_in(call.moment.place.function, reached) and self._starts(call):
                return True
        return False

    def _knows_imports(self) -> bool:
        """Whether every module that may be imported is Python's, the repository's, or a known library's."""
        import hublint_schemas

        known = hublint_schemas.table("modules")
        for each in self._python.imports:
            if each.moment.runs(self._main) == "never":
                continue
            top = each.module.partition(".")[0]
            if top.startswith("gradio_"):
                continue
            paths = module_paths(each, self._python.source.path, self._bases)
            if any(path in self._repository.files for path in paths):
                self._own.add(each.module)
                continue
            is_known = top in STANDARD or top in PREINSTALLED or top in known or top in _LIBRARIES
            if each.module.startswith(".") or self._is_folder(top) or not is_known:
                return False
        return True

    def _is_folder(self, top: str) -> bool:
        """Whether the repository has a folder or file of that name somewhere, which a changed path may find."""
        return any(folder.rpartition("/")[2] == top for folder in self._repository.folders) or any(
            path.endswith((f"/{top}.py", f"{top}.so")) for path in self._repository.files
        )

    def _reached(self) -> set[Scope]:
        """The functions that may be called before the program ends, by name.

        A function that is only handed to Gradio or decorated as a route is called by a server that somebody starts.
        """
        facts = self._python.facts
        handed, later = self._handed(), self._called_later()
        by_name: dict[str, list[Scope]] = {}
        for scope in facts.moments.functions:
            by_name.setdefault(scope.name, []).append(scope)
        found = {each for each, _ in facts.moments.decorated if each.name not in later}
        if not self._main:
            names = {each.id for each in handed if isinstance(each, ast.Name)}
            found |= {each for each in facts.moments.functions if each.name not in names | later}
        uses = self._uses(handed)
        pending: list[Scope | None] = [None, *found]
        while pending:
            for name in uses.get(pending.pop(), ()):
                new = [scope for scope in by_name.get(name, ()) if scope not in found]
                found.update(new)
                pending += new
        return found

    def _handed(self) -> set[ast.expr]:
        """The names and attributes that are arguments of Gradio and of web frameworks."""
        return {
            argument
            for call in self._python.calls
            if call.method != "launch" and ((call.receiver or "").startswith(_WEB) or call.name.startswith(_WEB))
            for argument in (*call.args, *call.keywords.values())
            if isinstance(argument, (ast.Name, ast.Attribute))
        }

    def _uses(self, handed: set[ast.expr]) -> dict[Scope | None, set[str]]:
        """The names that each function, or the module itself, may call."""
        facts = self._python.facts
        uses: dict[Scope | None, set[str]] = {}
        for mention in facts.moments.mentions:
            function = mention.place.function
            is_run = function is not None or facts.moments.state(mention.place, self._main).level
            if mention.node in handed or not is_run:
                continue
            name = mention.node.id if isinstance(mention.node, ast.Name) else mention.node.attr
            uses.setdefault(function, set()).add(name)
            if name in facts.classes:
                uses[function] |= _MAKING
        uses.setdefault(None, set()).update(("__init_subclass__", "__set_name__", "__class_getitem__"))
        return uses

    def _called_later(self) -> set[str]:
        """The names of functions whose decorators leave them to a server."""
        found = set()
        for node in ast.walk(self._python.tree or ast.Module([], [])):
            if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) or not node.decorator_list:
                continue
            if all(self._leaves(each) for each in node.decorator_list):
                found.add(node.name)
        return found

    def _leaves(self, decorator: ast.expr) -> bool:
        func = decorator.func if isinstance(decorator, ast.Call) else decorator
        name = self._python.dotted(func)
        maker = self._python.constructor(func.value) if isinstance(func, ast.Attribute) else None
        return name.startswith(_CALLED_LATER) or (maker or "").startswith(_WEB) or name in ("staticmethod", "property")

    def _runs(self, mention: Mention, reached: set[Scope]) -> bool:
        if not _is_in(mention.place.function, reached):
            return False
        return bool(self._python.facts.moments.state(mention.place, self._main).level)

    def _is_doubtful(self, mention: Mention) -> bool:
        """Whether a name may be what starts a server, or runs code that is not read."""
        node = mention.node
        name = self._python.dotted(node)
        if name in _PLAIN or name in _EXEMPT or self._is_own(name) or node in self._unused:
            return False
        if name in _DYNAMIC or name.startswith(_LOADING) or name.endswith(_EXTENDING):
            return True
        if name == "getattr" and any(_SERVING.search(text) for _, text in self._python.string_literals):
            return True
        if name.startswith(_PROCESS):
            return not mention.called
        last = node.attr if isinstance(node, ast.Attribute) else name.rpartition(".")[2]
        if isinstance(node, ast.Name) and name.startswith("."):
            return False
        if _SERVING.search(last):
            return True
        if _STARTING.isdisjoint(last.split("_")) or self._is_harmless_start(node):
            return False
        return mention.called or node in self._arguments

    def _is_own(self, name: str) -> bool:
        """Whether a name is a module of the repository, or stands in one: what it means is read there.

        An attribute of a module's object is not: `ui.demo.launch` is Gradio's.
        """
        module = name.rpartition(".")[0]
        if name in self._own or module in self._own:
            return True
        if not any(name.startswith(f"{each}.") for each in self._own):
            return False
        paths = module_files(module, self._python.source.path, self._bases)
        return any(path in self._repository.files for path in paths)

    def _is_harmless_start(self, node: ast.expr) -> bool:
        """Whether `.start()` and the like are a thread's, whose function is looked at by itself, or no server's."""
        name = self._python.dotted(node)
        maker = self._python.constructor(node.value) if isinstance(node, ast.Attribute) else None
        if maker in ("threading.Thread", "threading.Timer", "re.match", "re.search") or maker in _BOTS:
            return True
        return name.startswith(("time.", "torch.", "numpy.", "os.path.", "gradio.")) and not name.endswith(".run")

    def _starts(self, call: Call) -> bool:
        """Whether a call starts a server, or a process that may be one."""
        if starts_server(self._python, call):
            return True
        return call.name.startswith(_PROCESS) and call.name not in _PLAIN and not _is_harmless(self._python, call)


_LIBRARIES = frozenset(
    """
    spaces gradio gradio_client streamlit shiny fastapi flask starlette uvicorn torch torchvision torchaudio numpy
    pandas PIL cv2 transformers diffusers datasets accelerate safetensors huggingface_hub matplotlib sklearn scipy
    tensorflow keras requests tqdm yaml openai sentence_transformers timm peft onnxruntime librosa soundfile
    """.split()
)


def _is_in(function: Scope | None, reached: set[Scope]) -> bool:
    return function is None or function in reached


def _is_harmless(python: PythonSource, call: Call) -> bool:
    """Whether the process that a call starts is written out and one that ends."""
    given = call.args[0] if call.args else call.keyword("args") and call.keywords["args"]
    if not given or call.unpacks or call.method in ("fork",) or call.keyword("executable"):
        return False
    if isinstance(given, ast.Call) and python.dotted(given.func) == "shlex.split" and given.args:
        given = given.args[0]
    if isinstance(given, (ast.List, ast.Tuple)):
        words = [_word(python, each) for each in given.elts]
        return bool(words) and _is_harmless_command(words)
    text = _word(python, given)
    if text is None:
        return False
    commands = shell.commands(text)
    return bool(commands) and all(
        _is_harmless_command([word.value for word in command.argv]) for command in commands if command.argv
    )


def _word(python: PythonSource, expression: ast.expr) -> str | None:
    if python.dotted(expression) == "sys.executable":
        return "python"
    if isinstance(expression, ast.JoinedStr):
        text = "".join(
            each.value if isinstance(each, ast.Constant) and isinstance(each.value, str) else "python"
            for each in expression.values
        )
        return text if all(_is_known(python, each) for each in expression.values) else None
    known = python.value(expression)
    return known.value if known and isinstance(known.value, str) and not known.env else None


def _is_known(python: PythonSource, part: ast.expr) -> bool:
    return isinstance(part, ast.Constant) or (
        isinstance(part, ast.FormattedValue) and python.dotted(part.value) == "sys.executable"
    )


def _is_harmless_command(words: Sequence[str | None]) -> bool:
    name = (words[0] or "").rpartition("/")[2]
    if re.fullmatch(r"python(?:3(?:\.\d+)?)?", name):
        return list(words[1:3]) in (["-m", "pip"], ["-m", "build"], ["-m", "spacy"], ["-m", "unidic"]) or (
            "setup.py" in words[1:2]
        )
    return name in _HARMLESS or (name == "uv" and words[1:2] == ["pip"])
