"""Versions of Python packages, and which of them a specifier admits (PEP 440)."""

from __future__ import annotations

import re
from functools import lru_cache

from hublint.records import NamedTuple
from hublint.regexes import lazy

_Phase = tuple[float, float]

_VERSION = lazy(
    r"v?(?:(?P<epoch>\d+)!)?(?P<release>\d+(?:\.\d+)*)"
    r"(?:[-_.]?(?P<pre>a|b|c|rc|alpha|beta|pre|preview)[-_.]?(?P<pre_number>\d*))?"
    r"(?:-(?P<implicit_post>\d+)|[-_.]?(?P<post>post|rev|r)[-_.]?(?P<post_number>\d*))?"
    r"(?:[-_.]?(?P<dev>dev)[-_.]?(?P<dev_number>\d*))?(?:\+(?P<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?",
    re.IGNORECASE,
)
_SPECIFIER = lazy(r"(===|==|~=|!=|<=|>=|<|>)\s*(\S+)")
_PLAIN = lazy(r"(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))*")
_PRE = {"a": 0, "alpha": 0, "b": 1, "beta": 1, "c": 2, "rc": 2, "pre": 2, "preview": 2}
_FIRST: _Phase = (-1.0, 0.0)
_LAST: _Phase = (float("inf"), 0.0)
_FINAL = (_LAST, _FIRST, _LAST)
_LONGEST = 100


class _Version(NamedTuple):
    """A version.

    Attributes:
        key: the epoch and the release without trailing zeros, then the phases; it sorts as PEP 440 demands.
        parts: the release as written.
        local: what stands behind `+`.
    """

    key: tuple[tuple[int, ...], tuple[_Phase, _Phase, _Phase]]
    parts: tuple[int, ...]
    local: str

    @property
    def is_pre(self) -> bool:
        """Whether it is a pre-release or a development release."""
        pre, _, dev = self.key[1]
        return pre != _LAST or dev != _LAST

    @property
    def is_post(self) -> bool:
        """Whether it is a post-release."""
        return self.key[1][1] != _FIRST

    def begins(self, epoch: int, parts: tuple[int, ...]) -> bool:
        """Whether its release begins with these parts."""
        return self.key[0][0] == epoch and (*self.parts, *(0,) * len(parts))[: len(parts)] == parts


def allows(specifier: str, version: str) -> bool | None:
    """Whether a specifier admits a version, a pre-release too; None where that cannot be told."""
    given = _read(version)
    parts = [part.strip() for part in specifier.split(",") if part.strip()]
    answers = [_admits(part, version, given) if given else None for part in parts]
    if False in answers:
        return None if None in answers else False
    return None if None in answers or given is None else True


def _read(text: str) -> _Version | None:
    """A version; None for what PEP 440 does not know."""
    return _parsed(text.strip()) if len(text) <= _LONGEST and text.isascii() else None


@lru_cache(4_096)  # a table's releases are compared with each version that is asked for
def _parsed(text: str) -> _Version | None:
    found = _VERSION.fullmatch(text)
    if not found:
        return None
    parts = tuple(int(part) for part in found["release"].split("."))
    trimmed = list(parts)
    while len(trimmed) > 1 and not trimmed[-1]:
        trimmed.pop()
    local = (found["local"] or "").lower().replace("-", ".").replace("_", ".")
    return _Version(((int(found["epoch"] or 0), *trimmed), _phases(found)), parts, local)


def _phases(found: re.Match[str]) -> tuple[_Phase, _Phase, _Phase]:
    """Pre-release, post-release and development release."""
    is_post = found["implicit_post"] or found["post"]
    if found["pre"]:
        pre = (float(_PRE[found["pre"].lower()]), float(found["pre_number"] or 0))
    else:
        pre = _FIRST if found["dev"] and not is_post else _LAST
    post = (float(found["implicit_post"] or found["post_number"] or 0), 0.0) if is_post else _FIRST
    return pre, post, (float(found["dev_number"] or 0), 0.0) if found["dev"] else _LAST


def _admits(specifier: str, version: str, given: _Version) -> bool | None:
    found = _SPECIFIER.fullmatch(specifier)
    if not found:
        return None
    operator, text = found.groups()
    if operator == "===":
        return True if _PLAIN.fullmatch(text) and text == version else None
    if operator in ("==", "!="):
        same = _is_same(given, text)
        return None if same is None else same == (operator == "==")
    wanted = _read(text)
    if not wanted or wanted.local:
        return None
    if operator == "~=":
        prefix = wanted.parts[:-1]
        return given.key >= wanted.key and given.begins(wanted.key[0][0], prefix) if prefix else None
    if operator in ("<=", ">="):
        return given.key <= wanted.key if operator == "<=" else given.key >= wanted.key
    return _is_strictly(operator, given, wanted)


def _is_same(given: _Version, text: str) -> bool | None:
    """Whether a version is the one behind `==`, which may end with `.*`."""
    wanted = _read(text.removesuffix(".*"))
    if not wanted:
        return None
    if not text.endswith(".*"):
        return given.key == wanted.key and (not wanted.local or given.local == wanted.local)
    if wanted.local or wanted.key[1] != _FINAL:
        return None
    return given.begins(wanted.key[0][0], wanted.parts)


def _is_strictly(operator: str, given: _Version, wanted: _Version) -> bool | None:
    """`<` leaves out pre-releases of the version it names, `>` its post-releases and local versions."""
    same_release = given.key[0] == wanted.key[0]
    if operator == "<":
        if given.is_pre and not wanted.is_pre and same_release:
            return None if wanted.is_post else False  # releases of packaging differ
        return given.key < wanted.key
    if same_release and (given.local or wanted.is_pre) and given.key > wanted.key:
        return None if given.local or given.is_post else True  # releases of packaging differ
    return given.key > wanted.key and not (given.is_post and not wanted.is_post and same_release)


@lru_cache(4_096)
def version_of(text: str) -> tuple[int, ...] | None:
    """The numbers of a final release; None for anything else."""
    return tuple(map(int, text.split("."))) if re.fullmatch(r"\d+(?:\.\d+)+", text) else None
