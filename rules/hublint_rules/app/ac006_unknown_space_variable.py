"""The app reads an environment variable whose name is almost, but not quite, one that the Hub sets.

## What it does
Compares the names that begin with `SPACE_`, `SPACES_`, `OAUTH_` or `OPENID_` in reads of the environment with those
that the Hub sets, and reports one that differs in a letter or two, a plural aside. Other names are yours to set, and
silent, and so are variables that the Dockerfile or the app sets.

## Why it matters on the Hub
The variable is never there, so the app takes the default, or stops with a KeyError.

## Example
```yaml
title: Demo
sdk: gradio
```
```python app.py
import os

on_a_space = os.getenv("SPACES_ID") is not None
```

## Use instead
```yaml
title: Demo
sdk: gradio
```
```python app.py
import os

on_a_space = os.getenv("SPACE_ID") is not None
```

## Fix safety
Unsafe: it puts in the Hub's name; the variable may also be one of yours.

## Evidence
https://huggingface.co/docs/hub/spaces-overview and https://huggingface.co/docs/hub/spaces-oauth (2026-08-22).
"""

from __future__ import annotations

from hublint.rule import Finding, Fix, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.python import PythonSource
    from hublint.repository.repository import Repository

RULE = Rule(
    code="AC006",
    name="unknown-space-variable",
    severity="warning",
    effect="broken",
    subject="code",
    since="0.1.0",
    kinds=("space",),
    fix="unsafe",
    only_if=("space_", "spaces_", "oauth_", "openid_"),
)

_PREFIXES = ("SPACE_", "SPACES_", "OAUTH_", "OPENID_")
_KNOWN = frozenset(
    "SPACE_AUTHOR_NAME SPACE_REPO_NAME SPACE_TITLE SPACE_ID SPACE_HOST SPACE_CREATOR_USER_ID SPACES_ZERO_GPU "
    "OAUTH_CLIENT_ID OAUTH_CLIENT_SECRET OAUTH_SCOPES OPENID_PROVIDER_URL".split()
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each such read."""
    from hublint.space.running import marked

    for python in marked(repository, *_PREFIXES):
        import ast
        import difflib

        from hublint.documents.python.edits import literal_edit

        for read in python.environment_reads:
            if read.name in _KNOWN or not read.name.startswith(_PREFIXES):
                continue
            close = difflib.get_close_matches(read.name, _KNOWN, 1, 0.93)
            if not close or read.name.rstrip("S") == close[0].rstrip("S") or _is_set(repository, python, read.name):
                continue
            literal = next(
                (node for node in ast.walk(read.node) if isinstance(node, ast.Constant) and node.value == read.name),
                None,
            )
            edit = literal_edit(python, literal, f'"{close[0]}"') if literal else None
            yield Finding(
                python.source,
                literal or read.node,
                f"`{read.name}` is not a variable that the Hub sets; write `{close[0]}`",
                fix=Fix(f"Read `{close[0]}`", (edit,), "unsafe") if edit else None,
            )


def _is_set(repository: Repository, python: PythonSource, name: str) -> bool:
    """Whether the repository sets the variable itself."""
    dockerfile = repository.source("Dockerfile") if repository.sdk == "docker" else None
    if dockerfile is not None and name in dockerfile.text:
        return True
    return any(assignment.name == f"os.environ.{name}" for assignment in python.assignments)
