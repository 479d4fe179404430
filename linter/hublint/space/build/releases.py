"""Which Pythons a release on PyPI can be installed for, by the table `packages`."""

from __future__ import annotations

from typing import Any

from hublint.records import NamedTuple


class Refusal(NamedTuple):
    """Why pip finds no file of a release, and the release nearest to it that every Python has."""

    reason: str
    nearest: str


def refusal(name: str, version: str, pythons: tuple[str, ...]) -> Refusal | None:
    """Why none of the Pythons can have a release; None where one may, or where the release is not in the table.

    An sdist may be built, so that a release with one is refused only by its Requires-Python.
    """
    import hublint_schemas

    releases: dict[str, str] = hublint_schemas.table("packages")["pinned"].get(name, {})
    if not releases or not pythons:
        return None
    found = version if version in releases else _same(releases, version)
    if not found or any(_suits(releases[found], python) for python in pythons):
        return None
    return Refusal(_reason(releases[found], pythons), _nearest(releases, found, pythons))


def _same(releases: dict[str, str], version: str) -> str:
    """The release that a version is another spelling of, else empty."""
    from hublint.documents import pep440

    return next((each for each in releases if pep440.allows(f"=={version}", each)), "")


def _suits(entry: str, python: str) -> bool:
    """Whether a Python takes a release: its Requires-Python admits some patch, and there is a wheel or an sdist."""
    return _is_admitted(entry, python) and _has_file(entry, python)


def _parts(entry: str) -> tuple[str, list[str]]:
    first, _, rest = entry.partition(" ")
    is_tag = first in ("any", "sdist") or first[:1].isdigit()
    return ("", entry.split()) if is_tag else (first, rest.split())


def _is_admitted(entry: str, python: str) -> bool:
    required, _ = _parts(entry)
    if not required:
        return True
    lowest = required.removeprefix(">=3.")
    if lowest.isdecimal() and lowest != required:  # as nearly all say
        return int(lowest) <= int(python.partition(".")[2])
    from hublint.documents import pep440

    return any(pep440.allows(required, f"{python}.{patch}") is not False for patch in range(21))


def _has_file(entry: str, python: str) -> bool:
    minor = int(python.partition(".")[2])
    for tag in _parts(entry)[1]:
        if tag in ("any", "sdist", python):
            return True
        if tag.endswith("+") and int(tag[2:-1]) <= minor:
            return True
    return False


def _reason(entry: str, pythons: tuple[str, ...]) -> str:
    shown = " or ".join(pythons)
    if not any(_is_admitted(entry, python) for python in pythons):
        return f"asks for Python {_parts(entry)[0]}, and this Space has {shown}"
    return f"has no wheel for Python {shown}, and no source to build one from"


def _nearest(releases: dict[str, str], version: str, pythons: tuple[str, ...]) -> str:
    """The next release, else the last before it, that has a wheel for all of the Pythons."""
    names = list(releases)
    at = names.index(version)
    for other in (*names[at + 1 :], *reversed(names[:at])):
        tags: Any = [tag for tag in _parts(releases[other])[1] if tag != "sdist"]
        if all(_is_admitted(releases[other], python) and _has_file(" ".join(tags), python) for python in pythons):
            return other
    return ""
