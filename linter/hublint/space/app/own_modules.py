"""Which of the repository's files a Python module of the app itself is, where that is certain."""

from __future__ import annotations

from hublint.space.app.app_modules import module_files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from hublint.documents.python.values import Values
    from hublint.documents.source import Source
    from hublint.repository.repository import Repository
    from hublint.space.container.files import ContainerFiles

_LONGEST = 8


class OwnModules:
    """Finds the app's own modules by the names of imports.

    Args:
        repository: where they are.
        folders: where Python looks for them.
        files: the files of the image, of which the folders are; None where the folders are the repository's.
    """

    def __init__(self, repository: Repository, folders: Sequence[str], files: ContainerFiles | None = None) -> None:
        self._repository = repository
        self._folders = folders
        self._files = files

    def find(self, dotted: str, importer: Source) -> tuple[Values, list[str]] | None:
        """The longest beginning of a dotted name that is a module, and the names after it.

        None where no file or several may be it, and where a package may give the module's name to something else.
        """
        dots = dotted[: len(dotted) - len(dotted.lstrip("."))]
        parts = dotted[len(dots) :].split(".")
        for length in range(min(len(parts) - 1, _LONGEST), -1 if dots else 0, -1):
            path = self._path(dots + ".".join(parts[:length]), importer)
            python = self._repository.python(path) if path else None
            if python is None:
                continue
            package = self._path(dots + ".".join(parts[: length - 1]), importer) if length > 1 else None
            outer = self._repository.python(package) if package else None
            if python.tree is None or (outer and parts[length - 1] in outer.facts.names.module.bindings):
                return None
            return python.values, parts[length:]
        return None

    def _path(self, module: str, importer: Source) -> str | None:
        """The repository's file of a module; None where there is none or more than one."""
        if module.startswith(".") or self._files is None:
            paths = {
                path for path in module_files(module, importer.path, self._folders) if path in self._repository.files
            }
        else:
            files = self._files
            places = (place for folder in self._folders for place in module_files(module, "", [folder.rstrip("/")]))
            paths = {path for place in places if (path := files.find(place)) is not None}
        return paths.pop() if len(paths) == 1 else None
