"""Which distributions a Space installs, with all that they need, where its files tell for certain."""

from __future__ import annotations

import re

from hublint.records import NamedTuple
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from hublint.documents.requirements import Requirement
    from hublint.repository.repository import Repository

_NUMBER = lazy(r"(===?|~=|!=|<=|>=|<|>)\s*v?(\d+)(?:\.(\d+))?")


class Installed(NamedTuple):
    """What is asked for: `lines` of requirements, and the file to which a line may be added."""

    lines: list[Requirement]
    path: str


def installed(repository: Repository) -> Installed | None:
    """What pip is told to install; None where something else may come too."""
    return repository.once(_installed)


def _installed(repository: Repository) -> Installed | None:
    from hublint.space.build.asked_of_pip import asked_of_pip

    if repository.sdk not in ("gradio", "docker"):
        return None
    asked = asked_of_pip(repository)
    if not asked.is_whole or (repository.sdk == "gradio" and not asked.path):
        return None
    return Installed([line.requirement for line in asked.lines], asked.path)


def with_needs(lines: Iterable[Requirement], table: dict[str, Any]) -> set[str] | None:
    """Every distribution that the lines bring; None where one of them is not in the table, or at an older version."""
    found: set[str] = set()
    pending: list[tuple[str, str]] = []
    for line in lines:
        if line.name not in table or _is_older(line.specifier, table[line.name]["since"]):
            return None
        pending += [(line.name, extra) for extra in ("", *line.extras)]
    seen: set[tuple[str, str]] = set()
    while pending:
        name, extra = pending.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        found.add(name)
        entry = table.get(name)
        needs = None if entry is None else entry["extras"].get(extra) if extra else entry["needs"]
        if needs is None:
            return None
        for need in needs.split():
            needed, _, extras = need.rstrip("]").partition("[")
            pending += [(needed, each) for each in ("", *filter(None, extras.split(",")))]
    return found


def _is_older(specifier: str, since: str) -> bool:
    """Whether a specifier may mean a major version before the table's lowest; of 0.x the minor counts as major."""
    numbers = [*map(int, since.split(".")), 0]
    lowest = (numbers[0], 0 if numbers[0] else numbers[1])
    for operator, major, minor in _NUMBER.findall(specifier):
        version = (int(major), 0 if int(major) else int(minor or 0))
        if operator in ("==", "===", "~=", "<=") and version < lowest:
            return True
        if operator == "<" and version <= lowest:
            return True
    return False


def modules_in(code: str) -> Iterator[str]:
    """The top-level names that lines of a text import at no indentation, in lower case."""
    for found in re.finditer(r"^(?:from[ \t]+(\w+)[\w.]*[ \t]+import\b|import[ \t]+([\w., \t]+))", code, re.MULTILINE):
        if found[1]:
            yield found[1]
        else:
            yield from (part.split(".")[0].split()[0] for part in found[2].split(",") if part.split(".")[0].split())
