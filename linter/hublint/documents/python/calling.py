"""What runs a function besides calling it by name: a thread, an event loop, a decorator."""

from __future__ import annotations

import ast

from hublint.documents.python.syntax import written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.documents.python.runs import Place

# Decorators that leave a function one which runs when it is called.
_TRANSPARENT = frozenset(
    """
    argument cache cache_data cache_resource classmethod command GPU group inference_mode lru_cache main no_grad option
    pass_context staticmethod version_option wraps
    """.split()
)
# What is called with a function and runs it: as `target` in a thread or process, or as its first argument.
_PROCESSES = frozenset(("Thread", "Process"))
_RUNNERS = frozenset(("anyio.run", "fire.Fire", "trio.run", "typer.run"))
# What is called with a coroutine and awaits it.
_SCHEDULERS = frozenset("create_task ensure_future gather run run_app run_until_complete wait_for".split())
_ANY_ERROR = frozenset(("BaseException",))


def is_transparent(decorator: ast.expr) -> bool:
    """Whether a decorated function is one that runs when it is called."""
    name = written(decorator.func if isinstance(decorator, ast.Call) else decorator)
    return name.rpartition(".")[2] in _TRANSPARENT


def run_by(call: ast.Call) -> tuple[list[ast.expr], list[ast.expr]]:
    """The functions that a call runs because it is given them, and those whose coroutines it awaits."""
    name = written(call.func)
    last = name.rpartition(".")[2]
    coroutines = [each.func for each in call.args if isinstance(each, ast.Call)] if last in _SCHEDULERS else []
    if last in _PROCESSES:
        return [each.value for each in call.keywords if each.arg == "target"], coroutines
    given = call.args[:1] if name in _RUNNERS else []
    return given, [*coroutines, *given]


def place_of_run(call: ast.Call, place: Place) -> Place:
    """Where such a function is called from: the program goes on when a thread fails."""
    if written(call.func).rpartition(".")[2] in _PROCESSES:
        return place._replace(caught=_ANY_ERROR)
    return place
