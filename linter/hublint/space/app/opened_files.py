"""Files that an app surely reads when it starts, or shows as examples, by paths that it writes out."""

from __future__ import annotations

import ast
import re

from hublint.records import NamedTuple
from hublint.regexes import lazy
from hublint.space.container.files import below, join
from hublint.space.permissions.written_paths import written_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile.stage import Stage
    from hublint.documents.python import Call, PythonSource
    from hublint.repository.repository import Repository

# Calls that read a file, and the name of the argument, the first one, that is its path.
_READING = {
    "open": "file",
    "io.open": "file",
    "PIL.Image.open": "fp",
    "joblib.load": "filename",
    "torch.load": "f",
    "streamlit.image": "image",
    "openpyxl.load_workbook": "filename",
    "onnxruntime.InferenceSession": "path_or_bytes",
    "geopandas.read_file": "filename",
    "polars.read_csv": "source",
    **dict.fromkeys(("numpy.load", "numpy.genfromtxt"), "file"),
    **dict.fromkeys(("numpy.loadtxt",), "fname"),
    **dict.fromkeys(("keras.models.load_model", "tensorflow.keras.models.load_model"), "filepath"),
    **{f"pandas.read_{kind}": "filepath_or_buffer" for kind in ("csv", "table", "fwf", "pickle")},
    "pandas.read_excel": "io",
    "pandas.read_json": "path_or_buf",
    "pandas.read_parquet": "path",
}
_METHODS = frozenset(("read_text", "read_bytes", "open"))
_SHOWING = frozenset(("gradio.Interface", "gradio.Examples", "gradio.ChatInterface"))
_MEDIA = frozenset(f"gradio.{name}" for name in "Image Audio Video File Model3D ImageEditor".split())
_SHORTCUTS = frozenset("image audio video file".split())
# What may make or bring a file, or change the folder in which it is looked for.
_BRINGING = lazy(
    r"urlretrieve|download(?!_?button)|gdown|extractall|unpack_archive|subprocess|os\.system|os\.popen"
    r"|shutil|wget|curl|git clone"
    r"|\.to_(?:csv|json|excel|parquet|pickle)\(|\.save\w*\(|\bdump\(|write_(?:text|bytes)|savez?\w*\(|chdir\(|imwrite"
    r"|tempfile|\bRepo\w*\(|requests\.|httpx\.|urlopen|sys\.argv|makedirs|mkdir\(|[\"'][wax]b?\+?[\"']|symlink|fsspec"
)
_MOST = 100
_ROOT = "/(space)"  # where a Gradio Space runs
ELSEWHERE = ("/content/", "/kaggle/")  # where Colab and Kaggle have their files


class Opened(NamedTuple):
    """A file that is opened.

    Attributes:
        path: as the process sees it, absolute where the code writes it so.
        python: the file with the call.
        node: the expression of the path.
        kind: `read`, `example`, or `folder` for a folder of examples.
    """

    path: str
    python: PythonSource
    node: ast.expr
    kind: str


class Lacked(NamedTuple):
    """One that the Space does not have.

    Attributes:
        opened: the call.
        path: in the repository, where it is known; else as the process sees it.
        is_ignored: whether it is there and git leaves it out.
    """

    opened: Opened
    path: str
    is_ignored: bool


def lacked(repository: Repository) -> Iterator[Lacked]:
    """The files that the app opens and the Space surely lacks, each once."""
    found: dict[str, Lacked] = {}
    every = _of_docker(repository) if repository.sdk == "docker" else _of_gradio(repository)
    for each in every:
        found.setdefault(each.path, each)
        if len(found) >= _MOST:
            break
    yield from found.values()


def _of_gradio(repository: Repository) -> Iterator[Lacked]:
    from hublint.repository.assembling import assembling
    from hublint.space.running import running, surely_loaded

    files = surely_loaded(repository)
    if not files or _may_bring([python for python, _ in files]) or assembling(repository):
        return
    programs = running(repository).programs
    for python, _ in files:
        for opened in _opened(python, python.source.path in programs, None, join(_ROOT, python.source.path)):
            path = below(join(_ROOT, opened.path), _ROOT)
            if path and _is_plain(opened.path) and (ignored := _state(repository, path, opened.kind)) is not None:
                yield Lacked(opened._replace(path=path), path, ignored)
            elif opened.path.startswith(ELSEWHERE):
                yield Lacked(opened, opened.path, False)


