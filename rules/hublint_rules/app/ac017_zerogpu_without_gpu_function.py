"""A Space for ZeroGPU has no function that ZeroGPU is told of.

## What it does
Reports, in a Gradio Space with `suggested_hardware: zero-a10g`, an app in which nothing is decorated with
`@spaces.GPU`; and an app with such a function that another server serves (`uvicorn.run`, `gr.mount_gradio_app`), so
that Gradio's `launch()`, in which `spaces` tells ZeroGPU of its functions, never runs.

Without that key it is a note, where the app surely puts something on a GPU (`.cuda()`, `.to("cuda")`) or imports
`spaces`; and none where the card suggests other hardware. `spaces.GPU` in a Docker Space, which cannot have ZeroGPU, is
a note too. It is silent where a function may be decorated in code that is not read here.

## Why it matters on the Hub
ZeroGPU stops a Space whose app reports no such function when it starts. It is the only hardware on which a free account
can create Gradio Spaces.

## Example
```yaml
title: Demo
sdk: gradio
suggested_hardware: zero-a10g
```
```python app.py
import gradio as gr
import torch

model = torch.nn.Linear(1, 1).to("cuda")
gr.Interface(lambda x: model(torch.tensor([x])).item(), "number", "number").launch()
```

## Use instead
```yaml
title: Demo
sdk: gradio
suggested_hardware: zero-a10g
```
```python app.py
import gradio as gr
import spaces
import torch

model = torch.nn.Linear(1, 1).to("cuda")


@spaces.GPU
def answer(x):
    return model(torch.tensor([x], device="cuda")).item()


gr.Interface(answer, "number", "number").launch()
```

## Evidence
PyPI spaces 0.51.3 (read 2026-11-29): `one_launch` in zero/gradio.py puts the report into `gradio.Blocks.launch`, and
`startup` in zero/__init__.py reports nothing where no function is decorated.
https://github.com/huggingface/skills/issues/218 (2026-08): a free account needs ZeroGPU, and ZeroGPU "needs >=1"
decorated function. https://github.com/lenML/Speech-AI-Forge/issues/143: `spaces.GPU` in a Docker Space.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.python import Call, PythonSource
    from hublint.repository.repository import Repository

RULE = Rule(
    code="AC017",
    name="zerogpu-without-gpu-function",
    severity="warning",
    effect="broken",
    subject="code",
    since="0.1.0",
    kinds=("space",),
    sdks=("gradio", "docker"),
)

_SENTENCE = "No @spaces.GPU function detected during startup"
_KEY = "suggested_hardware"
_MARKS = ("spaces", "cuda")
_SERVERS = frozenset(("uvicorn.run", "uvicorn.Server", "gradio.mount_gradio_app", "hypercorn.run"))


def check(repository: Repository) -> Iterator[Finding]:
    """Yield one finding at most."""
    hardware = repository.card.data.get(_KEY) if repository.card else None
    asks = isinstance(hardware, str) and hardware.startswith("zero")
    code = repository.code
    if not asks and not any(mark in code for mark in _MARKS):
        return
    if repository.sdk == "docker":
        yield from _docker(repository)
        return
    app = repository.app
    if app is None or app.tree is None or ".gitmodules" in repository.files:
        return
    from hublint.space.app.zero_gpu import decorates_nothing, uses_zero_gpu
    from hublint.space.running import loaded

    files = loaded(repository)
    if any(python.tree is None for python in files):
        return
    if any(map(uses_zero_gpu, files)):
        yield from _never_launched(repository, files)
        return
    if not asks and hardware is not None:
        return
    evidence = None if asks else _evidence(repository)
    if (asks or evidence is not None) and decorates_nothing(repository, files):
        yield _without(repository, evidence)


def _without(repository: Repository, evidence: tuple[PythonSource, object] | None) -> Finding:
    if evidence is None and repository.card is not None:
        card = repository.card
        return Finding(
            card,
            card.place(_KEY),
            f"`{card.data[_KEY]}` is ZeroGPU, which stops a Space where no function is decorated with `@spaces.GPU`, "
            "and none is; `import spaces` and decorate the function that uses the GPU",
            hub_message=_SENTENCE,
        )
    import ast

    assert evidence is not None
    python, node = evidence
    what = "the app uses a GPU" if isinstance(node, ast.Call) else "`spaces` is imported"
    return Finding(
        python.source,
        node,
        f"{what}, but no function is decorated with `@spaces.GPU`: on ZeroGPU, the hardware of free accounts, "
        "the Space stops when it starts; decorate the function that uses the GPU",
        severity="info",
    )


def _evidence(repository: Repository) -> tuple[PythonSource, object] | None:
    """The first import of `spaces`, or call that needs a GPU, that surely runs when the app starts."""
    from hublint.space.app.zero_gpu import needs_cuda
    from hublint.space.running import running, surely_loaded

    for python, imports in surely_loaded(repository):
        main = python.source.path in running(repository).programs
        for each in imports:
            if each.module == "spaces":
                return python, each.node
        for call in python.calls:
            if call.moment.runs(main) == "always" and not call.moment.caught(main) and needs_cuda(python, call):
                return python, call.node
    return None


def _never_launched(repository: Repository, files: list[PythonSource]) -> Iterator[Finding]:
    if any(".launch" in python.source.text or "spaces.zero" in python.source.text for python in files):
        return
    found = _server(repository)
    if found is not None:
        python, call = found
        yield Finding(
            python.source,
            call.node,
            f"`{call.name.rpartition('.')[2] if call.name.startswith('gradio.') else call.name}` serves the app, so "
            "Gradio's `launch()`, in which ZeroGPU is told of the `@spaces.GPU` functions, never runs and ZeroGPU "
            "stops the Space; start it with `launch()`",
            hub_message=_SENTENCE,
        )


def _server(repository: Repository) -> tuple[PythonSource, Call] | None:
    from hublint.space.running import running, surely_loaded

    found = [
        (python, call)
        for python, _ in surely_loaded(repository)
        for call in python.calls
        if call.name in _SERVERS and call.moment.runs(python.source.path in running(repository).programs) == "always"
    ]
    return found[-1] if found else None


def _docker(repository: Repository) -> Iterator[Finding]:
    from hublint.space.app.zero_gpu import uses_zero_gpu
    from hublint.space.running import surely_loaded

    for python, imports in surely_loaded(repository):
        for each in imports:
            if each.module == "spaces" and uses_zero_gpu(python):
                yield Finding(
                    python.source,
                    each.node,
                    "`spaces.GPU` does nothing in a Docker Space, which cannot have ZeroGPU; choose a GPU for the "
                    "Space, or `sdk: gradio`",
                    severity="info",
                )
                return
