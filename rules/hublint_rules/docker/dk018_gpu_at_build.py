"""A build step needs a GPU, and builds have none.

## What it does
Reports RUN steps that cannot end well without a GPU: `nvidia-smi`, and `python -c` with an assertion of
`torch.cuda.is_available()` or a call that starts CUDA, such as `torch.cuda.get_device_name()`. Steps that may fail
(`|| true`, `if`, `;`) are silent, and so is `is_available()` alone, which answers `False` and goes on.

## Why it matters on the Hub
The hardware of a Space is there when its container runs. Its image is built without a GPU, so the step fails, and the
build with it.

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04
RUN nvidia-smi
CMD ["python3", "app.py"]
```

## Use instead
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04
CMD nvidia-smi && python3 app.py
```

## Evidence
https://huggingface.co/docs/hub/spaces-sdks-docker (2026-08-22): no GPU hardware while an image is built. Its example
`torch.cuda.is_available()` does not fail without one: https://github.com/pytorch/pytorch, torch/cuda/__init__.py.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule
from hublint.space.container.needed_stages import needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    from hublint.documents.dockerfile import Dockerfile, Instruction
    from hublint.documents.shell import ShellWord
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DK018",
    name="gpu-at-build",
    severity="error",
    effect="broken",
    subject="dockerfile",
    since="0.1.0",
    kinds=("space",),
    sdks=("docker",),
    only_if=("nvidia-smi", "torch.cuda"),
)

_DOUBTS = frozenset((";", "||", "|", "&", "if", "for", "while", "until", "case", "!"))
_STARTING = frozenset(("init", "current_device", "get_device_name", "get_device_properties", "synchronize"))


def check(dockerfile: Dockerfile, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for the first step that needs a GPU."""
    for stage in needed(dockerfile):
        for instruction in stage.instructions:
            brings = instruction.name in ("COPY", "ADD") or "ln -s" in instruction.raw
            if brings and "nvidia-smi" in instruction.raw:
                return
            word = _needing(instruction) if instruction.name == "RUN" else None
            if word is not None:
                said = "`nvidia-smi` fails" if word.value == "nvidia-smi" else "this starts CUDA, which fails"
                yield Finding(
                    dockerfile.source,
                    word,
                    f"{said} in the build: a GPU is there only while the Space runs; do it at the start instead",
                    label="no GPU here",
                )
                return


def _needing(instruction: Instruction) -> ShellWord | None:
    """The word of a step that surely fails without a GPU."""
    raw = instruction.raw
    if "nvidia-smi" not in raw and "torch.cuda" not in raw:
        return None
    if instruction.heredocs or (instruction.form == "shell" and _is_doubtful(instruction.text)):
        return None
    from hublint.documents.dockerfile.commands import commands_of

    commands = commands_of(instruction)
    if any(command.name in ("sh", "bash", "exit", "exec", "trap", "source", ".") for command in commands):
        return None
    for command in commands:
        if command.inside or command.prefix:
            continue
        words = command.argv
        if command.name == "nvidia-smi" and not {"-h", "--help"}.intersection(word.value or "" for word in words):
            return words[0]
        if command.name.startswith("python") and len(words) > 2 and words[1].value == "-c" and _starts_cuda(words[2]):
            return words[2]
    return None


def _is_doubtful(text: str) -> bool:
    """Whether a command line has more in it than commands that must all succeed; quoted text does not count."""
    from shlex import shlex

    words = shlex(text, posix=True, punctuation_chars=True)
    words.commenters = ""
    try:
        return any(word in _DOUBTS or "(" in word or "{" in word for word in words if " " not in word)
    except ValueError:
        return True


def _starts_cuda(word: ShellWord) -> bool:
    """Whether a Python script surely comes to a call that needs a GPU."""
    import ast

    if not word.value or "torch.cuda" not in word.value:
        return False
    try:
        body = ast.parse(word.value).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    for statement in body:
        if isinstance(statement, (ast.Assert, ast.Expr, ast.Assign)):
            if _needs_gpu(statement):
                return True
        elif not isinstance(statement, (ast.Import, ast.ImportFrom)):
            return False
    return False


def _needs_gpu(statement: ast.stmt) -> bool:
    import ast

    nodes = list(ast.walk(statement))
    if any(isinstance(node, (ast.BoolOp, ast.IfExp, ast.Lambda, ast.comprehension)) for node in nodes):
        return False
    if isinstance(statement, ast.Assert):
        return ast.unparse(statement.test) == "torch.cuda.is_available()"
    called = [ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call)]
    return any(name.startswith("torch.cuda.") and name[11:] in _STARTING for name in called)
