"""The app of a Gradio Space starts no server: the program ends, and the Space stops with it.

## What it does
Reads the `app_file` of a Gradio Space and the modules of the repository that it imports, and reports an app that
surely starts nothing: a `gr.Blocks`, `gr.Interface` or `gr.ChatInterface` without `launch()`, or with one in a function
that nothing calls; a FastAPI, Flask or Shiny app without a server; a Streamlit script, which Python runs and ends; any
other script that ends. It is silent where something may serve that is not read here: another process, code that is
loaded by name, a library or helper that is not known, a module that the repository does not have.

What stands behind a `launch()` that ends only with the Space, such as the `launch()` of another app, is a note.

## Why it matters on the Hub
The Hub runs `python app.py` and waits for a server at port 7860. Where the program ends without one, the Space shows
"Runtime error", often with an empty log, since nothing went wrong in it.

## Example
```yaml
title: Demo
sdk: gradio
```
```python app.py
import gradio as gr

with gr.Blocks() as demo:
    gr.Markdown("Hello")
```

## Use instead
```yaml
title: Demo
sdk: gradio
```
```python app.py
import gradio as gr

with gr.Blocks() as demo:
    gr.Markdown("Hello")

demo.launch()
```

## Fix safety
Unsafe: adds `demo.launch()` at the end where the file makes one Gradio app and gives it a name. Something else may have
been meant to start it.

## Evidence
https://github.com/gradio-app/gradio/issues/7695 (2024-03): "missing the demo.launch() line, that's why no errors is
raised", said of a Space that ended with an empty log; issue 7320 is another one.
PyPI gradio 6.31.0 (read and run 2026-11-29): `launch` of blocks.py keeps the main thread unless
`prevent_thread_lock` is given; `python app.py` with the first example ends at once with status 0 and prints nothing.
56 demos of https://github.com/gradio-app/gradio (2026-11-29): silent about all; with each `launch` taken out, reported
in 52, silent in the four that load code by name, import what is not known, or call something that may be a start.
"""

from __future__ import annotations

import ast

from hublint.rule import Edit, Finding, Fix, Rule, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.python import Call, PythonSource
    from hublint.repository.repository import Repository

RULE = Rule(
    code="AC018",
    name="app-never-launched",
    severity="error",
    effect="broken",
    subject="code",
    since="0.1.0",
    kinds=("space",),
    fix="unsafe",
    sdks=("gradio",),
)

