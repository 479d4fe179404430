"""What an app surely needs of Python's own modules that not every Python has."""

from __future__ import annotations

import re

from hublint.documents.python.runs import ALWAYS
from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator
    from typing import Any

    from hublint.documents.python import Import, PythonSource
    from hublint.repository.repository import Repository

_LISTS = ("Dockerfile", "pyproject.toml", "setup.py", "setup.cfg", "environment.yml", "environment.yaml", "Pipfile")
_MOST_MENTIONS = 20_000


class Need(NamedTuple):
    """A module or name that is used.

    Attributes:
        name: dotted: `tomllib`, `enum.StrEnum`.
        python: the file.
        node: where it is first used.
        came: the minor version of the first Python 3 that has it, 0 where it has long been there.
        went: the minor version of the first Python 3 that no longer has it, 99 where there is none.
        is_module: whether it is a module.
    """

    name: str
    python: PythonSource
    node: ast.AST
    came: int
    went: int
    is_module: bool

    def is_in(self, minor: int) -> bool:
        """Whether Python 3.`minor` has it."""
        return self.came <= minor < self.went


def needs(repository: Repository) -> list[Need]:
    """What the files that surely run use in any case when the app starts, each once.

    Left out is what a module of the repository, or a distribution that is or may be installed, gives instead.
    """
    from hublint.space.app.app_modules import own_names
    from hublint.space.running import running, surely_loaded

    files = surely_loaded(repository)
    if not files or any("sys.modules" in python.source.text for python, _ in files):
        return []
    import hublint_schemas

    table = hublint_schemas.table("standard_library")
    own, programs = own_names(repository), running(repository).programs
    found: dict[str, Need] = {}
    for python, imports in files:
        for name, node in (*_imported(imports, table), *_mentioned(python, python.source.path in programs, table)):
            if name not in found and name.partition(".")[0] not in own:
                came, went = table["modules"].get(name) or table["names"][name]
                found[name] = Need(
                    name, python, node, int(came[2:] or 0), int(went[2:] or 99), name in table["modules"]
                )
    return [each for each in found.values() if not _is_brought(repository, each.name.partition(".")[0], table)]


def _imported(imports: list[Import], table: dict[str, Any]) -> Iterator[tuple[str, ast.AST]]:
    for each in imports:
        parts = each.module.split(".")
        for length in range(1, len(parts) + 1):
            module = ".".join(parts[:length])
            if module in table["modules"]:
                yield module, each.node
        for name in each.names:
            dotted = f"{each.module}.{name}"
            if dotted in table["names"] or dotted in table["modules"]:
                yield dotted, each.node


def _mentioned(python: PythonSource, main: bool, table: dict[str, Any]) -> Iterator[tuple[str, ast.AST]]:
    """Attributes such as `asyncio.TaskGroup` that are surely asked for."""
    moments = python.facts.moments
    if "setattr(" in python.source.text:
        return
    last_names = _last_names(table)
    for mention in moments.mentions[:_MOST_MENTIONS]:
        attribute = getattr(mention.node, "attr", "")
        if attribute not in last_names or attribute in python.facts.stored_attributes:
            continue
        name = python.dotted(mention.node)
        if name not in table["names"]:
            continue
        state = moments.state(mention.place, main)
        if state.level == ALWAYS and not state.caught:
            yield name, mention.node


def _last_names(table: dict[str, Any]) -> set[str]:
    return {name.rpartition(".")[2] for name in table["names"]}


def _is_brought(repository: Repository, module: str, table: dict[str, Any]) -> bool:
    """Whether a distribution that gives a module under its old name is, or may be, installed."""
    bringers = table["brought_by"].get(module, "").split()
    if not bringers:
        return False
    if repository.sdk == "gradio" and module in ("audioop", "distutils"):
        return True  # gradio and the Hub's builder bring them
    spelled = re.compile("|".join(re.escape(name).replace(r"\-", "[-_.]") for name in bringers))
    for path in repository.files:
        name = path.rpartition("/")[2]
        if name in _LISTS or name.endswith((".lock", ".py")) or ("requirements" in name and name.endswith(".txt")):
            source = repository.glance(path)
            if source is not None and not source.is_binary and spelled.search(source.text.lower()):
                return True
    return module in table["often_brought"] and _may_be_needed(repository, bringers)


def _may_be_needed(repository: Repository, bringers: list[str]) -> bool:
    """Whether something that is installed may need one of the distributions in turn."""
    import hublint_schemas
    from hublint.space.app.installed import installed, with_needs
    from hublint.space.build.asked_of_pip import FILES

    if repository.sdk == "gradio" and not any(path in repository.files for path in FILES):
        return False  # what the builder itself installs brings none of them
    asked = installed(repository)
    given = with_needs(asked.lines, hublint_schemas.table("distributions")) if asked is not None else None
    return given is None or not given.isdisjoint(bringers)
