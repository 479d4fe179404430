"""The app uses a part of huggingface_hub, datasets, gradio or Starlette that was removed.

## What it does
Reports, in a Space's app, names, methods and arguments of huggingface_hub, datasets and gradio that the version which
runs there no longer has. That version is `sdk_version` for gradio, else a pin in requirements.txt; where nothing holds
the library back, the newest one of the table's date. It is silent where the version cannot be told, where the
repository holds huggingface_hub or a library that depends on it (transformers, gradio, datasets, diffusers ...) at an
older version, since the old API may work there, where the use may fail, and where the app asks for the version.

What surely runs when the app starts is an error. Where nothing holds Starlette back, it also reports
`TemplateResponse("index.html", {...})`, whose first argument is the request since Starlette 1.0. Of smolagents it
knows the `GradioUI` of 1.20 to 1.23, which does not launch with Gradio 6.0.

## Why it matters on the Hub
A Space installs its libraries anew with every build. With a version that has removed it, the app stops with an
ImportError, an AttributeError or a TypeError, though nobody changed the code.

## Example
```yaml
title: Demo
sdk: gradio
sdk_version: 6.1.0
```
```python app.py
import gradio as gr
from huggingface_hub import hf_hub_download

path = hf_hub_download("example/demo", "config.json", use_auth_token=True)
with gr.Blocks() as demo:
    chat = gr.Chatbot(type="messages")
```

## Use instead
```yaml
title: Demo
sdk: gradio
sdk_version: 6.1.0
```
```python app.py
import gradio as gr
from huggingface_hub import hf_hub_download

path = hf_hub_download("example/demo", "config.json", token=True)
with gr.Blocks() as demo:
    chat = gr.Chatbot()
```

## Fix safety
Safe: `use_auth_token` becomes `token` and the `_js` of gradio's events `js`, which mean the same; `resume_download` and
`local_dir_use_symlinks`, which did nothing any more, and `type="messages"` of a chatbot, which is how all are now, go.
The request that stands in the context of `TemplateResponse` is put in front.
The rest has to be written anew.

## Evidence
The signatures in the wheels on PyPI, one release after another (tables `gradio_removed`, `datasets_removed` and
`huggingface_hub_removed`, with their dates); https://huggingface.co/docs/huggingface_hub/concepts/migration. Without a
release between, a name counts as gone from the first release that was read and lacks it. `TemplateResponse` with the
name first was run with Starlette 1.10.0 (2026-11-28): every request ends with a TypeError and status 500;
fastapi/fastapi#15197. pip resolved `fastapi uvicorn jinja2` to Starlette 1.10.0 on 2026-11-29.
"""

from __future__ import annotations

from functools import lru_cache

from hublint.rule import Edit, Finding, Fix, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.python import Call, PythonSource
    from hublint.repository.repository import Repository
    from hublint.rule import Severity
    from hublint_rules.app._removed import Use

RULE = Rule(
    code="AC009",
    name="removed-hub-api",
    severity="warning",
    effect="broken",
    subject="code",
    since="0.1.0",
    kinds=("space",),
    fix="safe",
    only_if=("huggingface_hub", "gradio", "datasets", "templateresponse", "gradioui"),
)