_GRADIO = frozenset(
    ("gradio.Blocks", "gradio.Interface", "gradio.ChatInterface", "gradio.TabbedInterface", "gradio.load")
)
_WEB = {
    "fastapi.FastAPI": "FastAPI",
    "flask.Flask": "Flask",
    "starlette.applications.Starlette": "Starlette",
    "quart.Quart": "Quart",
    "shiny.App": "Shiny",
    "dash.Dash": "Dash",
}
_SERVERS = {"FastAPI": "uvicorn.run(app, ", "Starlette": "uvicorn.run(app, ", "Shiny": "shiny.run_app(app, "}
# What a program may well do once its app has been stopped.
_AFTER = frozenset("close close_all exit print info".split())


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for an app that nothing starts, and for what stands behind the start."""
    app = repository.app
    if app is None or app.tree is None or app.source.path not in repository.files:
        return
    from hublint.space.serving.idle import starts_nothing

    if starts_nothing(repository, [app], [app.source.path.rpartition("/")[0]]):
        yield _never(repository, app)
        return
    behind = _behind_launch(app)
    if behind is not None:
        launch, statement = behind
        yield Finding(
            app.source,
            statement,
            f"this runs only when `{_shown(launch)}` in line {launch.node.lineno} has ended, so never while the "
            f"Space is up; put it above, or show several apps in one `gr.TabbedInterface`",
            severity="info",
        )


def _never(repository: Repository, app: PythonSource) -> Finding:
    from hublint.space.running import loaded

    files = loaded(repository)
    dead = [(python, call) for python in files for call in python.calls if call.method == "launch"]
    if dead:
        python, call = dead[0]
        if python is not app:
            text = f"`{_shown(call)}` does not run when `{app.source.path}` imports this file; launch the app there"
        elif call.function:
            text = f"`{_shown(call)}` stands in `{call.function}`, which nothing calls, so the Space ends; call it"
        elif call.moment.place.main is False:
            text = (
                f"`{_shown(call)}` does not run, since the `__name__` of the app that starts is `__main__`; "
                'write `if __name__ == "__main__":`'
            )
        else:
            text = f"`{_shown(call)}` is never reached, so the Space ends without a server; move it up"
        return Finding(python.source, call.node, text)
    made = [(python, call) for python in files for call in python.calls if call.name in _GRADIO]
    if made and not any("mount_gradio_app" in python.source.text for python in files):
        python, call = made[-1]
        name = python.names_of_values.get(call.node) or _with_name(python, call.node)
        what = f"`{name}`" if name else "this app"
        way_out = f"add `{name}.launch()` at the end" if name else "call `.launch()` on it"
        return Finding(
            python.source,
            call.node,
            f"nothing launches {what}, so the program ends and the Space with it; {way_out}",
            fix=_launching(app, [each for each, _ in made], name),
        )
    return _web_app(app, files) or _script(app)


def _web_app(app: PythonSource, files: list[PythonSource]) -> Finding | None:
    for python in files:
        for call in python.calls:
            kind = _WEB.get(call.name)
            if kind is not None:
                server = _SERVERS.get(kind, "app.run(")
                return Finding(
                    python.source,
                    call.node,
                    f"no server is started for this {kind} app: `{app.source.path}` is run as a program and ends; "
                    f'add `{server}host="0.0.0.0", port=7860)`',
                )
    return None


def _script(app: PythonSource) -> Finding:
    if any(each.module.partition(".")[0] == "streamlit" for each in app.imports):
        return Finding(
            app.source,
            app.source.line_span(1),
            "this Streamlit app ends at once: a Gradio Space runs it with `python`, not with `streamlit run`; "
            "use `sdk: docker` with a Dockerfile that does",
        )
    return Finding(
        app.source,
        app.source.line_span(1),
        f"`{app.source.path}` starts no server, so the Space never answers; launch a Gradio app in it, "
        "or name another `app_file`",
    )


def _launching(app: PythonSource, files: list[PythonSource], name: str) -> Fix | None:
    """Launch the one app of the file at its end, where its name is bound there once."""
    if files != [app] or not name.isidentifier() or app.tree is None:
        return None
    bound = app.facts.names.module.bindings.get(name, [])
    if len(bound) != 1 or not isinstance(bound[0], ast.Call):
        return None
    if app.facts.call_of[bound[0]].runs != "always":
        return None
    source = app.source
    body = source.text.rstrip()
    line = source.newline
    end = Span(len(body), len(source.text))
    return Fix(f"Add `{name}.launch()`", (Edit(source.path, end, f"{line}{line}{name}.launch(){line}"),), "unsafe")


def _with_name(python: PythonSource, made: ast.Call) -> str:
    """The name of `with gr.Blocks() as demo`."""
    for node in ast.walk(python.tree or ast.Module([], [])):
        for item in node.items if isinstance(node, ast.With) else ():
            if item.context_expr is made and isinstance(item.optional_vars, ast.Name):
                return item.optional_vars.id
    return ""


def _shown(call: Call) -> str:
    text = ast.unparse(call.node.func)
    return f"{text}()" if len(text) <= 40 else ".launch()"


def _behind_launch(app: PythonSource) -> tuple[Call, ast.stmt] | None:
    """A call of Gradio or of a server that follows a launch which keeps the program."""
    if app.tree is None or any(call.name in ("os.environ.setdefault", "exec") for call in app.calls):
        return None
    for block in [app.tree.body, *_main_blocks(app.tree)]:
        launch = None
        for statement in block:
            if launch is not None and _does_more(app, statement):
                return launch, statement
            launch = launch or _keeps(app, statement)
    return None


def _main_blocks(tree: ast.Module) -> Iterator[list[ast.stmt]]:
    from hublint.documents.python.syntax import is_main

    yield from (each.body for each in tree.body if isinstance(each, ast.If) and is_main(each.test))


def _keeps(app: PythonSource, statement: ast.stmt) -> Call | None:
    """The launch that a statement is, where it keeps the program."""
    value = statement.value if isinstance(statement, (ast.Expr, ast.Assign)) else None
    call = app.facts.call_of.get(value) if isinstance(value, ast.Call) else None
    if call is None or call.method != "launch" or call.unpacks or call.keyword("prevent_thread_lock"):
        return None
    return call if (call.receiver or "") in _GRADIO and call.runs == "always" and len(call.args) == 0 else None


def _does_more(app: PythonSource, statement: ast.stmt) -> bool:
    """Whether a statement is a call of an app's object that was meant to do something while it runs."""
    from hublint.space.serving.code import starts_server

    value = statement.value if isinstance(statement, (ast.Expr, ast.Assign)) else None
    call = app.facts.call_of.get(value) if isinstance(value, ast.Call) else None
    if call is None or call.method in _AFTER:
        return False
    return starts_server(app, call) or (call.receiver or "").startswith("gradio.") or call.name.startswith("gradio.")
