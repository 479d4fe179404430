"""Loading scripts of a dataset, which old versions of datasets ran: by a class in them, or by the repository's name."""

from __future__ import annotations

from re import MULTILINE

from hublint.dataset.subsets import holds_data
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast

    from hublint.repository.repository import Repository

_BUILDERS = frozenset(("GeneratorBasedBuilder", "ArrowBasedBuilder", "BeamBasedBuilder", "DatasetBuilder"))
_IMPORT = lazy(rb"^[ \t]*(?:import|from)[ \t]+datasets\b", MULTILINE)
_HINT = lazy(rb"BasedBuilder|DatasetBuilder")
_LARGEST = 2 * 1024 * 1024


def name_of_script(repository: Repository) -> str:
    """The name of the file that datasets takes for the repository's script, whatever is in it."""
    return f"{repository.repo_id.rpartition('/')[2] or repository.name}.py"


def loading_scripts(repository: Repository) -> dict[str, ast.ClassDef | None]:
    """The scripts at the root, each with the class that derives from a builder of datasets, if it has one."""
    return repository.once(_find)


def _find(repository: Repository) -> dict[str, ast.ClassDef | None]:
    found: dict[str, ast.ClassDef | None] = {}
    for path, size in repository.files.items():
        if "/" in path or not path.endswith(".py"):
            continue
        source = repository.source(path) if size <= _LARGEST else None
        where = _builder_class(repository, path, source.raw) if source is not None else None
        is_named = path == name_of_script(repository) and (repository.repo_id != "" or not holds_data(repository))
        if where is not None or is_named:
            found[path] = where
    return found


def _builder_class(repository: Repository, path: str, data: bytes) -> ast.ClassDef | None:
    """The first class of a file that derives from a builder of datasets."""
    if not _HINT.search(data) or not _IMPORT.search(data):
        return None
    import ast

    python = repository.python(path)
    tree = python.tree if python is not None else None
    for node in tree.body if tree is not None else ():
        if isinstance(node, ast.ClassDef) and any(_last_name(base) in _BUILDERS for base in node.bases):
            return node
    return None


def _last_name(expression: ast.expr) -> str:
    import ast

    if isinstance(expression, ast.Attribute):  # `tfds.core.GeneratorBasedBuilder` is another library's
        return expression.attr if isinstance(expression.value, ast.Name) and expression.value.id != "tfds" else ""
    return expression.id if isinstance(expression, ast.Name) else ""
