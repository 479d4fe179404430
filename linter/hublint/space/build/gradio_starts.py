"""What a Gradio Space of a version does today, by the table `gradio_starts` of clean environments."""

from __future__ import annotations

from functools import cache

from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from hublint.repository.repository import Repository

_MEASURED = ("3.10", "3.13")
# Starlette is left out: the builder itself holds it back beside some old releases.
_NEW = {"hub": "huggingface-hub", "pydantic": "pydantic", "client": "gradio-client"}
# What has to come from elsewhere: a module that Python lost, and one that huggingface_hub no longer brings.
_ABSENT = {"audioop": "audioop-lts", "requests": "requests"}
_OF_PYTHON = ("audioop",)


class Failure(NamedTuple):
    """Why a Space does not start.

    Attributes:
        python: the Python that it happens with, as `3.10`.
        culprit: the library that is too new, or that nothing brings.
        line: the first line of the error.
        components: those that an app cannot be launched with; none where `import gradio` fails.
    """

    python: str
    culprit: str
    line: str
    components: frozenset[str]


def failures(
    repository: Repository, version: str, pythons: tuple[str, ...], used: Callable[[], set[str]]
) -> list[Failure]:
    """What surely fails first in each Python that a Space may have; none where it may start in one of them.

    Args:
        repository: the Space.
        version: its gradio.
        pythons: as `pythons.pythons` gives them.
        used: gives the components that its endpoints surely have.
    """
    found: list[Failure] = []
    for python in pythons:
        known = _known(version, python, _seen(repository))
        first = next((each for each in known if _surely(repository, each, used)), None)
        if first is None:
            return []
        found.append(first)
    return found


def is_repaired(version: str, python: str) -> bool:
    """Whether gradio was seen to serve in a Python with all of huggingface_hub, pydantic and Starlette held back."""
    rows = _table()["versions"].get(version, {})
    return all(rows.get(each, {}).get("repair", False) for each in _rows_for(python)) and bool(_rows_for(python))


def installed_beside(version: str, library: str, pythons: tuple[str, ...]) -> str:
    """The lowest release of a library that was seen beside gradio where nothing held it back; empty where unknown."""
    rows = _table()["versions"].get(version, {})
    measured = [each for python in pythons for each in _rows_for(python) or ("",)]
    found = [rows.get(each, {}).get("got", {}).get(library, "") for each in measured]
    return min(found, key=_sorting) if found and all(map(_sorting, found)) else ""


def _table() -> dict[str, Any]:
    import hublint_schemas

    return hublint_schemas.table("gradio_starts")


def _seen(repository: Repository) -> str:
    """The part of the table that tells of a Space: what the Hub's builder installs, or gradio by itself."""
    return "alone" if repository.sdk == "docker" else "versions"


@cache
def _measured(part: str, python: str) -> list[tuple[tuple[int, ...], str]]:
    """The versions that a part of the table tells of in a Python, in their order."""
    return sorted((_sorting(version), version) for version, rows in _table()[part].items() if python in rows)


def _rows_for(python: str) -> tuple[str, ...]:
    """The Pythons that were measured and tell of a Python: itself, or those on both sides."""
    if python in _MEASURED:
        return (python,)
    return _MEASURED if python in ("3.11", "3.12") else ()


def _known(version: str, python: str, part: str) -> list[Failure]:
    """Every failure of a version in a Python: measured, or what the measured ones on both sides have in common."""
    rows = [_between(version, each, part) for each in _rows_for(python)]
    if not rows:
        return []
    common = [name for name in rows[0] if all(name in row or _is_hidden(name, row) for row in rows)]
    if len(rows) > 1:
        common = [name for name in common if name not in _OF_PYTHON]
    libraries = {**_NEW, **_ABSENT}
    return [
        Failure(python, libraries[name], rows[0][name][0], frozenset(rows[0][name][1].split()))
        for name in common
        if name in libraries
    ]


def _is_hidden(name: str, row: dict[str, list[str]]) -> bool:
    """Whether a row ends with what Python lost before it comes to huggingface_hub, which lacks the same everywhere."""
    return name == "hub" and not any(other not in _OF_PYTHON for other in row) and bool(row)


def _between(version: str, python: str, part: str) -> dict[str, list[str]]:
    """The failures of a version, or those that the nearest measured ones of the same major on both sides share."""
    seen = _table()[part]
    if version in seen:
        return dict(seen[version].get(python, {}).get("fails", {}))
    at = _key(version)
    if at is None:
        return {}
    measured = [each for each in _measured(part, python) if each[0][:1] == at[:1]]
    below = [name for key, name in measured if key < at]
    above = [name for key, name in measured if key > at]
    if not below or not above:
        return {}
    one, other = seen[below[-1]][python]["fails"], seen[above[0]][python]["fails"]
    return {
        name: [one[name][0], " ".join(set(one[name][1].split()) & set(other[name][1].split()))]
        for name in one
        if name in other and bool(one[name][1]) == bool(other[name][1])
    }


def _key(version: str) -> tuple[int, ...] | None:
    from hublint.documents.pep440 import version_of

    return version_of(version)


def _sorting(version: str) -> tuple[int, ...]:
    return _key(version) or ()


def _surely(repository: Repository, failure: Failure, used: Callable[[], set[str]]) -> bool:
    """Whether nothing that is asked for may keep a failure away."""
    from hublint.space.build.asked_of_pip import asked_of_pip
    from hublint.space.build.newest import is_all, may_conflict, needs_any, takes_newest

    if failure.components and failure.components.isdisjoint(used()):
        return False
    lines = [line.requirement for line in asked_of_pip(repository).lines]
    if any(map(may_conflict, lines)):
        return False
    if failure.culprit not in _ABSENT.values():
        return takes_newest(repository, failure.culprit)
    return is_all(repository) and not any(
        line.name == "audioop" or (line.name != "gradio" and needs_any(line, (failure.culprit,))) for line in lines
    )
