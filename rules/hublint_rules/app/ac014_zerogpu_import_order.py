"""The app asks CUDA for something before it imports `spaces`, which then refuses to start on ZeroGPU.

## What it does
Reports, in a Gradio Space that uses `spaces.GPU`, the first call that looks for a GPU or puts something on one
(`torch.cuda.is_available()`, `model.to("cuda")`) where it surely runs before `import spaces`: in the app, or in a
module of the repository that is imported earlier. That torch itself is imported first does no harm.

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

from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator, Sequence

    from hublint.documents.python import Call, Import, PythonSource
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

_MOST_MODULES = 50
_ANY_ERROR = frozenset(("Exception", "BaseException", "RuntimeError"))


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for the first call that comes too early."""
    app = repository.app
    if app is None or app.tree is None:
        return
    from hublint.space.app.zero_gpu import uses_zero_gpu
    from hublint.space.running import marked

    using = [python for python in marked(repository, "spaces") if uses_zero_gpu(python)]
    run = _Run(repository) if using else None
    if run is None or not run.module(app, main=True) or run.early is None:
        return
    python, node = run.early
    yield Finding(
        python.source,
        node,
        f"`{_shown(python, node)}` runs before `import spaces`, which stops the app on ZeroGPU; "
        "import `spaces` before everything else",
    )


def _shown(python: PythonSource, call: ast.Call) -> str:
    import ast

    from hublint.space.app.zero_gpu import MAKING

    name = python.dotted(call.func)
    if name.startswith("torch.cuda."):
        return f"{name}()"
    if name.startswith("torch.") and name[6:] in MAKING:
        return f'{name}(device="cuda")'
    return ".cuda()" if isinstance(call.func, ast.Attribute) and call.func.attr == "cuda" else '.to("cuda")'


class _Run:
    """What surely happens while the app is imported, up to `import spaces`.

    `early` is the first call that touches CUDA. `unsure` is set once it can no longer be known what comes first.
    """

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self.early: tuple[PythonSource, ast.Call] | None = None
        self.unsure = False
        self.visited: set[str] = set()
        self.folder = repository.app_file.rpartition("/")[0]

    def module(self, python: PythonSource, main: bool = False) -> bool:
        """Whether the statements of a module surely import `spaces`; what its functions do is left out."""
        from hublint.documents.python import Call
        from hublint.space.app.zero_gpu import touches_cuda

        self.visited.add(python.source.path)
        steps: list[Import | Call] = [*python.imports, *python.calls]
        for step in sorted(steps, key=lambda each: (each.node.lineno, each.node.col_offset)):
            runs = step.moment.runs(main) if step.moment.place.function is None else "never"
            if isinstance(step, Call):
                if runs == "always" and self.early is None and touches_cuda(python, step):
                    self.early = python, step.node
            elif runs != "never" and step.module.partition(".")[0] == "spaces":
                self.unsure = runs == "perhaps" or not step.moment.caught(main).isdisjoint(_ANY_ERROR)
                return not self.unsure
            elif runs == "always" and self.own_module(python, step):
                return True
            if self.unsure:
                return False
        return False

    def own_module(self, python: PythonSource, imported: Import) -> bool:
        """Whether an import of a module of the repository's own surely leads to `import spaces`."""
        from hublint.space.app.app_modules import module_paths

        paths = module_paths(imported, python.source.path, [*dict.fromkeys((self.folder, ""))])
        found = [path for path in paths if path in self.repository.files]
        for path in (*_packages(found, self.repository), *found):
            module = self.repository.python(path) if path not in self.visited else None
            self.unsure = self.unsure or len(self.visited) > _MOST_MODULES
            if self.unsure or (module is not None and self.module(module)):
                return not self.unsure
        return False


def _packages(paths: Sequence[str], repository: Repository) -> Iterator[str]:
    """The `__init__.py` of the folders above, which run first."""
    for path in paths:
        parts = path.split("/")[:-1]
        for end in range(1, len(parts) + 1):
            package = "/".join((*parts[:end], "__init__.py"))
            if package in repository.files and package != path:
                yield package
