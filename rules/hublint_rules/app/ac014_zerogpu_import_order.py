"""The app asks CUDA for something before it imports `spaces`, which then refuses to start on ZeroGPU.

## What it does
Reports, in a Gradio Space that uses `spaces.GPU`, the first call that looks for a GPU or puts something on one
(`torch.cuda.is_available()`, `model.to("cuda")`) where it surely runs before `import spaces`: in the app, or in a
module of the repository that is imported earlier. That torch itself is imported first is no problem.

## Why it matters on the Hub
On ZeroGPU, `spaces` has to put itself in the place of CUDA. Where CUDA was asked before, its import ends the app with
a `RuntimeError`. On other hardware it does nothing, so that the app works everywhere but there.

## Example
```yaml
title: Demo
sdk: gradio
```
```python app.py
import torch

device = "cuda" if torch.cuda.is_available() else "cpu"

import spaces


@spaces.GPU
def double(number):
    return (torch.tensor([number]).to(device) * 2).item()
```

## Use instead
```yaml
title: Demo
sdk: gradio
```
```python app.py
import spaces
import torch

device = "cuda" if torch.cuda.is_available() else "cpu"


@spaces.GPU
def double(number):
    return (torch.tensor([number]).to(device) * 2).item()
```

## Evidence
PyPI spaces 0.51.3, zero/__init__.py: "CUDA has been initialized before importing the `spaces` package", where a forked
process finds it so.
https://github.com/pytorch/pytorch, torch/csrc/cuda/Module.cpp: counting devices, as `torch.cuda.is_available()` does,
counts as that, though importing torch does not.
https://github.com/huggingface/autotrain-advanced/issues/727: a Space that stopped with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.rule import Finding, Rule

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator, Sequence

    from hublint.documents.python import PythonSource
    from hublint.repository.repository import Repository

RULE = Rule(
    code="AC014",
    name="zerogpu-import-order",
    severity="warning",
    effect="broken",
    subject="code",
    since="0.1.0",
    kinds=("space",),
    sdks=("gradio",),
    only_if=("spaces.gpu", "from spaces import"),
)

# Functions of torch.cuda that count the devices or start CUDA.
_ASKING = frozenset(
    "is_available init current_device current_stream get_device_name get_device_capability get_device_properties "
    "set_device mem_get_info is_bf16_supported synchronize".split()
)
_MAKING = frozenset("tensor zeros ones empty full rand randn randint arange eye linspace as_tensor".split())
_MOST_STATEMENTS = 5000
_MOST_MODULES = 50


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for the first call that comes too early."""
    app = repository.app
    if app is None or app.tree is None:
        return
    from hublint_rules.app.sources import marked

    using = [python for python in marked(repository, "spaces") if _uses_zero_gpu(python)]
    run = _Run(repository) if using else None
    if run is None or not run.module(app) or run.early is None:
        return
    python, node = run.early
    yield Finding(
        python.source,
        node,
        f"`{_shown(python, node)}` runs before `import spaces`, which then ends the app on ZeroGPU; "
        "import `spaces` before everything else",
    )


def _shown(python: PythonSource, call: ast.Call) -> str:
    import ast

    name = python.dotted(call.func)
    if name.startswith("torch.cuda."):
        return f"{name}()"
    if name.startswith("torch.") and name[6:] in _MAKING:
        return f'{name}(device="cuda")'
    return ".cuda()" if isinstance(call.func, ast.Attribute) and call.func.attr == "cuda" else '.to("cuda")'


def _uses_zero_gpu(python: PythonSource) -> bool:
    import ast

    return any(
        isinstance(node, (ast.Attribute, ast.Name)) and python.dotted(node) == "spaces.GPU"
        for node in ast.walk(python.tree or ast.Module([], []))
    )


