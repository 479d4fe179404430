"""What an app says of ZeroGPU and of CUDA."""

from __future__ import annotations

import ast
import re

from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hublint.documents.python import Call, PythonSource
    from hublint.repository.repository import Repository

# Functions of torch.cuda that count the devices or start CUDA.
_ASKING = frozenset(
    "is_available init current_device current_stream get_device_name get_device_capability get_device_properties "
    "set_device mem_get_info is_bf16_supported synchronize".split()
)
MAKING = frozenset("tensor zeros ones empty full rand randn randint arange eye linspace as_tensor".split())
# By which a function may be decorated that is not read here, or somewhere else.
_DECORATING = lazy(r"\bGPU\b|spaces\.zero|gradio_auto_wrap|\b(?:importlib|__import__|runpy|exec|globals)\b")

_COMMENTS = lazy(r"(?m)^[ \t]*#.*")


def uses_zero_gpu(python: PythonSource) -> bool:
    """Whether a file names `spaces.GPU`."""
    return any(
        isinstance(node, (ast.Attribute, ast.Name)) and python.dotted(node) == "spaces.GPU"
        for node in ast.walk(python.tree or ast.Module([], []))
    )


def touches_cuda(python: PythonSource, call: Call) -> bool:
    """Whether a call looks for a GPU or puts something on one."""
    if call.name.startswith("torch.cuda."):
        return call.name.rpartition(".")[2] in _ASKING
    return needs_cuda(python, call)


def needs_cuda(python: PythonSource, call: Call) -> bool:
    """Whether a call puts something of torch on a GPU whatever there is: `.cuda()`, `.to("cuda")`."""
    name, method = call.name, call.method
    if name.startswith("torch.") and name[6:] in MAKING:
        device = call.keyword("device")
        return device is not None and _is_cuda(python, device.value)
    if not isinstance(call.node.func, ast.Attribute) or not any(
        each.module.partition(".")[0] == "torch" for each in python.imports
    ):
        return False
    if method == "cuda":
        return not call.node.keywords and len(call.args) < 2
    return method == "to" and bool(call.args) and _is_cuda(python, call.args[0])


def decorates_nothing(repository: Repository, files: Sequence[PythonSource]) -> bool:
    """Whether surely no function of an app, nor of a library that it imports, is one for ZeroGPU.

    Args:
        repository: the Space.
        files: all that the app is made of.
    """
    import hublint_schemas
    from hublint.space.app.app_modules import PREINSTALLED, own_names, third_party

    if any(re.search(_DECORATING.pattern, text) for text in _code(repository, files)):
        return False
    known, own = hublint_schemas.table("modules"), own_names(repository)
    names = {third_party(each, own) for python in files for each in python.imports}
    return all(name in known or name in PREINSTALLED or not name for name in names)


def _code(repository: Repository, files: Sequence[PythonSource]) -> Iterator[str]:
    """The app's code without whole lines of comment, and that of other files whose name or folder stands in it."""
    texts = [_COMMENTS.sub("", python.source.text) for python in files]
    words = {word for text in texts for word in re.findall(r"\w+", text)}
    read = {python.source.path for python in files}
    yield from texts
    for path in repository.files:
        if path.endswith(".py") and path not in read and not words.isdisjoint(path.removesuffix(".py").split("/")):
            source = repository.glance(path)
            yield _COMMENTS.sub("", source.text) if source is not None else ""


def _is_cuda(python: PythonSource, expression: ast.expr) -> bool:
    known = python.value(expression)
    if known is None or known.env or known.option is not None:
        return False
    return isinstance(known.value, str) and known.value.partition(":")[0] == "cuda"
