"""The rules that exist, found by the names of their files and imported only when they are needed."""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module

from hublint.errors import UsageError
from hublint.links import rule_url
from hublint.records import NamedTuple
from hublint.regexes import lazy
from hublint.rule import SUBJECTS, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from hublint.rule import Check

RULES = "hublint_rules"
_ADDRESS = lazy(r"https?://[!-~]+")


class Listed(NamedTuple):
    """A rule known by its file's name only, and where its page is; empty where nobody says."""

    code: str
    name: str
    module: str
    url: str


class Loaded(NamedTuple):
    """An imported rule."""

    rule: Rule
    check: Check
    docs: str


@cache
def listed(plugins: tuple[str, ...] = ()) -> dict[str, Listed]:
    """Every rule by code, sorted: hublint's own from the generated index, those of plugins by their files' names.

    Args:
        plugins: packages that hold families as sub-packages, or rule modules directly.

    Raises:
        UsageError: a package cannot be imported, or two rules share a code. A name may be shared; it stands for all.
    """
    from hublint_rules._index import RULES as rows

    found = {code: Listed(code, rule.name, module, rule_url(code)) for code, (module, rule) in rows.items()}
    for package in plugins:
        for rule in in_package(package):
            if rule.code in found:
                raise UsageError(f"two rules are called {rule.code}: {found[rule.code].module} and {rule.module}")
            found[rule.code] = rule
    return dict(sorted(found.items())) if plugins else found


def in_package(package: str) -> Iterator[Listed]:
    """The rules of a package, told by the names of its files; `RULES_URL` of the package tells where their pages are.

    Raises:
        UsageError: the package cannot be imported, its name is not that of a module, or `RULES_URL` is not an address.
    """
    address = _pages(package)
    for module in sorted(_modules(package)):
        stem = module.rpartition(".")[2]
        if len(stem) > 6 and stem[5] == "_" and stem[:2].isalpha() and stem[2:5].isdigit():
            code = stem[:5].upper()
            yield Listed(code, stem[6:].replace("_", "-"), module, address.replace("{code}", code))


def _pages(package: str) -> str:
    """The address of the pages of a package's rules, in which `{code}` stands for the code."""
    address = getattr(_imported(package), "RULES_URL", "")
    if address and not (isinstance(address, str) and _ADDRESS.fullmatch(address)):
        raise UsageError(f"RULES_URL of `{package}` is not an address that begins with https://: {address!r}")
    return str(address)


def _imported(name: str) -> ModuleType:
    if not all(part.isidentifier() for part in name.split(".")):
        raise UsageError(f"`{name}` is not the name of a module")
    try:
        return import_module(name)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a module may do anything, also end the program
        raise UsageError(f"`{name}` cannot be imported: {type(error).__name__}: {error}") from error


def _modules(package: str) -> list[str]:
    root = _imported(package)
    if not hasattr(root, "__path__"):
        return [package]
    modules = []
    for path in root.__path__:
        for name in _names(path):
            if name.endswith(".py"):
                modules.append(f"{package}.{name[:-3]}")
            elif "." not in name and name != "__pycache__":
                files = _names(os.path.join(path, name))
                modules += [f"{package}.{name}.{file[:-3]}" for file in files if file.endswith(".py")]
    return modules


def _names(folder: str) -> list[str]:
    """What is in a folder; nothing where it is none, as in an archive."""
    try:
        return os.listdir(folder)
    except OSError:
        return []


def metadata(rule: Listed) -> Rule:
    """A rule's metadata; of hublint's own rules from the index, which spares importing those that rest."""
    from hublint_rules._index import RULES as rows

    return rows[rule.code][1] if rule.module.startswith(f"{RULES}.") else load(rule).rule


@cache
def load(rule: Listed) -> Loaded:
    """Import a rule.

    Raises:
        UsageError: the module cannot be imported, lacks `RULE` or `check`, or its metadata contradicts its file's name
            or names no subject.
    """
    module = _imported(rule.module)
    metadata: Rule | None = getattr(module, "RULE", None)
    check: Check | None = getattr(module, "check", None)
    if not isinstance(metadata, Rule) or not callable(check):
        raise UsageError(f"{rule.module} declares no `RULE` and `check`")
    if (metadata.code, metadata.name) != (rule.code, rule.name):
        raise UsageError(f"{rule.module} declares itself {metadata.code} {metadata.name}")
    if metadata.subject not in SUBJECTS:
        raise UsageError(f"{rule.module}: `subject` is one of {', '.join(SUBJECTS)}, not {metadata.subject!r}")
    return Loaded(metadata._replace(url=metadata.url or rule.url), check, module.__doc__ or "")
