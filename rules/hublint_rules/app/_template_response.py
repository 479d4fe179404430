"""Calls of `TemplateResponse` in the order that Starlette 1.0 no longer takes."""

from __future__ import annotations

import ast

from hublint.rule import Edit, Fix, Span, locate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.python import Call, PythonSource

_MAKERS = (
    "fastapi.templating.Jinja2Templates",
    "starlette.templating.Jinja2Templates",
)


def name_first(python: PythonSource) -> Iterator[Call]:
    """The calls that give the template's name first, or no request at all."""
    for call in python.calls:
        if call.method != "TemplateResponse" or call.receiver not in _MAKERS or call.unpacks:
            continue
        names = {keyword.arg for keyword in call.node.keywords}
        if _is_text(call.args[0]) if call.args else "name" in names and "request" not in names:
            yield call


def with_request(python: PythonSource, call: Call) -> Fix | None:
    """Put the request that the context names before the template's name."""
    names = [keyword.arg for keyword in call.node.keywords]
    if not call.args or len(call.args) > 2 or "request" in names or "name" in names:
        return None
    keyword = call.keyword("context")
    context = call.args[1] if len(call.args) == 2 else keyword.value if keyword else None
    if not isinstance(context, ast.Dict):
        return None
    for key, value in zip(context.keys, context.values, strict=True):
        if isinstance(key, ast.Constant) and key.value == "request" and isinstance(value, ast.Name):
            place = locate(python.source, call.args[0]).start
            return Fix(f"Give `{value.id}` first", (Edit(python.source.path, Span(place, place), f"{value.id}, "),))
    return None


def _is_text(expression: ast.expr) -> bool:
    if isinstance(expression, ast.JoinedStr):
        return True
    return isinstance(expression, ast.Constant) and isinstance(expression.value, str)
