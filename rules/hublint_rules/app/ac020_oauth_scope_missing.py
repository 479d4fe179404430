"""The app uses a visitor's token for what its OAuth scopes do not allow.

## What it does
Follows the token of `gr.OAuthToken` within the function that takes it, and reports where it goes into an
`InferenceClient` (or a request to router.huggingface.co), an upload, a new repository, a discussion or a job, though
`hf_oauth_scopes` has no scope for that; also `gr.load(..., accept_token=...)` with a login button. Reading who somebody
is needs no scope.

## Why it matters on the Hub
`hf_oauth: true` alone gives a token with `openid` and `profile`. People can sign in, and then every request is
answered with 403.

## Example
```yaml
title: Demo
sdk: gradio
hf_oauth: true
```
```python app.py
import gradio as gr
from huggingface_hub import InferenceClient


def answer(text, token: gr.OAuthToken | None):
    client = InferenceClient(token=token.token)
    return client.text_generation(text)


with gr.Blocks() as demo:
    gr.LoginButton()
    box = gr.Textbox()
    box.submit(answer, box, box)
demo.launch()
```

## Use instead
```yaml
title: Demo
sdk: gradio
hf_oauth: true
hf_oauth_scopes:
  - inference-api
```
```python app.py
import gradio as gr
from huggingface_hub import InferenceClient


def answer(text, token: gr.OAuthToken | None):
    client = InferenceClient(token=token.token)
    return client.text_generation(text)


with gr.Blocks() as demo:
    gr.LoginButton()
    box = gr.Textbox()
    box.submit(answer, box, box)
demo.launch()
```

## Fix safety
Unsafe: it adds the scope, and so asks every visitor for more rights.

## Evidence
https://huggingface.co/docs/hub/oauth and https://github.com/huggingface/hub-docs/pull/2014 (2025-10): what each scope
allows; `openid` and `profile` without any. https://github.com/gradio-app/gradio/pull/13767 (2026-08): a bare
`hf_oauth: true` is enough to sign in and then "fails with an opaque 403" for inference and for commits.
"""

from __future__ import annotations

import ast

from hublint.rule import Finding, Fix, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.documents.python import Call, PythonSource
    from hublint.repository.repository import Repository

RULE = Rule(
    code="AC020",
    name="oauth-scope-missing",
    severity="warning",
    effect="broken",
    subject="code",
    since="0.1.0",
    kinds=("space",),
    fix="unsafe",
    sdks=("gradio", "docker"),
    only_if=("oauthtoken", "accept_token"),
)

# What a call needs: one of these scopes; the first is what a fix adds.
_INFERENCE = ("inference-api",)
_WRITE = ("write-repos", "manage-repos", "contribute-repos")
_CREATE = ("contribute-repos", "manage-repos", "write-repos")
_DISCUSS = ("write-discussions", "write-repos", "manage-repos", "contribute-repos")
_JOBS = ("jobs",)
_CLIENTS = frozenset(("huggingface_hub.InferenceClient", "huggingface_hub.AsyncInferenceClient"))
_OPENAI = frozenset(("openai.OpenAI", "openai.AsyncOpenAI"))
_NEEDS = {
    **dict.fromkeys(("upload_file", "upload_folder", "upload_large_folder", "create_commit", "delete_file"), _WRITE),
    **dict.fromkeys(("create_repo", "duplicate_space", "duplicate_repo"), _CREATE),
    **dict.fromkeys(("create_discussion", "create_pull_request", "comment_discussion"), _DISCUSS),
    **dict.fromkeys(("run_job", "run_uv_job", "create_scheduled_job", "create_scheduled_uv_job"), _JOBS),
}
_ROUTERS = ("https://router.huggingface.co", "https://api-inference.huggingface.co")


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for the first use of each scope that is missing."""
    card = repository.card
    if card is None or card.data.get("hf_oauth") is not True:
        return
    given = card.data.get("hf_oauth_scopes")
    scopes = [] if given is None else given
    if not isinstance(scopes, list):
        return
    from hublint.space.running import reached, running

    programs = running(repository).programs
    said: set[str] = set()
    for python in reached(repository, "OAuthToken", "accept_token"):
        for call, needed in _uses(python):
            is_program = python.source.path in programs
            if call.moment.runs(is_program) == "never" or not (is_program or _is_named(repository, python, call)):
                continue
            if not set(needed).isdisjoint(map(str, scopes)) or needed[0] in said:
                continue
            said.add(needed[0])
            others = f" or `{needed[1]}`" if len(needed) > 1 else ""
            yield Finding(
                python.source,
                call.node.func,
                f"`{ast.unparse(call.node.func)}` uses the visitor's token, which needs the scope `{needed[0]}`{others}"
                " and does not have it, so it is answered with 403; add it to `hf_oauth_scopes`",
                fix=_fix(card, needed[0]),
            )


def _is_named(repository: Repository, python: PythonSource, call: Call) -> bool:
    """Whether another file of the app names the function of a module that holds a call."""
    from hublint.space.running import loaded

    name = (call.function or "").rpartition(".")[2]
    return any(name in each.source.text for each in loaded(repository) if each is not python)


def _uses(python: PythonSource) -> Iterator[tuple[Call, tuple[str, ...]]]:
    for call in python.calls:
        button = call.keywords.get("accept_token") if call.name == "gradio.load" else None
        if button is not None and python.constructor(button) == "gradio.LoginButton":
            yield call, _INFERENCE
    for node in ast.walk(python.tree or ast.Module([], [])):
        tokens = _parameters(python, node) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) else set()
        if tokens:
            yield from _uses_in(python, node, tokens)


def _uses_in(python: PythonSource, function: ast.AST, tokens: set[str]) -> Iterator[tuple[Call, tuple[str, ...]]]:
    """The calls within a function that the token is given to, or the object that has it."""
    names, apis = _names(python, function, tokens)
    for node in ast.walk(function):
        call = python.facts.call_of.get(node) if isinstance(node, ast.Call) else None
        if call is None or call.unpacks:
            continue
        given = [*call.args, *call.keywords.values()]
        func = node.func if isinstance(node, ast.Call) else None
        owner = func.value if isinstance(func, ast.Attribute) else None
        has = any(_holds(each, names, tokens) for each in given)
        if has and _infers(python, call):
            yield call, _INFERENCE
        elif call.method in _NEEDS and (call.name.startswith("huggingface_hub.") or _is_api(python, owner, apis)):
            keyword = call.keywords.get("token")
            if (has and keyword is not None) or (keyword is None and _is_api(python, owner, apis)):
                yield call, _NEEDS[call.method]


def _infers(python: PythonSource, call: Call) -> bool:
    """Whether a call makes a client of the Hub's inference, or asks it."""
    if call.name in _CLIENTS or call.name in _OPENAI:
        return _asks_the_hub(python, call)
    return call.name.startswith(("requests.", "httpx.")) and bool(call.args) and _is_router(python, call.args[0])


