"""`share=True` does nothing on a Space.

## What it does
Reports `launch(share=True)` in the app of a Gradio Space. It is silent in a file that asks whether it runs on a Space
(`SPACE_ID`, `SPACE_HOST`, `SYSTEM`), where a condition holds the call, and where the value is not the constant True.

## Why it matters on the Hub
A Space is public under its own address; Gradio makes no second one there and only warns. In the code it suggests that
a share link is needed, and whoever runs a copy at home puts their machine on the internet.

## Example
```yaml
title: Demo
sdk: gradio
```
```python app.py
import gradio as gr

demo = gr.Interface(str.upper, "text", "text")
demo.launch(share=True)
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

## Fix safety
Safe: Gradio ignores the argument on a Space.

## Evidence
PyPI gradio 6.31.0, blocks.py: "Setting share=True is not supported on Hugging Face Spaces".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.rule import Edit, Finding, Fix, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="AC003",
    name="share-on-space",
    severity="warning",
    effect="ignored",
    subject="code",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
    sdks=("gradio",),
    only_if=("share",),
)

_ASKS = ("SPACE_ID", "SPACE_HOST", "SYSTEM", "SPACE_AUTHOR_NAME")


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each launch that asks for a share link."""
    from hublint_rules.app.sources import marked

    for python in marked(repository, "share"):
        import ast

        from hublint.documents.python.reach import Reach

        if any(name in python.source.text for name in _ASKS):
            continue
        reach = Reach(python)
        for call in python.calls:
            keyword = call.keyword("share") if call.method == "launch" else None
            if keyword is None or not isinstance(keyword.value, ast.Constant) or keyword.value.value is not True:
                continue
            if not (call.receiver or "").startswith("gradio.") or reach.of(call.node) == "perhaps":
                continue
            span = python.removal_span(call.node, keyword)
            fix = Fix("Remove `share=True`", (Edit(python.source.path, span, ""),), "safe") if span else None
            yield Finding(
                python.source,
                keyword,
                "`share=True` does nothing on a Space, which has a public address of its own; leave it out",
                fix=fix,
            )
