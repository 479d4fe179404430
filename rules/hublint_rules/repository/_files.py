"""Files by their names, and sizes as people read them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hublint.repository.repository import Repository

MIB = 1024 * 1024


def by_name(repository: Repository) -> dict[str, list[str]]:
    """The paths of all files by their last part."""
    return repository.once(_by_name)


def _by_name(repository: Repository) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in repository.files:
        found.setdefault(path[path.rfind("/") + 1 :], []).append(path)
    return found


def human_size(size: int) -> str:
    """A size in bytes as people read it."""
    for unit, bytes_each in (("TB", 10**12), ("GB", 10**9), ("MB", 10**6)):
        if size >= bytes_each:
            return f"{size / bytes_each:.3g} {unit}" if size < 1000 * bytes_each else f"{size // bytes_each} {unit}"
    return f"{size} bytes"