def _of_docker(repository: Repository) -> Iterator[Lacked]:
    from hublint.repository.assembling import assembling
    from hublint.space.container.absence import is_absent
    from hublint.space.permissions.writes import modules
    from hublint.space.running import is_conditional
    from hublint.space.serving import walked
    from hublint.space.serving.targets import is_first

    dockerfile, walker = repository.dockerfile, walked(repository)
    if dockerfile is None or walker is None or assembling(repository):
        return
    for position, process in enumerate(walker.started):
        if not process.path or process.is_beside or is_conditional(process, dockerfile):
            continue
        files = list(modules(walker.files, process.place, process.is_program, process.directory))
        if not is_first(walker, position) or _may_bring([python for python, _, _ in files]):
            return
        for python, place, main in files:
            for opened in _opened(python, main, walker.files.stage, place):
                path = join(process.directory, opened.path)
                there = walker.files.find(path)
                if there is not None and _state(repository, there, opened.kind):
                    yield Lacked(opened, there, True)
                elif there is None and _is_plain(opened.path) and is_absent(walker.files, path):
                    yield Lacked(opened, path, False)


def _is_plain(path: str) -> bool:
    return ".." not in path.split("/") and not any(mark in path for mark in "*?[{<|") and len(path) < 300


def _state(repository: Repository, path: str, kind: str) -> bool | None:
    """Whether git leaves a path out that is there; None where the Space has it, False where it is not there at all."""
    if path in repository.folders:
        return None
    if path in repository.files:
        from hublint.repository.git.ignored import ignores

        return True if path in ignores(repository) else None
    parts = path.split("/")
    if any("/".join(parts[:length]) in repository.files for length in range(1, len(parts))):
        return None  # behind a link
    if kind != "folder" and ".gitmodules" in repository.files:
        return None
    from hublint.repository.git.ignored import ignores

    return None if ignores(repository).may_hide(path) else False


def _may_bring(files: list[PythonSource]) -> bool:
    return any(_BRINGING.search(python.source.text) for python in files)


def _opened(python: PythonSource, main: bool, stage: Stage | None, place: str) -> Iterator[Opened]:
    for call in python.calls:
        if call.moment.runs(main) != "always" or call.moment.caught(main) or call.unpacks:
            continue
        if call.name in _SHOWING:
            yield from _examples(python, call, stage, place)
            continue
        expression = _path_of(call)
        path = written_path(python, expression, stage, place) if expression is not None else None
        if expression is not None and path is not None and re.search(r"[^/.]\.\w{1,12}$|^\.\.?/", path):
            yield Opened(path, python, expression, "read")


def _path_of(call: Call) -> ast.expr | None:
    """The expression of the path that a call reads."""
    if call.name in _READING:
        mode = call.argument("mode", 1) if call.name in ("open", "io.open") else None
        if mode is not None and not (isinstance(mode, ast.Constant) and mode.value in ("r", "rb", "rt")):
            return None
        return call.argument(_READING[call.name], 0)
    func = call.node.func
    if call.method == "from_pretrained" and call.args:
        first = call.args[0]
        is_local = isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value.startswith("./")
        return first if is_local else None
    if call.method in _METHODS and isinstance(func, ast.Attribute) and not isinstance(func.value, ast.Constant):
        return func.value if not (call.method == "open" and call.args) else None
    return None


def _examples(python: PythonSource, call: Call, stage: Stage | None, place: str) -> Iterator[Opened]:
    """The files that are shown as examples of an input that takes files."""
    given = call.argument("examples", 0 if call.name == "gradio.Examples" else -1)
    given = _bound(python, given) if given is not None else None
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        yield Opened(given.value, python, given, "folder")
        return
    inputs = call.argument("inputs", 1)
    inputs = _bound(python, inputs) if inputs is not None else None
    if not isinstance(given, ast.List) or inputs is None or call.name == "gradio.ChatInterface":
        return
    components = inputs.elts if isinstance(inputs, (ast.List, ast.Tuple)) else [inputs]
    takes = [_takes_files(python, each) for each in components]
    for row in given.elts:
        cells = row.elts if isinstance(row, (ast.List, ast.Tuple)) else [row]
        for cell, takes_file in zip(cells, takes, strict=False):
            path = written_path(python, cell, stage, place) if takes_file else None
            if path is not None and re.search(r"[^/.]\.\w{1,8}$", path):
                yield Opened(path, python, cell, "example")


def _takes_files(python: PythonSource, component: ast.expr) -> bool:
    if isinstance(component, ast.Constant):
        return component.value in _SHORTCUTS
    return (python.constructor(component) or "") in _MEDIA


def _bound(python: PythonSource, expression: ast.expr) -> ast.expr:
    """What a name is bound to, where that happens once; else the expression itself."""
    if not isinstance(expression, ast.Name):
        return expression
    scope = python.facts.names.scope_of(expression)
    bound = scope.bindings[expression.id] if scope is not None else []
    return bound[0] if len(bound) == 1 and isinstance(bound[0], ast.expr) else expression