class _Run:
    """What surely happens while the app is imported, up to `import spaces`.

    `early` is the first call that touches CUDA. Each method gives whether `spaces` was reached for certain; `unsure` is
    set once it can no longer be known.
    """

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self.early: tuple[PythonSource, ast.Call] | None = None
        self.unsure = False
        self.statements = 0
        self.visited: set[str] = set()
        self.folder = repository.app_file.rpartition("/")[0]

    def module(self, python: PythonSource) -> bool:
        self.visited.add(python.source.path)
        return self.body(python, python.tree.body if python.tree else [])

    def body(self, python: PythonSource, statements: Sequence[ast.stmt]) -> bool:
        for statement in statements:
            self.statements += 1
            if self.statements > _MOST_STATEMENTS or len(self.visited) > _MOST_MODULES:
                self.unsure = True
            if not self.unsure and self.statement(python, statement):
                return True
            if self.unsure:
                return False
        return False

    def statement(self, python: PythonSource, statement: ast.stmt) -> bool:
        import ast

        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            return self.imports(python, statement)
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            return False
        if isinstance(statement, ast.With):
            return self.body(python, statement.body)
        if isinstance(statement, ast.Try):
            self.unsure = any(_catches_all(handler) for handler in statement.handlers) and _imports_spaces(statement)
            return not self.unsure and self.body(python, [*statement.body, *statement.orelse, *statement.finalbody])
        if isinstance(statement, ast.If):
            self.touches(python, statement.test)
        if hasattr(statement, "body"):
            self.unsure = _imports_spaces(statement)
            return False
        self.touches(python, statement)
        return False

    def touches(self, python: PythonSource, node: ast.AST) -> None:
        if self.early is None:
            call = next((call for call in _certain_calls(node) if _touches_cuda(python, call)), None)
            self.early = (python, call) if call is not None else None

    def imports(self, python: PythonSource, node: ast.Import | ast.ImportFrom) -> bool:
        from hublint.space.app.app_modules import module_paths

        for imported in python.imports:
            if imported.node is not node:
                continue
            if imported.module.partition(".")[0] == "spaces":
                return True
            paths = module_paths(imported, python.source.path, [*dict.fromkeys((self.folder, ""))])
            found = [path for path in paths if path in self.repository.files]
            for path in (*_packages(found, self.repository), *found):
                module = self.repository.python(path) if path not in self.visited else None
                if module is not None and self.module(module):
                    return True
                if self.unsure:
                    return False
        return False


def _packages(paths: Sequence[str], repository: Repository) -> Iterator[str]:
    """The `__init__.py` of the folders above, which run first."""
    for path in paths:
        parts = path.split("/")[:-1]
        for end in range(1, len(parts) + 1):
            package = "/".join((*parts[:end], "__init__.py"))
            if package in repository.files and package != path:
                yield package


def _catches_all(handler: ast.ExceptHandler) -> bool:
    import ast

    names = (
        {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)} if handler.type else {"Exception"}
    )
    return bool(names & {"Exception", "BaseException", "RuntimeError"})


def _imports_spaces(statement: ast.stmt) -> bool:
    import ast

    return any(
        (isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "spaces")
        or (isinstance(node, ast.Import) and any(name.name.partition(".")[0] == "spaces" for name in node.names))
        for node in ast.walk(statement)
    )


def _certain_calls(node: ast.AST) -> Iterator[ast.Call]:
    """The calls of a simple statement that are made whatever the values in it are."""
    import ast

    pending: list[ast.AST] = [node]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Lambda | ast.GeneratorExp):
            continue
        if isinstance(node, ast.IfExp):
            pending.append(node.test)
        elif isinstance(node, ast.BoolOp):
            pending.append(node.values[0])
        else:
            if isinstance(node, ast.Call):
                yield node
            pending.extend(reversed(list(ast.iter_child_nodes(node))))


def _touches_cuda(python: PythonSource, call: ast.Call) -> bool:
    import ast

    name = python.dotted(call.func)
    if name.startswith("torch.cuda."):
        return name.rpartition(".")[2] in _ASKING
    if name.startswith("torch.") and name[6:] in _MAKING:
        return any(keyword.arg == "device" and _is_cuda(python, keyword.value) for keyword in call.keywords)
    if not isinstance(call.func, ast.Attribute) or not any(
        i.module.partition(".")[0] == "torch" for i in python.imports
    ):
        return False
    if call.func.attr == "cuda":
        return not call.keywords and len(call.args) < 2
    return call.func.attr == "to" and bool(call.args) and _is_cuda(python, call.args[0])


def _is_cuda(python: PythonSource, expression: ast.expr) -> bool:
    known = python.value(expression)
    if known is None or known.env or known.option is not None:
        return False
    return isinstance(known.value, str) and known.value.partition(":")[0] == "cuda"