def _names(python: PythonSource, function: ast.AST, tokens: set[str]) -> tuple[set[str], set[str]]:
    """The variables that hold the token, and those that hold an `HfApi` with it."""
    names: set[str] = set()
    apis: set[str] = set()
    for node in ast.walk(function):
        if not isinstance(node, ast.Assign) or len(node.targets) != 1 or not isinstance(node.targets[0], ast.Name):
            continue
        name, value = node.targets[0].id, node.value
        if isinstance(value, ast.Call):
            if python.dotted(value.func) == "huggingface_hub.HfApi" and any(
                _holds(each.value, names, tokens) for each in value.keywords if each.arg == "token"
            ):
                apis.add(name)
        elif _holds(value, names, tokens):
            names.add(name)
    return names, apis


def _parameters(python: PythonSource, function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """The parameters that Gradio fills with the visitor's token."""
    given = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return {
        each.arg
        for each in given
        if each.annotation is not None
        and any(
            isinstance(part, (ast.Name, ast.Attribute)) and python.dotted(part) == "gradio.OAuthToken"
            for part in ast.walk(each.annotation)
        )
    }


def _holds(expression: ast.expr, names: set[str], tokens: set[str]) -> bool:
    """Whether an expression is, or has in it, the token itself."""
    return any(
        (isinstance(part, ast.Attribute) and part.attr == "token" and getattr(part.value, "id", "") in tokens)
        or (isinstance(part, ast.Name) and part.id in names)
        for part in ast.walk(expression)
    )


def _is_api(python: PythonSource, owner: ast.expr | None, apis: set[str]) -> bool:
    return isinstance(owner, ast.Name) and owner.id in apis


def _asks_the_hub(python: PythonSource, call: Call) -> bool:
    """Whether a client sends its requests to the Hub's inference, not to another address."""
    base = call.argument("base_url")
    if call.name in _OPENAI:
        return base is not None and _is_router(python, base)
    model = call.argument("model", 0)
    text = _text(python, model) if model is not None else ""
    return base is None and (text is None or not text.startswith("http"))


def _is_router(python: PythonSource, expression: ast.expr) -> bool:
    text = _text(python, expression)
    return text is not None and text.startswith(_ROUTERS)


def _text(python: PythonSource, expression: ast.expr) -> str | None:
    known = python.value(expression)
    return known.value if known is not None and isinstance(known.value, str) else None


def _fix(card: Card, scope: str) -> Fix:
    from hublint.documents.yaml import edits as yaml_edits

    if card.data.get("hf_oauth_scopes"):
        edit = yaml_edits.append_item(card, ("hf_oauth_scopes",), scope)
    elif card.entry("hf_oauth_scopes") is not None:
        edit = yaml_edits.set_value(card, ("hf_oauth_scopes",), [scope])
    else:
        edit = yaml_edits.insert_entry(card, "hf_oauth_scopes", [scope], ("hf_oauth",))
    return Fix(f"Add the scope `{scope}`", (edit,), "unsafe")
