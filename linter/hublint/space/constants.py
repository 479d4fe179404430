"""What expressions of a Space's app are worth, with the constants of its own modules: what rules ask."""

from __future__ import annotations

from hublint.space.app.own_modules import OwnModules
from hublint.space.running import running

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast

    from hublint.documents.python import PythonSource, Value
    from hublint.repository.repository import Repository


def known_value(repository: Repository, python: PythonSource, expression: ast.expr) -> Value | None:
    """What an expression of a file of the app is worth, see `PythonSource.value`."""
    return python.value(expression, own_modules(repository))


def own_modules(repository: Repository) -> OwnModules:
    """The modules of the app, as the files that a Space starts find them."""
    return repository.once(_modules)


def _modules(repository: Repository) -> OwnModules:
    if repository.sdk != "docker":
        return OwnModules(repository, [path.rpartition("/")[0] for path in running(repository).files])
    from hublint.space.serving import walked

    walker = walked(repository)
    if walker is None:
        return OwnModules(repository, [])
    started = [each for each in walker.started if each.path]
    folders = [each.place.rpartition("/")[0] if each.is_program else each.directory for each in started]
    return OwnModules(repository, [*dict.fromkeys(folders)], walker.files)
