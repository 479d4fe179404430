"""The app puts the address of a Space together from its owner and name.

## What it does
Reports, in the app's Python files, f-strings such as `https://{owner}-{name}.hf.space` and
`https://{space_id.replace("/", "-")}.hf.space`, and addresses with two dashes (`https://owner--name.hf.space`).

## Why it matters on the Hub
Owner and name are joined with one dash, lower-cased, and dots and underscores become dashes; long or clashing names
follow rules that are not documented. What works for one Space gives 404 for the next, or for whoever duplicates it.

## Example
```yaml
title: Demo
sdk: gradio
```
```python app.py
import os

owner, name = os.environ["SPACE_ID"].split("/")
url = f"https://{owner}-{name}.hf.space/health"
```

## Use instead
```yaml
title: Demo
sdk: gradio
```
```python app.py
import os

host = os.environ["SPACE_HOST"].split(",")[0]
url = f"https://{host}/health"
```

## Evidence
https://huggingface.co/docs/hub/spaces-overview (2026-08-22): `SPACE_HOST`.
https://huggingface.co/docs/hub/spaces-agents: the `subdomain` of `space_info`, and what names become.
"""

from __future__ import annotations

from hublint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="AC015",
    name="hand-built-space-url",
    severity="info",
    effect="advice",
    subject="code",
    since="0.1.0",
    kinds=("space",),
    only_if=(".hf.space",),
)

_WAY_OUT = "read `SPACE_HOST` for this Space, `HfApi().space_info(id).subdomain` for another"


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each address that is put together, or wrongly so."""
    from hublint.space.running import marked

    for python in marked(repository, ".hf.space"):
        import ast
        import re

        for node in ast.walk(python.tree) if python.tree else ():
            if isinstance(node, ast.JoinedStr) and _is_joined(node):
                yield Finding(python.source, node, f"the host of a Space cannot be computed from its name; {_WAY_OUT}")
        for literal, text in python.string_literals:
            found = re.search(r"https?://([a-z0-9-]+--[a-z0-9-]+\.hf\.space)", text) if ".hf.space" in text else None
            if found:
                yield Finding(
                    python.source,
                    literal,
                    f"`{found[1]}` joins owner and name with two dashes, the Hub with one; {_WAY_OUT}",
                )


def _is_joined(node: ast.JoinedStr) -> bool:
    """Whether what stands before `.hf.space` is joined here from an owner and a name."""
    import ast

    parts = node.values
    for index in range(1, len(parts)):
        part, before = parts[index], parts[index - 1]
        if not (isinstance(part, ast.Constant) and str(part.value).startswith(".hf.space")):
            continue
        if not isinstance(before, ast.FormattedValue):
            continue
        if any(
            isinstance(inner, ast.Call)
            and isinstance(inner.func, ast.Attribute)
            and inner.func.attr == "replace"
            and isinstance(inner.args[0] if inner.args else None, ast.Constant)
            and inner.args[0].value == "/"  # type: ignore[attr-defined]
            for inner in ast.walk(before.value)
        ):
            return True
        dash = parts[index - 2] if index >= 3 else None
        if (
            isinstance(dash, ast.Constant)
            and dash.value in ("-", "--")
            and isinstance(parts[index - 3], ast.FormattedValue)
        ):
            return True
    return False
