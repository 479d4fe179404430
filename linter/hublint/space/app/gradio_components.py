"""Which components of Gradio an app's endpoints surely take or give: those that its API description tells of."""

from __future__ import annotations

import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.python import Call, PythonSource
    from hublint.repository.repository import Repository

# The words that `gr.Interface` takes for a component (gradio's `get_component_instance`), as far as they matter here.
_WORDS = {
    "image": "Image",
    "video": "Video",
    "audio": "Audio",
    "microphone": "Audio",
    "file": "File",
    "files": "File",
    "gallery": "Gallery",
    "chatbot": "Chatbot",
    "model3d": "Model3D",
    "imageeditor": "ImageEditor",
}
_EVENTS = frozenset("change click submit upload input select release clear load then success".split())


def launches(repository: Repository) -> bool:
    """Whether the app surely launches with Gradio's own server."""
    return any(
        call.method == "launch" and (call.receiver or "").startswith("gradio.") for _, call in _running(repository)
    )


def endpoint_components(repository: Repository) -> set[str]:
    """The names of components, as `Image`, that an endpoint of the app surely has."""
    found: set[str] = set()
    for python, call in _running(repository):
        is_event = call.method in _EVENTS and (call.receiver or "").startswith("gradio.")
        if call.name == "gradio.Interface" or (is_event and not _is_hidden(call)):
            found.update(name for expression in _arguments(call, 1, 2) for name in _named(python, expression))
    return found


def _running(repository: Repository) -> Iterator[tuple[PythonSource, Call]]:
    """The calls that surely run when the app starts."""
    from hublint.space.running import running, surely_loaded

    programs = running(repository).programs
    for python, _ in surely_loaded(repository):
        is_program = python.source.path in programs
        for call in python.calls:
            if call.moment.runs(is_program) == "always" and not call.moment.caught(is_program):
                yield python, call


def _is_hidden(call: Call) -> bool:
    return call.unpacks or any(call.keyword(name) is not None for name in ("api_name", "show_api", "api_visibility"))


def _arguments(call: Call, first: int, second: int) -> list[ast.expr]:
    """The `inputs` and `outputs` of a call."""
    found = [call.args[place] for place in (first, second) if len(call.args) > place]
    keywords = (call.keyword(name) for name in ("inputs", "outputs"))
    return found + [keyword.value for keyword in keywords if keyword is not None]


def _named(python: PythonSource, expression: ast.expr) -> Iterator[str]:
    if isinstance(expression, (ast.List, ast.Tuple)):
        for each in expression.elts:
            yield from _named(python, each)
    elif isinstance(expression, ast.Constant):
        if isinstance(expression.value, str) and expression.value.lower() in _WORDS:
            yield _WORDS[expression.value.lower()]
    else:
        made = python.constructor(expression) or ""
        if made.startswith("gradio.") and made.count(".") == 1:
            yield made.removeprefix("gradio.")
