"""The rules that exist, found by the names of their files and imported only when they are needed."""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from hublint.errors import UsageError

if TYPE_CHECKING:
    from types import ModuleType

    from hublint.repository.repository import Repository
    from hublint.rule import Check, Rule

RULES = "hublint_rules"


class Listed(NamedTuple):
    """A rule known by its file's name only."""

    code: str
    name: str
    module: str

    @property
    def package(self) -> str:
        """The package of the rule's family; empty for a rule that is a plugin module of its own."""
        return self.module.rpartition(".")[0]


class Loaded(NamedTuple):
    """An imported rule."""

    rule: Rule
    check: Check
    docs: str


@cache
def listed(packages: tuple[str, ...] = (RULES,)) -> dict[str, Listed]:
    """Every rule of those packages by code, sorted.

    Args:
        packages: packages that hold families as sub-packages, or rule modules directly (plugins).

    Raises:
        UsageError: a package cannot be imported, or two rules share a code. A name may be shared; it stands for all.
    """
    found: dict[str, Listed] = {}
    for package in packages:
        for module in _modules(package):
            stem = module.rpartition(".")[2]
            if not _is_rule(stem):
                continue
            code, name = stem[:5].upper(), stem[6:].replace("_", "-")
            if code in found:
                raise UsageError(f"two rules are called {code}: {found[code].module} and {module}")
            found[code] = Listed(code, name, module)
    return dict(sorted(found.items()))


def _is_rule(stem: str) -> bool:
    """Whether a module is named like a rule: two letters, three digits, a name."""
    return len(stem) > 6 and stem[5] == "_" and stem[:2].isalpha() and stem[2:5].isdigit()


def _modules(package: str) -> list[str]:
    try:
        root = import_module(package)
    except ImportError as error:
        raise UsageError(f"plugin `{package}` cannot be imported: {error}") from None
    if not hasattr(root, "__path__"):
        return [package]
    modules = []
    for path in root.__path__:
        for name in os.listdir(path):
            if name.endswith(".py"):
                modules.append(f"{package}.{name[:-3]}")
            elif "." not in name and name != "__pycache__":
                files = os.listdir(os.path.join(path, name))
                modules += [f"{package}.{name}.{file[:-3]}" for file in files if file.endswith(".py")]
    return modules


@cache
def _index() -> dict[str, tuple[Any, ...]]:
    from hublint_rules._index import RULES as rows

    return rows


def metadata(rule: Listed) -> Rule:
    """A rule's metadata; of hublint's own rules from the generated index, which spares importing those that rest."""
    row = _index().get(rule.code) if rule.module.startswith(f"{RULES}.") else None
    if row is None:
        return load(rule).rule
    from hublint.rule import Rule

    return Rule(*row)


@cache
def load(rule: Listed) -> Loaded:
    """Import a rule.

    Raises:
        UsageError: the module lacks `RULE` or `check`, or its metadata contradicts its file's name.
    """
    module = import_module(rule.module)
    metadata: Rule | None = getattr(module, "RULE", None)
    check: Check | None = getattr(module, "check", None)
    if metadata is None or check is None:
        raise UsageError(f"{rule.module} declares no `RULE` and `check`")
    if (metadata.code, metadata.name) != (rule.code, rule.name):
        raise UsageError(f"{rule.module} declares itself {metadata.code} {metadata.name}")
    return Loaded(metadata, check, module.__doc__ or "")


@cache
def _family(package: str) -> ModuleType:
    return import_module(package)


def applies(package: str, repository: Repository) -> bool:
    """Whether a family has anything to look at; its package's own `applies` decides, where it has one."""
    decide = getattr(_family(package), "applies", None) if package else None
    return True if decide is None else bool(decide(repository))
