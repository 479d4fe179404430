"""Pinned libraries that were seen not to import beside the huggingface_hub that pip takes with them."""

from __future__ import annotations

from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hublint.documents.requirements import Requirement
    from hublint.repository.repository import Repository
    from hublint.space.build.asked_of_pip import Line

_HUB = "huggingface-hub"


class Broken(NamedTuple):
    """A line that pins such a release, and the error at its import."""

    line: Line
    error: str


def broken(repository: Repository) -> Iterator[Broken]:
    """Every pin of a Gradio Space whose library surely does not import."""
    from hublint.space.build.asked_of_pip import asked_of_pip
    from hublint.space.build.newest import is_all

    lines = asked_of_pip(repository).lines
    table = _table()
    pins = [line for line in lines if line.requirement.name in table["libraries"] and line.counts()]
    if not pins or not is_all(repository):
        return
    for line in pins:
        releases: dict[str, list[str]] = table["libraries"][line.requirement.name]
        seen = _seen(releases, line.requirement.pin or "")
        if seen and all(_lets(other.requirement, seen[0], line.requirement.name) for other in lines):
            yield Broken(line, seen[1])


def _seen(releases: dict[str, list[str]], version: str) -> list[str]:
    """What was seen of a release, or alike of the nearest ones on both sides; empty where it imports or is unknown."""
    from hublint.documents.pep440 import version_of

    at = version_of(version)
    if at is None:
        return []
    below = max((each for each in releases if (version_of(each) or at) <= at), key=_key, default="")
    above = min((each for each in releases if (version_of(each) or at) >= at), key=_key, default="")
    if not below or not above or releases[below] != releases[above] or not releases[below][1]:
        return []
    return releases[below]


def _key(version: str) -> tuple[int, ...]:
    from hublint.documents.pep440 import version_of

    return version_of(version) or ()


def _lets(requirement: Requirement, hub: str, library: str) -> bool:
    """Whether a line surely lets a release of huggingface_hub in, or a newer one, which has not got it back."""
    from hublint.space.build.newest import needs_any

    name = requirement.name
    if requirement.url:
        return False
    if name == _HUB:
        return requirement.allows(hub) is True
    if name in (library, "gradio"):
        return True
    if not needs_any(requirement, (_HUB,)):
        return True
    table = _table()
    if requirement.pin is not None:
        return bool(_seen({each: [hub, "let in"] for each in _let_in(table, name, hub)}, requirement.pin))
    is_open = not any(bound in requirement.specifier for bound in ("==", "<", "~=", "!="))
    return is_open and name in table["free"].split()


def _let_in(table: dict[str, Any], name: str, hub: str) -> list[str]:
    """The releases of a library since the last that was seen with another huggingface_hub than that one."""
    found: list[str] = []
    for version, other in table["lets"].get(name, {}).items():
        if other != hub:
            found = []
        else:
            found.append(version)
    return found


def _table() -> dict[str, Any]:
    import hublint_schemas

    found: dict[str, Any] = hublint_schemas.table("gradio_starts")
    return found
