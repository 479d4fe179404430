"""Which Pythons a release on PyPI can be installed for, by the table `packages`."""

from __future__ import annotations

from functools import lru_cache

from hublint.records import NamedTuple


class Refusal(NamedTuple):
    """Why pip finds no file of a release, and the release nearest to it that every Python has."""

    reason: str
    nearest: str


def refusal(name: str, version: str, pythons: tuple[str, ...]) -> Refusal | None:
    """Why none of the Pythons can have a release; None where one may, or where the release is not in the table.

    An sdist may be built, so that a release with one is refused by its Requires-Python, or where its build was seen to
    fail before anything is compiled.

    Args:
        name: of the distribution.
        version: as it is pinned, `1.24.*` too.
        pythons: those that it is installed for.
    """
    import hublint_schemas

    releases = releases_of(name)
    if not releases or not pythons:
        return None
    unbuilt = hublint_schemas.table("packages")["unbuilt"].get(name, {})
    found = [version] if version in releases else list(_same(name, version))
    if not found or any(_suits(each, releases[each], python, unbuilt) for each in found for python in pythons):
        return None
    return Refusal(_reason(releases[found[-1]], pythons), _nearest(releases, found[-1], pythons))


@lru_cache(256)
def releases_of(name: str) -> dict[str, str]:
    """The releases of an often pinned package, the oldest first: the Pythons it asks for, then its wheels and `sdist`.

    Nothing of any other package; not to be changed by the caller.
    """
    import hublint_schemas

    lines = hublint_schemas.table("packages")["pinned"].get(name, ())
    return {
        version: files
        for files, _, versions in (line.partition(": ") for line in lines)
        for version in versions.split()
    }


@lru_cache(1024)
def _same(name: str, version: str) -> tuple[str, ...]:
    """The releases that a version is another spelling of, or that `1.24.*` stands for."""
    from hublint.documents import pep440

    return tuple(each for each in releases_of(name) if pep440.allows(f"=={version}", each))


def _suits(version: str, entry: str, python: str, unbuilt: dict[str, str]) -> bool:
    """Whether a Python takes a release: its Requires-Python admits some patch, and there is a wheel or an sdist."""
    return _is_admitted(entry, python) and (
        _has_wheel(entry, python) or ("sdist" in _parts(entry)[1] and not _is_unbuilt(version, python, unbuilt))
    )


def _is_unbuilt(version: str, python: str, unbuilt: dict[str, str]) -> bool:
    """Whether the build of an sdist was seen to fail, or that of the measured releases on both sides."""
    from hublint.documents.pep440 import version_of

    at = version_of(version)
    measured = {version_of(each): python in pythons.split() for each, pythons in unbuilt.items()}
    if at is None or None in measured:
        return False
    below = max((each for each in measured if each is not None and each <= at), default=None)
    above = min((each for each in measured if each is not None and each >= at), default=None)
    return below is not None and above is not None and measured[below] and measured[above]


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


def _has_wheel(entry: str, python: str) -> bool:
    minor = int(python.partition(".")[2])
    for tag in _parts(entry)[1]:
        if tag in ("any", python):
            return True
        if tag.endswith("+") and int(tag[2:-1]) <= minor:
            return True
    return False


def _reason(entry: str, pythons: tuple[str, ...]) -> str:
    shown = " or ".join(pythons)
    if not any(_is_admitted(entry, python) for python in pythons):
        return f"asks for Python {_parts(entry)[0]}, and this Space has {shown}"
    if "sdist" in _parts(entry)[1]:
        return f"has no wheel for Python {shown}, and its source cannot be built there"
    return f"has no wheel for Python {shown}, and no source to build one from"


def _nearest(releases: dict[str, str], version: str, pythons: tuple[str, ...]) -> str:
    """The next release, else the last before it, that has a wheel for all of the Pythons."""
    names = list(releases)
    at = names.index(version)
    for other in (*names[at + 1 :], *reversed(names[:at])):
        if all(_is_admitted(releases[other], python) and _has_wheel(releases[other], python) for python in pythons):
            return other
    return ""
