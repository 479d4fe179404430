"""Which of a repository's files a value in the metadata may name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint.records import NamedTuple
from hublint.server.cursor import ITEM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hublint.repository.repository import Repository

_OFFERED = 400  # of so many files and no more
_NOT_DATA = (".md", ".py", ".gitattributes", ".gitignore")


class _Named(NamedTuple):
    """Files by the endings or beginnings of their paths, and the key around the one that names them."""

    endings: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    within: str = ""


_PICTURE = _Named(endings=(".png", ".jpg", ".jpeg", ".gif", ".webp"))
_DATA = _Named(without=_NOT_DATA, within="configs")
_NAMED = {
    "app_file": _Named(endings=(".py", ".html")),
    "thumbnail": _PICTURE,
    "license_link": _Named(beginnings=("license", "licence")),
    "data_files": _DATA,
    "path": _DATA,
    "src": _Named(within="widget"),
}
_STARTED = {"gradio": (".py",), "streamlit": (".py",), "static": (".html",)}


def files_of(schema: str, route: Iterable[str], repository: Repository) -> list[str]:
    """The files of a repository that the value at a route may name; none where it names none."""
    steps = [step for step in route if step != ITEM]
    named = _NAMED.get(steps[-1]) if steps and schema == repository.kind else None
    if named is None or (named.within and named.within not in steps):
        return []
    endings = _STARTED.get(repository.sdk, named.endings) if steps[-1] == "app_file" else named.endings
    return [path for path in repository.files if _fits(named, endings, path.lower())][:_OFFERED]


def _fits(named: _Named, endings: tuple[str, ...], path: str) -> bool:
    if named.without and path.endswith(named.without):
        return False
    return path.endswith(endings or ("",)) and path.startswith(named.beginnings or ("",))
