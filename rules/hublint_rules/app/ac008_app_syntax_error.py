"""The file that the Space starts is not valid Python.

## What it does
Parses `app_file` of a Gradio Space, or what a Docker Space starts (`python app.py`, `uvicorn app:app`), in a script too
where no condition holds the command. Syntax that only a newer Python than hublint's own reads is silent, and so are
templates (`{{ ... }}`).

## Why it matters on the Hub
The app stops at once with a SyntaxError, and the Space shows a runtime error.

## Example
```yaml
title: Demo
sdk: gradio
```
```python app.py
import gradio as gr

demo = gr.Interface(str.upper, "text", "text"
demo.launch()
```

## Use instead
```yaml
title: Demo
sdk: gradio
```
```python app.py
import gradio as gr

demo = gr.Interface(str.upper, "text", "text")
demo.launch()
```

## Evidence
Python's own parser, which hublint asks.
https://huggingface.co/docs/hub/spaces-config-reference (2026-08-22): `app_file` is what is run.
"""

from __future__ import annotations

import warnings

from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="AC008",
    name="app-syntax-error",
    severity="error",
    effect="broken",
    subject="code",
    since="0.1.0",
    kinds=("space",),
)

_SMALL = 16_000  # deeper nesting than fits in here can overflow the stack of Python 3.10
_ONLY_TREE = 0x400  # ast.PyCF_ONLY_AST


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for the first error of each file that is started."""
    from hublint.space.running import running

    if repository.sdk == "docker" and repository.dockerfile and "python:2" in repository.dockerfile.source.text:
        return
    for path in running(repository).sure:
        source = repository.source(path)
        if source is None or _parses(source.raw):
            continue
        python = repository.python(path)
        error = python.error if python else None
        if python is None or error is None or error.newer or source.is_pointer:
            continue
        line = python.source.line(error.line)
        if "{{" in line or "{%" in line:
            continue
        yield Finding(
            python.source,
            error.span,
            f"`{path}` is not valid Python, so the app cannot start: {error.message.rstrip('.')}",
            label="here",
        )


def _parses(data: bytes) -> bool:
    """Whether a small file surely parses; told without importing what reads trees, which a healthy app needs not."""
    if len(data) > _SMALL:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(data, "app", "exec", _ONLY_TREE, True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