_LIBRARIES = ("huggingface_hub", "gradio", "datasets")
# The first Gradio 6 had lost `Blocks(theme=)`, which the GradioUI of these releases gives (run 2026-11-29).
_FIRST_GRADIO_6 = ("6.0.0", "6.0.1", "6.0.2")
_SMOLAGENTS = ((1, 20, 0), (1, 23, 0))
_IDLE = ("resume_download", "local_dir_use_symlinks")
_NAMED_ANEW = {"use_auth_token": "token", "_js": "js"}


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each use."""
    for library in _LIBRARIES:
        if library in repository.code:
            yield from _of_library(repository, library)
    if "templateresponse" in repository.code:
        yield from _of_templates(repository)
    if "gradioui" in repository.code and "smolagents" in repository.code:
        yield from _of_smolagents(repository)


def _of_smolagents(repository: Repository) -> Iterator[Finding]:
    from hublint.documents.pep440 import version_of
    from hublint.space.app.versions import running_version
    from hublint.space.build.asked_of_pip import asked_of_pip
    from hublint.space.running import marked

    if running_version(repository, "gradio") not in _FIRST_GRADIO_6 or "smolagents" in _own_names(repository):
        return
    lines = [line for line in asked_of_pip(repository).lines if line.requirement.name == "smolagents" and line.counts()]
    pins = {line.requirement.pin for line in lines}
    version = version_of(next(iter(pins)) or "") if len(pins) == 1 else None
    if version is None or not _SMOLAGENTS[0] <= version <= _SMOLAGENTS[1]:
        return
    for python in marked(repository, "GradioUI"):
        for call in python.calls:
            if call.method == "launch" and call.receiver == "smolagents.GradioUI":
                yield Finding(
                    python.source,
                    call.node,
                    "smolagents before 1.24 gives `Blocks` a `theme`, which Gradio 6.0 refuses with a TypeError; "
                    "raise smolagents",
                    severity="error" if _surely_runs(repository, python, call) else None,
                )


def _of_templates(repository: Repository) -> Iterator[Finding]:
    from hublint.space.build.newest import takes_newest
    from hublint.space.running import reached
    from hublint_rules.app._template_response import name_first, with_request

    files = reached(repository, "TemplateResponse")
    if not files or not _may_be_new(repository) or not takes_newest(repository, "starlette"):
        return
    if {"fastapi", "starlette"} & _own_names(repository):
        return
    for python in files:
        for call in name_first(python):
            yield Finding(
                python.source,
                call.node.func,
                "`TemplateResponse` takes the request first since Starlette 1.0, so this page answers 500; "
                "write `TemplateResponse(request, name, context)`",
                help="nothing here asks for an older FastAPI or Starlette",
                fix=with_request(python, call),
            )


def _may_be_new(repository: Repository) -> bool:
    """Whether the Gradio of a Gradio Space was seen beside Starlette 1.0 or newer; other Spaces have none."""
    if repository.sdk != "gradio":
        return True
    from hublint.space.app.versions import running_version
    from hublint.space.build.gradio_starts import installed_beside
    from hublint.space.build.pythons import pythons

    version = running_version(repository, "gradio")
    seen = installed_beside(version, "starlette", pythons(repository)) if version.startswith("6") else ""
    return seen[:1] not in ("", "0")


def _of_library(repository: Repository, library: str) -> Iterator[Finding]:
    from hublint.space.app.versions import running_version

    runs = running_version(repository, library)
    if not runs:
        return
    import hublint_schemas

    table = hublint_schemas.table(f"{library}_removed")
    removed: dict[str, list[str]] = table["removed"]
    gone = _gone(library, table["newest"] if runs == "newest" else runs)
    items = {item for item, lowered in gone if _is_mentioned(lowered, repository.code)}
    items = _written(repository, items) if items else items
    if not items or library in _own_names(repository):
        return
    from hublint.space.running import marked
    from hublint_rules.app._removed import uses

    for python in marked(repository, library):
        for use in uses(python, library, items):
            severity: Severity | None = "error" if _runs_at_start(repository, python, use) else None
            yield _finding(python, use, library, removed[use.item], _why(library, runs, table["newest"]), severity)


@lru_cache(64)  # many Spaces have the same version
def _gone(library: str, release: str) -> tuple[tuple[str, str], ...]:
    """The items that a release of a library no longer has, each as it is written and in lower case."""
    import hublint_schemas
    from hublint.documents.pep440 import version_of

    version = version_of(release)
    removed: dict[str, list[str]] = hublint_schemas.table(f"{library}_removed")["removed"]
    return tuple((item, item.lower()) for item, entry in removed.items() if version and _lacks(version, entry))


def _lacks(version: tuple[int, ...], entry: list[str]) -> bool:
    """Whether a version comes after the last one with an item, and before one that has it again."""
    from hublint.documents.pep440 import version_of

    first, again = version_of(entry[1]), version_of(entry[3]) if len(entry) > 3 else None
    return first is None or (version >= first and not (again and version >= again))


def _runs_at_start(repository: Repository, python: PythonSource, use: Use) -> bool:
    """Whether a use surely runs, in a file that surely does, and nothing catches its error."""
    from hublint.space.running import surely_loaded

    if use.call is not None:
        return _surely_runs(repository, python, use.call)
    loaded = next((imports for each, imports in surely_loaded(repository) if each is python), ())
    return any(use.where is each.node or use.where in each.node.names for each in loaded)


def _surely_runs(repository: Repository, python: PythonSource, call: Call) -> bool:
    from hublint.space.running import running, surely_loaded

    is_program = python.source.path in running(repository).programs
    is_loaded = any(each is python for each, _ in surely_loaded(repository))
    return is_loaded and call.moment.runs(is_program) == "always" and not call.moment.caught(is_program)


def _is_mentioned(item: str, code: str) -> bool:
    """Whether a text in lower case holds every name of an item; cheaper than parsing it."""
    owner, _, parameter = item.partition("(")
    if parameter and f"{parameter}=" not in code and f"{parameter} =" not in code:
        return False
    names = owner.split(".")
    if names[0] in ("event", "blocks"):  # any event, and what is derived from Blocks
        return len(names) == 1 or f".{names[1]}" in code
    return all(name in code for name in names)


def _written(repository: Repository, items: set[str]) -> set[str]:
    """The items whose last name stands in a Python file as a word, in its own case."""
    import re

    sources = (repository.glance(path) for path in repository.files if path.endswith(".py"))
    words = {word for source in sources if source for word in re.findall(r"\w+", source.text)}
    return {item for item in items if re.split(r"[.(]", item)[-1] in words}


def _own_names(repository: Repository) -> frozenset[str]:
    from hublint.space.app.app_modules import own_names

    return own_names(repository)


def _why(library: str, runs: str, newest: str) -> str:
    if runs != "newest":
        return f"this Space runs {library} {runs}"
    import hublint_schemas

    date = hublint_schemas.table_file(f"{library}_removed")["date"]
    return f"nothing here asks for an older {library}; the newest was {newest} on {date}"


def _finding(
    python: PythonSource, use: Use, library: str, entry: list[str], why: str, severity: Severity | None
) -> Finding:
    _, first, way_out, *_ = entry
    owner, parenthesis, name = use.item.partition("(")
    written = f"`{name}`" if parenthesis else f"`{owner}`"
    if parenthesis and owner[:1].isupper() and "." not in owner:
        written += f" of `{owner}`"
    since = f"in {library} {first.removesuffix('.0')}" if first.endswith(".0") else f"in {library} {first}"
    message = f"{written} was removed {since}" + (f"; {way_out}" if way_out else "")
    return Finding(python.source, use.where, message, help=why, fix=_fix(python, use), severity=severity)


def _fix(python: PythonSource, use: Use) -> Fix | None:
    from hublint.documents.source import Span
    from hublint.rule import locate

    call, keyword = use.call, use.keyword
    if call is None or keyword is None or keyword.arg is None:
        return None
    new = _NAMED_ANEW.get(keyword.arg)
    if new:
        if call.keyword(new) is not None or call.unpacks:
            return None
        start = locate(python.source, keyword).start
        place = Span(start, start + len(keyword.arg))
        if python.source.text[place.start : place.end] != keyword.arg:
            return None
        return Fix(f"Call it `{new}`", (Edit(python.source.path, place, new),), "safe")
    says_messages = getattr(keyword.value, "value", None) == "messages"
    if keyword.arg not in _IDLE and not (keyword.arg == "type" and says_messages):
        return None
    from hublint.documents.python.edits import removal_span

    span = removal_span(python, call.node, keyword)
    return Fix(f"Remove `{keyword.arg}`", (Edit(python.source.path, span, ""),), "safe") if span else None
