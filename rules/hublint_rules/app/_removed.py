"""Where an app uses what a library no longer has."""

from __future__ import annotations

import ast
import re

from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hublint.documents.python import Call, PythonSource

# Apps that ask what a library has, or which version it is, know what they do.
_ASKS = r"\b(?:has|get)attr\(|__version__|importlib\.metadata|importlib_metadata|\bpkg_resources\b|\bpackaging\b"
_BLOCKS = frozenset(("Blocks", "Interface", "ChatInterface", "TabbedInterface"))
_EVENTS = frozenset(
    """
    blur change clear click copy delete download edit end example_select focus input key_up like load option_select
    pause pause_recording play release retry select start_recording stop stop_recording stream submit tick undo unload
    upload
    """.split()
)


class Use(NamedTuple):
    """One use of an item of a table of removed API, such as `Box`, `Textbox.update` or `Image(source`."""

    item: str
    where: Any
    call: Call | None = None
    keyword: ast.keyword | None = None


def uses(python: PythonSource, library: str, items: set[str]) -> Iterator[Use]:
    """Each certain use of the items: not where it may fail, and nothing in a file that asks for the version."""
    if library not in python.source.text or re.search(_ASKS, python.source.text):
        return
    yield from _imports(python, library, items)
    tree = python.tree or ast.Module([], [])
    tried = _tried(tree)
    seen: set[ast.AST] = set()
    lasts = {item.rpartition(".")[2] for item in items if "(" not in item}
    patched: set[str] = set()
    found: list[Use] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in lasts and node not in tried:
            name = python.dotted(node)
            item = name.replace("()", "").removeprefix(f"{library}.")
            if not name.startswith(f"{library}.") or item not in items:
                continue
            if isinstance(node.ctx, ast.Load):
                found.append(Use(item, node))
            else:
                patched.add(item)  # the app puts it back itself
    items = items - patched
    for use in found:
        if use.item in items:
            seen.add(use.where)
            yield use
    within = _within(python, tree)
    for call in python.calls:
        if call.node not in tried:
            yield from _called(call, library, items, seen, within)


def _imports(python: PythonSource, library: str, items: set[str]) -> Iterator[Use]:
    for imported in python.imports:
        module = imported.module
        if imported.guarded or (module != library and not module.startswith(f"{library}.")):
            continue
        inner = module[len(library) + 1 :]
        if inner.partition(".")[0] in items:
            yield Use(inner.partition(".")[0], imported.node)
            continue
        for alias in imported.node.names if imported.names else ():
            item = f"{inner}.{alias.name}" if inner else alias.name
            if item in items:
                yield Use(item, alias)


def _called(call: Call, library: str, items: set[str], seen: set[ast.AST], within: set[ast.AST]) -> Iterator[Use]:
    receiver = call.receiver or ""
    if receiver.startswith(f"{library}.") and "()" not in receiver:
        owner = receiver.removeprefix(f"{library}.")
        method = f"{owner}.{call.method}"
        if method in items and call.node.func not in seen:
            yield Use(method, call.node.func, call)
        names = [method, call.method] if owner == "HfApi" else [method]
        if library == "gradio":
            names = [f"Blocks.{call.method}"] if owner in _BLOCKS else []
            names += ["event"] if call.method in _EVENTS else []
    elif call.name.startswith(f"{library}."):
        name = call.name.removeprefix(f"{library}.")
        is_component = library == "gradio" and name[:1].isupper() and name not in _BLOCKS
        # In an event handler gradio takes any argument of a component for an update and does not look at it.
        names = [] if is_component and call.function is not None and call.node not in within else [name]
    else:
        return
    for keyword in call.node.keywords:
        item = next((f"{name}({keyword.arg}" for name in names if f"{name}({keyword.arg}" in items), "")
        if item:
            yield Use(item, keyword, call, keyword)


def _tried(tree: ast.Module) -> set[ast.AST]:
    """What stands in the body of a `try` that catches something."""
    tries = [node for node in ast.walk(tree) if isinstance(node, ast.Try) and node.handlers]
    return {inner for node in tries for statement in node.body for inner in ast.walk(statement)}


def _within(python: PythonSource, tree: ast.Module) -> set[ast.AST]:
    """What stands in a `with gr.Blocks()` or the like, as the layout of an app does, and in no function below it."""
    found: set[ast.AST] = set()
    layouts = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.With)
        and any((python.constructor(item.context_expr) or "").startswith("gradio.") for item in node.items)
    ]
    pending: list[ast.AST] = [statement for node in layouts for statement in node.body]
    while pending:
        node = pending.pop()
        if node in found or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        found.add(node)
        pending += ast.iter_child_nodes(node)
    return found
