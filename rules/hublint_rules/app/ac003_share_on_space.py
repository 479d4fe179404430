"""`share=True` does nothing on a Space.

## What it does
Reports `launch(share=True)` in the app of a Gradio Space, and in a function of a module that the app imports. It is
silent in a file that asks whether it runs on a Space (`SPACE_ID`, `SPACE_HOST`, `SYSTEM`), where a condition holds the
call, in a function of the app that nothing calls, and where the value is not known to be True; a constant of the file
or of one of the app's own modules counts as what it is.

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

from hublint.rule import Edit, Finding, Fix, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.python import Call
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
    from hublint.documents.python.makers import maker
    from hublint.space.constants import known_value, own_modules
    from hublint.space.running import marked, running

    programs = running(repository).programs
    for python in marked(repository, "share"):
        from hublint.documents.python.edits import removal_span

        if any(name in python.source.text for name in _ASKS):
            continue
        for call in python.calls:
            keyword = call.keyword("share") if call.method == "launch" else None
            known = known_value(repository, python, keyword.value) if keyword is not None else None
            if keyword is None or known is None or not _is_true(known.value) or known.env or known.option is not None:
                continue
            is_program = python.source.path in programs
            made = maker(python.values, call, own_modules(repository)) or ""
            if not made.startswith("gradio.") or not _is_plain(call, is_program):
                continue
            span = removal_span(python, call.node, keyword)
            fix = Fix("Remove `share=True`", (Edit(python.source.path, span, ""),), "safe") if span else None
            yield Finding(
                python.source,
                keyword,
                "`share=True` does nothing on a Space, which has a public address of its own; leave it out",
                fix=fix,
            )


def _is_true(value: object) -> bool:
    return value is True or (type(value) is int and value == 1)


def _is_plain(call: Call, is_program: bool) -> bool:
    """Whether no condition holds a call; a function of a module may be called by the one that imports it."""
    runs = call.moment.runs(is_program)
    return runs == "always" or (runs == "perhaps" and not is_program and not call.moment.is_conditional)
