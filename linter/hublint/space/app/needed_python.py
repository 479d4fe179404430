"""Which Python an app needs: the syntax that its files use, and whether one Python has all that it asks for."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.python.newer_syntax import NewerSyntax
    from hublint.documents.source import Source
    from hublint.repository.repository import Repository


def newer_syntax_of(repository: Repository, minor: int) -> Iterator[tuple[Source, NewerSyntax]]:
    """The first syntax that Python 3.`minor` does not read, of each file that surely runs."""
    from hublint.documents.python.newer_syntax import newer_syntax
    from hublint.space.running import running, surely_loaded

    files = {python.source.path: python for python, _ in surely_loaded(repository)}
    for path in running(repository).sure:
        python = repository.python(path)
        if python is not None and python.tree is None:
            files[path] = python
    for python in files.values():
        found = newer_syntax(python, minor)
        if found is not None:
            yield python.source, found


def suits(repository: Repository, minor: int) -> bool:
    """Whether Python 3.`minor` has every module and name of its own that the app surely uses, and reads its files."""
    from hublint.space.app.standard_library import needs

    return all(need.is_in(minor) for need in needs(repository)) and not any(newer_syntax_of(repository, minor))
